"""Telling people in time: that they have a place, and that it is tomorrow."""

from collections import defaultdict
from datetime import datetime
from uuid import UUID

from django.db import transaction

from niangjia.core.messages import services as messages
from niangjia.engines.allocation import selectors as allocation
from niangjia.engines.allocation import services as places
from niangjia.engines.allocation.models import Booking
from niangjia.scenes.activities.models import Activity, State
from niangjia.scenes.activities.selectors.words import words_of
from niangjia.scenes.activities.services.texting import text_people
from niangjia.scenes.activities.types import REMIND_BEFORE, SCENE

AT_ONCE = 2_000


def _template(state: str, way: str) -> str:
    """What somebody reads who was settled in the rush, or by a draw."""
    if state == "waiting":
        return "activity_unlucky" if way == "lottery" else "activity_in_line"
    return f"activity_{state}"


@transaction.atomic
def tell_settled(*, now: datetime) -> int:
    """Places taken in the rush and what a draw decided. The bookings are the outbox: nothing is lost in a crash."""
    rows = list(allocation.untold(SCENE)[:AT_ONCE])
    people: dict[tuple[UUID, str], list[UUID]] = defaultdict(list)
    for row in rows:
        if row.person_id:
            people[row.slot_id, _template(row.state, row.slot.way)].append(row.person_id)
    told = {row.places: row for row in Activity.objects.filter(slot__in=[slot for slot, _template in people])}
    for (slot_id, template), person_ids in people.items():
        if slot_id in told:  # a part of a programme is told of with its activity
            _tell(template, person_ids, words_of(told[slot_id]), now)
    places.mark_told(booking_ids=[row.pk for row in rows], now=now)
    return len(rows)


def _tell(template: str, person_ids: list[UUID], words: dict[str, str], now: datetime) -> None:
    messages.send_many(person_ids=person_ids, template=template, params=words, now=now)
    if template == "activity_offered":
        text_people(person_ids=person_ids, template=template, params=words, now=now)


def remind(*, now: datetime) -> int:
    """A day before, once: a note, and a text message for those who agreed to that."""
    soon = Activity.objects.filter(
        state=State.PUBLISHED, reminded_at=None, starts_at__gt=now, starts_at__lte=now + REMIND_BEFORE
    )
    rows = list(soon.order_by("starts_at", "pk"))
    for activity in rows:
        _remind(activity, now)
    return len(rows)


@transaction.atomic
def _remind(activity: Activity, now: datetime) -> None:
    if not Activity.objects.filter(pk=activity.pk, reminded_at=None).update(reminded_at=now):
        return  # another worker was faster
    booked = Booking.objects.filter(slot_id=activity.places, state="booked", person__isnull=False)
    people = list(booked.order_by("person_id").values_list("person_id", flat=True).distinct())
    words = words_of(activity)
    messages.send_many(person_ids=people, template="activity_reminder", params=words, now=now)
    text_people(person_ids=people, template="activity_reminder", params=words, now=now)
