"""Giving back, passing on, calling off."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Q

from niangjia.engines.allocation import errors, hooks, locks
from niangjia.engines.allocation.models import Booking, Consequence, Slot
from niangjia.engines.allocation.policies import missing, own
from niangjia.engines.allocation.services import places
from niangjia.engines.allocation.services.promoting import promote
from niangjia.engines.allocation.services.slots import new_era
from niangjia.engines.allocation.types import COMMON, LIVE, TAKING, Claimant
from niangjia.kernel.ids import new_id


def cancel(*, booking_id: UUID, by_id: UUID | None, now: datetime, late: bool = False) -> None:
    """Give one claim back, whatever its state: a place, an offer, a turn in line, a lottery ticket.

    `late` and `by_id=None` are for staff, whom the scene let in.
    """
    booking = own(booking_id, by_id, LIVE)
    _leave(booking.slot, [booking], now, late=late)


def cancel_party(*, party: UUID, by_id: UUID | None, now: datetime, late: bool = False) -> None:
    """Give back everything that was registered together; only the one who did it may."""
    rows = Booking.objects.filter(party=party, state__in=LIVE).select_related("slot__resource")
    found = list(rows.filter(booked_by=by_id) if by_id is not None else rows)
    if not found:
        raise missing()
    _leave(found[0].slot, found, now, late=late)


def _leave(slot: Slot, rows: list[Booking], now: datetime, *, late: bool) -> None:
    deadline = min(slot.cancel_until or slot.starts_at, slot.starts_at)
    if not late and now >= deadline and any(row.state in TAKING for row in rows):
        raise errors.TooLate
    if not give_up(slot, [row.pk for row in rows], state="cancelled", now=now):
        raise missing()


@transaction.atomic
def give_up(slot: Slot, ids: Iterable[UUID], *, state: str, now: datetime) -> list[Booking]:
    """These claims end and what they took goes to the next, in one transaction. Those that ended before are let be."""
    locks.pools(slot.pk)
    rows = [row for row in locks.bookings(ids) if row.state in LIVE]
    places.end(rows, state=state, now=now)
    if rows:
        promote(slot_id=slot.pk, now=now)
    return rows


@transaction.atomic
def transfer(*, booking_id: UUID, by_id: UUID | None, to: Claimant, now: datetime) -> Booking:
    """Pass a place on to somebody who is entitled to it too; they get a ticket of their own, the old one is void.

    The place of a nameless guest is passed on by the one who registered them. Nameless guests go along with the place
    of the one they came with. Who waits here already leaves the line.
    """
    booking = own(booking_id, by_id, ("booked",))
    _may_have(booking, to)
    locks.pools(booking.slot_id)
    (row,) = locks.bookings([booking.pk])
    _still_theirs(booking.slot, row, now)
    _leave_the_line(row.slot_id, to.person_id, now)
    Booking.objects.filter(pk=row.pk).update(state="passed_on", pool=None, settled_at=now)
    heir = _heir(row, to, now)
    if row.person_id is not None:
        guests = Booking.objects.filter(party=row.party, person=None, booked_by=row.person_id, state__in=LIVE)
        guests.update(booked_by=to.person_id)
    return heir


def _may_have(booking: Booking, to: Claimant) -> None:
    key = booking.pool.key if booking.pool else COMMON
    if key != COMMON and key not in to.all_keys:
        raise errors.NotEntitled


def _still_theirs(slot: Slot, row: Booking, now: datetime) -> None:
    """`row` is locked: what another receiver or the door did a moment ago is seen here."""
    if row.state != "booked":
        raise missing()
    if now >= min(slot.transfer_until or slot.starts_at, slot.starts_at) or row.arrived_at is not None:
        raise errors.TooLate


def _leave_the_line(slot_id: UUID, person_id: UUID, now: datetime) -> None:
    """With those who wait together with them and have no account."""
    turn = Booking.objects.filter(slot=slot_id, person=person_id, state="waiting").values("party")
    theirs = Q(person=person_id) | Q(person=None, booked_by=person_id)
    line = Booking.objects.filter(theirs, party__in=turn, state="waiting").values_list("pk", flat=True)
    places.end(locks.bookings(line), state="cancelled", now=now)


def _heir(old: Booking, to: Claimant, now: datetime) -> Booking:
    heir = Booking(
        id=new_id(),
        slot_id=old.slot_id,
        pool_id=old.pool_id,
        person_id=to.person_id,
        booked_by_id=to.person_id,
        party=old.party,
        state="booked",
        tier=old.tier,
        keys=list(to.all_keys),
        asked_at=old.asked_at,
        during=old.during,
        settled_at=now,
        told_at=now,
    )
    try:
        with transaction.atomic():
            heir.save(force_insert=True)
    except IntegrityError as error:
        raise _why_not(error) from error
    old.extras.update(booking=heir)
    return heir


def _why_not(error: IntegrityError) -> Exception:
    diagnosis = getattr(error.__cause__, "diag", None)
    overlaps = diagnosis is not None and diagnosis.constraint_name == "allocation_not_in_two_places"
    return errors.Overlapping() if overlaps else errors.AlreadyBooked()


@transaction.atomic
def call_off(*, slot_id: UUID, reason: str, now: datetime) -> int:
    """It does not take place. Everybody concerned is told, with the reason; returns how many."""
    slot = locks.slot(slot_id)
    if slot.called_off_at is not None:
        return 0
    new_era(slot)
    slot.called_off_at = now
    slot.save(update_fields=["called_off_at"])
    rows = list(Booking.objects.select_for_update().filter(slot=slot, state__in=LIVE).order_by("pk"))
    places.end(rows, state="called_off", now=now)
    hooks.tell_of("called_off", slot, rows, now=now, reason=reason)
    return len(rows)


def forget_person(*, person_id: UUID, now: datetime) -> None:
    """Somebody leaves for good: what lies ahead falls free, what is past loses its name.

    People whom they registered and who have an account of their own keep their places; nameless guests go with them.
    """
    theirs = Q(person=person_id) | Q(booked_by=person_id, person=None)
    ahead = Booking.objects.filter(theirs, state__in=LIVE, slot__starts_at__gt=now)
    for slot in Slot.objects.filter(pk__in=ahead.values("slot")).select_related("resource").order_by("pk"):
        give_up(slot, ahead.filter(slot=slot).values_list("pk", flat=True), state="cancelled", now=now)
    Booking.objects.filter(person=person_id).update(person=None)
    Booking.objects.filter(booked_by=person_id).update(booked_by=None, request_key=None)
    Consequence.objects.filter(person=person_id).delete()
