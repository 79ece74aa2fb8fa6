"""Which organisations and firms an actor may see or change: those at and below the place of their role."""

from django.db.models import Q

from niangjia.core.access.policies import NONE, Policy, within
from niangjia.core.access.types import Actor
from niangjia.core.orgs.models import Employer, Org

_PERMISSIONS = {"see": "orgs.see", "manage": "orgs.manage"}


class OrgPolicy(Policy[Org]):
    """`see` and `manage` reach the whole subtree of a role.

    `place` (to move, merge or end) leaves out its root: nobody changes the place of the office they hold.
    """

    model = Org

    def rule(self, actor: Actor, action: str) -> Q:
        if action == "place":
            inside: Q = within(actor, "orgs.manage", path="path")
            return inside & ~Q(path__in=_roots_not_below_another(actor))
        if action not in _PERMISSIONS:
            return NONE
        return within(actor, _PERMISSIONS[action], path="path")


def _roots_not_below_another(actor: Actor) -> list[str]:
    roots = set(actor.paths("orgs.manage"))
    return [root for root in roots if not any(root != other and root.startswith(other) for other in roots)]


class EmployerPolicy(Policy[Employer]):
    model = Employer

    def rule(self, actor: Actor, action: str) -> Q:
        return within(actor, _PERMISSIONS[action]) if action in _PERMISSIONS else NONE
