"""What the endpoints of every room share: who asks, what may be written, and an answer as quick as it can be."""

from typing import Annotated
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Schema
from pydantic import AfterValidator, BaseModel, StringConstraints

from niangjia.core import access


def person_of(request: HttpRequest) -> UUID:
    """The signed-in person; only for endpoints that declare they need one."""
    found = access.actor_of(request).person_id
    assert found is not None  # the endpoint declares that one is signed in
    return found


def answer(result: BaseModel) -> HttpResponse:
    """The result as it is. Django-ninja would check every field a second time, for longer than most searches take."""
    return HttpResponse(result.model_dump_json(), content_type="application/json; charset=utf-8")


def _printable(text: str) -> str:
    """The database stores no NUL, and nobody means to write one."""
    if "\x00" in text:
        raise ValueError("a character that cannot be kept")
    return text


Code = Annotated[str, StringConstraints(max_length=20), AfterValidator(_printable)]
Text = Annotated[str, AfterValidator(_printable)]


class Empty(Schema):
    """Done; nothing to tell."""
