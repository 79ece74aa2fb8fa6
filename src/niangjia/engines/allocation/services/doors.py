"""Checking in: one scan with a network, or a night's worth of scans from a phone that had none.

Every scan has a number made by the phone, so sending it again changes nothing. The earliest scan of a booking counts,
in whatever order scans arrive; the others are kept as duplicates.
"""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from niangjia.engines.allocation import codes, locks
from niangjia.engines.allocation.models import Booking, CheckInList, Extra, Pool, Scan
from niangjia.engines.allocation.services.absences import was_there
from niangjia.engines.allocation.types import ScanIn, Scanned
from niangjia.kernel.errors import NotFound


def add_list(*, slot_id: UUID, title: str, addon: str = "", now: datetime) -> CheckInList:
    """One more door: the bus, the lunch. With `addon` it lets in those who have that extra."""
    pool = Pool.objects.filter(slot=slot_id, is_addon=True, key=addon).first() if addon else None
    if addon and pool is None:
        raise locks.missing()
    return CheckInList.objects.create(slot_id=slot_id, title=title, addon=pool)


@transaction.atomic
def check_in(*, list_id: UUID, scans: Sequence[ScanIn], by_id: UUID, now: datetime) -> list[Scanned]:
    """Take scans in; the answers are in the order of the scans. The scene has checked that `by_id` works this door."""
    door = CheckInList.objects.select_related("slot").filter(pk=list_id).first()
    if door is None:
        raise NotFound(_("We could not find that list."), next_step=_("Please go back and look again."))
    named = {scan.id: _named(scan) for scan in scans}
    rows = {row.pk: row for row in locks.bookings(pk for pk, _step in named.values() if pk)}
    known = {scan.pk: scan for scan in Scan.objects.filter(pk__in=named)}
    for scan in sorted(scans, key=lambda one: (one.at, str(one.id))):
        if scan.id not in known:
            known[scan.id] = _take_in(door, scan, named[scan.id], rows, by_id, now)
    return _answers(door, scans, known)


def _named(scan: ScanIn) -> tuple[UUID | None, codes.Ticket | None]:
    ticket = codes.read(scan.code) if scan.code else None
    return (ticket.booking_id if ticket else scan.booking_id if not scan.code else None), ticket


def _take_in(
    door: CheckInList,
    scan: ScanIn,
    named: tuple[UUID | None, codes.Ticket | None],
    rows: dict[UUID, Booking],
    by_id: UUID,
    now: datetime,
) -> Scan:
    row = rows.get(named[0]) if named[0] else None
    at = min(scan.at, now)  # a phone whose clock is fast was not there tomorrow
    outcome = _outcome(door, row, named[1], at)
    kept = Scan(id=scan.id, list=door, booking=row, at=at, received_at=now, by_id=by_id, outcome=outcome)
    if row is not None and outcome == "welcome":
        _arrive(door, kept, row)
    kept.save(force_insert=True)
    return kept


def _outcome(door: CheckInList, row: Booking | None, ticket: codes.Ticket | None, at: datetime) -> str:
    if row is None:
        return "unknown"
    if row.slot_id != door.slot_id:
        return "other_slot"
    if door.slot.rotating and ticket is not None and not ticket.is_fresh(at):
        return "stale"
    if row.state != "booked":
        return "not_booked"
    if door.addon_id and not Extra.objects.filter(booking=row, pool=door.addon_id, state="taken").exists():
        return "no_addon"
    return "welcome"


def _arrive(door: CheckInList, scan: Scan, row: Booking) -> None:
    """The earlier of two scans counts; the booking's row is locked, so there are never two at once."""
    first = Scan.objects.filter(list=door, booking=row, counted=True).first()
    if first is not None and first.at <= scan.at:
        scan.outcome = "already"
        return
    if first is not None:
        Scan.objects.filter(pk=first.pk).update(counted=False, outcome="already")
    scan.counted = True
    if door.is_entrance:
        was_there(row, scan.at)


def _answers(door: CheckInList, scans: Sequence[ScanIn], known: dict[UUID, Scan]) -> list[Scanned]:
    """As things stand after all of them: a scan that was welcome may have become the second one."""
    fresh = {row.pk: row for row in Scan.objects.filter(pk__in=known).select_related("booking")}
    firsts: dict[UUID | None, datetime] = dict(
        Scan.objects.filter(list=door, counted=True, booking__in=[row.booking_id for row in fresh.values()])
        .values_list("booking", "at")
    )  # fmt: skip
    return [_answer(fresh[scan.id], firsts) for scan in scans]


def _answer(row: Scan, firsts: dict[UUID | None, datetime]) -> Scanned:
    person_id = row.booking.person_id if row.booking and row.outcome in ("welcome", "already") else None
    first = firsts.get(row.booking_id) if row.outcome == "already" else None
    return Scanned(row.pk, row.outcome, row.booking_id if person_id else None, person_id, first)
