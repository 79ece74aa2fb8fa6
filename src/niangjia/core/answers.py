"""Answers of endpoints, as quickly as they can be written."""

from django.http import HttpResponse
from pydantic import BaseModel


def answer(result: BaseModel) -> HttpResponse:
    """The result as it is. Django-ninja would check every field a second time, for longer than most searches take."""
    return HttpResponse(result.model_dump_json(), content_type="application/json; charset=utf-8")
