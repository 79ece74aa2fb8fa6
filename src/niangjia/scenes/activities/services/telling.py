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


@transaction.atomic
def tell_booked(*, now: datetime) -> int:
    """Whoever got a place at once is told here: the booking itself is the outbox, so nothing is lost in a crash."""
    rows = list(allocation.untold(SCENE)[:AT_ONCE])
    people: dict[UUID, list[UUID]] = defaultdict(list)
    for row in rows:
        if row.person_id:
            people[row.slot_id].append(row.person_id)
    for activity in Activity.objects.filter(slot__in=people).order_by("pk"):
        told = people[activity.places]
        messages.send_many(person_ids=told, template="activity_booked", params=words_of(activity), now=now)
    places.mark_told(booking_ids=[row.pk for row in rows], now=now)
    return len(rows)


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
