"""Coming in and going: the place is the allocation engine's, what hangs on it is ours."""

from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, connection, transaction
from django.db.models import Max

from niangjia.core.messages import services as messages
from niangjia.engines.allocation import hooks
from niangjia.engines.allocation import services as allocation
from niangjia.engines.allocation.models import Booking
from niangjia.engines.allocation.types import LIVE, Claimant, Claimed
from niangjia.engines.allocation.types import Event as Told
from niangjia.scenes.dating.events import asking, errors, sealing
from niangjia.scenes.dating.events.policies import require
from niangjia.scenes.dating.events.types import SCENE, key_of
from niangjia.scenes.dating.models import Entrant, Event, Profile
from niangjia.scenes.dating.models.events import State
from niangjia.scenes.dating.selectors.people import seeker


def enter(
    *, person_id: UUID, event_id: UUID, key: UUID, wait: bool = False, now: datetime, clock: datetime | None = None
) -> Claimed:
    """A place among those of one's sex, or in line for it. `key` is drawn by the phone: sent twice, it counts once.

    `clock` is for tests; else the clock of the database decides what is too late.
    """
    me, event = seeker(person_id, now), published(event_id)
    if event.closed_at is not None or event.slot_id is None:
        raise errors.Over
    require(me, event, now)
    claimant = Claimant(person_id, keys=(key_of(me.sex),))
    claimed = allocation.claim(slot_id=event.slot_id, by=claimant, request_key=key, wait=wait, now=clock)
    if claimed.state == "booked":
        come_in(event, me, claimed.booking_id)
        allocation.mark_told(booking_ids=[claimed.booking_id], now=now)
    return claimed


def published(event_id: UUID) -> Event:
    event = Event.objects.filter(pk=event_id).exclude(state=State.DRAFT).first()
    if event is None:
        raise errors.missing()
    return event


def come_in(event: Event, profile: Profile, booking_id: UUID) -> Entrant:
    """The entrant that belongs to a place; again and again the same one. Begins with nothing chosen."""
    found = Entrant.objects.filter(event=event, profile=profile).first()
    if found is None:
        found = _new(event, profile, booking_id)
        asking.for_hands(event.pk)
    elif found.left_at is not None or found.booking_id != booking_id:
        found.left_at, found.booking_id, found.sealed = None, booking_id, _empty(event, found.pk)
        found.save(update_fields=["left_at", "booking", "sealed"])
    return found


def _new(event: Event, profile: Profile, booking_id: UUID) -> Entrant:
    """With the next number of the side."""
    while True:
        side = Entrant.objects.filter(event=event, side=profile.sex)
        number = (side.aggregate(last=Max("number"))["last"] or 0) + 1
        row = Entrant(event=event, profile=profile, booking_id=booking_id, side=profile.sex, number=number)
        row.sealed = _empty(event, row.pk)
        try:
            with transaction.atomic():
                row.save(force_insert=True)
        except IntegrityError:  # another one took the number, or the same person came in twice at once
            there = Entrant.objects.filter(event=event, profile=profile).first()
            if there is None:
                continue
            return there
        return row


def _empty(event: Event, entrant: UUID) -> bytes:
    return sealing.seal(sealing.nothing(), key=event.key, entrant=entrant) if event.key else b""


@transaction.atomic
def withdraw(*, person_id: UUID, event_id: UUID, now: datetime) -> None:
    """Out of the event, at any time before it closes. What was chosen is gone at once."""
    event = published(event_id)
    if event.closed_at is not None:
        raise errors.Over
    booking = Booking.objects.filter(slot=event.slot_id, person=person_id, state__in=LIVE).first()
    if booking is None:
        raise errors.NotIn
    allocation.cancel(booking_id=booking.pk, by_id=person_id, now=now, late=True)
    Entrant.objects.filter(event=event, profile__person_id=person_id).update(left_at=now, sealed=b"", hand=[])
    _forget_in_plan(event)


def _forget_in_plan(event: Event) -> None:
    if event.planned_at is not None:
        asking.for_a_plan(event.pk)


def leave_all(profile: Profile, now: datetime) -> None:
    """Somebody leaves dating: their places, and their turns in line, fall to others."""
    slots = Event.objects.filter(closed_at=None, slot__isnull=False).values_list("slot_id", flat=True)
    for booking in Booking.objects.filter(slot__in=list(slots), person=profile.person_id, state__in=LIVE):
        allocation.cancel(booking_id=booking.pk, by_id=None, now=now, late=True)


def told(news: Told) -> None:
    """Somebody from the waiting list has a place now."""
    event = Event.objects.filter(slot__in=[news.slot_id]).first()
    if event is None or news.what != "booked":
        return
    for booking in Booking.objects.filter(pk__in=news.booking_ids, person__isnull=False):
        profile = Profile.objects.filter(person=booking.person_id).first()
        if profile is not None:
            come_in(event, profile, booking.pk)
    messages.send_many(
        person_ids=news.person_ids, template="dating_event_place", params={"title": event.title}, now=news.now
    )


def database_now() -> datetime:
    """The clock that all servers share."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        found: datetime = cursor.fetchone()[0]
        return found


hooks.register(scene=SCENE, told=told)
