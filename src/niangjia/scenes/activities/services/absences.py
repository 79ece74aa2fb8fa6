"""Staying away: asking that a person looks again, and what their decision brings."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from niangjia.core.messages import services as messages
from niangjia.core.orgs.models import Org
from niangjia.engines.allocation import services as allocation
from niangjia.engines.allocation.models import Booking, Consequence
from niangjia.engines.workflow import services as workflow
from niangjia.engines.workflow.models import Case
from niangjia.engines.workflow.types import Moved
from niangjia.kernel.errors import Conflict, Invalid, NotFound
from niangjia.scenes.activities.models import Activity, Session
from niangjia.scenes.activities.selectors.mine import own_case
from niangjia.scenes.activities.types import ABSENCE, SCENE


@transaction.atomic
def ask_again(
    *, person_id: UUID, text: str, booking_id: UUID | None = None, consequence_id: UUID | None = None, now: datetime
) -> Case:
    """“I was there”, “I was ill”: a person decides, and until then nothing gets worse."""
    if not text.strip():
        hint = _("Please fill this in.")
        raise Invalid(_("Please tell us in a sentence what happened."), fields={"text": hint})
    slot_id, about = _about(person_id, booking_id, consequence_id)
    if Case.objects.filter(opened_by_id=person_id, kind=ABSENCE, data=about).exists():
        raise Conflict(_("You have asked already."), next_step=_("You will be told as soon as it is decided."))
    return workflow.open_case(
        kind=ABSENCE,
        org=_org_of(slot_id),
        about_id=person_id,
        opened_by_id=person_id,
        summary=text.strip()[:1000],
        data=about,
        now=now,
    )


def _about(person_id: UUID, booking_id: UUID | None, consequence_id: UUID | None) -> tuple[UUID, dict[str, str]]:
    booking = Booking.objects.filter(pk__in=[booking_id], person_id=person_id, absent_at__isnull=False).first()
    if booking is not None:
        return booking.slot_id, {"booking": str(booking.pk)}
    found = Consequence.objects.filter(
        pk__in=[consequence_id], person_id=person_id, scene=SCENE, lifted_at=None
    ).first()
    last = Booking.objects.filter(pk__in=found.causes).order_by("-asked_at").first() if found else None
    if found is None or last is None:
        raise NotFound(_("We could not find that."), next_step=_("Please load the page again."))
    return last.slot_id, {"consequence": str(found.pk)}


def _org_of(slot_id: UUID) -> Org:
    """The organiser, who knows who came."""
    activity = Activity.objects.filter(slot_id=slot_id).select_related("org").first()
    if activity is not None:
        return activity.org
    return Session.objects.select_related("activity__org").get(slot_id=slot_id).activity.org


def appeal(*, person_id: UUID, receipt: str, text: str, now: datetime) -> Case:
    """Ask that another person looks at the decision."""
    return workflow.appeal(case=own_case(person_id, receipt), by_id=person_id, text=text, now=now)


def decided(moved: Moved) -> None:
    """Lifted: it is as if it had never counted. Kept: the reason is told, and a second person may be asked."""
    case = Case.objects.select_related("appeal_of").get(pk=moved.case_id)
    about = (case.appeal_of or case).data
    if moved.transition == "lift":
        _lift(about, moved)
    if moved.opened_by_id:
        receipt = {"receipt": moved.receipt}
        messages.send(person_id=moved.opened_by_id, template="activity_absence_decided", params=receipt, now=moved.now)


def _lift(about: dict[str, str], moved: Moved) -> None:
    if "booking" in about:
        allocation.excuse(booking_id=UUID(about["booking"]), reason=moved.reason, now=moved.now)
    if "consequence" in about:
        allocation.lift_consequence(consequence_id=UUID(about["consequence"]), reason=moved.reason, now=moved.now)
