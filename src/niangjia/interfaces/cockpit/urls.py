"""Pages of the cockpit."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
