"""Shapes that several parts of the API share."""

from datetime import datetime
from typing import Literal
from uuid import UUID

from django.utils import translation
from ninja import Schema

from niangjia.core.accounts.models import Person
from niangjia.kernel.china import mask_name, mask_phone


class Empty(Schema):
    """Done; nothing to tell."""


class Fault(Schema):
    code: str
    message: str
    next: str
    fields: dict[str, str]
    retry_after: int | None


class Error(Schema):
    """Every error, whatever its status."""

    error: Fault


class Fact(Schema):
    """One thing that somebody vouches for, and until when."""

    kind: Literal["real_person", "employer", "single"]
    state: Literal["none", "waiting", "verified", "fallen"]
    source: str = ""
    method: str = ""
    since: datetime | None = None
    until: datetime | None = None
    why: str = ""
    next: str = ""


class Me(Schema):
    id: UUID
    name_masked: str
    phone_masked: str
    language: str
    large_type: bool
    verified: list[Fact]
    waiting: int

    @classmethod
    def of(cls, person: Person, *, verified: list[Fact], waiting: int) -> "Me":
        return cls(
            id=person.pk,
            name_masked=mask_name(person.legal_name),
            phone_masked=mask_phone(person.phone),
            language=person.language or translation.get_language(),
            large_type=person.large_type,
            verified=verified,
            waiting=waiting,
        )
