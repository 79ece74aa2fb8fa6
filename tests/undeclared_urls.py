"""A server with one page that forgot to say who may see it."""

from django.http import HttpRequest, HttpResponse
from django.urls import path


def forgotten(request: HttpRequest) -> HttpResponse:
    return HttpResponse("everybody sees this")


urlpatterns = [path("forgotten", forgotten)]
