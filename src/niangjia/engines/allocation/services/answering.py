"""Taking up what was held or offered; approving or not; having told people."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db import transaction

from niangjia.engines.allocation import errors, hooks, locks
from niangjia.engines.allocation.kernels.allotment import Party, allot
from niangjia.engines.allocation.models import Booking, Slot
from niangjia.engines.allocation.policies import missing
from niangjia.engines.allocation.services.promoting import seat

_KEPT = ("held", "offered")


@transaction.atomic
def confirm(*, party: UUID, by_id: UUID, now: datetime) -> list[Booking]:
    """Take up a held or an offered place, all of the party together. Raises OfferOver when the time is over."""
    rows = Booking.objects.filter(party=party, booked_by=by_id)
    taken = rows.filter(state__in=_KEPT, until__gt=now).update(state="booked", until=None, settled_at=now, told_at=now)
    confirmed = list(rows.filter(state="booked").select_related("slot__resource").order_by("pk"))
    if taken:
        hooks.tell_of("booked", confirmed[0].slot, confirmed, now=now)
    elif not confirmed:
        raise errors.OfferOver if rows.exists() else missing()
    return confirmed


@transaction.atomic
def approve(*, party: UUID, now: datetime) -> str:
    """Say yes to a party; returns its state: with a place, or, when there is none left, on the waiting list."""
    rows, slot = _asked(party)
    pools = {pool.key: pool for pool in locks.pools(slot.pk) if not pool.is_addon}
    asker = Party(party, len(rows), tuple(rows[0].keys))
    free = {key: pool.free for key, pool in pools.items()}
    if slot.called_off_at is not None:
        raise errors.CalledOff
    for _party, key in allot([asker], free):
        seat(slot, [row.pk for row in rows], pools[key], now)
        return "offered" if slot.offer_for else "booked"
    if not slot.keeps_waiting:
        raise errors.Full
    Booking.objects.filter(pk__in=[row.pk for row in rows]).update(state="waiting", settled_at=now)
    return "waiting"


@transaction.atomic
def refuse(*, party: UUID, reason: str, now: datetime) -> None:
    """Say no, with the reason that the person reads."""
    rows, slot = _asked(party)
    for row in rows:
        row.state, row.reason, row.settled_at = "refused", reason, now
        row.save(update_fields=["state", "reason", "settled_at"])
    hooks.tell_of("refused", slot, rows, now=now, reason=reason)


def _asked(party: UUID) -> tuple[list[Booking], Slot]:
    """The party's rows, locked behind the slot's: two officers never decide twice."""
    found = Booking.objects.filter(party=party, state="asked").values_list("slot", flat=True).first()
    if found is None:
        raise missing()
    slot = locks.slot(found)
    rows = list(Booking.objects.filter(party=party, state="asked").order_by("pk"))
    if not rows:
        raise missing()
    return rows, slot


def mark_told(*, booking_ids: Iterable[UUID], now: datetime) -> int:
    return Booking.objects.filter(pk__in=list(booking_ids), told_at=None).update(told_at=now)
