"""How warnings and look-alike photos are handled, as data (engine `workflow`).

Staff see the words that were evidence, in how many conversations, and what the receivers made of it: never the
conversation. Whoever received it may show messages in a report of their own.
"""

from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from niangjia.core.accounts.services import epoch_of
from niangjia.core.files.services import photo_url
from niangjia.engines.workflow.selectors import first_of
from niangjia.engines.workflow.types import Exhibit, Input, Process, Transition, register
from niangjia.scenes.dating.scam import deciding
from niangjia.scenes.dating.scam.models import File, LookAlike
from niangjia.scenes.dating.scam.types import LOOK_ALIKE, SCAM, SCAM_APPEAL
from niangjia.scenes.dating.types import HANDLE_REPORTS

_DISMISS = (_("We looked into it and found no breach of the rules."), _("The guard was mistaken. We are sorry."))
_ACT = (
    _("Others were asked for money or led to invest."),
    _("The same story about money went to several people."),
    _("Others were led to applications or links outside."),
)
_UNTIL = (Input("until", _("Until"), "date"),)
_STATES = {
    "open": _("Waiting"),
    "dismissed": _("No breach found"),
    "cooled": _("No new conversations for a time"),
    "warned": _("Warned"),
    "restricted": _("Paused for a time"),
    "closing": _("Shutting out proposed"),
    "shut_out": _("Shut out of dating"),
    "kept": _("Decision kept"),
    "lifted": _("Decision withdrawn"),
    "fine": _("Nothing wrong with it"),
    "removed": _("Photo taken down"),
}
STAGES = {"money": _("Money"), "leave": _("Led elsewhere"), "rapport": _("Winning trust"), "": _("Winning trust")}


def exhibits(case_id: UUID, viewer_id: UUID, now: datetime) -> tuple[Exhibit, ...]:
    """The stages, the words, how many conversations, what receivers made of it, and what the sender says."""
    file = File.objects.filter(case_id=first_of(case_id)).first()
    if file is None:
        return ()
    rows = list(file.alarms.values_list("stage", "pair_id", "said"))
    stages = " · ".join(str(STAGES[code]) for code in dict.fromkeys(stage for stage, _pair, _said in rows))
    told = _("{n} warnings in {m} conversations; {fine} receivers said it is fine, {afraid} are worried").format(
        n=len(rows),
        m=len({pair for _stage, pair, _said in rows}),
        fine=sum(said == "fine" for *_rest, said in rows),
        afraid=sum(said == "afraid" for *_rest, said in rows),
    )
    shown = [
        Exhibit(_("How far the story went"), text=stages),
        Exhibit(_("Words that were warned of"), text=file.words),
        Exhibit(_("Where"), text=told),
    ]
    return (*shown, Exhibit(_("What the sender says"), text=file.objection)) if file.objection else tuple(shown)


def photo_exhibits(case_id: UUID, viewer_id: UUID, now: datetime) -> tuple[Exhibit, ...]:
    """Side by side."""
    row = LookAlike.objects.filter(case_id=first_of(case_id)).first()
    if row is None:
        return ()
    epoch = epoch_of(viewer_id)
    titled = ((_("The newer photo"), row.photo_id), (_("The older photo, of another profile"), row.other_id))
    return tuple(
        Exhibit(title, image=photo_url(key, viewer_id, "full", now, epoch=epoch)) for title, key in titled if key
    )


def _ways(source: str) -> tuple[Transition, ...]:
    return (
        Transition("dismiss", _("No breach"), source, "dismissed", HANDLE_REPORTS, reasons=_DISMISS, tone="good"),
        Transition("warn", _("Warn"), source, "warned", HANDLE_REPORTS, reasons=_ACT),
        Transition(
            "cool", _("No new conversations until"), source, "cooled", HANDLE_REPORTS, reasons=_ACT, inputs=_UNTIL
        ),
        Transition(
            "restrict", _("Pause the profile"), source, "restricted", HANDLE_REPORTS,
            reasons=_ACT, inputs=_UNTIL, tone="grave",
        ),
    )  # fmt: skip


register(
    Process(
        kind=SCAM,
        title=_("Warning of the scam guard"),
        start="open",
        transitions=(
            *_ways("open"),
            Transition(
                "propose_closing", _("Propose to shut out of dating"), "open", "closing", HANDLE_REPORTS,
                reasons=_ACT, tone="grave", handed_on=True,
            ),
            *_ways("closing"),
            Transition(
                "close", _("Agree, and shut out of dating"), "closing", "shut_out", HANDLE_REPORTS,
                reasons=_ACT, tone="grave", fresh=True,
            ),
        ),
        days=1,
        states=_STATES,
        after=deciding.decided,
        exhibits=exhibits,
        appeal=SCAM_APPEAL,
    ),
    Process(
        kind=SCAM_APPEAL,
        title=_("Appeal about a warning"),
        start="open",
        transitions=(
            Transition("keep", _("Keep the decision"), "open", "kept", HANDLE_REPORTS),
            Transition("lift", _("Withdraw the decision"), "open", "lifted", HANDLE_REPORTS, tone="good"),
        ),
        days=3,
        states=_STATES,
        after=deciding.appeal_decided,
        exhibits=exhibits,
    ),
    Process(
        kind=LOOK_ALIKE,
        title=_("Photo to look at"),
        start="open",
        transitions=(
            Transition("fine", _("Nothing wrong"), "open", "fine", HANDLE_REPORTS, needs_reason=False, tone="good"),
            Transition(
                "remove", _("Take the photo down"), "open", "removed", HANDLE_REPORTS, tone="grave",
                reasons=(_("This photo belongs to somebody else."), _("Contacts do not belong into photos.")),
            ),
        ),
        days=2,
        states=_STATES,
        after=deciding.photo_decided,
        exhibits=photo_exhibits,
        appeal=SCAM_APPEAL,
    ),
)  # fmt: skip
