"""Who runs lists and live talks, and who stands on a list: one text of SQL for every form of it."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.db.models import Q

from niangjia.core.access import Actor
from niangjia.core.access.policies import NONE, Policy, within
from niangjia.core.consent.types import PURPOSES
from niangjia.kernel import clock
from niangjia.scenes.dating.policies import STANDING, born_by
from niangjia.scenes.dating.types import ADULT
from niangjia.scenes.dating.weekly.models import Live, WeeklyList
from niangjia.scenes.dating.weekly.types import RUN


class ListPolicy(Policy[WeeklyList]):
    """Staff run the lists of the towns at or below the place of their role."""

    model = WeeklyList

    def rule(self, actor: Actor, action: str) -> Q:
        return within(actor, RUN) if action == "run" else NONE


class LivePolicy(Policy[Live]):
    """The same for live talks. What the two answer is nobody's to read."""

    model = Live

    def rule(self, actor: Actor, action: str) -> Q:
        return within(actor, RUN) if action == "run" else NONE


lists = ListPolicy()
lives = LivePolicy()

_AGREED = """
COALESCE((SELECT c.given AND c.version = %(version_{n})s FROM consent_consentrecord c
           WHERE c.person_id = {p}.person_id AND c.purpose = %(purpose_{n})s ORDER BY c.id DESC LIMIT 1), false)
"""


def agreed(*purposes: str, p: str = "p") -> tuple[str, dict[str, Any]]:
    """Those who agree to all of this now: a condition in SQL, and its parameters."""
    given: dict[str, Any] = {}
    for n, purpose in enumerate(purposes):
        given |= {f"purpose_{n}": purpose, f"version_{n}": PURPOSES[purpose].version}
    return " AND ".join(_AGREED.format(n=n, p=p) for n in range(len(purposes))), given


def listable(now: datetime, purposes: Collection[str]) -> tuple[str, dict[str, Any]]:
    """Those who stand, take no break, and agree."""
    consent, given = agreed(*purposes)
    moment = {"now": now, "adult": born_by(clock.today(now), ADULT)}
    return f"{STANDING.format(p='p')} AND p.visibility <> 'paused' AND {consent}", {**moment, **given}
