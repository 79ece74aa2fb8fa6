"""Taking part: registering, saying yes to an offered place, giving a place back."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID, uuid5

from django.db import transaction
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from niangjia.engines.allocation import services as allocation
from niangjia.engines.allocation.errors import AddOnFull, Overlapping
from niangjia.engines.allocation.models import Booking
from niangjia.engines.allocation.policies import own
from niangjia.engines.allocation.types import LIVE, Claimant, Claimed
from niangjia.kernel import clock
from niangjia.kernel.errors import Conflict, NotFound
from niangjia.scenes.activities import audience, forms
from niangjia.scenes.activities.models import Activity, Answers, Session
from niangjia.scenes.activities.selectors.addons import for_everybody, offered_at
from niangjia.scenes.activities.selectors.offers import Offer, claimant_of, missing, offer_of


@dataclass(frozen=True)
class Wanted:
    """A registration as the phone sends it. The same `key` again is the same registration."""

    activity: UUID
    key: UUID
    guests: int = 0
    sessions: tuple[UUID, ...] = ()
    wait: bool = False
    addons: tuple[str, ...] = ()
    wait_for_addons: bool = False
    answers: Mapping[str, Any] = field(default_factory=dict)


def register(*, person_id: UUID, wanted: Wanted, now: datetime, clock_of_database: bool = False) -> Claimed:
    """Ask for a place. `clock_of_database`: windows are judged by the one clock that all servers share.

    Without form and sessions it is one claiming statement, outside any transaction; with them all of it or nothing.
    """
    offer = offer_of(wanted.activity)
    audience.require(offer.audience, person_id=person_id, now=now)
    by = claimant_of(offer, person_id, now)
    moment = None if clock_of_database else now
    try:
        if offer.form is None and not wanted.sessions:
            return _claim(offer.slot_id, by, wanted, moment)
        with transaction.atomic():
            return _with_all(offer, by, wanted, moment)
    except Overlapping as error:
        raise explained(error) from error
    except AddOnFull as error:
        raise named(error, offer.id) from error


def _claim(slot_id: UUID, by: Claimant, wanted: Wanted, now: datetime | None) -> Claimed:
    return allocation.claim(
        slot_id=slot_id,
        by=by,
        request_key=wanted.key,
        companions=[None] * wanted.guests,
        addons=wanted.addons,
        for_all=for_everybody(slot_id) if wanted.addons and wanted.guests else (),
        wait_for_addons=wanted.wait_for_addons,
        wait=wanted.wait,
        fingerprint=json.dumps(wanted.answers, sort_keys=True) if wanted.answers else "",
        now=now,
    )


def _with_all(offer: Offer, by: Claimant, wanted: Wanted, now: datetime | None) -> Claimed:
    if offer.form is not None:
        keep_answers(activity_id=offer.id, person_id=by.person_id, form=offer.form, given=wanted.answers)
    claimed = _already(offer, by) if wanted.sessions else None
    claimed = claimed or _claim(offer.slot_id, by, wanted, now)
    for slot_id in _slots_of(offer, wanted.sessions):
        allocation.claim(slot_id=slot_id, by=by, request_key=uuid5(wanted.key, str(slot_id)), now=now)
    return claimed


def _already(offer: Offer, by: Claimant) -> Claimed | None:
    """Whoever is registered and chooses one more session stays registered."""
    row = Booking.objects.filter(slot_id=offer.slot_id, person_id=by.person_id, state="booked").first()
    return Claimed(row.pk, row.slot_id, row.state, None, row.tier, is_new=False) if row else None


def _slots_of(offer: Offer, sessions: Sequence[UUID]) -> list[UUID]:
    """In one order, whoever asks: so that two people never wait for one another."""
    rows = Session.objects.filter(activity_id=offer.id, pk__in=sessions, slot__isnull=False)
    found = list(rows.order_by("slot_id").values_list("slot_id", flat=True))
    if len(found) != len(set(sessions)):
        raise NotFound(_("We could not find that part of the programme."), next_step=_("Please load the page again."))
    return [slot_id for slot_id in found if slot_id]


def keep_answers(*, activity_id: UUID, person_id: UUID, form: forms.Form, given: Mapping[str, Any]) -> None:
    """Check the form and seal what was written; a second registration writes it anew."""
    text = json.dumps(forms.answered(form, given), ensure_ascii=False)
    Answers.objects.filter(activity_id=activity_id, person_id=person_id).delete()
    Answers(activity_id=activity_id, person_id=person_id, answers=text).save(force_insert=True)


def explained(error: Overlapping) -> Conflict:
    """Which of my places it is, and when."""
    found = Activity.objects.filter(slot_id=error.slot_id).first() if error.slot_id else None
    part = None if found or not error.slot_id else Session.objects.filter(slot_id=error.slot_id).first()
    other: Activity | Session | None = found or part
    if other is None:
        return error
    when = date_format(other.starts_at.astimezone(clock.SHANGHAI), str(_("F j, H:i")))
    return Conflict(
        _("At that time you have a place at “{title}” ({when}).").format(title=other.title, when=when),
        code=error.code,
        next_step=error.next_step,
    )


def named(error: AddOnFull, activity_id: UUID) -> Conflict:
    """Which of the extras it is."""
    code = str(error.fields["extras"])
    title = next((one.title for one in offered_at(activity_id) if one.code == code), code)
    return Conflict(
        _("“{title}” is used up.").format(title=title),
        code=error.code,
        next_step=_("Register without it, or let us put you on its waiting list."),
        fields={"addons": code},
    )


def confirm(*, person_id: UUID, booking_id: UUID, now: datetime) -> Activity:
    """Say yes to a place that is kept for me."""
    booking = own(booking_id, person_id, LIVE)
    activity = Activity.objects.filter(slot_id=booking.slot_id).first()
    if activity is None:
        raise missing()
    allocation.confirm(party=booking.party, by_id=person_id, now=now)
    return activity


@transaction.atomic
def cancel(*, person_id: UUID, booking_id: UUID, now: datetime) -> Activity:
    """Give a place back, or leave the line; the parts of the programme go with it."""
    booking = own(booking_id, person_id, LIVE)
    activity = Activity.objects.filter(slot_id=booking.slot_id).first()
    if activity is None:
        return _cancel_part(booking, person_id, now)
    # in the order in which registering takes them: two at once never wait for one another in a circle
    allocation.cancel_party(party=booking.party, by_id=person_id, now=now)
    parts = Session.objects.filter(activity=activity, slot__isnull=False).values("slot")
    for row in Booking.objects.filter(slot__in=parts, person_id=person_id, state__in=LIVE).order_by("slot_id"):
        allocation.cancel(booking_id=row.pk, by_id=person_id, now=now)
    if not Booking.objects.filter(slot_id=activity.places, person_id=person_id, state__in=LIVE).exists():
        Answers.objects.filter(activity=activity, person_id=person_id).delete()
    return activity


def _cancel_part(booking: Booking, person_id: UUID, now: datetime) -> Activity:
    part = Session.objects.filter(slot_id=booking.slot_id).select_related("activity").first()
    if part is None:
        raise missing()
    allocation.cancel(booking_id=booking.pk, by_id=person_id, now=now)
    return part.activity
