"""How far I am trusted, what each tier means, and what to do next. Codes: the phone app keeps the words."""

from datetime import datetime
from typing import Any, Literal

from django.http import HttpRequest
from pydantic import BaseModel

from niangjia.core import access
from niangjia.kernel import clock
from niangjia.scenes.dating.api.frame import answer, person_of, router
from niangjia.scenes.dating.selectors.people import own
from niangjia.scenes.dating.selectors.tiers import grounds_of
from niangjia.scenes.dating.tiers import TIERS, lacks, proven_on, tier_of


class TierStep(BaseModel):
    """One tier. `lacks`: what is still to be done for it; `on`: when time alone will have done it."""

    code: Literal["registered", "real", "triple", "at_ease"]
    reached: bool
    lacks: list[Literal["real_person", "employer", "single", "days", "conduct", "absence"]]
    on: datetime | None


class MyTier(BaseModel):
    tier: Literal["registered", "real", "triple", "at_ease"]
    steps: list[TierStep]


@router.get("/tiers", response=MyTier)
@access.signed_in
def tiers(request: HttpRequest) -> Any:
    """My own tier. It rests on verification and conduct alone; nobody can buy it or sit it out."""
    now = clock.now()
    grounds = grounds_of(own(person_of(request)), now)
    steps = []
    for code in TIERS:
        missing = list(lacks(grounds, code, now))
        on = proven_on(grounds) if "days" in missing else None
        steps.append(TierStep(code=code, reached=not missing, lacks=missing, on=on))
    return answer(MyTier(tier=tier_of(grounds, now), steps=steps))
