"""What all endpoints of activities share: the router, who asks, and shapes of input."""

from typing import Any
from uuid import UUID

from django.core import signing
from ninja import Router, Schema

from niangjia.core.endpoints import Code, Empty, Text, answer, person_of

__all__ = ["Code", "Empty", "Place", "Target", "Text", "answer", "person_of", "read_cursor", "router", "write_cursor"]

router = Router(tags=["activities"])
_SALT = "activities"


def write_cursor(offset: int | None, asked: Any) -> str | None:
    """Where the next page begins, and of which search: a cursor of another search begins anew."""
    return signing.dumps([offset, str(asked)], salt=_SALT) if offset is not None else None


def read_cursor(cursor: str | None, asked: Any) -> int:
    try:
        offset, of = signing.loads(cursor or "", salt=_SALT)
    except (signing.BadSignature, ValueError):
        return 0
    return int(offset) if of == str(asked) else 0


class Target(Schema):
    """The activity meant."""

    activity: UUID


class Place(Schema):
    """The booking meant: mine."""

    booking: UUID
