"""Arranging where and when two meet: a room of ours, an evening session, online, or somewhere else. Both must agree."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from niangjia.core import rules
from niangjia.core.access import Actor
from niangjia.core.messages import services as messages
from niangjia.engines.allocation.types import Event
from niangjia.scenes.dating.desk import errors, following, rooms
from niangjia.scenes.dating.desk.keeping import own
from niangjia.scenes.dating.desk.models import Introduction, Meeting, MeetingRoom
from niangjia.scenes.dating.desk.policies import introductions
from niangjia.scenes.dating.desk.types import PLACES, When

_LONGEST = timedelta(hours=8)


@transaction.atomic
def propose(*, actor: Actor, introduction_id: UUID, when: When, now: datetime) -> Meeting:
    """A time and a place for both to think about. A room is theirs meanwhile: nobody else gets it at that time."""
    row = introductions.get(actor, "keep", pk=introduction_id)
    row = Introduction.objects.select_for_update(of=("self",)).select_related("one", "other").get(pk=row.pk)
    if row.state != "both_yes" or row.story == "ended":
        raise errors.Over
    _check(when, now)
    room = _room(row, when)
    meeting = Meeting(
        introduction=row,
        proposed_by_id=actor.person_id,
        kind=when.kind,
        place=when.place.strip()[:120] or (f"{room.station.name} {room.name}" if room else ""),
        room=room,
        starts_at=when.starts_at,
        ends_at=when.ends_at,
    )
    _book(meeting, room, now)
    for record in (row.one, row.other):
        messages.send(person_id=record.person_id, template="help_meeting", now=now)
    return meeting


def _check(when: When, now: datetime) -> None:
    long = when.ends_at > when.starts_at + _LONGEST
    rules.check(
        kind=(when.kind in PLACES, rules.CHOSEN),
        starts_at=(when.starts_at > now, rules.AHEAD),
        ends_at=(when.starts_at < when.ends_at and not long, rules.TOO_FAR if long else rules.LATER),
        room=((when.kind == "room") == (when.room_id is not None), rules.CHOSEN),
        place=(when.kind in ("room", "online") or bool(when.place.strip()), _("Where do they meet?")),
    )


def _room(row: Introduction, when: When) -> MeetingRoom | None:
    """A room of the same station or of one that shares its centre."""
    if when.room_id is None:
        return None
    centre = row.station.centre_id or row.station_id
    near = Q(station=centre) | Q(station__centre=centre)
    found = MeetingRoom.objects.filter(near, station__closed_at=None).select_related("station")
    room = found.select_for_update(of=("self",)).filter(pk=when.room_id).first()  # what it is does not change meanwhile
    if room is None:
        raise errors.missing()
    return room


def _book(meeting: Meeting, room: MeetingRoom | None, now: datetime) -> None:
    """The database gives a room to one couple at a time, and where members book too, no place twice."""
    try:
        with transaction.atomic():
            meeting.taken = rooms.take(room, meeting.starts_at, meeting.ends_at, now) if room else None
            meeting.save(force_insert=True)
    except IntegrityError as error:
        if "desk_one_proposal_at_a_time" in str(error):
            raise errors.ProposalWaits from error
        raise errors.RoomTaken from error


@transaction.atomic
def answer(*, person_id: UUID, meeting_id: UUID, fits: bool, now: datetime) -> Meeting:
    """Whether time and place suit me. One no lets the room go; the matchmaker proposes another time."""
    record = own(person_id)
    rooms.lock(Meeting.objects.filter(pk=meeting_id))
    found = Meeting.objects.select_for_update(of=("self",)).select_related("introduction__one", "introduction__other")
    mine = Q(introduction__one=record) | Q(introduction__other=record)
    row = found.filter(mine, pk=meeting_id).first()
    if row is None:
        raise errors.missing()
    if row.state not in ("proposed", "agreed") or row.starts_at <= now:
        raise errors.Over
    setattr(row, "one_fits" if row.introduction.one_id == record.pk else "other_fits", fits)
    row.state = "another" if not fits else "agreed" if row.one_fits and row.other_fits else row.state
    _free(row, now)
    row.save()
    _tell(row, now)
    return row


def _free(row: Meeting, now: datetime) -> None:
    """Nobody meets there then: the places of a bookable place go back to the members."""
    if row.state in ("another", "cancelled"):
        rooms.give_back([row], now)
        row.taken = None


def _tell(row: Meeting, now: datetime) -> None:
    if row.state == "agreed":
        following.plan(row.introduction, row.starts_at)
        for record in (row.introduction.one, row.introduction.other):
            messages.send(person_id=record.person_id, template="help_meeting_agreed", now=now)
    elif row.state == "another" and row.proposed_by_id:
        messages.send(person_id=row.proposed_by_id, template="help_meeting_another", now=now)


@transaction.atomic
def call_off(*, actor: Actor, meeting_id: UUID, now: datetime) -> Meeting:
    """Both are told; the room is free again."""
    rooms.lock(Meeting.objects.filter(pk=meeting_id))
    rows = Meeting.objects.select_for_update(of=("self",)).select_related("introduction__one", "introduction__other")
    row = rows.filter(introduction__in=introductions.which(actor, "keep"), pk=meeting_id).first()
    if row is None:
        raise errors.missing()
    if row.state not in ("proposed", "agreed"):
        raise errors.Over
    _off(row, now)
    return row


def _off(row: Meeting, now: datetime) -> None:
    row.state = "cancelled"
    _free(row, now)
    row.save(update_fields=["state", "taken"])
    for record in (row.introduction.one, row.introduction.other):
        messages.send(person_id=record.person_id, template="help_meeting_off", now=now)


def called_off(news: Event) -> None:
    """The bookable place does not open: whoever would have met there is told, and who arranged it."""
    if news.what != "called_off":
        return
    rows = Meeting.objects.select_for_update(of=("self",)).select_related("introduction__one", "introduction__other")
    for row in rows.filter(taken__in=news.booking_ids, state__in=("proposed", "agreed")).order_by("pk"):
        row.taken = None  # those places are gone already
        _off(row, news.now)
        if row.proposed_by_id:
            messages.send(person_id=row.proposed_by_id, template="help_meeting_another", now=news.now)
