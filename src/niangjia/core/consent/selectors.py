"""What somebody agreed to, as it stands now."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from niangjia.core.consent.models import ConsentRecord
from niangjia.core.consent.types import PURPOSES, Purpose


@dataclass(frozen=True)
class Standing:
    """A purpose and what this person said to its present words."""

    purpose: Purpose
    given: bool
    given_at: datetime | None


def standing(*, person_id: UUID) -> list[Standing]:
    """Every purpose, in one query."""
    latest = {
        record.purpose: record
        for record in ConsentRecord.objects.filter(person_id=person_id).order_by("purpose", "-id").distinct("purpose")
    }
    return [_standing(purpose, latest.get(purpose.code)) for purpose in PURPOSES.values()]


def _standing(purpose: Purpose, record: ConsentRecord | None) -> Standing:
    """A yes to older words is no yes to the present ones."""
    if record is None or not record.given or record.version != purpose.version:
        return Standing(purpose, given=False, given_at=None)
    return Standing(purpose, given=True, given_at=record.at)


def has(*, person_id: UUID, purpose: str) -> bool:
    latest = ConsentRecord.objects.filter(person_id=person_id, purpose=purpose).order_by("-id").first()
    return latest is not None and latest.given and latest.version == PURPOSES[purpose].version
