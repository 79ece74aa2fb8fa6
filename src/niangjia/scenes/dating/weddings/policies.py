"""Who arranges a group wedding."""

from django.db.models import Q

from niangjia.core.access import Actor
from niangjia.core.access.policies import NONE, Policy, within
from niangjia.scenes.dating.weddings.models import Couple, Wedding
from niangjia.scenes.dating.weddings.types import ARRANGE


class WeddingPolicy(Policy[Wedding]):
    model = Wedding

    def rule(self, actor: Actor, action: str) -> Q:
        return within(actor, ARRANGE) if action == "arrange" else NONE


class CouplePolicy(Policy[Couple]):
    """Staff meet a couple when both of the two have said that they apply."""

    model = Couple

    def rule(self, actor: Actor, action: str) -> Q:
        if action != "arrange":
            return NONE
        return within(actor, ARRANGE, path="wedding__org__path") & Q(joined_at__isnull=False)


weddings = WeddingPolicy()
couples = CouplePolicy()
