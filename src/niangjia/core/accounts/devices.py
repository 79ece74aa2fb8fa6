"""Which devices a person signed in on before: the device itself carries a mark, we keep nothing (check A10)."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from niangjia.core.accounts.models import Person
from niangjia.core.audit import services as audit
from niangjia.core.crypto import blind_index
from niangjia.core.messages import services as messages

COOKIE = "device"
LIFE = timedelta(days=400)  # the longest that browsers allow
_OWNERS = 5  # a phone that a family shares


def knows(carried: str, person_id: UUID) -> bool:
    """Whether this person signed in on the device that carries these marks. They open nothing."""
    return _mark(person_id) in carried.split(".")


def marked(carried: str, person_id: UUID) -> str:
    """What the device carries from now on."""
    others = [mark for mark in carried.split(".") if mark and mark != _mark(person_id)]
    return ".".join([_mark(person_id), *others][:_OWNERS])


@transaction.atomic
def tell_of_new(*, person: Person, now: datetime) -> None:
    """Tell the owner of the account; a person who has only just registered knows."""
    if person.created_at < now:
        audit.record(action="new_device", actor_id=person.pk, subject_id=person.pk, now=now)
        messages.send(person_id=person.pk, template="new_device", now=now)


def _mark(person_id: UUID) -> str:
    return blind_index(str(person_id), purpose="device").hex()[:24]
