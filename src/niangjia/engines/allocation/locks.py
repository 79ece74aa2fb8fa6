"""Every lock of the engine. Always in this order, so that nobody waits in a circle: the slot, its counters of places by
id, those of add-ons by id, bookings by id.

The hot claim locks one counter and then inserts; whatever else touches counters locks them here first. Who changes
several slots in one transaction takes them in one order, too.
"""

from collections.abc import Iterable
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from niangjia.engines.allocation.models import Booking, Pool, Slot
from niangjia.kernel.errors import NotFound


def slot(slot_id: UUID) -> Slot:
    """For changes of the slot itself, and for draws."""
    found = Slot.objects.select_for_update(of=("self",)).select_related("resource").filter(pk=slot_id).first()
    if found is None:
        raise missing()
    return found


def missing() -> NotFound:
    return NotFound(_("We could not find that."), next_step=_("Please go back and look again."))


def pools(slot_id: UUID) -> list[Pool]:
    """All counters of a slot: giving back may move places from one to another."""
    return list(Pool.objects.select_for_update().filter(slot=slot_id).order_by("is_addon", "pk"))


def addons(slot_id: UUID) -> list[Pool]:
    """The counters of add-ons alone."""
    return list(Pool.objects.select_for_update().filter(slot=slot_id, is_addon=True).order_by("pk"))


def bookings(ids: Iterable[UUID]) -> list[Booking]:
    return list(Booking.objects.select_for_update().filter(pk__in=set(ids)).order_by("pk"))
