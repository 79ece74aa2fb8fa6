"""Scenes hear what happened to bookings, in the same transaction. The engine knows them only by name."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from niangjia.engines.allocation.models import Booking, Slot
from niangjia.engines.allocation.types import Event, Told

_TOLD: dict[str, Told] = {}


def register(*, scene: str, told: Told) -> None:
    """Called once apps are ready. `told` may only do work in the database: it runs inside the transaction."""
    _TOLD[scene] = told


def tell(scene: str, event: Event) -> None:
    told = _TOLD.get(scene)
    if told is not None:
        told(event)


def tell_of(what: str, slot: Slot, bookings: Iterable[Booking], *, now: datetime, **detail: str) -> None:
    """Tell the scene of one slot about some of its bookings; no bookings, no news."""
    rows = list(bookings)
    if not rows:
        return
    people: tuple[UUID, ...] = tuple(row.person_id for row in rows if row.person_id)
    event = Event(what, slot.pk, tuple(row.pk for row in rows), people, now, detail)
    tell(slot.resource.scene, event)
