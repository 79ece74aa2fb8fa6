"""Add-ons: asked for beside a place, served in the order asked, given back with the place."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from niangjia.engines.allocation import errors, hooks, locks
from niangjia.engines.allocation.models import Booking, Extra, Pool, Slot
from niangjia.engines.allocation.policies import own
from niangjia.engines.allocation.types import LIVE, TAKING
from niangjia.kernel.errors import NotFound


def ask(slot_id: UUID, wanted: Mapping[str, Sequence[UUID]], now: datetime) -> None:
    """Note what is wanted, and for which bookings; it is served with the next `serve_extras`."""
    pools = list(Pool.objects.filter(slot=slot_id, is_addon=True, key__in=wanted).order_by("pk"))
    if len(pools) != len(wanted):
        raise NotFound(_("We could not find that extra."), next_step=_("Please go back and look again."))
    Extra.objects.bulk_create(
        Extra(booking_id=booking_id, pool=pool, state="waiting", asked_at=now)
        for pool in pools
        for booking_id in wanted[pool.key]
    )


def serve_extras(slot: Slot, now: datetime) -> None:
    """Give free add-ons to those who have a place and wait for one. The caller holds the counters."""
    served: list[Booking] = []
    for pool in Pool.objects.filter(slot=slot, is_addon=True, taken__lt=F("capacity")).order_by("pk"):
        line = Extra.objects.filter(pool=pool, state="waiting", booking__state__in=TAKING).select_related("booking")
        lucky = list(line.order_by("asked_at", "pk")[: pool.free])
        Extra.objects.filter(pk__in=[extra.pk for extra in lucky]).update(state="taken")
        Pool.objects.filter(pk=pool.pk).update(taken=F("taken") + len(lucky))
        served += [extra.booking for extra in lucky if extra.asked_at < now]
    hooks.tell_of("extra_taken", slot, served, now=now)


def serve_or_refuse(slot_id: UUID, booking_ids: Sequence[UUID], *, wait: bool, now: datetime) -> None:
    """Serve now; raises AddOnFull when something is left over that the asker does not want to wait for."""
    locks.addons(slot_id)
    serve_extras(Slot.objects.select_related("resource").get(pk=slot_id), now)
    left = Extra.objects.filter(booking__in=booking_ids, booking__state__in=TAKING, state="waiting")
    missing = left.select_related("pool").order_by("pool__key").first()
    if missing is not None and not wait:
        raise errors.AddOnFull(missing.pool.key)


@transaction.atomic
def add_extra(*, booking_id: UUID, by_id: UUID, key: str, wait: bool = False, now: datetime) -> None:
    booking = own(booking_id, by_id, LIVE)
    try:
        with transaction.atomic():
            ask(booking.slot_id, {key: [booking.pk]}, now)
    except IntegrityError as error:
        raise errors.AlreadyBooked from error
    serve_or_refuse(booking.slot_id, [booking.pk], wait=wait, now=now)


@transaction.atomic
def drop_extra(*, booking_id: UUID, by_id: UUID, key: str, now: datetime) -> None:
    """Give an add-on back; the next who waits for it gets it."""
    booking = own(booking_id, by_id, LIVE)
    locks.addons(booking.slot_id)
    extra = Extra.objects.exclude(state="given_back").filter(booking=booking, pool__key=key).first()
    if extra is None:
        raise NotFound(_("We could not find that extra."), next_step=_("Please go back and look again."))
    if extra.state == "taken":
        Pool.objects.filter(pk=extra.pool_id).update(taken=F("taken") - 1)
    Extra.objects.filter(pk=extra.pk).update(state="given_back")
    serve_extras(Slot.objects.select_related("resource").get(pk=booking.slot_id), now)
