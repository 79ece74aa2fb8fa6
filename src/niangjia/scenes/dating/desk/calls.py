"""The room of a meeting online: a seat in the video room, or how two browsers find each other."""

from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from niangjia.scenes.dating.desk import errors, selectors
from niangjia.scenes.dating.desk.keeping import own
from niangjia.scenes.dating.desk.models import Meeting, MeetingSignal
from niangjia.scenes.dating.desk.selectors import Mine
from niangjia.scenes.dating.events.calls import GRACE, Seat, seat_in, since, spare
from niangjia.scenes.dating.events.types import SIGNAL_LIFE
from niangjia.scenes.dating.selectors.people import profile_of

EARLY: Final = timedelta(minutes=10)


def seat(*, person_id: UUID, meeting_id: UUID, now: datetime) -> Seat:
    """A place in the room of the two, from ten minutes before."""
    meeting, mine = _going_on(person_id, meeting_id, now)
    record = mine.row.one if mine.side == "one" else mine.row.other
    me = profile_of(person_id)
    name = me.nickname if me else ""
    until = meeting.ends_at + GRACE
    return seat_in(room=meeting.pk, place=record.pk, name=name, first=mine.side == "one", now=now, until=until)


@transaction.atomic
def signal(*, person_id: UUID, meeting_id: UUID, body: str, now: datetime) -> None:
    meeting, mine = _going_on(person_id, meeting_id, now)
    spare(MeetingSignal.objects.filter(meeting=meeting, sender=mine.side))
    MeetingSignal(meeting=meeting, sender=mine.side, body=body, at=now).save(force_insert=True)


def signals(*, person_id: UUID, meeting_id: UUID, after: datetime | None, now: datetime) -> list[MeetingSignal]:
    """What the other's browser sent, in its order."""
    meeting, mine = _going_on(person_id, meeting_id, now)
    return since(MeetingSignal.objects.filter(meeting=meeting).exclude(sender=mine.side), after)


def _going_on(person_id: UUID, meeting_id: UUID, now: datetime) -> tuple[Meeting, Mine]:
    """A meeting of mine with somebody whom I still may see; any other is missing."""
    record, me = own(person_id), profile_of(person_id)
    pair = Q(introduction__one=record) | Q(introduction__other=record)
    meeting = Meeting.objects.filter(pair, pk=meeting_id, kind="online").first()
    found = selectors.mine(me, record, now) if meeting else []
    mine = next((one for one in found if meeting and one.row.pk == meeting.introduction_id), None)
    if meeting is None or mine is None:
        raise errors.missing()
    if meeting.state != "agreed" or not meeting.starts_at - EARLY <= now <= meeting.ends_at + GRACE:
        raise errors.NotNow
    return meeting, mine


def forget(*, now: datetime) -> int:
    return MeetingSignal.objects.filter(at__lt=now - SIGNAL_LIFE).delete()[0]
