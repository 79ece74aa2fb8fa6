"""What time does by itself: what was held lapses, unused quotas flow back. Run as often as you like."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from niangjia.engines.allocation import hooks, locks
from niangjia.engines.allocation.models import Booking, Pool, Slot
from niangjia.engines.allocation.services import places
from niangjia.engines.allocation.services.promoting import promote
from niangjia.engines.allocation.types import COMMON


def expire(*, now: datetime) -> int:
    """Held and offered places that nobody took up in time go to the next; returns how many lapsed."""
    late = Booking.objects.filter(until__lte=now).values("slot")
    slots = Slot.objects.filter(pk__in=late).select_related("resource").order_by("pk")
    return sum(_expire(slot, now) for slot in slots)


@transaction.atomic
def _expire(slot: Slot, now: datetime) -> int:
    locks.pools(slot.pk)
    rows = list(Booking.objects.select_for_update().filter(slot=slot, until__lte=now).order_by("pk"))
    places.end(rows, state="lapsed", now=now)
    hooks.tell_of("lapsed", slot, rows, now=now)
    promote(slot_id=slot.pk, now=now)
    return len(rows)


def flow_back(*, now: datetime) -> int:
    """Places of quotas whose time has come, and that nobody used, become common; returns how many places did."""
    due = Pool.objects.filter(flowed_at=None, flows_back_at__lte=now, slot__called_off_at=None)
    return sum(_flow_back(slot_id, now) for slot_id in due.order_by("slot").values_list("slot", flat=True).distinct())


@transaction.atomic
def _flow_back(slot_id: UUID, now: datetime) -> int:
    pools = locks.pools(slot_id)
    due = [pool for pool in pools if pool.flowed_at is None and pool.flows_back_at and pool.flows_back_at <= now]
    common = next(pool for pool in pools if pool.key == COMMON and not pool.is_addon)
    flowing = sum(pool.free for pool in due)
    for pool in due:
        pool.capacity, pool.flowed_at = pool.taken, now
        pool.save(update_fields=["capacity", "flowed_at"])
    common.capacity += flowing
    common.save(update_fields=["capacity"])
    promote(slot_id=slot_id, now=now)
    return flowing
