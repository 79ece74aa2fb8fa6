"""Passing a place on: a signed code that says which booking until when, and the one who takes it.

Nothing is stored for it. It works once, because the booking it names is gone afterwards; it ends by its own hour.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Final
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from niangjia.core.crypto import keyring, read_stamp, stamp
from niangjia.core.messages import services as messages
from niangjia.engines.allocation import services as allocation
from niangjia.engines.allocation.errors import Overlapping
from niangjia.engines.allocation.models import Booking
from niangjia.engines.allocation.policies import own
from niangjia.engines.allocation.types import LIVE, TAKING
from niangjia.kernel.errors import Conflict, NotFound
from niangjia.scenes.activities import audience
from niangjia.scenes.activities.models import Activity, Answers, Session, State, Way
from niangjia.scenes.activities.selectors.offers import claimant_of, offer_of
from niangjia.scenes.activities.selectors.words import words_of
from niangjia.scenes.activities.services.registering import explained, keep_answers

LIFE: Final = timedelta(hours=2)
_HEAD: Final = "NJP"


@dataclass(frozen=True)
class Pass:
    """A code, and until when it may be used."""

    code: str
    until: datetime


@dataclass(frozen=True)
class OnOffer:
    """What a code offers. `size` counts everybody who comes along."""

    activity: Activity
    booking: Booking
    until: datetime
    size: int


def may_pass(activity: Activity, booking: Booking, now: datetime) -> bool:
    """Not where an organiser chose the people one by one, and not once somebody was let in with it."""
    fits = activity.passes_on and activity.way != Way.APPROVAL and activity.state == State.PUBLISHED
    return fits and booking.state == "booked" and booking.arrived_at is None and now < activity.starts_at


def offer(*, person_id: UUID, booking_id: UUID, now: datetime) -> Pass:
    """A code for my own place, or for that of a guest whom I registered without a name."""
    booking = own(booking_id, person_id, LIVE)
    activity = Activity.objects.filter(slot_id=booking.slot_id).first()
    if activity is None or booking.person_id not in (person_id, None):
        raise _unknown()
    _require_passable(activity, booking, now)
    until = min(now + LIFE, activity.starts_at)
    return Pass(_write(booking.pk, until), until)


def look(*, code: str, person_id: UUID | None, now: datetime) -> OnOffer:
    """What the code offers; raises the reason why it offers nothing any more."""
    booking_id, until = _read(code)
    booking = Booking.objects.filter(pk=booking_id).select_related("slot").first()
    activity = Activity.objects.filter(slot_id=booking.slot_id).select_related("org").first() if booking else None
    if booking is None or activity is None:
        raise _unknown()
    if booking.state == "passed_on":
        raise Conflict(
            _("Somebody has taken this place over already."),
            code="pass_used",
            next_step=_("A link works once. Have a look whether places are left."),
        )
    if now >= until:
        raise Conflict(
            _("This link is too old."), code="pass_over", next_step=_("Ask whoever sent it for a new one; it is quick.")
        )
    _require_passable(activity, booking, now)
    if person_id is not None and person_id in (booking.person_id, booking.booked_by_id):
        raise Conflict(
            _("This place is yours already."),
            code="pass_own",
            next_step=_("Send the link to the one who shall have it."),
        )
    return OnOffer(activity, booking, until, _size(booking))


def _size(booking: Booking) -> int:
    if booking.person_id is None:
        return 1
    along = Booking.objects.filter(party=booking.party, person=None, booked_by=booking.person_id, state="booked")
    return 1 + along.count()


def take(*, code: str, person_id: UUID, answers: Mapping[str, Any], now: datetime) -> Activity:
    """The place is theirs from now on, with the chosen parts. Sent again it is the same place."""
    again = _taken_before(code, person_id)
    if again is not None:
        return again
    offered = look(code=code, person_id=person_id, now=now)
    try:
        with transaction.atomic():
            _hand_over(offered, person_id, answers, now)
    except Overlapping as error:
        raise explained(Overlapping(_elsewhere(person_id, offered.activity))) from error
    except NotFound:
        look(code=code, person_id=person_id, now=now)  # somebody was faster: says so
        raise
    return offered.activity


def _elsewhere(person_id: UUID, activity: Activity) -> UUID | None:
    """Where the receiver has a place at that time."""
    span = (activity.starts_at, activity.ends_at)
    rows = Booking.objects.filter(person_id=person_id, state__in=TAKING, during__overlap=span).order_by("asked_at")
    return rows.values_list("slot_id", flat=True).first()


def _taken_before(code: str, person_id: UUID) -> Activity | None:
    """The line that was broken after the first attempt."""
    booking_id, _until = _read(code)
    old = Booking.objects.filter(pk=booking_id, state="passed_on").first()
    if old is None:
        return None
    mine = Booking.objects.filter(slot=old.slot_id, party=old.party, asked_at=old.asked_at, person_id=person_id)
    return Activity.objects.filter(slot_id=old.slot_id).first() if mine.filter(state="booked").exists() else None


def _hand_over(offered: OnOffer, person_id: UUID, answers: Mapping[str, Any], now: datetime) -> None:
    """In the order in which registering takes places: the activity, then its parts."""
    activity, old = offered.activity, offered.booking
    target = offer_of(activity.pk)
    audience.require(target.audience, person_id=person_id, now=now)
    to = claimant_of(target, person_id, now)
    if old.person_id is None:
        allocation.transfer(booking_id=old.pk, by_id=old.booked_by_id, to=to, now=now)
    else:
        if target.form is not None:
            keep_answers(activity_id=target.id, person_id=person_id, form=target.form, given=answers)
        for booking in (old, *_parts(activity, old.person_id)):
            allocation.transfer(booking_id=booking.pk, by_id=old.person_id, to=to, now=now)
        Answers.objects.filter(activity=activity, person_id=old.person_id).delete()
    for template, whom in (
        ("activity_passed_on", old.person_id or old.booked_by_id),
        ("activity_taken_over", person_id),
    ):
        if whom is not None:
            messages.send(person_id=whom, template=template, params=words_of(activity), now=now)


def _parts(activity: Activity, person_id: UUID) -> list[Booking]:
    slots = Session.objects.filter(activity=activity, slot__isnull=False).values("slot")
    return list(Booking.objects.filter(slot__in=slots, person_id=person_id, state="booked").order_by("slot_id"))


def _require_passable(activity: Activity, booking: Booking, now: datetime) -> None:
    if may_pass(activity, booking, now):
        return
    if activity.state != State.PUBLISHED:
        raise Conflict(_("This activity was called off."), code="called_off", next_step=_("See what else is on."))
    if booking.arrived_at is not None:
        why, then = (
            _("Somebody was let in with this ticket already."),
            _("A ticket that was used stays with its owner."),
        )
    elif now >= activity.starts_at:
        why, then = _("It has begun; places are not passed on any more."), _("Ask at the door whether there is room.")
    elif booking.state != "booked":
        why, then = _("This place is not there any more."), _("Have a look whether places are left.")
    else:
        why, then = _("Places of this activity are not passed on."), _("Give it back; the next in line will be glad.")
    raise Conflict(why, code="pass_closed", next_step=then)


def _unknown() -> NotFound:
    return NotFound(
        _("We do not know this link."),
        code="pass_unknown",
        next_step=_("Perhaps a letter got lost on the way. Ask for it once more."),
    )


def _write(booking_id: UUID, until: datetime) -> str:
    return stamp(booking_id.bytes + int(until.timestamp()).to_bytes(5, "big"), head=_HEAD, key=_key())


def _read(code: str) -> tuple[UUID, datetime]:
    """Raises for anything that this house did not make."""
    body = read_stamp(code, head=_HEAD, key=_key())
    if body is None or len(body) != 21:
        raise _unknown()
    return UUID(bytes=body[:16]), datetime.fromtimestamp(int.from_bytes(body[16:], "big"), UTC)


def _key() -> bytes:
    return keyring().derive("activities pass")
