"""One room, one calendar: where members may book too, a meeting takes two places of the same opening as they do."""

from collections.abc import Iterable
from datetime import datetime
from typing import Final
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from niangjia.core.access import Actor
from niangjia.core.audit import services as audit
from niangjia.engines.allocation import locks
from niangjia.engines.allocation import selectors as calendar
from niangjia.engines.allocation import services as allocation
from niangjia.engines.allocation.errors import CalledOff, Full
from niangjia.engines.allocation.models import Booking
from niangjia.scenes.dating.desk import errors
from niangjia.scenes.dating.desk.models import Meeting, MeetingRoom
from niangjia.scenes.dating.desk.policies import stations
from niangjia.scenes.dating.venues.models import Opening, Venue
from niangjia.scenes.dating.venues.policies import venues
from niangjia.scenes.dating.venues.selectors import open_around
from niangjia.scenes.dating.venues.types import AHEAD

_COUPLE: Final = 2


def places(actor: Actor) -> list[Venue]:
    """Bookable places which a room may be said to be."""
    return list(venues.which(actor, "run").exclude(state="closed").order_by("name", "pk"))


@transaction.atomic
def tie(*, actor: Actor, room_id: UUID, venue_id: UUID, now: datetime) -> MeetingRoom:
    """From now on this room is that bookable place. What is arranged there already is held otherwise: first that."""
    room = _idle(actor, room_id, tied=False, now=now)
    return _turned(room, venues.get(actor, "run", pk=venue_id), "dating.room_shared", actor, now)


@transaction.atomic
def untie(*, actor: Actor, room_id: UUID, now: datetime) -> MeetingRoom:
    """It was a mistake, or is so no more: the room is the desk's alone. First what is arranged there, as above."""
    return _turned(_idle(actor, room_id, tied=True, now=now), None, "dating.room_parted", actor, now)


def _idle(actor: Actor, room_id: UUID, *, tied: bool, now: datetime) -> MeetingRoom:
    """The room, locked, when no meeting stands in it."""
    rows = MeetingRoom.objects.select_for_update(of=("self",)).filter(station__in=stations.which(actor, "lead"))
    room = rows.filter(pk=room_id, venue__isnull=not tied).first()
    if room is None:
        raise errors.missing()
    if Meeting.objects.filter(room=room, state__in=("proposed", "agreed"), ends_at__gt=now).exists():
        raise errors.StillInUse
    return room


def _turned(room: MeetingRoom, venue: Venue | None, action: str, actor: Actor, now: datetime) -> MeetingRoom:
    room.venue = venue
    room.save(update_fields=["venue"])
    target = ("desk", room.station_id)
    audit.record(action=action, actor_id=actor.person_id, subject_id=None, target=target, now=now)
    return room


def take(room: MeetingRoom, starts_at: datetime, ends_at: datetime, now: datetime) -> UUID | None:
    """Places for two among members' bookings. None: the room is the desk's alone, and its own constraint holds it."""
    if room.venue_id is None:
        return None
    opening = open_around(room.venue_id, starts_at, ends_at)
    if opening is None:
        raise errors.NotOpenThen
    try:
        return allocation.set_aside(slot_id=opening.slot_id, count=_COUPLE, now=now)
    except (Full, CalledOff) as error:
        raise errors.RoomTaken from error


def lock(meetings: QuerySet[Meeting]) -> None:
    """The counters before the meetings, as the engine does when it calls an opening off: nobody waits in a circle."""
    parties = meetings.filter(taken__isnull=False).values("taken")
    for slot in Booking.objects.filter(party__in=parties).order_by("slot").values_list("slot", flat=True).distinct():
        locks.pools(slot)


def give_back(meetings: Iterable[Meeting], now: datetime) -> None:
    """What these held among members' bookings is free again."""
    for row in meetings:
        if row.taken is not None:
            allocation.cancel_party(party=row.taken, by_id=None, now=now, late=True)


def free_times(rooms: Iterable[MeetingRoom], now: datetime) -> dict[UUID, list[Opening]]:
    """When two could still meet in these, by venue. Two queries."""
    ids = {room.venue_id for room in rooms if room.venue_id}
    if not ids:
        return {}
    rows = Opening.objects.filter(venue__in=ids, venue__state="published", slot__called_off_at=None)
    ahead = list(rows.filter(starts_at__gt=now, starts_at__lt=now + AHEAD).select_related("slot").order_by("starts_at"))
    figures = calendar.figures([row.slot_id for row in ahead])
    found: dict[UUID, list[Opening]] = {}
    for row in ahead:
        if figures[row.slot_id].free >= _COUPLE:
            found.setdefault(row.venue_id, []).append(row)
    return found
