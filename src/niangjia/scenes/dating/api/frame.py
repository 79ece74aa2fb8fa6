"""What all endpoints of dating share: the router, who asks, and shapes of input."""

from typing import Annotated
from uuid import UUID

from django.http import HttpRequest
from ninja import Field, Router, Schema
from pydantic import AfterValidator, StringConstraints

from niangjia.core import access

router = Router(tags=["dating"])


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
Age = Annotated[int, Field(ge=18, le=99)]
Height = Annotated[int, Field(ge=100, le=250)]
Codes = Annotated[list[Code], Field(max_length=100)]


class Empty(Schema):
    """Done; nothing to tell."""


class Target(Schema):
    """The profile meant."""

    id: UUID
