"""Taking and giving back places: bookings and counters together, under the locks of the caller."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.db.models import F

from niangjia.engines.allocation.models import Booking, Extra, Pool, Slot
from niangjia.engines.allocation.types import COMMON, TAKING


def take(
    slot: Slot, bookings: Sequence[UUID], pool: Pool, *, state: str, until: datetime | None, now: datetime
) -> None:
    """Give these bookings places from a locked pool."""
    during = None if slot.overlaps_allowed else DateTimeTZRange(slot.starts_at, slot.ends_at)
    Pool.objects.filter(pk=pool.pk).update(taken=F("taken") + len(bookings))
    Booking.objects.filter(pk__in=bookings).update(
        state=state, pool=pool, until=until, during=during, settled_at=now, told_at=None
    )


def end(bookings: Sequence[Booking], *, state: str, now: datetime) -> None:
    """These bookings are over; what they took is free again. Counters and bookings are locked by the caller."""
    taking = [row for row in bookings if row.state in TAKING]
    Booking.objects.filter(pk__in=[row.pk for row in bookings]).update(
        state=state, pool=None, until=None, settled_at=now
    )
    give_back(Counter(row.pool_id for row in taking if row.pool_id))
    _give_extras_back(bookings)


def give_back(counts: Counter[UUID]) -> None:
    """Places of a quota that has flowed back already go where the others went: to the common pool."""
    for pool in Pool.objects.filter(pk__in=counts).order_by("pk"):
        number = counts[pool.pk]
        flows_on = pool.flowed_at is not None
        Pool.objects.filter(pk=pool.pk).update(
            taken=F("taken") - number, capacity=F("capacity") - (number if flows_on else 0)
        )
        if flows_on:
            common = Pool.objects.filter(slot=pool.slot_id, key=COMMON, is_addon=False)
            common.update(capacity=F("capacity") + number)


def _give_extras_back(bookings: Sequence[Booking]) -> None:
    extras = list(Extra.objects.filter(booking__in=bookings).exclude(state="given_back"))
    if not extras:
        return
    Extra.objects.filter(pk__in=[extra.pk for extra in extras]).update(state="given_back")
    give_back(Counter(extra.pool_id for extra in extras if extra.state == "taken"))
