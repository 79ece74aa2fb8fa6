"""“Waiting for me”: one list over everything that an officer must answer, the latest deadline last."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _

from niangjia.core import access
from niangjia.core.access import Actor
from niangjia.core.attestations.models import Request
from niangjia.core.attestations.policies import RequestPolicy
from niangjia.core.registry import Waits, scenes
from niangjia.engines.workflow import selectors as workflow
from niangjia.engines.workflow.models import Case
from niangjia.interfaces.console import two_people
from niangjia.interfaces.console.frame import page
from niangjia.kernel import clock

SHOWN = 100  # of each kind; the most urgent first


@dataclass(frozen=True)
class Line:
    """One thing that waits. It is opened by a POST, since opening is recorded."""

    kind: object
    icon: str
    what: str
    where: str
    due: datetime
    action: str
    key: str
    late: bool
    climbed: bool


@access.signed_in
def inbox(request: HttpRequest) -> HttpResponse:
    actor, now = access.actor_of(request), clock.now()
    if not actor.grants:
        return redirect("/console/sign-in")
    wanted = request.GET.get("kind", "")
    lines = sorted(waiting_for(actor, now), key=lambda line: line.due)
    kinds = {str(line.kind): sum(other.kind == line.kind for other in lines) for line in lines}
    shown = [line for line in lines if not wanted or str(line.kind) == wanted]
    return page(
        request,
        "console/inbox.html",
        _("Waiting for me"),
        lines=shown,
        kinds=kinds,
        wanted=wanted,
        late=sum(line.late for line in lines),
        leaves=_leaves(actor, now),
        waits=[(one, one.due is not None and one.due < clock.today(now)) for one in _of_scenes(actor, now)],
    )


def _of_scenes(actor: Actor, now: datetime) -> list[Waits]:
    """What waits at a page of a scene's own; what is due first comes first."""
    found = [one for scene in scenes() if scene.at_desk for one in scene.at_desk(actor, now)]
    return sorted(found, key=lambda one: one.due or date.max)


def waiting_for(actor: Actor, now: datetime) -> Iterator[Line]:
    for case in workflow.waiting(actor)[:SHOWN]:
        yield _case_line(case, now)
    requests = RequestPolicy().which(actor, "decide").filter(state="waiting")
    for request in requests.select_related("org", "employer").order_by("due_on", "id")[:SHOWN]:
        yield _request_line(request, now)


def _case_line(case: Case, now: datetime) -> Line:
    process = workflow.process_of(case)
    return Line(
        kind=process.title,
        icon="lock_open" if case.kind == two_people.REVEAL else "gavel",
        what=case.receipt,
        where=case.org.name,
        due=case.due_at,
        action="/console/case",
        key=str(case.pk),
        late=case.due_at < now,
        climbed=case.climbed > 0,
    )


def _request_line(request: Request, now: datetime) -> Line:
    is_document = request.kind == "real_person"
    due = datetime.combine(request.due_on, time(18), clock.SHANGHAI)
    return Line(
        kind=_("Identity document") if is_document else _("Employment to confirm"),
        icon="badge" if is_document else "how_to_reg",
        what=request.receipt,
        where=request.employer.name if request.employer else request.org.name,
        due=due,
        action="/console/request",
        key=str(request.pk),
        late=due < now,
        climbed=request.climbed > 0,
    )


def _leaves(actor: Actor, now: datetime) -> list[dict[str, Any]]:
    """What I asked for and may look at now."""
    assert actor.person_id is not None  # somebody is signed in
    given = workflow.opened_by(actor.person_id, kinds=[two_people.REVEAL]).filter(
        outcome=two_people.APPROVED, used_at=None, closed_at__gt=now - two_people.REVEAL_LIFE
    )
    return [
        {"key": case.pk, "what": two_people.WHAT[str(case.data["what"])], "purpose": case.summary} for case in given
    ]
