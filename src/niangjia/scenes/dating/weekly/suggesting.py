"""Whom to invite to the live programme: the engine's pairs among those who agreed. Only the worker imports this."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

import numpy as np
from django.db import transaction
from django.db.models import Q

from niangjia.core.orgs.models import Org
from niangjia.engines.matching.kernels.selection.pairs import best_pairs
from niangjia.scenes.dating.events.room import Room
from niangjia.scenes.dating.models import Decision, Pair
from niangjia.scenes.dating.recommend.likes import learn
from niangjia.scenes.dating.recommend.pools import tints_of
from niangjia.scenes.dating.selectors import market
from niangjia.scenes.dating.weekly.models import Guest, Suggestion
from niangjia.scenes.dating.weekly.policies import agreed
from niangjia.scenes.dating.weekly.types import LIVE, SUGGESTED

MOST = 600  # of a larger crowd a part, anew every day


@transaction.atomic
def suggest(*, org_id: UUID, now: datetime) -> int:
    """The best pairs of those in the region of this union who agreed to be invited and never talked in it."""
    org = Org.objects.get(pk=org_id)
    room = _room(org, now)
    weights, may = room.weights()
    _leave_out(room, may)
    weights[~may] = 0
    found = best_pairs(weights, allowed=may).as_list() if may.any() else []
    best = sorted(found, key=lambda couple: -weights[couple])[:SUGGESTED]
    women, men = room.ids_of(room.women), room.ids_of(room.men)
    Suggestion.objects.filter(org=org).delete()
    rows = [
        Suggestion(org=org, woman_id=women[i], man_id=men[j], place=at, made_at=now) for at, (i, j) in enumerate(best)
    ]
    Suggestion.objects.bulk_create(rows)
    return len(rows)


def _room(org: Org, now: datetime) -> Room:
    consent, given = agreed(LIVE)
    which = f"p.district LIKE %(region)s AND {consent}"
    people = market.people(now, which=which, params={"region": _prefix(org.region) + "%", **given})
    rows = np.arange(people.size, dtype=np.int32)
    women, men = rows[people.is_woman], rows[~people.is_woman]
    return Room(
        people=people,
        women=women[:MOST],
        men=men[:MOST],
        likes=learn(people, market.decisions(people)),
        tints=tints_of(people, now=now),
        blocked=market.blocks(people),
    )


def _prefix(region: str) -> str:
    """330100 -> 3301: a city's districts begin so."""
    return region.rstrip("0") if len(region.rstrip("0")) % 2 == 0 else region.rstrip("0") + "0"


def _leave_out(room: Room, may: "np.ndarray[tuple[int, ...], np.dtype[np.bool_]]") -> None:
    """Pairs already, one of whom passed the other, or who talked in the programme before."""
    women = {key: at for at, key in enumerate(room.ids_of(room.women))}
    men = {key: at for at, key in enumerate(room.ids_of(room.men))}
    both = [*women, *men]
    couples: list[Sequence[UUID]] = [*_pairs(both), *_passed(both), *_talked(both)]
    for one, other in couples:
        woman, man = (one, other) if one in women else (other, one)
        if woman in women and man in men:
            may[women[woman], men[man]] = False


def _pairs(both: Sequence[UUID]) -> Sequence[Sequence[UUID]]:
    rows = Pair.objects.filter(first__in=both, second__in=both, ended_at=None)
    return list(rows.values_list("first", "second"))


def _passed(both: Sequence[UUID]) -> Sequence[Sequence[UUID]]:
    return list(
        Decision.objects.filter(Q(said="pass"), chooser__in=both, chosen__in=both).values_list("chooser", "chosen")
    )


def _talked(both: Sequence[UUID]) -> Sequence[Sequence[UUID]]:
    seats: dict[UUID, list[UUID]] = {}
    for live, profile in Guest.objects.filter(profile__in=both).order_by("live").values_list("live", "profile"):
        seats.setdefault(live, []).append(profile)
    return [guests for guests in seats.values() if len(guests) == 2]
