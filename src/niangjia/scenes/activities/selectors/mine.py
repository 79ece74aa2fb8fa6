"""What somebody takes part in, and what they stayed away from."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from niangjia.engines.allocation import selectors as allocation
from niangjia.engines.allocation.models import Booking, Consequence
from niangjia.engines.allocation.types import LIVE
from niangjia.engines.workflow.models import Case
from niangjia.kernel.errors import NotFound
from niangjia.scenes.activities.models import Activity, Certificate, Session, State, SurveyDone
from niangjia.scenes.activities.selectors import addons as wished
from niangjia.scenes.activities.types import ABSENCE, ABSENCE_APPEAL, SCENE, STREAM_BEFORE, SURVEY_OPEN_FOR

MOST = 200


@dataclass(frozen=True)
class Part:
    session: Session
    booking: Booking


@dataclass(frozen=True)
class MyPlace:
    """My claim on an activity, in whatever state, with what hangs on it."""

    activity: Activity
    booking: Booking
    parts: tuple[Part, ...] = ()
    certificate: str = ""
    survey_open: bool = False
    guest_places: tuple[UUID, ...] = ()
    addons: tuple[wished.Mine, ...] = ()
    in_line: int | None = None


@dataclass(frozen=True)
class Missed:
    """A place that somebody had and did not use."""

    title: str
    booking: Booking
    may_appeal: bool


@dataclass(frozen=True)
class Held:
    """That others go first for a while, told as it is: what, why, and what to do about it."""

    row: Consequence
    case: Case | None
    missed: tuple[str, ...]

    @property
    def what(self) -> str:
        return _("Until then registration opens a day later for you than for others.")

    @property
    def reason(self) -> str:
        titles = "、".join(f"“{title}”" for title in dict.fromkeys(self.missed) if title)
        return _("You had a place and did not come: {titles}").format(titles=titles)

    @property
    def remedy(self) -> str:
        return _("It ends by itself. If it is not right, or there was a reason, tell us: a person looks at it.")


def mine(person_id: UUID, now: datetime) -> list[MyPlace]:
    """Newest first, in few queries whatever their number; without what was given back."""
    rows = Booking.objects.filter(person_id=person_id, slot__resource__scene=SCENE).exclude(
        state__in=("cancelled", "passed_on", "lapsed")
    )
    bookings = list(rows.order_by("-asked_at", "-pk")[:MOST])
    return _dressed(person_id, bookings, now)


def _dressed(person_id: UUID, bookings: Sequence[Booking], now: datetime) -> list[MyPlace]:
    by_slot = {booking.slot_id: booking for booking in reversed(bookings)}  # the newest of a slot wins
    activities = Activity.objects.filter(slot__in=by_slot).select_related("org").order_by("-starts_at", "-pk")
    parts = _parts(by_slot)
    codes = dict(Certificate.objects.filter(person_id=person_id).values_list("activity_id", "code"))
    done = set(SurveyDone.objects.filter(person_id=person_id).values_list("activity_id", flat=True))
    guests = _guests(person_id, bookings)
    beside = _beside(activities, bookings)
    return [
        MyPlace(
            activity=activity,
            booking=(booking := by_slot[activity.places]),
            parts=parts.get(activity.pk, ()),
            certificate=codes.get(activity.pk, ""),
            survey_open=survey_is_open(activity, booking, now) and activity.pk not in done,
            guest_places=guests.get(booking.party, ()),
            addons=beside.get(booking.pk, ()),
        )
        for activity in activities
    ]


def _parts(by_slot: dict[UUID, Booking]) -> dict[UUID, tuple[Part, ...]]:
    found: dict[UUID, tuple[Part, ...]] = {}
    for session in Session.objects.filter(slot__in=by_slot).order_by("activity", "number"):
        booking = by_slot[session.places]
        if booking.state in LIVE:
            found[session.activity_id] = (*found.get(session.activity_id, ()), Part(session, booking))
    return found


def _guests(person_id: UUID, bookings: Sequence[Booking]) -> dict[UUID, tuple[UUID, ...]]:
    """The places of those who come with me and have no account."""
    found: dict[UUID, tuple[UUID, ...]] = {}
    parties = Booking.objects.filter(
        party__in=[row.party for row in bookings], person=None, booked_by_id=person_id, state__in=LIVE
    )
    for party, key in parties.order_by("pk").values_list("party", "pk"):
        found[party] = (*found.get(party, ()), key)
    return found


def _beside(activities: Iterable[Activity], bookings: Sequence[Booking]) -> dict[UUID, tuple[wished.Mine, ...]]:
    """Lunches and seats on the bus; no question where nothing of the kind is offered."""
    titles = wished.titles_by_slot(activities)
    return wished.of_parties([row for row in bookings if row.slot_id in titles], titles) if titles else {}


def place_at(person_id: UUID, activity: Activity, now: datetime) -> MyPlace | None:
    """My own claim on one activity, the living one before any that is over."""
    if activity.slot_id is None:
        return None
    parts = Session.objects.filter(activity=activity, slot__isnull=False).values("slot")
    rows = Booking.objects.filter(person_id=person_id, slot__in=[activity.slot_id]).order_by("-asked_at", "-pk")
    of_parts = Booking.objects.filter(person_id=person_id, slot__in=parts, state__in=LIVE).order_by("pk")
    bookings = list(rows[:5])
    living = [row for row in bookings if row.state in LIVE] or bookings[:1]
    found = _dressed(person_id, [*living, *of_parts], now)
    return next(iter(found), None)


def survey_is_open(activity: Activity, booking: Booking, now: datetime) -> bool:
    """For those who were there, from the end on, for two weeks."""
    over = activity.ends_at <= now < activity.ends_at + SURVEY_OPEN_FOR
    return bool(activity.survey) and over and booking.arrived_at is not None and activity.state == State.PUBLISHED


def is_on(activity: Activity, now: datetime) -> bool:
    """From half an hour before it begins until it ends."""
    return activity.state == State.PUBLISHED and activity.starts_at - STREAM_BEFORE <= now <= activity.ends_at


def place_in_line(place: MyPlace) -> int | None:
    return allocation.place_in_line(place.booking) if place.booking.state == "waiting" else None


def missed(person_id: UUID) -> list[Missed]:
    """What I had a place for and did not come to, newest first."""
    rows = list(
        Booking.objects.filter(person_id=person_id, slot__resource__scene=SCENE, absent_at__isnull=False)
        .order_by("-absent_at", "-pk")
        .select_related("slot")[:MOST]
    )
    titles = titles_of([row.slot_id for row in rows])
    open_cases = _asked_about(person_id)
    return [
        Missed(titles.get(row.slot_id, ""), row, row.excused_at is None and str(row.pk) not in open_cases)
        for row in rows
    ]


def titles_of(slot_ids: Sequence[UUID]) -> dict[UUID, str]:
    found = dict(Activity.objects.filter(slot__in=slot_ids).values_list("slot_id", "title"))
    found.update(Session.objects.filter(slot__in=slot_ids).values_list("slot_id", "title"))
    return {slot_id: title for slot_id, title in found.items() if slot_id}


def consequences(person_id: UUID) -> list[Held]:
    """What came of it, with the case that looks at it again, if somebody asked."""
    rows = list(Consequence.objects.filter(person_id=person_id, scene=SCENE).order_by("-since", "-pk"))
    asked = _asked_about(person_id)
    slots = dict(Booking.objects.filter(pk__in=[key for row in rows for key in row.causes]).values_list("pk", "slot"))
    titles = titles_of(list(slots.values()))
    return [
        Held(row, asked.get(str(row.pk)), tuple(titles.get(slots.get(key, key), "") for key in row.causes))
        for row in rows
    ]


def _asked_about(person_id: UUID) -> dict[str, Case]:
    cases = Case.objects.filter(opened_by_id=person_id, kind__in=(ABSENCE, ABSENCE_APPEAL)).order_by("opened_at")
    return {str(case.data.get("booking") or case.data.get("consequence")): case for case in cases}


def own_case(person_id: UUID, receipt: str) -> Case:
    found = Case.objects.filter(opened_by_id=person_id, kind__in=(ABSENCE, ABSENCE_APPEAL), receipt=receipt).first()
    if found is None:
        raise NotFound(_("We could not find that receipt."), next_step=_("Please look at it again."))
    return found


def shown_on_ticket(booking: Booking) -> dict[str, Any]:
    """What stands under the QR code: of the activity, or of one part of it."""
    row = Activity.objects.filter(slot_id=booking.slot_id).first()
    part = None if row else Session.objects.filter(slot_id=booking.slot_id).select_related("activity").first()
    activity = row or (part.activity if part else None)
    if activity is None:
        raise NotFound(_("We could not find this ticket."), next_step=_("Have a look at “My activities”."))
    title = f"{activity.title} · {part.title}" if part else activity.title
    place = (part.place if part else "") or activity.place
    return {"title": title, "starts_at": (part or activity).starts_at, "place": place, "address": activity.address}


def everything(person_id: UUID) -> list[dict[str, Any]]:
    """All my registrations, whatever became of them, for the export."""
    rows = Booking.objects.filter(person_id=person_id, slot__resource__scene=SCENE).order_by("asked_at", "pk")
    found = list(rows.select_related("slot"))
    titles = titles_of([row.slot_id for row in found])
    beside = _beside(Activity.objects.filter(slot__in=titles), found)
    return [
        {
            "title": titles.get(row.slot_id, ""),
            "starts_at": row.slot.starts_at,
            "state": row.state,
            "addons": [one.title for one in beside.get(row.pk, ())],
            "asked_at": row.asked_at,
            "arrived_at": row.arrived_at,
            "reason": row.reason,
        }
        for row in found
    ]
