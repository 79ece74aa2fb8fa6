"""Reports of mine, decisions about me, and whom I may report or block."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q

from niangjia.engines.workflow import selectors as workflow
from niangjia.engines.workflow.models import Case, Step
from niangjia.kernel import clock
from niangjia.scenes.dating.models import Block, Decision, HeldText, Pair, Profile, Report, Restriction, SeenOfDay
from niangjia.scenes.dating.selectors.people import gone, read


@dataclass(frozen=True)
class Filed:
    """A report as its author reads it."""

    report: Report
    case: Case
    outcome: str
    reason: str
    may_appeal: bool


@dataclass(frozen=True)
class Decided:
    """A decision as the one concerned reads it."""

    restriction: Restriction
    may_appeal: bool


def acquaintance(me: Profile, profile_id: UUID, now: datetime) -> Profile:
    """Somebody I may block or report: whom I see, saw today, decided about, blocked, or was paired with.

    Also after they vanished from my sight: whoever harasses first and hides then must not be safe from it.
    """
    if profile_id == me.pk:
        raise gone()
    visible = read(me, "open", now, where="p.id = %(id)s", id=profile_id) or has_met(me, profile_id)
    known = Profile.objects.filter(pk=profile_id).first() if visible else None
    if known is None:
        raise gone()
    return known


def has_met(me: Profile, profile_id: UUID) -> bool:
    """Whom I saw today, decided about, blocked, or was paired with."""
    both = Q(first_id=me.pk, second_id=profile_id) | Q(first_id=profile_id, second_id=me.pk)
    return (
        Decision.objects.filter(chooser_id=me.pk, chosen_id=profile_id).exists()
        or Block.objects.filter(blocker_id=me.pk, blocked_id=profile_id).exists()
        or SeenOfDay.objects.filter(person_id=me.person_id, profiles__contains=[profile_id]).exists()
        or Pair.objects.filter(both).exists()
    )


def reports_of(person_id: UUID, now: datetime) -> list[Filed]:
    """What I reported, the latest first, in three queries."""
    reports = list(Report.objects.filter(case__opened_by_id=person_id).select_related("case").order_by("-at", "-pk"))
    cases = [report.case for report in reports]
    appealed = _appealed(cases, person_id)
    reasons = _reasons(cases)
    return [
        Filed(
            report=report,
            case=report.case,
            outcome=report.case.outcome,
            reason=reasons.get(report.case_id, ""),
            may_appeal=report.case_id not in appealed and in_time(report.case, now),
        )
        for report in reports
    ]


def restrictions_of(person_id: UUID, now: datetime) -> list[Decided]:
    """Decisions about me that hold, the latest first, in two queries."""
    rows = list(
        Restriction.objects.filter(Q(until=None) | Q(until__gt=now), person_id=person_id, lifted_at=None)
        .select_related("case")
        .order_by("-made_at", "-pk")
    )
    appealed = _appealed([row.case for row in rows], person_id)
    return [Decided(row, row.case_id not in appealed and in_time(row.case, now)) for row in rows]


@dataclass(frozen=True)
class Held:
    """Words of mine that others do not read (yet)."""

    row: HeldText
    may_appeal: bool


def held_of(profile: Profile, fields: Collection[str], now: datetime) -> list[Held]:
    """Those that wait, and those that are not shown and were not replaced."""
    current = HeldText.objects.filter(profile=profile, field__in=fields, state__in=HeldText.CURRENT)
    rows = list(current.select_related("case").order_by("at", "pk"))
    appealed = _appealed([row.case for row in rows], profile.person_id) if rows else set()
    return [Held(row, row.case_id not in appealed and in_time(row.case, now)) for row in rows]


def in_time(case: Case, now: datetime) -> bool:
    """Whether a closed case can still be appealed."""
    process = workflow.process_of(case)
    if case.closed_at is None or not process.appeal:
        return False
    return clock.today(now) <= clock.add_working_days(clock.today(case.closed_at), process.appeal_days)


def _appealed(cases: Sequence[Case], person_id: UUID) -> set[UUID]:
    rows = Case.objects.filter(appeal_of__in=[case.pk for case in cases], opened_by_id=person_id)
    return {found for found in rows.values_list("appeal_of_id", flat=True) if found}


def _reasons(cases: Sequence[Case]) -> dict[UUID, str]:
    """Why a report led to nothing. What was done about somebody else stays between us and them."""
    steps = Step.objects.filter(case__in=[case.pk for case in cases], transition="dismiss")
    return {step.case_id: step.reason for step in steps}
