"""Whose bookings are whose. What staff may do is decided by the scene, which knows the organisation."""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from niangjia.core.access import Actor
from niangjia.core.access.policies import NONE, Policy
from niangjia.engines.allocation.models import Booking
from niangjia.kernel.errors import NotFound


class BookingPolicy(Policy[Booking]):
    """One's own place, and those of the people one registered."""

    model = Booking

    def rule(self, actor: Actor, action: str) -> Q:
        if action in ("see", "change") and actor.person_id is not None:
            return of(actor.person_id)
        return NONE


def of(person_id: UUID) -> Q:
    return Q(person_id=person_id) | Q(booked_by_id=person_id)


def own(booking_id: UUID, person_id: UUID | None, states: Iterable[str]) -> Booking:
    """A booking that this person may change, in one of these states; None as person is staff whom the scene let in."""
    rows = Booking.objects.filter(pk=booking_id, state__in=list(states)).select_related("slot__resource", "pool")
    found = rows.filter(of(person_id) if person_id is not None else Q()).first()
    if found is None:
        raise missing()
    return found


def missing() -> NotFound:
    return NotFound(
        _("We could not find that registration."), next_step=_("It may have been given back. Please look again.")
    )


bookings = BookingPolicy()
