"""How reports and appeals are handled, as data (engine `workflow`)."""

from collections.abc import Callable, Iterable
from datetime import datetime
from itertools import chain
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from niangjia.core.accounts.services import epoch_of
from niangjia.core.files.services import photo_url
from niangjia.engines.workflow.selectors import first_of
from niangjia.engines.workflow.types import Exhibit, Input, Process, Transition, register
from niangjia.scenes.dating.held import KEEP, SHOW, TAKE_DOWN
from niangjia.scenes.dating.models import HeldText, Report
from niangjia.scenes.dating.services import holding, verdicts
from niangjia.scenes.dating.types import (
    APPEAL,
    HANDLE_REPORTS,
    LOOK_AT_TEXT,
    REPORT,
    REPORT_REASONS,
    TEXT_APPEAL,
)

_DISMISS = (
    _("We looked into it and found no breach of the rules."),
    _("What was sent does not show what happened; more evidence is welcome."),
)
_ACT = (
    _("The profile says things that are not true."),
    _("Others were asked for money or led to invest."),
    _("Others were insulted or pressed."),
    _("Advertising has no place here."),
)
# What rooms of dating keep as evidence of their own: each gives what it holds of a report.
MORE: list[Callable[[Report, UUID, datetime], Iterable[Exhibit]]] = []
_UNTIL = (Input("until", _("Until"), "date"),)


def exhibits(case_id: UUID, viewer_id: UUID, now: datetime) -> tuple[Exhibit, ...]:
    """What the officer must see: what was written, the pictures, and what the profile says."""
    report = (
        Report.objects.filter(case_id=first_of(case_id)).select_related("reported").prefetch_related("evidence").first()
    )
    if report is None:
        return ()
    epoch = epoch_of(viewer_id)
    pictures = [
        Exhibit(_("Evidence"), image=photo_url(row.photo_id, viewer_id, "full", now, epoch=epoch))
        for row in report.evidence.all()
    ]
    told = Exhibit(REPORT_REASONS.get(report.reason, report.reason), text=report.details)
    said = report.reported
    profile = [Exhibit(_("The profile now"), text=f"{said.nickname}\n{said.about}\n{said.wish_text}")] if said else []
    of_rooms = chain.from_iterable(show(report, viewer_id, now) for show in MORE)
    return (told, *pictures, *of_rooms, *profile)


def text_exhibits(case_id: UUID, viewer_id: UUID, now: datetime) -> tuple[Exhibit, ...]:
    """What was written, the words that were marked, and what others read until it is decided."""
    row = HeldText.objects.filter(case_id=first_of(case_id)).select_related("profile").first()
    if row is None:
        return ()
    home = holding.HOMES[row.field]
    marked = Exhibit(_("Held back for these words"), text=" / ".join(holding.words_of(row)))
    before = Exhibit(_("What others read there now"), text=home.read(row.profile) or "—")
    gone = Exhibit(_("Note"), text=str(_("Its owner has written something else meanwhile; nothing will be changed.")))
    shown = (Exhibit(home.title, text=row.text), marked, before)
    return (*shown, gone) if row.state == HeldText.States.REPLACED else shown


_STATES = {
    "open": _("Waiting"),
    "dismissed": _("No breach found"),
    "warned": _("Warned"),
    "restricted": _("Paused for a time"),
    "closing": _("Shutting out proposed"),
    "shut_out": _("Shut out of dating"),
    "kept": _("Decision kept"),
    "lifted": _("Decision withdrawn"),
    "shown": _("Shown"),
    "down": _("Not shown"),
}

register(
    Process(
        kind=REPORT,
        title=_("Dating report"),
        start="open",
        transitions=(
            Transition("dismiss", _("No breach"), "open", "dismissed", HANDLE_REPORTS, reasons=_DISMISS),
            Transition("warn", _("Warn"), "open", "warned", HANDLE_REPORTS, reasons=_ACT),
            Transition(
                "restrict", _("Pause the profile"), "open", "restricted", HANDLE_REPORTS,
                reasons=_ACT, inputs=_UNTIL, tone="grave",
            ),
            Transition(
                "propose_closing", _("Propose to shut out of dating"), "open", "closing", HANDLE_REPORTS,
                reasons=_ACT, tone="grave", handed_on=True,
            ),
            Transition("dismiss", _("No breach"), "closing", "dismissed", HANDLE_REPORTS, reasons=_DISMISS),
            Transition("warn", _("Warn"), "closing", "warned", HANDLE_REPORTS, reasons=_ACT),
            Transition(
                "restrict", _("Pause the profile"), "closing", "restricted", HANDLE_REPORTS,
                reasons=_ACT, inputs=_UNTIL, tone="grave",
            ),
            Transition(
                "close", _("Agree, and shut out of dating"), "closing", "shut_out", HANDLE_REPORTS,
                reasons=_ACT, tone="grave", fresh=True,
            ),
        ),
        days=3,
        states=_STATES,
        after=verdicts.report_decided,
        exhibits=exhibits,
        appeal=APPEAL,
    ),
    Process(
        kind=APPEAL,
        title=_("Appeal in dating"),
        start="open",
        transitions=(
            Transition("keep", _("Keep the decision"), "open", "kept", HANDLE_REPORTS),
            Transition("lift", _("Withdraw the decision"), "open", "lifted", HANDLE_REPORTS, tone="good"),
            Transition(
                "restrict", _("Pause the profile"), "open", "restricted", HANDLE_REPORTS,
                reasons=_ACT, inputs=_UNTIL, tone="grave",
            ),
        ),
        days=5,
        states=_STATES,
        after=verdicts.appeal_decided,
        exhibits=exhibits,
    ),
    Process(
        kind=LOOK_AT_TEXT,
        title=_("Words in a profile to look at"),
        start="open",
        transitions=(SHOW, TAKE_DOWN),
        days=1,
        states=_STATES,
        after=holding.decided,
        exhibits=text_exhibits,
        appeal=TEXT_APPEAL,
    ),
    Process(
        kind=TEXT_APPEAL,
        title=_("Appeal about words in a profile"),
        start="open",
        transitions=(KEEP, SHOW),
        days=3,
        states=_STATES,
        after=holding.appeal_decided,
        exhibits=text_exhibits,
    ),
)  # fmt: skip
