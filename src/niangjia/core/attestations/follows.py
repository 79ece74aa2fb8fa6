"""What attestations follow: changed rolls and withdrawn consents, in the transaction in which they happen."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from niangjia.core.attestations.models import Request
from niangjia.core.attestations.services import employment, identity
from niangjia.core.attestations.services.standing import drop, fall, of_person
from niangjia.core.consent import purposes
from niangjia.core.consent.types import WITHDRAWN
from niangjia.core.files import services as files
from niangjia.core.rolls.types import ROLL_CHANGED


def roll_changed(employers: frozenset[UUID], now: datetime) -> None:
    employment.fall_off_rolls(employers=employers, now=now)
    employment.rise_with_rolls(employers=employers, now=now)


def consent_withdrawn(person_id: UUID, purpose: str, now: datetime) -> None:
    stop = _STOP.get(purpose)
    if stop:
        stop(person_id, now)


def _no_face(person_id: UUID, now: datetime) -> None:
    """What a face check has shown stays true, and no face was kept; what is under way stops."""
    identity.forget_checks(person_id=person_id)


def _no_document(person_id: UUID, now: datetime) -> None:
    """The desk's decision stays true; the photos go at once, decided upon or not."""
    drop(which=Request.objects.filter(person_id=person_id, kind="real_person"), now=now)
    files.delete_photos(owner_id=person_id, purpose="identity")


def _no_employer(person_id: UUID, now: datetime) -> None:
    drop(which=Request.objects.filter(person_id=person_id, kind="employer"), now=now)
    fall(which=of_person(person_id, "employer"), reason="consent_withdrawn", now=now)


def _no_pledge(person_id: UUID, now: datetime) -> None:
    fall(which=of_person(person_id, "single"), reason="consent_withdrawn", now=now)


_STOP: dict[str, Callable[[UUID, datetime], None]] = {
    purposes.FACE: _no_face,
    purposes.DOCUMENT: _no_document,
    purposes.EMPLOYER: _no_employer,
    purposes.MARITAL: _no_pledge,
}

ROLL_CHANGED.append(roll_changed)
WITHDRAWN.append(consent_withdrawn)
