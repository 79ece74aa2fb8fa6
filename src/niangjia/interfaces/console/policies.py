"""Who of the staff may see which people, roles and lines of the log."""

from django.db.models import Q

from niangjia.core.access import Actor
from niangjia.core.access.models import RoleGrant
from niangjia.core.access.policies import ALL, NONE, Policy, within
from niangjia.core.accounts.models import Person
from niangjia.core.attestations.desk_roles import CONFIRM
from niangjia.core.attestations.models import Attestation
from niangjia.core.audit.models import Event
from niangjia.interfaces.console import permissions


class PersonPolicy(Policy[Person]):
    """An officer sees the people who are attested to work where the officer's role reaches. Nobody else, no enterprise.

    `reveal` is to ask for a hidden number of such a person; nobody asks for their own.
    """

    model = Person
    needed = {"see": permissions.SEE_PEOPLE, "reveal": permissions.ASK_REVEAL}

    def rule(self, actor: Actor, action: str) -> Q:
        if action not in self.needed or not actor.holds(self.needed[action]):
            return NONE
        at_work = Attestation.objects.filter(
            within(actor, self.needed[action], path="employer__org__path"), kind="employer", fallen_at=None
        )
        return Q(pk__in=at_work.values("person_id")) & ~Q(pk=actor.person_id) & Q(closed_at=None)


class EmploymentPolicy(Policy[Attestation]):
    """An enterprise sees which of its people say that they work there, and nothing else of them."""

    model = Attestation

    def rule(self, actor: Actor, action: str) -> Q:
        if action != "see":
            return NONE
        return within(actor, CONFIRM, path="employer__org__path") & Q(kind="employer", fallen_at=None)


class GrantPolicy(Policy[RoleGrant]):
    """Living roles within reach. Nobody ends their own: a desk must not be left without its keeper by mistake."""

    model = RoleGrant

    def rule(self, actor: Actor, action: str) -> Q:
        living = Q(ended_at=None)
        if action == "see":
            return within(actor, permissions.SEE_ROLES) & living
        if action == "end":
            common = within(actor, permissions.ASK_ROLES) & ~Q(role__in=permissions.ADMINS)
            return (common | within(actor, permissions.ASK_ADMIN_ROLES)) & living & ~Q(person_id=actor.person_id)
        return NONE


class EventPolicy(Policy[Event]):
    """The audit administrator of the whole house reads the log: who did what and when, never what it said."""

    model = Event

    def rule(self, actor: Actor, action: str) -> Q:
        at_root = any(len(path) == 4 for path in actor.paths(permissions.SEE_LOG))
        return ALL if action == "see" and at_root else NONE


people, employments, grants, events = PersonPolicy(), EmploymentPolicy(), GrantPolicy(), EventPolicy()
