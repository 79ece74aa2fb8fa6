"""What the organisers do while people register and come: deciding, letting in, moderating."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from niangjia.core.access import Actor
from niangjia.core.audit import services as audit
from niangjia.core.messages import services as messages
from niangjia.engines.allocation import services as allocation
from niangjia.engines.allocation.models import Booking, CheckInList
from niangjia.engines.allocation.types import LIVE, ScanIn, Scanned
from niangjia.kernel.errors import Conflict, Invalid, NotFound
from niangjia.scenes.activities.models import Activity, LiveQuestion, State
from niangjia.scenes.activities.policies import activities

MOST_SCANS = 500


def decide(*, actor: Actor, activity_id: UUID, booking_id: UUID, accept: bool, reason: str, now: datetime) -> None:
    """Approve a registration or refuse it, with a reason that the person reads."""
    booking = _booking_of(actor, activity_id, booking_id)
    if accept:
        allocation.approve(party=booking.party, now=now)
        return
    if len(reason.strip()) < 2:
        hint = _("Please write a sentence for the person concerned.")
        raise Invalid(hint, fields={"reason": hint})
    allocation.refuse(party=booking.party, reason=reason.strip()[:200], now=now)


def take_off(*, actor: Actor, activity_id: UUID, booking_id: UUID, now: datetime) -> None:
    """Somebody called and cannot come: staff give the place back for them, also after the deadline."""
    booking = _booking_of(actor, activity_id, booking_id)
    allocation.cancel(booking_id=booking.pk, by_id=None, now=now, late=True)
    audit.record(
        action="activities.taken_off",
        actor_id=actor.person_id,
        subject_id=booking.person_id,
        target=("allocation_booking", booking.pk),
        now=now,
    )


def _booking_of(actor: Actor, activity_id: UUID, booking_id: UUID) -> Booking:
    """A living registration for an activity that is the actor's to run."""
    activity = activities.get(actor, "run", pk=activity_id)
    found = Booking.objects.filter(pk=booking_id, slot__in=[activity.slot_id], state__in=LIVE).first()
    if found is None:
        raise NotFound(_("We could not find that registration."), next_step=_("Please load the page again."))
    return found


def draw(*, actor: Actor, activity_id: UUID, now: datetime) -> None:
    """Draw the lottery now that registration is over; by itself it is drawn within a minute."""
    activity = activities.get(actor, "run", pk=activity_id)
    if activity.way != "lottery" or activity.slot_id is None:
        raise Conflict(_("There is no lottery here."), next_step=_("Please load the page again."))
    allocation.draw(slot_id=activity.slot_id, now=now)


def let_in(*, actor: Actor, activity_id: UUID, scans: Sequence[ScanIn], now: datetime) -> list[Scanned]:
    """Scans of a phone at the door: one, or all that it made without a network. Sent again they count once."""
    activity = activities.get(actor, "door", pk=activity_id)
    if activity.state != State.PUBLISHED or len(scans) > MOST_SCANS:
        raise Conflict(_("Nobody can be let in here."), next_step=_("Choose the activity anew from the list."))
    door = CheckInList.objects.get(slot_id=activity.places, is_entrance=True)
    assert actor.person_id is not None  # the policy gave them a door
    return allocation.check_in(list_id=door.pk, scans=scans, by_id=actor.person_id, now=now)


@transaction.atomic
def moderate(*, actor: Actor, question_id: UUID, state: str, answer: str = "", now: datetime) -> LiveQuestion:
    """Let a question through, answer it, or leave it aside; its author is told of an answer."""
    mine = activities.which(actor, "run")
    row = LiveQuestion.objects.select_for_update(of=("self",)).filter(pk=question_id, activity__in=mine).first()
    if row is None or state not in LiveQuestion.State.values:
        raise NotFound(_("We could not find that question."), next_step=_("Please load the page again."))
    newly_answered = state == LiveQuestion.State.ANSWERED and row.state != state
    row.state, row.answer = state, answer.strip()[:500]
    row.save(update_fields=["state", "answer"])
    if newly_answered and row.answer and row.person_id:
        title = {"title": Activity.objects.get(pk=row.activity_id).title}
        messages.send(person_id=row.person_id, template="activity_answered", params=title, now=now)
    return row
