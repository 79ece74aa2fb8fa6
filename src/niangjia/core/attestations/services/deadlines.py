"""Desks that did not answer in time: an enterprise is passed over, a union's desk gives way to the one above it."""

from datetime import datetime

from django.db import transaction

from niangjia.core.access.models import RoleGrant
from niangjia.core.access.roles import ROLES
from niangjia.core.attestations.desk_roles import VERIFY
from niangjia.core.attestations.models import Request
from niangjia.core.attestations.services.desk import DUE, union_of
from niangjia.core.messages import services as messages
from niangjia.core.orgs.models import Org
from niangjia.core.orgs.selectors import paths_above
from niangjia.kernel import clock


@transaction.atomic
def pass_on_overdue(*, now: datetime) -> int:
    """Returns how many requests lie on another desk now. Each person concerned is told."""
    overdue = (
        Request.objects.filter(state="waiting", due_on__lt=clock.today(now))
        .select_related("org", "employer__org")
        .order_by("pk")
    )
    return sum(_pass_on(request, now) for request in overdue.select_for_update(of=("self",), skip_locked=True))


def _pass_on(request: Request, now: datetime) -> bool:
    """False at the top of the tree: there it stays overdue, for everybody to see."""
    climbs = request.desk == "union"
    org = _desk_above(request) if climbs else _union_of(request)
    if org is None:
        return False
    request.desk, request.org, request.climbed = "union", org, request.climbed + climbs
    request.due_on = clock.add_working_days(clock.today(now), DUE["union"])
    request.save(update_fields=["desk", "org", "climbed", "due_on"])
    template = "request_climbed" if climbs else "request_passed_on"
    messages.send(person_id=request.person_id, template=template, params={"receipt": request.receipt}, now=now)
    return True


def _union_of(request: Request) -> Org:
    assert request.employer is not None  # a constraint of the table
    return union_of(request.employer)


def _desk_above(request: Request) -> Org | None:
    """The nearest office above with an officer for it who is not the person concerned."""
    roles = [role.code for role in ROLES.values() if VERIFY in role.permissions]
    officers = RoleGrant.objects.filter(
        ended_at=None, role__in=roles, org__path__in=list(paths_above(request.org.path))
    )
    nearest = officers.exclude(person_id=request.person_id).order_by("-org__depth").select_related("org").first()
    return nearest.org if nearest else None
