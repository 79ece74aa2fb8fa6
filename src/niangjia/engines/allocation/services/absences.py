"""Those who did not come, and the gentle consequence: for a while others go first. Never a ban."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet

from niangjia.core.accounts.models import Person
from niangjia.engines.allocation import hooks, locks
from niangjia.engines.allocation.models import Booking, Consequence, Scan, Slot
from niangjia.engines.allocation.policies import missing
from niangjia.engines.allocation.types import ABSENCES, AbsenceRule, Event

GRACE: Final = timedelta(hours=24)  # phones that had no network bring their scans in


def count_due(*, now: datetime) -> int:
    """Count the absences of all slots that ended a day ago."""
    due = Slot.objects.filter(ends_at__lte=now - GRACE, counted_at=None, called_off_at=None).order_by("ends_at", "pk")
    return sum(count_absent(slot_id=pk, now=now) for pk in due.values_list("pk", flat=True))


@transaction.atomic
def count_absent(*, slot_id: UUID, now: datetime, rule: AbsenceRule = ABSENCES) -> int:
    """Note who had a place and did not come; once for each slot. Where nobody was scanned, nobody was absent."""
    slot = locks.slot(slot_id)
    if slot.counted_at is not None or now < slot.ends_at:
        return 0
    slot.counted_at = now
    slot.save(update_fields=["counted_at"])
    if not Scan.objects.filter(list__slot=slot, list__is_entrance=True, counted=True).exists():
        return 0
    scanned = Scan.objects.filter(booking=OuterRef("pk"), counted=True)
    gone = Booking.objects.filter(~Exists(scanned), slot=slot, state="booked", arrived_at=None)
    rows = list(gone.select_for_update(of=("self",)).order_by("pk"))
    Booking.objects.filter(pk__in=[row.pk for row in rows]).update(absent_at=slot.ends_at)
    hooks.tell_of("absent", slot, rows, now=now)
    _draw_consequences(slot.resource.scene, {row.person_id for row in rows if row.person_id}, rule, now)
    return len(rows)


def _draw_consequences(scene: str, people: Iterable[UUID], rule: AbsenceRule, now: datetime) -> None:
    for person_id in sorted(people):
        Person.objects.select_for_update(of=("self",)).filter(pk=person_id).order_by("pk").first()
        causes = list(_unanswered(scene, person_id, since=now - rule.within).values_list("pk", flat=True))
        standing = Consequence.objects.filter(person=person_id, scene=scene, lifted_at=None, until__gt=now)
        if len(causes) >= rule.count and not standing.exists():
            made = Consequence.objects.create(
                person_id=person_id, scene=scene, since=now, until=now + rule.lasts, causes=causes
            )
            detail = {"consequence": str(made.pk)}
            hooks.tell(scene, Event("consequence", None, tuple(causes), (person_id,), now, detail))


def _unanswered(scene: str, person_id: UUID, *, since: datetime) -> QuerySet[Booking]:
    """Absences that count, and that did not already lead to something."""
    answered = [one for row in Consequence.objects.filter(person=person_id, scene=scene) for one in row.causes]
    absent = Booking.objects.filter(person=person_id, slot__resource__scene=scene, absent_at__gte=since)
    return absent.filter(excused_at=None).exclude(pk__in=answered).order_by("absent_at", "pk")


@transaction.atomic
def excuse(*, booking_id: UUID, reason: str, now: datetime) -> None:
    """There was a good reason: this absence does not count, nor what followed from it."""
    row = Booking.objects.select_for_update().filter(pk=booking_id, absent_at__isnull=False).first()
    if row is None:
        raise missing()
    row.excused_at, row.reason = now, reason
    row.save(update_fields=["excused_at", "reason"])
    _lift_those_caused_by(row, reason, now)


def was_there(row: Booking, at: datetime) -> None:
    """They came (a phone brings a late scan in, perhaps): no absence, and nothing that follows from it."""
    was_absent = row.absent_at is not None
    row.arrived_at, row.absent_at = at, None
    row.save(update_fields=["arrived_at", "absent_at"])
    if was_absent:
        _lift_those_caused_by(row, "scanned", at)


def _lift_those_caused_by(row: Booking, reason: str, now: datetime) -> None:
    for found in Consequence.objects.filter(causes__contains=[row.pk], lifted_at=None).order_by("pk"):
        lift_consequence(consequence_id=found.pk, reason=reason, now=now)


@transaction.atomic
def lift_consequence(*, consequence_id: UUID, reason: str, now: datetime) -> None:
    """Take it back, for example because an appeal was right. From now on it counts for nothing."""
    found = Consequence.objects.select_for_update().filter(pk=consequence_id, lifted_at=None).first()
    if found is None:
        raise missing()
    found.lifted_at, found.lifted_reason = now, reason
    found.save(update_fields=["lifted_at", "lifted_reason"])
