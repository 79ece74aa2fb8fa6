"""Who registered, for the staff of an activity. Services record that they looked."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from niangjia.core.attestations.selectors import living
from niangjia.engines.allocation import selectors as allocation
from niangjia.engines.allocation.models import Booking, CheckInList
from niangjia.engines.allocation.types import LIVE
from niangjia.kernel.china import mask_name, mask_phone
from niangjia.scenes.activities import forms
from niangjia.scenes.activities.models import Activity, Answers
from niangjia.scenes.activities.selectors.addons import by_booking

SHOWN = (*LIVE, "refused", "unlucky")


@dataclass(frozen=True)
class Guest:
    """A line of the list. `firm` stays empty where nobody's firm is anybody's business; `guest_of` marks companions."""

    booking: Booking
    person_id: UUID | None
    name: str
    phone: str
    firm: str
    has_answers: bool
    guest_of: str = ""
    answers: tuple[tuple[str, str], ...] = ()
    addons: Mapping[str, str] = field(default_factory=dict)  # code, and "taken" or "waiting"


@dataclass(frozen=True)
class DoorLine:
    booking_id: UUID
    person_id: UUID | None
    name: str
    tail: str
    fingerprint: str
    arrived: bool

    def shown(self) -> dict[str, object]:
        return {
            "id": str(self.booking_id),
            "name": self.name,
            "tail": self.tail,
            "print": self.fingerprint,
            "arrived": self.arrived,
        }


def guests_of(activity: Activity, now: datetime, *, with_answers: bool = False) -> list[Guest]:
    """In the order of the line. Few queries, whatever their number."""
    if activity.slot_id is None:
        return []
    rows = list(allocation.of_slot(activity.slot_id, states=SHOWN))
    firms = {} if activity.discreet else firms_of([row.person_id for row in rows if row.person_id], now)
    written: dict[UUID | None, Answers] = {row.person_id: row for row in Answers.objects.filter(activity=activity)}
    hosts = {row.party: row.person for row in rows if row.person_id}
    form = forms.Form.model_validate(activity.form)
    extras = by_booking(activity) if activity.addons else {}
    return [
        Guest(
            booking=row,
            person_id=row.person_id,
            name=(row.person.legal_name or mask_phone(row.person.phone)) if row.person else "",
            phone=row.person.phone if row.person else "",
            firm=firms.get(row.person_id, "") if row.person_id else "",
            has_answers=row.person_id in written,
            guest_of="" if row.person or not hosts.get(row.party) else mask_name(hosts[row.party].legal_name),  # type: ignore[union-attr]  # just asked
            answers=_read(form, written.get(row.person_id)) if with_answers else (),
            addons=extras.get(row.pk, {}),
        )
        for row in rows
    ]


def _read(form: forms.Form, row: Answers | None) -> tuple[tuple[str, str], ...]:
    return tuple(forms.told(form, json.loads(row.answers))) if row else ()


def firms_of(people: Sequence[UUID], now: datetime) -> dict[UUID, str]:
    employed = living(now).filter(person_id__in=people, kind="employer")
    return dict(employed.values_list("person_id", "employer__name"))


def by_firm(activity: Activity, now: datetime) -> list[tuple[str, int, int]]:
    """Firm, with a place, arrived; the largest first. Nothing for discreet activities."""
    if activity.discreet or activity.slot_id is None:
        return []
    rows = Booking.objects.filter(slot=activity.slot_id, state="booked", person__isnull=False).order_by("pk")
    came = dict(rows.values_list("person_id", "arrived_at"))
    counted: dict[str, tuple[int, int]] = {}
    for person_id, firm in firms_of([key for key in came if key], now).items():
        places, arrived = counted.get(firm, (0, 0))
        counted[firm] = (places + 1, arrived + (came[person_id] is not None))
    return sorted(((firm, *numbers) for firm, numbers in counted.items()), key=lambda row: (-row[1], row[0]))


def door_lines(activity: Activity, now: datetime) -> list[DoorLine]:
    door = CheckInList.objects.get(slot_id=activity.places, is_entrance=True)
    expected = allocation.door_list(door.pk, now)
    rows = Booking.objects.filter(pk__in=[line.booking_id for line in expected]).select_related("person")
    people = {row.pk: row.person for row in rows}
    return [
        DoorLine(
            booking_id=line.booking_id,
            person_id=line.person_id,
            name=mask_name(person.legal_name) if (person := people[line.booking_id]) else "",
            tail=person.phone[-4:] if person else "",
            fingerprint=line.fingerprint,
            arrived=line.arrived,
        )
        for line in expected
    ]


def written_answers(row: Answers) -> tuple[tuple[str, str], ...]:
    """Question and answer as people read them."""
    form = forms.Form.model_validate(Activity.objects.get(pk=row.activity_id).form)
    return _read(form, row)
