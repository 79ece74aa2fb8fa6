"""Who runs venues, who writes shows, and who lets them out."""

from django.db.models import Q

from niangjia.core.access import Actor
from niangjia.core.access.policies import NONE, Policy, within
from niangjia.core.orgs.models import Employer
from niangjia.scenes.dating.venues.models import Show, ShowState, Venue
from niangjia.scenes.dating.venues.types import APPROVE_SHOWS, RUN, WRITE_SHOWS


class VenuePolicy(Policy[Venue]):
    """Staff run the venues of their union and of those below it."""

    model = Venue

    def rule(self, actor: Actor, action: str) -> Q:
        return within(actor, RUN) if action == "run" else NONE


class ShowPolicy(Policy[Show]):
    """A firm writes its own; the union above reads those that were sent, and decides."""

    model = Show

    def rule(self, actor: Actor, action: str) -> Q:
        if action == "write":
            return within(actor, WRITE_SHOWS, path="employer__org__path")
        if action == "decide":
            return within(actor, APPROVE_SHOWS, path="employer__org__path") & ~Q(state=ShowState.DRAFT)
        return NONE


class EmployerPolicy(Policy[Employer]):
    """Firms for which somebody may write."""

    model = Employer

    def rule(self, actor: Actor, action: str) -> Q:
        return within(actor, WRITE_SHOWS) & Q(ended_at=None) if action == "write" else NONE


venues = VenuePolicy()
shows = ShowPolicy()
firms = EmployerPolicy()
