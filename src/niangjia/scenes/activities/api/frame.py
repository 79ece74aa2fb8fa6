"""What all endpoints of activities share: the router, who asks, and shapes of input."""

from typing import Annotated, Any
from uuid import UUID

from django.core import signing
from django.http import HttpRequest, HttpResponse
from ninja import Router, Schema
from pydantic import AfterValidator, BaseModel, StringConstraints

from niangjia.core import access

router = Router(tags=["activities"])
_SALT = "activities"


def person_of(request: HttpRequest) -> UUID:
    """The signed-in person; only for endpoints that declare they need one."""
    found = access.actor_of(request).person_id
    assert found is not None  # the endpoint declares that one is signed in
    return found


def _printable(text: str) -> str:
    """The database stores no NUL, and nobody means to write one."""
    if "\x00" in text:
        raise ValueError("a character that cannot be kept")
    return text


Code = Annotated[str, StringConstraints(max_length=20), AfterValidator(_printable)]
Text = Annotated[str, AfterValidator(_printable)]


def answer(result: BaseModel) -> HttpResponse:
    """The result as it is. Django-ninja would check every card a second time."""
    return HttpResponse(result.model_dump_json(), content_type="application/json; charset=utf-8")


def write_cursor(offset: int | None, asked: Any) -> str | None:
    """Where the next page begins, and of which search: a cursor of another search begins anew."""
    return signing.dumps([offset, str(asked)], salt=_SALT) if offset is not None else None


def read_cursor(cursor: str | None, asked: Any) -> int:
    try:
        offset, of = signing.loads(cursor or "", salt=_SALT)
    except (signing.BadSignature, ValueError):
        return 0
    return int(offset) if of == str(asked) else 0


class Empty(Schema):
    """Done; nothing to tell."""


class Target(Schema):
    """The activity meant."""

    activity: UUID


class Place(Schema):
    """The booking meant: mine."""

    booking: UUID
