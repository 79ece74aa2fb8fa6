"""Shapes that several parts of the API share."""

from uuid import UUID

from django.utils import translation
from ninja import Schema

from niangjia.core.accounts.models import Person
from niangjia.core.attestations.types import FactRow
from niangjia.kernel.china import mask_name, mask_phone


class Fault(Schema):
    code: str
    message: str
    next: str
    fields: dict[str, str]
    retry_after: int | None


class Error(Schema):
    """Every error, whatever its status."""

    error: Fault


class Me(Schema):
    id: UUID
    name_masked: str
    phone_masked: str
    language: str
    large_type: bool
    verified: list[FactRow]
    waiting: int

    @classmethod
    def of(cls, person: Person, *, verified: list[FactRow], waiting: int) -> "Me":
        return cls(
            id=person.pk,
            name_masked=mask_name(person.legal_name),
            phone_masked=mask_phone(person.phone),
            language=person.language or translation.get_language(),
            large_type=person.large_type,
            verified=verified,
            waiting=waiting,
        )
