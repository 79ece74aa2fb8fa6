"""Pages of the cockpit."""

from django.urls import URLPattern, path

from niangjia.interfaces.cockpit import views

urlpatterns: list[URLPattern] = [path("", views.desk), path("screen", views.screen)]
