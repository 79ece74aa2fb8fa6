"""What a decision of an officer brings with it, in the same transaction."""

from datetime import date, datetime, time
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from niangjia.core.messages import services as messages
from niangjia.engines.workflow.models import Case
from niangjia.engines.workflow.types import Moved
from niangjia.kernel import clock
from niangjia.kernel.errors import Invalid
from niangjia.scenes.dating.models import Restriction
from niangjia.scenes.dating.services.standing import facts_changed

WHAT = {"warn": "warned", "restrict": "paused", "close": "shut_out"}


def report_decided(moved: Moved) -> None:
    """The reporter hears that it was decided, the one reported what was decided about them; neither of the other."""
    if moved.transition == "propose_closing":
        return  # nothing is decided before a second person has looked
    if moved.transition in WHAT:
        _restrict(moved)
    if moved.opened_by_id:
        _tell(moved, moved.opened_by_id, "dating_report_decided", moved.receipt)


def appeal_decided(moved: Moved) -> None:
    """`opened_by` is who appealed: the one restricted, or the one who reported."""
    first = Case.objects.select_related("appeal_of").get(pk=moved.case_id).appeal_of
    held = Restriction.objects.filter(case=first, lifted_at=None).first()
    if moved.transition == "lift" and held:
        held.lifted_at = moved.now
        held.save(update_fields=["lifted_at"])
        facts_changed([held.person_id], moved.now)
        _tell(moved, held.person_id, "dating_restriction_lifted", held.receipt)
    if moved.transition == "restrict" and not held:
        _restrict(moved)
    by_the_accused = moved.opened_by_id == moved.about_id
    if moved.opened_by_id and not (by_the_accused and moved.transition == "lift"):
        template = "dating_appeal_kept" if by_the_accused else "dating_report_decided"
        receipt = held.receipt if held and by_the_accused else first.receipt if first else moved.receipt
        _tell(moved, moved.opened_by_id, template, receipt)


def _restrict(moved: Moved) -> None:
    """A warning stands for itself; a pause ends by itself; who is shut out may appeal. All are told why."""
    if moved.about_id is None:
        return
    what = WHAT[moved.transition]
    row = Restriction(
        person_id=moved.about_id,
        case_id=moved.case_id,
        what=what,
        reason=moved.reason,
        made_at=moved.now,
        until=_end_of(moved.details.get("until", ""), moved.now) if what == "paused" else None,
    )
    row.save(force_insert=True)
    facts_changed([moved.about_id], moved.now)
    _tell(moved, moved.about_id, "dating_restricted", row.receipt)


def _end_of(day: str, now: datetime) -> datetime:
    try:
        end = datetime.combine(date.fromisoformat(day), time(23, 59), clock.SHANGHAI)
    except ValueError as error:
        raise Invalid(_("Please write a day."), fields={"until": _("Please check this.")}) from error
    if end <= now:
        raise Invalid(_("This day is over."), fields={"until": _("Please choose a later day.")})
    return end


def _tell(moved: Moved, person_id: UUID, template: str, receipt: str) -> None:
    messages.send(person_id=person_id, template=template, params={"receipt": receipt}, now=moved.now)
