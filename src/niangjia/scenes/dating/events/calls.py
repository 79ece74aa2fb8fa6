"""Talks online: a seat in the room of the two, and how two browsers find each other when there is no video server."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypeVar
from uuid import UUID

from django.db import transaction
from django.db.models import Model, QuerySet
from django.utils.translation import gettext_lazy as _

from niangjia.core import ports
from niangjia.kernel.errors import Conflict, Unavailable
from niangjia.scenes.dating.events import errors
from niangjia.scenes.dating.events.evening import ends_at, talk_of
from niangjia.scenes.dating.events.types import SIGNAL_LIFE
from niangjia.scenes.dating.models import Signal, Talk
from niangjia.scenes.dating.models.events import Kind

Sent = TypeVar("Sent", bound=Model)
MOST_SIGNALS = 200  # of one person in one talk; two browsers need some twenty
GRACE = timedelta(seconds=20)
_TOLD = _("Please try again in a moment, or tell whoever arranged it.")


@dataclass(frozen=True)
class Seat:
    kind: str
    url: str
    token: str
    first: bool  # this side begins the call


def seat(*, person_id: UUID, talk_id: UUID, now: datetime) -> Seat:
    """A place in the room, for as long as the talk lasts."""
    talk, side = _going_on(person_id, talk_id, now)
    mine = talk.woman if side == "f" else talk.man
    until = ends_at(talk.event)
    assert until is not None  # it goes on
    return seat_in(
        room=talk.pk, place=mine.pk, name=mine.profile.nickname, first=side == "f", now=now, until=until + GRACE
    )


def seat_in(*, room: UUID, place: UUID, name: str, first: bool, now: datetime, until: datetime) -> Seat:
    """For one of the two of `room`, whom the video server knows as `place` and by a nickname only."""
    try:
        found = ports.video().seat(room=room.hex, identity=place.hex, name=name, now=now, until=until)
    except ports.ProviderUnavailable as error:
        raise Unavailable(_("The video room cannot be reached at present."), next_step=_TOLD) from error
    return Seat(found.kind, found.url, found.token, first)


@transaction.atomic
def signal(*, person_id: UUID, talk_id: UUID, body: str, now: datetime) -> None:
    talk, side = _going_on(person_id, talk_id, now)
    spare(Signal.objects.filter(talk=talk, sender=side))
    Signal(talk=talk, sender=side, body=body, at=now).save(force_insert=True)


def signals(*, person_id: UUID, talk_id: UUID, after: datetime | None, now: datetime) -> list[Signal]:
    """What the other's browser sent, in its order."""
    talk, side = _going_on(person_id, talk_id, now)
    return since(Signal.objects.filter(talk=talk).exclude(sender=side), after)


def spare(said: QuerySet[Sent]) -> None:
    """Raise Conflict when one side's browser has sent more than any call needs."""
    if said.count() >= MOST_SIGNALS:
        raise Conflict(_("This call cannot be connected."), next_step=_TOLD)


def since(said: QuerySet[Sent], after: datetime | None) -> list[Sent]:
    return list((said.filter(at__gt=after) if after else said).order_by("at", "pk"))


def _going_on(person_id: UUID, talk_id: UUID, now: datetime) -> tuple[Talk, str]:
    talk = talk_of(person_id, talk_id)
    until = ends_at(talk.event)
    here = talk.event.kind == Kind.ONLINE and talk.event.closed_at is None and talk.round == talk.event.round
    if not here or talk.ended_at is not None or until is None or now > until + GRACE:
        raise errors.Over
    return talk, "f" if talk.woman.profile.person_id == person_id else "m"


def forget_signals(*, now: datetime) -> int:
    return Signal.objects.filter(at__lt=now - SIGNAL_LIFE).delete()[0]
