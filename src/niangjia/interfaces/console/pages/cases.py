"""Cases: the list, one case with its evidence and history, and the decision."""

from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from niangjia.core import access
from niangjia.core.access import Actor
from niangjia.core.access.roles import ROLES
from niangjia.core.accounts.models import Person
from niangjia.core.pages import go, status_of, told
from niangjia.engines.workflow import selectors, services
from niangjia.engines.workflow.models import Case
from niangjia.engines.workflow.policies import cases
from niangjia.engines.workflow.types import PROCESSES, Exhibit
from niangjia.interfaces.console import two_people
from niangjia.interfaces.console.frame import page
from niangjia.interfaces.console.permissions import WORK
from niangjia.kernel import clock
from niangjia.kernel.china import mask_name, mask_phone, sentences
from niangjia.kernel.errors import DomainError, NotFound, StepUpNeeded

PER_PAGE = 50


@access.needs(WORK)
def case_list(request: HttpRequest) -> HttpResponse:
    """Every case that the actor may look at; the inbox holds only what they must answer."""
    actor = access.actor_of(request)
    state, kind = request.GET.get("state", "open"), request.GET.get("kind", "")
    found = _chosen(selectors.seen_by(actor), state, kind)
    reachable = [p for p in PROCESSES.values() if any(actor.holds(permission) for permission in p.permissions)]
    return page(
        request,
        "console/cases.html",
        _("Reports and appeals"),
        rows=[(case, PROCESSES[case.kind], PROCESSES[case.kind].title_of(case.state)) for case in found[:PER_PAGE]],
        total=found.count(),
        state=state,
        kind=kind,
        kinds=reachable,
        now=clock.now(),
    )


def _chosen(found: QuerySet[Case], state: str, kind: str) -> QuerySet[Case]:
    if kind:
        found = found.filter(kind=kind)
    if state == "open":
        return found.filter(closed_at=None).order_by("due_at", "id")
    return found.exclude(closed_at=None) if state == "closed" else found


@access.needs(WORK)
def case_page(request: HttpRequest) -> HttpResponse:
    """Opened by POST, because the look itself is recorded and shown to the one it concerns."""
    if request.method != "POST":
        return go("/console/cases")
    actor = access.actor_of(request)
    case = services.look(case=_named(actor, request), actor=actor, now=clock.now())
    return _show(request, actor, case)


@access.needs(WORK)
def take(request: HttpRequest) -> HttpResponse:
    """Take a case, or give it back."""
    if request.method != "POST":
        return go("/console/cases")
    actor = access.actor_of(request)
    act = services.release if "back" in request.POST else services.claim
    case = act(case=_named(actor, request), actor=actor, now=clock.now())
    return _show(request, actor, case)


@access.needs(WORK)
def decide(request: HttpRequest) -> HttpResponse:
    """One transition, with its reason; what was typed stays when something is missing."""
    if request.method != "POST":
        return go("/console/cases")
    actor, now = access.actor_of(request), clock.now()
    case = _named(actor, request)
    details = {name.removeprefix("detail-"): str(text) for name, text in request.POST.items() if "detail-" in name}
    try:
        services.move(
            case=case,
            actor=actor,
            transition=request.POST.get("transition", ""),
            reason=_reason(request),
            details=details,
            now=now,
        )
    except StepUpNeeded:
        raise
    except DomainError as error:
        return _show(request, actor, selectors.reread(case), status=status_of(error), typed=request.POST, **told(error))
    return go("/console/", "moved")


def _reason(request: HttpRequest) -> str:
    """A sentence from the list, one's own words, or both."""
    return sentences(request.POST.get("ready", ""), request.POST.get("reason", ""))


def _named(actor: Actor, request: HttpRequest) -> Case:
    try:
        key = UUID(request.POST.get("key", ""))
    except ValueError as error:
        raise NotFound(_("We could not find that."), next_step=_("Please go back and look again.")) from error
    return cases.get(actor, "see", pk=key)


def _show(request: HttpRequest, actor: Actor, case: Case, status: int = 200, **context: object) -> HttpResponse:
    process, ways = selectors.process_of(case), selectors.ways_on(actor, case)
    return page(
        request,
        "console/case.html",
        process.title,
        status=status,
        case=case,
        process=process,
        state=process.title_of(case.state),
        about=_masked(case.about),
        exhibits=_exhibits(case, actor),
        steps=_steps(case),
        ways=ways,
        stale=any(way.fresh for way in ways) and not actor.is_fresh(clock.now()),
        mine=case.owner_id == actor.person_id,
        taken=case.owner_id not in (None, actor.person_id),
        earlier=case.appeal_of,
        earlier_reason=selectors.reason_given(case.appeal_of) if case.appeal_of else "",
        now=clock.now(),
        **context,
    )


def _exhibits(case: Case, actor: Actor) -> tuple[Exhibit, ...]:
    own = _own_exhibits(case)
    show = selectors.process_of(case).exhibits
    assert actor.person_id is not None  # the policy gave the case to somebody
    return (*own, *(show(case.pk, actor.person_id, clock.now()) if show else ()))


def _own_exhibits(case: Case) -> tuple[Exhibit, ...]:
    """What the acts of two people ask for."""
    if case.kind == two_people.ROLE:
        role = str(case.data["role"])
        return (
            Exhibit(_("Role"), str(ROLES[role].title) if role in ROLES else role),
            Exhibit(_("Organisation"), case.org.name),
            Exhibit(_("Proposed by"), _masked(case.opened_by)),
        )
    if case.kind == two_people.REVEAL:
        return (
            Exhibit(_("Wants to see"), str(two_people.WHAT[str(case.data["what"])])),
            Exhibit(_("Asked by"), _masked(case.opened_by)),
        )
    return ()


def _steps(case: Case) -> list[dict[str, object]]:
    """The history, told without naming who opened the case: the page may be printed or shown."""
    process = selectors.process_of(case)
    titles = {step.code: step.title for step in process.transitions}
    fixed = {"opened": _("Received"), services.ESCALATED: _("Time ran out; passed up the tree")}
    return [
        {
            "at": step.at,
            "title": titles.get(step.transition) or fixed.get(step.transition, step.transition),
            "by": "" if step.transition == "opened" else _masked(step.by),
            "reason": step.reason,
        }
        for step in selectors.history(case)
    ]


def _masked(person: Person | None) -> str:
    return (mask_name(person.legal_name) or mask_phone(person.phone)) if person else ""
