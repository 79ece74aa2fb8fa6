"""Places put aside by staff, for people whom the engine need not know."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.db.models import F, Q

from niangjia.engines.allocation import errors
from niangjia.engines.allocation.models import Booking, Pool, Slot
from niangjia.engines.allocation.types import COMMON, FIRST
from niangjia.kernel.ids import new_id


@transaction.atomic
def set_aside(*, slot_id: UUID, count: int, now: datetime) -> UUID:
    """So many common places for guests without an account, or none. Returns their party, for `cancel_party`.

    The counter is everybody's, and taken by one guarded UPDATE: a claim of the same moment sees it, or is seen.
    """
    common = Pool.objects.filter(slot=slot_id, key=COMMON, is_addon=False)
    if not common.filter(_room_for(count)).update(taken=F("taken") + count):
        raise errors.Full
    slot, pool = Slot.objects.get(pk=slot_id), common.get()  # read once the counter is ours
    if slot.called_off_at is not None:
        raise errors.CalledOff
    party = new_id()
    rows = [_guest(slot, pool, party, key, now) for key in (party, *(new_id() for _other in range(count - 1)))]
    Booking.objects.bulk_create(rows)
    return party


def _room_for(count: int) -> Q:
    return Q(taken__lte=F("capacity") - count)


def _guest(slot: Slot, pool: Pool, party: UUID, key: UUID, now: datetime) -> Booking:
    return Booking(
        id=key,
        slot=slot,
        pool=pool,
        party=party,
        state="booked",
        tier=FIRST,
        keys=[],
        asked_at=now,
        settled_at=now,
        told_at=now,
        during=None if slot.overlaps_allowed else DateTimeTZRange(slot.starts_at, slot.ends_at),
    )
