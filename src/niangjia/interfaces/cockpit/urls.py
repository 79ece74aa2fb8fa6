"""Pages of the cockpit."""

from django.urls import URLPattern, path

from niangjia.interfaces.cockpit import runs, views

urlpatterns: list[URLPattern] = [path("", views.desk), path("screen", views.screen), path("lists", runs.runs)]
