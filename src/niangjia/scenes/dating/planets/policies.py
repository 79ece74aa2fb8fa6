"""Who opens planets: staff of a union, at or below the place of their role."""

from django.db.models import Q

from niangjia.core.access import Actor
from niangjia.core.access.policies import NONE, Policy, within
from niangjia.scenes.dating.planets.models import Planet
from niangjia.scenes.dating.planets.types import RUN_PLANETS


class PlanetPolicy(Policy[Planet]):
    model = Planet

    def rule(self, actor: Actor, action: str) -> Q:
        return within(actor, RUN_PLANETS) if action == "run" else NONE


planets = PlanetPolicy()
