"""Who runs an event of dating, and who may enter it."""

from datetime import datetime

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from niangjia.core.access import Actor
from niangjia.core.access.policies import NONE, Policy, within
from niangjia.core.orgs.trades import GIG_TRADES
from niangjia.kernel import clock
from niangjia.kernel.errors import Forbidden
from niangjia.scenes.dating.events.types import RUN
from niangjia.scenes.dating.models import Event, Profile


class EventPolicy(Policy[Event]):
    """Staff run what is organised at or below the place of their role. What entrants choose is nobody's to read."""

    model = Event

    def rule(self, actor: Actor, action: str) -> Q:
        return within(actor, RUN) if action == "run" else NONE


events = EventPolicy()


def lacks(me: Profile, event: Event, now: datetime) -> str:
    """What a member of good standing lacks for this event, in words; "" when nothing."""
    age = clock.age_on(me.birth_date, clock.today(now)) if me.birth_date else 0
    if event.gig_only and not (me.employer and me.employer.industry in GIG_TRADES):
        return str(_("This one is for couriers, riders, drivers and others who work on the road or by the order."))
    if event.age_from and age < event.age_from:
        return str(_("This one is for people from {age} years on.")).format(age=event.age_from)
    if event.age_to and age > event.age_to:
        return str(_("This one is for people up to {age} years.")).format(age=event.age_to)
    return ""


def require(me: Profile, event: Event, now: datetime) -> None:
    lacking = lacks(me, event, now)
    if lacking:
        raise Forbidden(lacking, code="not_entitled", next_step=_("Have a look at the other events; there are more."))
