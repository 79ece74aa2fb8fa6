"""What of group weddings waits for the staff."""

from datetime import datetime

from django.db.models import Count, Min
from django.utils.translation import gettext_lazy as _

from niangjia.core.access import Actor
from niangjia.core.registry import Waits
from niangjia.kernel import clock
from niangjia.scenes.dating.weddings.policies import couples


def waiting(actor: Actor, now: datetime) -> list[Waits]:
    """Couples who both applied, and whose certificate nobody has looked at yet or who have no place yet."""
    rows = couples.which(actor, "arrange").filter(
        confirmed_at=None, wedding__state="published", wedding__held_at__gt=now
    )
    weddings = sorted(set(rows.values_list("wedding", flat=True)))
    path = "/console/dating/weddings" + (f"/one?key={weddings[0]}" if len(weddings) == 1 else "")
    told = rows.aggregate(n=Count("pk"), first=Min("wedding__apply_until"))
    due = clock.today(told["first"]) if told["first"] else None
    return [Waits(_("Couples for a group wedding"), "cake", path, told["n"], due)] if told["n"] else []
