"""Free places go to those who wait, in their order, at once."""

import logging
from collections.abc import Iterator
from datetime import datetime
from itertools import groupby
from uuid import UUID

from django.db import DatabaseError, transaction
from django.db.models import Exists, F, OuterRef, QuerySet

from niangjia.engines.allocation import hooks, locks
from niangjia.engines.allocation.kernels.allotment import Party, allot
from niangjia.engines.allocation.models import Booking, Pool, Slot
from niangjia.engines.allocation.services import places
from niangjia.engines.allocation.services.extras import serve_extras
from niangjia.engines.allocation.types import TAKING

log = logging.getLogger(__name__)


def promote(*, slot_id: UUID, now: datetime) -> int:
    """Give free places to those who wait; returns how many people got one.

    A place is never lost over this: when it fails (somebody took a place elsewhere at this very moment) what the caller
    did stays done, and the job of the next minute tries again.
    """
    try:
        with transaction.atomic():
            return _promote(slot_id, now)
    except DatabaseError:
        log.exception("promotion in slot %s is put off", slot_id)
        return 0


def _promote(slot_id: UUID, now: datetime) -> int:
    slot = Slot.objects.select_related("resource").get(pk=slot_id)
    pools = {pool.key: pool for pool in locks.pools(slot_id) if not pool.is_addon}
    serve_extras(slot, now)
    if not _gives(slot, now) or not any(pool.free for pool in pools.values()):
        return 0
    free = {key: pool.free for key, pool in pools.items()}
    chosen: dict[str, list[UUID]] = {}
    for party, key in allot(_line(slot), free):
        chosen.setdefault(key, []).extend(party.name)
    for key, ids in chosen.items():
        seat(slot, ids, pools[key], now)
    return sum(map(len, chosen.values()))


def _gives(slot: Slot, now: datetime) -> bool:
    drawn = slot.way != "lottery" or slot.drawn_at is not None
    return drawn and slot.called_off_at is None and now < slot.starts_at


def _line(slot: Slot) -> Iterator[Party[tuple[UUID, ...]]]:
    """Those who wait, party by party. Who has a place elsewhere at that time keeps their turn, but is passed over."""
    rows = waiting(slot.pk).annotate(elsewhere=Exists(busy_elsewhere(slot)))
    for _party, members in groupby(rows.iterator(chunk_size=200), key=lambda row: row.party):
        group = list(members)
        if not any(row.elsewhere for row in group):
            yield Party(tuple(row.pk for row in group), len(group), tuple(group[0].keys))


def waiting(slot_id: UUID) -> QuerySet[Booking]:
    """The waiting list, in its order."""
    return Booking.objects.filter(slot=slot_id, state="waiting").order_by("tier", "rank", "asked_at", "party", "pk")


def busy_elsewhere(slot: Slot) -> QuerySet[Booking]:
    """Places that the person of an outer row has at the time of this slot."""
    if slot.overlaps_allowed:
        return Booking.objects.none()
    return Booking.objects.filter(
        person=OuterRef("person"), state__in=TAKING, during__overlap=(slot.starts_at, slot.ends_at)
    )


def seat(slot: Slot, ids: list[UUID], pool: Pool, now: datetime) -> None:
    """A place for each of these, for good or as an offer that must be taken up in time; their owners are told."""
    state = allocate(slot, ids, pool, now)
    rows = Booking.objects.filter(pk__in=ids).order_by("pk")
    hooks.tell_of(state, slot, rows, now=now)
    rows.update(told_at=now)


def allocate(slot: Slot, ids: list[UUID], pool: Pool, now: datetime) -> str:
    """The same without telling anybody; returns the state they are in now."""
    until = min(now + slot.offer_for, slot.starts_at) if slot.offer_for else None
    state = "offered" if until else "booked"
    places.take(slot, ids, pool, state=state, until=until, now=now)
    serve_extras(slot, now)
    return state


def promote_due(*, now: datetime) -> int:
    """For every slot in which somebody waits beside a free place, for whatever reason."""
    free = Pool.objects.filter(slot=OuterRef("pk"), is_addon=False, taken__lt=F("capacity"))
    lines = Booking.objects.filter(slot=OuterRef("pk"), state="waiting")
    due = Slot.objects.filter(Exists(lines), Exists(free), starts_at__gt=now, called_off_at=None).order_by("pk")
    return sum(promote(slot_id=pk, now=now) for pk in due.values_list("pk", flat=True))
