"""What of firms' shows waits for the staff."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from niangjia.core.access import Actor
from niangjia.core.registry import Waits
from niangjia.scenes.dating.venues.models import ShowState
from niangjia.scenes.dating.venues.policies import shows


def waiting(actor: Actor, now: datetime) -> list[Waits]:
    """Those sent by others: whoever wrote one does not look at it."""
    rows = shows.which(actor, "decide").filter(state=ShowState.SENT, day__gt=now).exclude(made_by=actor.person_id)
    n = rows.count()
    return [Waits(_("Firms' shows to look at"), "co_present", "/console/dating/shows/decide", n)] if n else []
