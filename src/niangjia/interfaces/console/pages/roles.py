"""Proposing a role, ending one, and handing out setup secrets."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from niangjia.core import access
from niangjia.core.access import Actor
from niangjia.core.access.policies import within
from niangjia.core.access.roles import ROLES
from niangjia.core.accounts import administrators
from niangjia.core.accounts.models import Person
from niangjia.core.orgs.models import Org
from niangjia.core.pages import go, key_of, status_of, told
from niangjia.interfaces.console import permissions, two_people
from niangjia.interfaces.console.frame import page
from niangjia.interfaces.console.policies import grants
from niangjia.kernel import clock
from niangjia.kernel.china import mask_phone
from niangjia.kernel.errors import DomainError


@access.needs(permissions.ASK_ROLES, fresh=True)
def propose(request: HttpRequest) -> HttpResponse:
    actor = access.actor_of(request)
    chosen, find = request.GET.get("org", ""), request.GET.get("find", "")
    context: dict[str, Any] = {"roles": _roles(actor), "orgs": _orgs(actor, find), "find": find, "chosen": chosen}
    title = _("Propose a role")
    if request.method != "POST":
        return page(request, "console/propose_role.html", title, **context)
    try:
        two_people.ask_role(
            actor=actor,
            phone=request.POST.get("phone", ""),
            role=request.POST.get("role", ""),
            org_id=key_of(request, "org"),
            reason=request.POST.get("reason", ""),
            now=clock.now(),
        )
    except DomainError as error:
        typed = {"typed": request.POST, **told(error)}
        return page(request, "console/propose_role.html", title, status=status_of(error), **context, **typed)
    return go("/console/", "asked")


def _roles(actor: Actor) -> list[tuple[str, object]]:
    may_admins = actor.holds(permissions.ASK_ADMIN_ROLES)
    return [(role.code, role.title) for role in ROLES.values() if may_admins or role.code not in permissions.ADMINS]


def _orgs(actor: Actor, find: str) -> list[tuple[str, str]]:
    """Organisations to choose from: the nearest to the actor's own, or those whose name was searched."""
    rows = Org.objects.filter(within(actor, permissions.ASK_ROLES, path="path"), ended_at=None)
    if find:
        rows = rows.filter(name__icontains=find)
    return [(str(org.pk), org.name) for org in rows.order_by("depth", "path")[:200]]


@access.needs(permissions.ASK_ROLES, fresh=True)
def end(request: HttpRequest) -> HttpResponse:
    actor = access.actor_of(request)
    grant = grants.get(actor, "end", pk=key_of(request, "key"))
    if request.method == "POST":
        two_people.end_role(actor=actor, grant_id=grant.pk, now=clock.now())
        return go("/console/roles", "ended")
    role = ROLES[grant.role].title if grant.role in ROLES else grant.role
    who = mask_phone(grant.person.phone)
    return page(request, "console/end_role.html", _("End a role"), grant=grant, role=role, who=who)


@access.needs(permissions.ASK_ROLES, fresh=True)
def setup_secret(request: HttpRequest) -> HttpResponse:
    """A one-time secret for somebody who has a role but no authenticator yet, or lost it. Shown once, handed over."""
    actor = access.actor_of(request)
    grant = grants.get(actor, "end", pk=key_of(request, "key"))
    secret = ""
    if request.method == "POST":
        by = request.user if isinstance(request.user, Person) else None
        secret = administrators.setup_secret(person=grant.person, by=by, now=clock.now())
    who = mask_phone(grant.person.phone)
    return page(request, "console/setup_secret.html", _("Setup secret"), secret=secret, grant=grant, who=who)
