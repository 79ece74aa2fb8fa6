"""Who sees a living record, and who runs a station. Consent comes first: a frozen record is seen by nobody."""

from django.db.models import Q

from niangjia.core.access import Actor
from niangjia.core.access.policies import NONE, Policy, within
from niangjia.scenes.dating.desk.models import Brand, Introduction, Record, Reward, Spending, Station
from niangjia.scenes.dating.desk.types import LEAD, MATCHMAKE, REGISTER

_SCOPES = {"register": REGISTER, "matchmake": MATCHMAKE, "lead": LEAD}


class StationPolicy(Policy[Station]):
    model = Station

    def rule(self, actor: Actor, action: str) -> Q:
        return within(actor, _SCOPES[action]) & Q(closed_at=None) if action in _SCOPES else NONE


class RecordPolicy(Policy[Record]):
    """Matchmakers, for stations at or below the place of their role; never their own record."""

    model = Record

    def rule(self, actor: Actor, action: str) -> Q:
        if action != "keep":
            return NONE
        return within(actor, MATCHMAKE, path="station__org__path") & Q(frozen_at=None) & ~Q(person=actor.person_id)


class IntroductionPolicy(Policy[Introduction]):
    """Those of a station of theirs, while both records are open to them; never one in which they are introduced."""

    model = Introduction

    def rule(self, actor: Actor, action: str) -> Q:
        if action != "keep":
            return NONE
        not_me = ~Q(one__person=actor.person_id) & ~Q(other__person=actor.person_id)
        return (
            within(actor, MATCHMAKE, path="station__org__path") & not_me & Q(one__frozen_at=None, other__frozen_at=None)
        )


class RewardPolicy(Policy[Reward]):
    model = Reward

    def rule(self, actor: Actor, action: str) -> Q:
        return within(actor, LEAD, path="station__org__path") if action == "decide" else NONE


class SpendingPolicy(Policy[Spending]):
    model = Spending

    def rule(self, actor: Actor, action: str) -> Q:
        return within(actor, LEAD, path="budget__station__org__path") if action == "decide" else NONE


class BrandPolicy(Policy[Brand]):
    model = Brand

    def rule(self, actor: Actor, action: str) -> Q:
        return within(actor, LEAD) if action == "lead" else NONE


stations = StationPolicy()
records = RecordPolicy()
introductions = IntroductionPolicy()
rewards = RewardPolicy()
spendings = SpendingPolicy()
brands = BrandPolicy()
