"""Who may see and who may run an activity.

Workers see what is published: what unions offer to everybody, and what a firm's union offers to its own people.
Staff run what is organised at or below the place of their role, and nothing beside it.
"""

from django.db.models import Q

from niangjia.core.access import Actor
from niangjia.core.access.policies import NONE, Policy, within
from niangjia.core.orgs.models import Level
from niangjia.core.orgs.selectors import paths_above
from niangjia.scenes.activities.models import Activity, Series, State
from niangjia.scenes.activities.types import DOOR, RUN, SEE_FIGURES

_STAFF = {"run": RUN, "door": DOOR, "figures": SEE_FIGURES}


class ActivityPolicy(Policy[Activity]):
    """`run`: everything. `door`: letting people in. `figures`: counts without names."""

    model = Activity

    def rule(self, actor: Actor, action: str) -> Q:
        return within(actor, _STAFF[action]) if action in _STAFF else NONE


class SeriesPolicy(Policy[Series]):
    model = Series

    def rule(self, actor: Actor, action: str) -> Q:
        return within(actor, _STAFF[action]) if action in ("run", "figures") else NONE


def open_to(path: str | None) -> Q:
    """Published activities for somebody employed at this place of the tree (None: nowhere that is verified)."""
    above = [*paths_above(path), path] if path else []
    return ~Q(state=State.DRAFT) & (~Q(org__level=Level.ENTERPRISE) | Q(org__path__in=above))


activities = ActivityPolicy()
series = SeriesPolicy()
