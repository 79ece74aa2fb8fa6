"""Blocking, reporting, decisions about oneself, breaks and leaving."""

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from ninja import Field, Schema

from niangjia.core import access
from niangjia.engines.workflow.selectors import process_of
from niangjia.kernel import clock
from niangjia.scenes.dating.api.frame import Code, Empty, Target, Text, person_of, router
from niangjia.scenes.dating.selectors.pairs import blocked_by
from niangjia.scenes.dating.selectors.people import own
from niangjia.scenes.dating.selectors.safety import Decided, Filed, reports_of, restrictions_of
from niangjia.scenes.dating.services import blocking, leaving, reports
from niangjia.scenes.dating.types import REPORT_REASONS


class BlockedOne(Schema):
    id: UUID
    nickname: str


class Blocked(Schema):
    items: list[BlockedOne]


class Complaint(Schema):
    id: UUID
    reason: Code
    details: Text = Field("", max_length=2000)
    evidence: Annotated[list[UUID], Field(max_length=9)] = []


class ReportReceipt(Schema):
    """Quote `receipt` when asking; it is answered by `due`."""

    receipt: str
    due: datetime


class ReportOut(Schema):
    receipt: str
    reason: str
    state: str
    at: datetime
    due: datetime
    outcome: str
    may_appeal: bool


class Reports(Schema):
    items: list[ReportOut]


class Appeal(Schema):
    receipt: Text = Field(max_length=16)
    text: Text = Field(max_length=2000)


class RestrictionOut(Schema):
    """What was decided about me, why, how it ends. Nothing is ever decided in secret."""

    receipt: str
    what: str
    reason: str
    remedy: str
    until: datetime | None
    may_appeal: bool


class Restrictions(Schema):
    items: list[RestrictionOut]


class Confirmation(Schema):
    confirm: Text = Field(max_length=20)


class Gone(Schema):
    receipt: str
    at: datetime


@router.post("/block", response=Empty)
@access.signed_in
def block(request: HttpRequest, target: Target) -> Any:
    """From now on the two do not exist for one another. They are not told."""
    blocking.block(person_id=person_of(request), profile_id=target.id, now=clock.now())
    return Empty()


@router.post("/unblock", response=Empty)
@access.signed_in
def unblock(request: HttpRequest, target: Target) -> Any:
    blocking.unblock(person_id=person_of(request), profile_id=target.id)
    return Empty()


@router.get("/blocked", response=Blocked)
@access.signed_in
def blocked(request: HttpRequest) -> Any:
    """Whom I blocked."""
    rows = blocked_by(own(person_of(request)))
    return Blocked(items=[BlockedOne(id=row.blocked_id, nickname=row.nickname) for row in rows if row.blocked_id])


@router.post("/report", response=ReportReceipt)
@access.signed_in
def report(request: HttpRequest, given: Complaint) -> Any:
    """Tell the union about somebody. The other side never learns who did."""
    case = reports.report(
        person_id=person_of(request),
        profile_id=given.id,
        reason=given.reason,
        details=given.details,
        evidence=given.evidence,
        now=clock.now(),
    )
    return ReportReceipt(receipt=case.receipt, due=case.due_at)


@router.get("/reports", response=Reports)
@access.signed_in
def my_reports(request: HttpRequest) -> Any:
    """My reports and what came of them."""
    return Reports(items=[_report(filed) for filed in reports_of(person_of(request), clock.now())])


def _report(filed: Filed) -> ReportOut:
    """What was done about somebody else is told in general only."""
    outcome = ""
    if filed.case.closed_at:
        outcome = filed.reason if filed.outcome == "dismiss" else _("We acted on your report. Thank you.")
    return ReportOut(
        receipt=filed.case.receipt,
        reason=str(REPORT_REASONS.get(filed.report.reason, filed.report.reason)),
        state=str(process_of(filed.case).title_of("open") if not filed.case.closed_at else _("Decided")),
        at=filed.report.at,
        due=filed.case.due_at,
        outcome=outcome,
        may_appeal=filed.may_appeal,
    )


@router.post("/appeal", response=ReportReceipt)
@access.signed_in
def appeal(request: HttpRequest, given: Appeal) -> Any:
    """Ask that another person looks again."""
    case = reports.appeal(person_id=person_of(request), receipt=given.receipt.strip(), text=given.text, now=clock.now())
    return ReportReceipt(receipt=case.receipt, due=case.due_at)


@router.get("/restrictions", response=Restrictions)
@access.signed_in
def restrictions(request: HttpRequest) -> Any:
    """What was decided about me and still holds."""
    return Restrictions(items=[_restriction(row) for row in restrictions_of(person_of(request), clock.now())])


_TOLD = {
    "warned": (gettext_lazy("A warning"), gettext_lazy("Change what was named; nothing else follows from it.")),
    "paused": (
        gettext_lazy("Your dating profile rests"),
        gettext_lazy("It ends by itself on the day given; change what was named, and all is as before."),
    ),
    "shut_out": (
        gettext_lazy("You are shut out of dating"),
        gettext_lazy(
            "Two people decided it. Everything else of Niangjia stays open to you; appeal, and others look again."
        ),
    ),
}


def _restriction(row: Decided) -> RestrictionOut:
    what, remedy = _TOLD[row.restriction.what]
    return RestrictionOut(
        receipt=row.restriction.receipt,
        what=str(what),
        reason=row.restriction.reason,
        remedy=str(remedy),
        until=row.restriction.until,
        may_appeal=row.may_appeal,
    )


@router.post("/leave", response=Gone)
@access.signed_in
def leave(request: HttpRequest, given: Confirmation) -> Any:
    """Delete my dating profile and all that hangs on it, for good."""
    gone = leaving.leave(person_id=person_of(request), confirm=given.confirm, now=clock.now())
    return Gone(receipt=gone.receipt, at=gone.at)
