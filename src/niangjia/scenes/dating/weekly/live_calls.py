"""The room of a live talk: a seat in the video room, or how two browsers find each other; and where others watch."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from niangjia.scenes.dating.events.calls import GRACE, Seat, seat_in, since, spare
from niangjia.scenes.dating.weekly import errors
from niangjia.scenes.dating.weekly.models import Guest, Live, LiveSignal
from niangjia.scenes.dating.weekly.models.lives import LiveState

EARLY = timedelta(minutes=10)


def seat(*, person_id: UUID, live_id: UUID, now: datetime) -> Seat:
    """A place in the room of the two, from ten minutes before."""
    live, mine = _going_on(person_id, live_id, now)
    until = live.starts_at + timedelta(minutes=live.minutes) + GRACE
    return seat_in(
        room=live.pk, place=mine.pk, name=mine.profile.nickname, first=mine.side == "f", now=now, until=until
    )


@transaction.atomic
def signal(*, person_id: UUID, live_id: UUID, body: str, now: datetime) -> None:
    live, mine = _going_on(person_id, live_id, now)
    spare(LiveSignal.objects.filter(live=live, sender=mine.side))
    LiveSignal(live=live, sender=mine.side, body=body, at=now).save(force_insert=True)


def signals(*, person_id: UUID, live_id: UUID, after: datetime | None, now: datetime) -> list[LiveSignal]:
    """What the other's browser sent, in its order."""
    live, mine = _going_on(person_id, live_id, now)
    return since(LiveSignal.objects.filter(live=live).exclude(sender=mine.side), after)


def _going_on(person_id: UUID, live_id: UUID, now: datetime) -> tuple[Live, Guest]:
    mine = Guest.objects.filter(live_id=live_id, profile__person_id=person_id).select_related("live", "profile").first()
    if mine is None:
        raise errors.missing()
    live = mine.live
    ends = live.starts_at + timedelta(minutes=live.minutes) + GRACE
    whole = Guest.objects.filter(live=live).count() == 2
    if live.state != LiveState.AGREED or not whole or not live.starts_at - EARLY <= now <= ends:
        raise errors.Closed
    return live, mine
