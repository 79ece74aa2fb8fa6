"""Opening cases and moving them on. Every move is one conditional UPDATE: two officers never decide a case twice."""

from collections.abc import Mapping
from datetime import datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from niangjia.core.access import Actor
from niangjia.core.audit import services as audit
from niangjia.core.orgs.models import Org
from niangjia.engines.workflow.models import Case, Step
from niangjia.engines.workflow.policies import cases
from niangjia.engines.workflow.selectors import barred, desk_for, process_of, ways_on
from niangjia.engines.workflow.types import PROCESSES, Moved, Process, Transition
from niangjia.kernel import clock
from niangjia.kernel.errors import Conflict, Forbidden, Invalid, NotFound, StepUpNeeded

CLOSE_OF_BUSINESS = time(18)
ESCALATED = "escalated"


def open_case(
    *,
    kind: str,
    org: Org,
    about_id: UUID | None,
    opened_by_id: UUID | None,
    summary: str,
    data: Mapping[str, Any] | None = None,
    now: datetime,
) -> Case:
    """A new case with a receipt, on the nearest desk that has somebody for it."""
    process = PROCESSES[kind]
    case = Case(
        kind=kind, org=org, about_id=about_id, opened_by_id=opened_by_id, summary=summary, data=dict(data or {})
    )
    return _open(case, process, now)


@transaction.atomic
def _open(case: Case, process: Process, now: datetime) -> Case:
    case.state, case.opened_at, case.due_at = process.start, now, due(process, now)
    case.desk = desk_for(case.org, process, not_these=barred(case)) or case.org
    case.save(force_insert=True)
    _step(case, by_id=case.opened_by_id, transition="opened", source="", reason="", now=now)
    # the one it is about reads their own log: who opened the case must not stand there (check G8)
    audit.record(
        action="case_opened", actor_id=case.opened_by_id, subject_id=case.opened_by_id, target=_target(case), now=now
    )
    return case


def due(process: Process, now: datetime) -> datetime:
    """The end of the last working day in which the case should be answered."""
    day = clock.add_working_days(clock.today(now), process.days)
    return datetime.combine(day, CLOSE_OF_BUSINESS, clock.SHANGHAI)


def claim(*, case: Case, actor: Actor, now: datetime) -> Case:
    """Take a case, so that nobody else works on it meanwhile."""
    found = cases.get(actor, "decide", pk=case.pk)
    if not Case.objects.filter(pk=found.pk, owner=None, closed_at=None).update(owner_id=actor.person_id):
        raise _too_late()
    _look(found, actor, "case_taken", now)
    return _again(found)


def release(*, case: Case, actor: Actor, now: datetime) -> Case:
    """Give a case back to the desk."""
    found = cases.get(actor, "decide", pk=case.pk)
    if not Case.objects.filter(pk=found.pk, owner_id=actor.person_id, closed_at=None).update(owner=None):
        raise _too_late()
    _look(found, actor, "case_given_back", now)
    return _again(found)


@transaction.atomic
def look(*, case: Case, actor: Actor, now: datetime) -> Case:
    """Open a case to read it; the one it is about can see that somebody did."""
    found = cases.get(actor, "see", pk=case.pk)
    _look(found, actor, "case_read", now)
    return found


@transaction.atomic
def move(
    *,
    case: Case,
    actor: Actor,
    transition: str,
    reason: str,
    details: Mapping[str, str] | None = None,
    now: datetime,
) -> Case:
    """Move a case on. Raises NotFound when it is not the actor's, Conflict when somebody was faster."""
    step = _way(case, actor, transition, now)
    checked = _complete(step, reason, details or {})
    if not _swap(case, step, actor, now):
        raise _too_late()
    if step.handed_on:
        _hand_on(case, actor, now)
    moved = _again(case)
    _step(moved, by_id=actor.person_id, transition=step.code, source=step.source, reason=reason.strip(), now=now)
    _look(moved, actor, "case_decided" if moved.closed_at else "case_moved", now)
    _tell(moved, step, actor, reason.strip(), checked, now)
    return moved


def _way(case: Case, actor: Actor, transition: str, now: datetime) -> Transition:
    cases.get(actor, "see", pk=case.pk)
    step = process_of(case).way(case.state, transition)
    if step is None:
        raise _too_late()
    if step not in ways_on(actor, case):
        raise Forbidden(
            _("This case is not yours to decide."), next_step=_("Somebody else of your desk must do it, or is at it.")
        )
    if step.fresh and not actor.is_fresh(now):
        raise StepUpNeeded(
            _("Please confirm once more that it is you."), next_step=_("Enter the six digits from your authenticator.")
        )
    return step


def _complete(step: Transition, reason: str, details: Mapping[str, str]) -> dict[str, str]:
    """The details that the step asks for, all there; raises Invalid otherwise."""
    given = {wanted.name: details.get(wanted.name, "").strip() for wanted in step.inputs}
    missing = [name for name, value in given.items() if not value]
    if step.needs_reason and not reason.strip():
        missing.append("reason")
    if missing:
        hint = _("Please fill this in.")
        raise Invalid(
            _("A decision needs its reason."),
            next_step=_("Write one sentence that the person concerned will understand."),
            fields=dict.fromkeys(missing, hint),
        )
    return given


def _swap(case: Case, step: Transition, actor: Actor, now: datetime) -> bool:
    """The conditional UPDATE: true for exactly one of all who try to move the case out of this state."""
    final = process_of(case).is_final(step.target)
    closing = {"closed_at": now, "decided_by": actor.person_id, "outcome": step.code} if final else {}
    still = Case.objects.filter(Q(owner=None) | Q(owner=actor.person_id), pk=case.pk, state=step.source, closed_at=None)
    return bool(still.update(state=step.target, owner_id=actor.person_id, **closing))


def _hand_on(case: Case, actor: Actor, now: datetime) -> None:
    """To the nearest desk with somebody else, and as much time again."""
    process = process_of(case)
    case.not_by_id = actor.person_id
    desk = desk_for(case.desk, process, not_these=barred(case)) or case.desk
    Case.objects.filter(pk=case.pk).update(not_by=actor.person_id, owner=None, desk=desk, due_at=due(process, now))


def _tell(case: Case, step: Transition, actor: Actor, reason: str, details: dict[str, str], now: datetime) -> None:
    after = process_of(case).after
    if after is not None:
        after(
            Moved(
                case_id=case.pk,
                receipt=case.receipt,
                about_id=case.about_id,
                opened_by_id=case.opened_by_id,
                by_id=actor.person_id,
                transition=step.code,
                target=step.target,
                reason=reason,
                details=details,
                now=now,
            )
        )


def use(*, case_id: UUID, by_id: UUID, outcome: str, within: timedelta, now: datetime) -> Case:
    """Use the leave that a case gave to the one who asked for it: once, and soon. Raises NotFound otherwise."""
    given = Case.objects.filter(
        pk=case_id, opened_by_id=by_id, outcome=outcome, closed_at__gt=now - within, used_at=None
    )
    if not given.update(used_at=now):
        raise NotFound(_("This leave was used already, or it is too old."), next_step=_("Please ask for a new one."))
    return Case.objects.get(pk=case_id)


def appeal(*, case: Case, by_id: UUID, text: str, now: datetime) -> Case:
    """Ask that another person looks again. Open to both sides, once each, for a time after the decision."""
    process = process_of(case)
    if by_id not in (case.about_id, case.opened_by_id) or not process.appeal or case.closed_at is None:
        raise NotFound(_("There is nothing to appeal here."), next_step=_("Please look at your case again."))
    last_day = clock.add_working_days(clock.today(case.closed_at), process.appeal_days)
    if clock.today(now) > last_day:
        raise Conflict(
            _("The time to appeal is over."), next_step=_("You can still call your union and ask for advice.")
        )
    if not text.strip():
        hint = _("Please fill this in.")
        raise Invalid(_("Please tell us what was not right."), fields={"text": hint})
    second = Case(
        kind=process.appeal,
        org=case.org,
        about_id=case.about_id,
        opened_by_id=by_id,
        summary=text.strip(),
        appeal_of=case,
        not_by_id=case.decided_by_id,
    )
    try:
        return _open(second, PROCESSES[process.appeal], now)
    except IntegrityError as error:
        raise Conflict(
            _("You have appealed already."), next_step=_("You will be told as soon as it is decided.")
        ) from error


@transaction.atomic
def escalate_overdue(*, now: datetime) -> int:
    """Cases whose time ran out go to the next desk up the tree, with a new deadline; returns how many."""
    late = Case.objects.filter(closed_at=None, due_at__lt=now).select_related("desk").order_by("id")
    climbing = list(late.select_for_update(of=("self",), skip_locked=True))
    for case in climbing:
        _climb(case, now)
    return len(climbing)


def _climb(case: Case, now: datetime) -> None:
    process = process_of(case)
    case.desk = desk_for(case.desk, process, not_these=barred(case), above=True) or case.desk
    case.owner, case.due_at, case.climbed = None, due(process, now), case.climbed + 1
    case.save(update_fields=["desk", "owner", "due_at", "climbed"])
    _step(case, by_id=None, transition=ESCALATED, source=case.state, reason="", now=now)


def _step(case: Case, *, by_id: UUID | None, transition: str, source: str, reason: str, now: datetime) -> None:
    step = Step(case=case, at=now, by_id=by_id, transition=transition, source=source, target=case.state, reason=reason)
    step.number = Step.objects.filter(case=case).count() + 1  # whoever moves a case holds its row
    step.save(force_insert=True)


def _look(case: Case, actor: Actor, action: str, now: datetime) -> None:
    audit.record(
        action=action, actor_id=actor.person_id, subject_id=case.about_id, target=_target(case), purpose="", now=now
    )


def _target(case: Case) -> tuple[str, object]:
    return ("workflow_case", case.pk)


def _again(case: Case) -> Case:
    return Case.objects.select_related("org", "desk").get(pk=case.pk)


def _too_late() -> Conflict:
    return Conflict(
        _("Somebody else was faster with this case."), next_step=_("Open it again to see what was decided.")
    )
