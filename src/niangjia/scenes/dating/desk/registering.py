"""Asking for help, and the word of the person concerned, without which nothing is used.

What somebody was registered with is sealed until they say yes on their own phone. Whoever registered them never learns
the answer: a no, a silence and a number we know already all look the same at the desk.
"""

from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from niangjia.core.access import Actor
from niangjia.core.accounts import limits
from niangjia.core.accounts.codes import checked_phone, phone_index
from niangjia.core.accounts.limits import Limit
from niangjia.core.accounts.models import Person
from niangjia.core.audit import services as audit
from niangjia.core.consent import services as consent
from niangjia.core.messages import services as messages
from niangjia.kernel.errors import Invalid
from niangjia.scenes.dating.desk import errors
from niangjia.scenes.dating.desk.models import Asking, Record, Station
from niangjia.scenes.dating.desk.policies import stations
from niangjia.scenes.dating.desk.types import PURPOSE, SOURCES, WAITS_FOR, Asked

_LONGEST = 400
_A_DAY = (Limit("help-register", 300, 86400),)  # a visit to a large firm, and no list of bought numbers


def register(*, actor: Actor, station_id: UUID, source: str, asked: Asked, now: datetime) -> Asking:
    """Somebody was registered at the desk, by a parent, or in their firm. They are asked on their own phone, once."""
    station = stations.get(actor, "register", pk=station_id)
    limits.take(_A_DAY, who=str(actor.person_id), now=now)
    return _register(actor, station, source, asked, now)


@transaction.atomic
def _register(actor: Actor, station: Station, source: str, asked: Asked, now: datetime) -> Asking:
    if source not in SOURCES or source == "self":
        raise Invalid(_("Please check this."), fields={"source": _("Please choose one.")})
    number = checked_phone(asked.phone)
    _short(asked)
    index = phone_index(number)
    person = Person.objects.filter(phone_index=index, closed_at=None).first()
    known = person is not None and Record.objects.filter(person=person).exists()
    asking = Asking(station=station, source=source, made_by_id=actor.person_id, made_at=now, expires_at=now + WAITS_FOR)
    if known or not _put(asking, number, index, asked):
        asking.save(force_insert=True)  # an empty line, like that of anybody who has not answered yet
    else:
        _ask(number, person, now)
    audit.record(
        action="dating.help_registered",
        actor_id=actor.person_id,
        subject_id=None,
        target=("asking", asking.pk),
        now=now,
    )
    return asking


def _short(asked: Asked) -> None:
    if len(asked.name) > 20 or len(asked.wishes) > _LONGEST:
        raise Invalid(_("Please say it in fewer words."), fields={"wishes": _("Please say it in fewer words.")})


def _put(asking: Asking, number: str, index: bytes, asked: Asked) -> bool:
    """False when this number is waiting, or said no, already: nobody is asked twice."""
    asking.phone, asking.phone_index, asking.name, asking.wishes = number, index, asked.name, asked.wishes
    try:
        with transaction.atomic():
            asking.save(force_insert=True)
    except IntegrityError:
        asking.phone, asking.phone_index, asking.name, asking.wishes = "", None, "", ""
        return False
    return True


def _ask(number: str, person: Person | None, now: datetime) -> None:
    """A message that names nobody."""
    if person is not None:
        messages.send(person_id=person.pk, template="help_asked", now=now)
    messages.send_sms(phone=number, template="help_asked", params={}, now=now, person_id=person.pk if person else None)


def waiting_for(person: Person, now: datetime) -> QuerySet[Asking]:
    """What was written down about the owner of this phone and waits for their word."""
    if person.phone_index is None:
        return Asking.objects.none()
    mine = Asking.objects.filter(phone_index=bytes(person.phone_index), expires_at__gt=now).exclude(phone=b"")
    return mine.select_related("station")


def waits(person_id: UUID, now: datetime) -> bool:
    """Whether anything does; one query, for the home page."""
    phone = Person.objects.filter(pk=person_id, phone_index__isnull=False).values("phone_index")
    return Asking.objects.filter(phone_index__in=phone, expires_at__gt=now).exclude(phone=b"").exists()


@transaction.atomic
def answer(*, person_id: UUID, asking_id: UUID, yes: bool, wishes: str | None = None, now: datetime) -> Record | None:
    """My own word about what somebody wrote down about me. It leaves the line empty, and nobody is told."""
    person = Person.objects.get(pk=person_id)
    asking = waiting_for(person, now).select_for_update(of=("self",)).filter(pk=asking_id).first()
    if asking is None:
        raise errors.missing()
    given = Asked(phone="", name=asking.name, wishes=asking.wishes if wishes is None else wishes)
    _short(given)
    _empty(asking)
    return _open(person_id, asking.station, asking.source, given, now) if yes else None


@transaction.atomic
def ask_for_help(*, person_id: UUID, station_id: UUID, wishes: str, now: datetime) -> Record:
    """From my own phone: asking is confirming. What waited about me is settled by it. Asking twice is once."""
    station = Station.objects.filter(pk=station_id, closed_at=None).first()
    if station is None:
        raise errors.missing()
    given = Asked(phone="", wishes=wishes)
    _short(given)
    person = Person.objects.get(pk=person_id)
    for asking in waiting_for(person, now).select_for_update(of=("self",)):
        _empty(asking)
    return _open(person_id, station, "self", given, now)


def _open(person_id: UUID, station: Station, source: str, given: Asked, now: datetime) -> Record:
    consent.give(person_id=person_id, purpose=PURPOSE, now=now)
    row = Record.objects.select_for_update().filter(person_id=person_id).first()
    if row is None:
        row = Record(person_id=person_id, source=source, opened_at=now)
    row.station, row.called, row.wishes, row.frozen_at = station, given.name, given.wishes, None
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError:  # two taps at once; the first one counts
        return Record.objects.get(person_id=person_id)
    audit.record(
        action="dating.record_begun", actor_id=person_id, subject_id=person_id, target=("record", row.pk), now=now
    )
    return row


def _empty(asking: Asking) -> None:
    """The line stays until its day, so that no answer can be told from a silence; what stood in it is gone."""
    asking.phone, asking.name, asking.wishes = "", "", ""
    asking.save(update_fields=["phone", "name", "wishes"])


def forget_unanswered(*, now: datetime) -> int:
    return Asking.objects.filter(expires_at__lte=now).delete()[0]
