"""Reading cases: the officers' inbox, one person's own, and which desk a case belongs on."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet
from django.db.models.functions import Coalesce

from niangjia.core.access import Actor
from niangjia.core.access.models import RoleGrant
from niangjia.core.access.roles import ROLES
from niangjia.core.orgs.models import Org
from niangjia.engines.workflow.models import Case, Step
from niangjia.engines.workflow.policies import cases
from niangjia.engines.workflow.types import PROCESSES, Process, Transition


def process_of(case: Case) -> Process:
    return PROCESSES[case.kind]


def waiting(actor: Actor, *, everything_below: bool = False) -> QuerySet[Case]:
    """Open cases the actor may decide, the most urgent first: those on their own desks, or all below."""
    found = cases.which(actor, "decide").filter(Q(owner=None) | Q(owner_id=actor.person_id))
    if not everything_below:
        found = found.filter(desk_id__in={grant.org_id for grant in actor.grants})
    return found.select_related("org", "desk").order_by("due_at", "id")


def seen_by(actor: Actor) -> QuerySet[Case]:
    """Every case the actor may look at, newest first."""
    return cases.which(actor, "see").select_related("org", "desk").order_by("-opened_at", "-id")


def overdue(now: datetime) -> Q:
    return Q(closed_at=None, due_at__lt=now)


def ways_on(actor: Actor, case: Case) -> tuple[Transition, ...]:
    """What this actor may do to this case now: the same rule that `services.move` asks."""
    if not cases.may(actor, "decide", case) or case.owner_id not in (None, actor.person_id):
        return ()
    return tuple(step for step in process_of(case).ways_on(case.state) if _holds_at_desk(actor, step.permission, case))


def _holds_at_desk(actor: Actor, permission: str, case: Case) -> bool:
    return any(case.desk.path.startswith(root) for root in actor.paths(permission))


def opened_by(person_id: UUID, *, kinds: Iterable[str]) -> QuerySet[Case]:
    return Case.objects.filter(opened_by_id=person_id, kind__in=list(kinds)).order_by("-opened_at", "-id")


def first_of(case_id: UUID) -> UUID:
    """The case itself, or the one that it appeals: what they are about hangs on the first."""
    found: UUID = Case.objects.values_list(Coalesce("appeal_of", "pk"), flat=True).get(pk=case_id)
    return found


def history(case: Case) -> QuerySet[Step]:
    return Step.objects.filter(case=case).select_related("by").order_by("number")


def reason_given(case: Case) -> str:
    """The reason of the step that closed the case; it is written for the one whom it concerns."""
    last = Step.objects.filter(case=case, target=case.state).order_by("-number").first()
    return last.reason if last else ""


def desk_for(org: Org, process: Process, *, not_these: Iterable[UUID | None] = (), above: bool = False) -> Org | None:
    """The nearest organisation from `org` upwards (or truly above it) where an officer for this process sits."""
    roles = [role.code for role in ROLES.values() if role.permissions & process.permissions]
    paths = [org.path[: depth * Org.steplen] for depth in range(1, org.depth + (not above))]
    officers = RoleGrant.objects.filter(ended_at=None, role__in=roles, org__path__in=paths)
    officers = officers.exclude(person_id__in=[person for person in not_these if person])
    nearest = officers.order_by("-org__depth").select_related("org").first()
    return nearest.org if nearest else None


def barred(case: Case) -> list[UUID | None]:
    """Who must not decide it: the two sides, and whoever had a hand in it or in the case it appeals."""
    before = Step.objects.filter(case=case.appeal_of_id).values_list("by_id", flat=True) if case.appeal_of_id else ()
    return [case.about_id, case.opened_by_id, case.not_by_id, *before]


def reread(case: Case) -> Case:
    """The case as it is now, with what its page shows."""
    return Case.objects.select_related("org", "desk", "about", "appeal_of").get(pk=case.pk)
