"""Decisions about activities, as data (engine `workflow`)."""

from datetime import datetime
from uuid import UUID

from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from niangjia.core.messages import services as messages
from niangjia.engines.allocation.models import Booking, Consequence
from niangjia.engines.workflow.models import Case
from niangjia.engines.workflow.types import Exhibit, Moved, Process, Transition, register
from niangjia.kernel import clock
from niangjia.scenes.activities.models import Activity
from niangjia.scenes.activities.selectors.mine import titles_of
from niangjia.scenes.activities.services import absences
from niangjia.scenes.activities.types import ABSENCE, ABSENCE_APPEAL, APPROVE_EXPORT, DECIDE_ABSENCE, EXPORT

_LIFT = (
    _("You were there; our list was wrong. We are sorry."),
    _("Illness, work or family come first. It does not count."),
)
_KEEP = (
    _("We looked at the list again and could not find you. It ends by itself, and you are welcome in the meantime."),
)
_STATES = {"open": _("Waiting"), "lifted": _("Does not count"), "kept": _("Decision kept")}


def absences_shown(case_id: UUID, viewer_id: UUID, now: datetime) -> tuple[Exhibit, ...]:
    """What the officer must see: which activities it is about."""
    case = Case.objects.select_related("appeal_of").get(pk=case_id)
    about = (case.appeal_of or case).data
    causes = [about["booking"]] if "booking" in about else _causes(about.get("consequence", ""))
    rows = Booking.objects.filter(pk__in=causes).select_related("slot").order_by("slot__starts_at", "pk")
    titles = titles_of([row.slot_id for row in rows])
    lines = [f"{_day(row.slot.starts_at)}  {titles.get(row.slot_id, '')}" for row in rows]
    return (Exhibit(_("Had a place and was not on the list of those who came"), text="\n".join(lines)),)


def _causes(consequence: str) -> list[UUID]:
    found = Consequence.objects.filter(pk=consequence).first() if consequence else None
    return found.causes if found else []


def _day(moment: datetime) -> str:
    return date_format(moment.astimezone(clock.SHANGHAI), "Y-m-d H:i")


def export_shown(case_id: UUID, viewer_id: UUID, now: datetime) -> tuple[Exhibit, ...]:
    data = Case.objects.get(pk=case_id).data
    activity = Activity.objects.filter(pk=data["activity"]).first()
    what = _("Names, phone numbers, firms and answers") if data.get("answers") else _("Names, phone numbers and firms")
    return (Exhibit(_("Activity"), text=activity.title if activity else ""), Exhibit(_("Takes out"), text=str(what)))


def export_decided(moved: Moved) -> None:
    case = Case.objects.get(pk=moved.case_id)
    activity = Activity.objects.filter(pk=case.data["activity"]).first()
    if moved.opened_by_id and activity:
        words = {"receipt": moved.receipt, "title": activity.title}
        messages.send(person_id=moved.opened_by_id, template="activity_export_ready", params=words, now=moved.now)


register(
    Process(
        kind=ABSENCE,
        title=_("Absence to be looked at again"),
        start="open",
        transitions=(
            Transition("lift", _("It does not count"), "open", "lifted", DECIDE_ABSENCE, reasons=_LIFT, tone="good"),
            Transition("keep", _("It stays"), "open", "kept", DECIDE_ABSENCE, reasons=_KEEP),
        ),
        days=3,
        states=_STATES,
        after=absences.decided,
        exhibits=absences_shown,
        appeal=ABSENCE_APPEAL,
    ),
    Process(
        kind=ABSENCE_APPEAL,
        title=_("Appeal about an absence"),
        start="open",
        transitions=(
            Transition("lift", _("It does not count"), "open", "lifted", DECIDE_ABSENCE, reasons=_LIFT, tone="good"),
            Transition("keep", _("It stays"), "open", "kept", DECIDE_ABSENCE, reasons=_KEEP),
        ),
        days=5,
        states=_STATES,
        after=absences.decided,
        exhibits=absences_shown,
    ),
    Process(
        kind=EXPORT,
        title=_("List to be taken out"),
        start="asked",
        transitions=(
            Transition(
                "approve", _("Agree"), "asked", "agreed", APPROVE_EXPORT, needs_reason=False, tone="good", fresh=True
            ),
            Transition(
                "refuse", _("Refuse"), "asked", "refused", APPROVE_EXPORT, tone="grave",
                reasons=(_("The reason is not enough."), _("The printed list is enough for this.")),
            ),
        ),
        days=1,
        states={"asked": _("Asked for"), "agreed": _("Agreed"), "refused": _("Refused")},
        after=export_decided,
        exhibits=export_shown,
    ),
)  # fmt: skip
