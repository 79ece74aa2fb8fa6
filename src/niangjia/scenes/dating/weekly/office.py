"""What of the weekly list waits for the staff."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from niangjia.core.access import Actor
from niangjia.core.registry import Waits
from niangjia.scenes.dating.types import week_of
from niangjia.scenes.dating.weekly.models.lists import State
from niangjia.scenes.dating.weekly.policies import lists


def waiting(actor: Actor, now: datetime) -> list[Waits]:
    """Lists of this week that nobody has published yet."""
    n = lists.which(actor, "run").filter(state=State.DRAFT, monday__gte=week_of(now)).count()
    return [Waits(_("Weekly lists to publish"), "format_list_numbered", "/console/dating/weekly", n)] if n else []
