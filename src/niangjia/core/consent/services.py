"""Agreeing and taking back. Both are one tap, and both are kept."""

import hashlib
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from niangjia.core.consent import selectors
from niangjia.core.consent.models import ConsentRecord
from niangjia.core.consent.types import PURPOSES, WITHDRAWN
from niangjia.kernel.errors import Conflict, NotFound


def has(*, person_id: UUID, purpose: str) -> bool:
    return selectors.has(person_id=person_id, purpose=purpose)


def require(*, person_id: UUID, purpose: str) -> None:
    """Only where a purpose is really used: refusing it must leave everything else working (check E5)."""
    if not has(person_id=person_id, purpose=purpose):
        raise Conflict(
            _("We need your consent for this first."),
            code="consent_needed",
            next_step=PURPOSES[purpose].title,
            fields={"purpose": purpose},
        )


def give(*, person_id: UUID, purpose: str, now: datetime) -> None:
    """Agree to the present words. Agreeing twice is one record."""
    _known(purpose)
    if not has(person_id=person_id, purpose=purpose):
        _write(person_id, purpose, given=True, now=now)


@transaction.atomic
def withdraw(*, person_id: UUID, purpose: str, now: datetime) -> None:
    """Take back; whoever works under this consent hears of it in the same transaction and stops (check E6)."""
    _known(purpose)
    latest = ConsentRecord.objects.filter(person_id=person_id, purpose=purpose).order_by("-id").first()
    if latest is None or not latest.given:
        return
    _write(person_id, purpose, given=False, now=now)
    for hear in WITHDRAWN:
        hear(person_id, purpose, now)


def withdraw_all(*, person_id: UUID, now: datetime) -> None:
    """When a person leaves for good."""
    for purpose in PURPOSES:
        withdraw(person_id=person_id, purpose=purpose, now=now)


def _known(purpose: str) -> None:
    if purpose not in PURPOSES:
        raise NotFound(_("We do not ask for that."), next_step=_("Please update the app."))


def _write(person_id: UUID, purpose: str, *, given: bool, now: datetime) -> None:
    asked = PURPOSES[purpose]
    with translation.override("zh-hans"):
        words = hashlib.sha256(str(asked.text).encode()).digest()
    ConsentRecord.objects.create(
        person_id=person_id, purpose=purpose, version=asked.version, text_hash=words, given=given, at=now
    )
