"""Reporting somebody, and asking for a second look. Who reported is known to the case and to nobody it is about."""

from collections.abc import Callable, Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from niangjia.core.accounts import limits
from niangjia.core.files import services as files
from niangjia.core.messages import services as messages
from niangjia.core.orgs.models import Org
from niangjia.engines.workflow import services as workflow
from niangjia.engines.workflow.models import Case
from niangjia.kernel import clock
from niangjia.kernel.errors import Invalid, NotFound
from niangjia.scenes.dating.models import Evidence, HeldText, Profile, Report, Restriction
from niangjia.scenes.dating.selectors.people import own
from niangjia.scenes.dating.selectors.safety import acquaintance
from niangjia.scenes.dating.types import REPORT, REPORT_REASONS

A_DAY = (limits.Limit("dating-report", 10, 86400),)


def report(
    *,
    person_id: UUID,
    profile_id: UUID,
    reason: str,
    details: str,
    evidence: Sequence[UUID],
    now: datetime,
    also: Callable[[Report], None] | None = None,
) -> Case:
    """Tell the union about somebody. The same again while it is open is the same report.

    `also` adds in the same transaction what a room of dating keeps as evidence.
    """
    limits.take(A_DAY, who=str(person_id), now=now)
    if reason not in REPORT_REASONS:
        raise Invalid(_("Please choose a reason."), fields={"reason": _("Please choose from the list.")})
    with transaction.atomic():
        me = Profile.objects.select_for_update(of=("self",)).get(pk=own(person_id).pk)
        other = acquaintance(me, profile_id, now)
        photos = files.owned(owner_id=person_id, ids=evidence, purpose="evidence")
        if len(photos) != len(set(evidence)):
            raise Invalid(_("These photos cannot be used."), fields={"evidence": _("Please add them again.")})
        before = Report.objects.filter(reporter=me, reported=other, case__closed_at=None).select_related("case").first()
        row = before or _open(me, other, reason, details, photos, now)
        if also:
            also(row)
        return row.case


def _open(me: Profile, other: Profile, reason: str, details: str, photos: Sequence[UUID], now: datetime) -> Report:
    case = workflow.open_case(
        kind=REPORT,
        org=union_of(other),
        about_id=other.person_id,
        opened_by_id=me.person_id,
        summary="",  # what was written stands in the report, and is shown with the evidence
        now=now,
    )
    row = Report(case=case, reporter=me, reported=other, reason=reason, details=details.strip(), at=now)
    row.save(force_insert=True)
    Evidence.objects.bulk_create([Evidence(report=row, photo_id=photo_id) for photo_id in photos])
    due = date_format(case.due_at.astimezone(clock.SHANGHAI), str(_("F j")))
    messages.send(
        person_id=me.person_id, template="dating_report_received", params={"receipt": case.receipt, "due": due}, now=now
    )
    return row


def union_of(profile: Profile) -> Org:
    """The union of the one reported: it can ask on the spot."""
    org = profile.employer.org if profile.employer else Org.objects.filter(depth=1).order_by("path").first()
    assert org is not None  # an installation begins with its tree
    return org


def appeal(*, person_id: UUID, receipt: str, text: str, now: datetime) -> Case:
    """Ask that another person looks again: at a report of mine, or at a decision about me."""
    return workflow.appeal(case=_case(person_id, receipt), by_id=person_id, text=text, now=now)


def _case(person_id: UUID, receipt: str) -> Case:
    decided = Restriction.objects.filter(person_id=person_id, receipt=receipt).select_related("case").first()
    if decided:
        return decided.case
    held = HeldText.objects.filter(profile__person_id=person_id, case__receipt=receipt).select_related("case").first()
    if held:
        return held.case
    filed = Report.objects.filter(case__opened_by_id=person_id, case__receipt=receipt).select_related("case").first()
    if filed is None:
        raise NotFound(_("We could not find that receipt."), next_step=_("Please look at it again."))
    return filed.case
