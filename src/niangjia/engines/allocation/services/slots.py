"""Making slots, and changing them while people are booked."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.db.models import Exists, F, OuterRef
from django.utils.translation import gettext_lazy as _

from niangjia.engines.allocation import errors, hooks, locks
from niangjia.engines.allocation.kernels import lottery
from niangjia.engines.allocation.models import Booking, CheckInList, Draw, Pool, Resource, Slot
from niangjia.engines.allocation.services.promoting import promote
from niangjia.engines.allocation.types import COMMON, TAKING, SlotPlan
from niangjia.kernel.errors import Invalid

_OWN_TABLES = ("capacity", "quotas", "addons", "beacon_source")


def create_resource(*, scene: str) -> Resource:
    return Resource.objects.create(scene=scene)


@transaction.atomic
def create_slot(*, resource: Resource, plan: SlotPlan, now: datetime) -> Slot:
    """A slot with its counters and its entrance; a lottery commits itself to a seed right here."""
    _check(plan)
    fields = {name: value for name, value in vars(plan).items() if name not in _OWN_TABLES}
    slot = Slot.objects.create(resource=resource, **fields)
    Pool.objects.bulk_create(_pools(slot, plan))
    CheckInList.objects.create(slot=slot, title="", is_entrance=True)
    if plan.way == "lottery":
        _commit(slot, plan.beacon_source, now)
    return slot


def _check(plan: SlotPlan) -> None:
    hint = _("Please look at this again.")
    wrong = {
        "ends_at": plan.starts_at >= plan.ends_at,
        "closes_at": plan.opens_at >= plan.closes_at,
        "max_party": plan.max_party < 1,
        "capacity": plan.capacity < sum(quota.places for quota in plan.quotas),
    }
    fields = {name: hint for name, is_wrong in wrong.items() if is_wrong}
    if fields:
        raise Invalid(_("These times and numbers do not fit together."), fields=fields)


def _pools(slot: Slot, plan: SlotPlan) -> list[Pool]:
    common = plan.capacity - sum(quota.places for quota in plan.quotas)
    return [
        Pool(slot=slot, key=COMMON, capacity=common),
        *(Pool(slot=slot, key=q.key, capacity=q.places, flows_back_at=q.flows_back_at) for q in plan.quotas),
        *(Pool(slot=slot, key=addon.key, capacity=addon.places, is_addon=True) for addon in plan.addons),
    ]


def _commit(slot: Slot, beacon_source: str, now: datetime) -> None:
    seed = lottery.new_seed()
    Draw.objects.create(
        slot=slot,
        seed=seed.hex(),
        commitment=lottery.commitment(seed),
        beacon_source=beacon_source,
        committed_at=now,
    )


@transaction.atomic
def change_window(
    *,
    slot_id: UUID,
    opens_at: datetime,
    closes_at: datetime,
    cancel_until: datetime | None,
    transfer_until: datetime | None,
    now: datetime,
) -> Slot:
    """Register from when to when; give back and pass on until when. Not after the lottery was drawn."""
    slot = locks.slot(slot_id)
    if slot.drawn_at is not None:
        raise errors.TooLate
    slot.opens_at, slot.closes_at = opens_at, closes_at
    slot.cancel_until, slot.transfer_until = cancel_until, transfer_until
    slot.save(update_fields=["opens_at", "closes_at", "cancel_until", "transfer_until"])
    new_era(slot)
    return slot


def new_era(slot: Slot) -> list[Pool]:
    """Lock all counters of the slot, and make claims that read its old rules start over."""
    pools = locks.pools(slot.pk)
    Pool.objects.filter(slot=slot).update(era=F("era") + 1)
    return pools


@transaction.atomic
def set_capacity(*, slot_id: UUID, capacity: int, key: str = COMMON, is_addon: bool = False, now: datetime) -> None:
    """So many places in one pool. Never below what is taken; more places go to those who wait, at once."""
    pool = next((pool for pool in locks.pools(slot_id) if (pool.key, pool.is_addon) == (key, is_addon)), None)
    if pool is None:
        raise locks.missing()
    if capacity < pool.taken:
        raise errors.CapacityBelowBooked(pool.taken)
    pool.capacity = capacity
    pool.save(update_fields=["capacity"])
    promote(slot_id=slot_id, now=now)


@transaction.atomic
def move_slot(*, slot_id: UUID, starts_at: datetime, ends_at: datetime, now: datetime) -> tuple[UUID, ...]:
    """Another time. Everybody keeps their place and is told; returns bookings that now overlap with another place.

    Those are let be (the person decides which to give back), so their time no longer counts against other places.
    """
    slot = locks.slot(slot_id)
    new_era(slot)
    slot.starts_at, slot.ends_at = starts_at, ends_at
    slot.save(update_fields=["starts_at", "ends_at"])
    taking = Booking.objects.filter(slot=slot, state__in=TAKING)
    span = DateTimeTZRange(starts_at, ends_at)
    elsewhere = Booking.objects.filter(person=OuterRef("person"), state__in=TAKING, during__overlap=span)
    taking.update(during=None)
    if not slot.overlaps_allowed:
        taking.exclude(Exists(elsewhere)).update(during=span)
    clashes = [] if slot.overlaps_allowed else list(taking.filter(during=None, person__isnull=False))
    hooks.tell_of("moved", slot, taking.order_by("pk"), now=now, clashes=",".join(str(row.pk) for row in clashes))
    return tuple(row.pk for row in clashes)
