"""Everybody's list of the day: at night for the whole market, at any time for one newcomer.

Only the worker imports this: numba, LightGBM and an embedding have no place in a web process.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from uuid import UUID

import numpy as np
from django.db import connection
from scipy.special import expit, logit

from niangjia.core.consent import purposes
from niangjia.core.consent import selectors as consent
from niangjia.engines.matching import selectors as runs
from niangjia.engines.matching.kernels.eligibility import candidates, no_exclusions
from niangjia.engines.matching.kernels.preferences.cold_start import ColdStart, embed, text_likeness
from niangjia.engines.matching.models import Price, Run
from niangjia.engines.matching.services import lists, running
from niangjia.engines.matching.services.clearing import clear
from niangjia.engines.matching.types import F32, I32, Cleared, Plan, Progress, as_uuids
from niangjia.kernel import clock
from niangjia.kernel.errors import Conflict
from niangjia.scenes.dating.models import Profile, Visibility
from niangjia.scenes.dating.policies import Sight, conditions, stands, wishes_of
from niangjia.scenes.dating.recommend.likes import KNOWS_NOTHING, Alike, Likes, learn, stated_wishes
from niangjia.scenes.dating.recommend.pools import F64, excluded, pool, tints_of
from niangjia.scenes.dating.selectors import market
from niangjia.scenes.dating.selectors.market import Between, Bools, People
from niangjia.scenes.dating.types import POOL

PLAN = Plan()
LATELY = timedelta(weeks=12)  # who was not here since is found, but not recommended
AROUND_ONE = 1_000  # of those a newcomer wishes for, so many of the most active are weighed
READ_TEXTS = 40  # and the texts of so many of the best are read
_LATELY = "p.active_week >= %(lately)s"


def make_lists(*, now: datetime, plan: Plan = PLAN) -> Run:
    """Lists for everybody who agreed to a personal order. Raises Conflict while another run is under way."""
    made = running.run(pool=POOL, work=partial(_clear, now, plan), now=now)
    _forget_withdrawn()
    return made


def _clear(now: datetime, plan: Plan, progress: Progress) -> list[Cleared]:
    with progress.stage("reading"):
        everybody = market.people(now, which=_LATELY, params={"lately": clock.today(now - LATELY)})
        said, blocked = market.decisions(everybody), market.blocks(everybody)
        progress.people = everybody.size
    with progress.stage("learning"):
        likes = learn(everybody, said)
        progress.card = likes.card
    night = _Night(everybody, likes, tints_of(everybody, now=now), (said, blocked), plan, progress)
    women, wanting = everybody.is_woman, everybody.wants_order
    return [night.side("f", women & wanting, ~women), night.side("m", ~women & wanting, women)]


@dataclass(frozen=True, slots=True, eq=False)
class _Night:
    """What both sides share. `apart`: whom one decided about does not come again, and blocks.

    What the others said of me is not looked at: a list tells nothing of their secrets, not even by who is missing.
    """

    everybody: People
    likes: Likes
    tints: F32
    apart: tuple[Between, ...]
    plan: Plan
    progress: Progress

    def side(self, name: str, owning: Bools, showing: Bools) -> Cleared:
        owners, shown = (np.flatnonzero(flags).astype(np.int32) for flags in (owning, showing))
        return clear(
            side=name,
            proactive=pool(self.everybody, owners, tints=self.tints),
            reactive=pool(self.everybody, shown, tints=self.tints),
            excluded=excluded(self.everybody, owners, shown, self.apart),
            likes=lambda i, j: self.likes.between(owners[i], shown[j]),
            plan=self.plan,
            progress=self.progress,
        )


_WITHDRAWN = """
DELETE FROM matching_rankedlist l USING dating_profile p
 WHERE p.id = l.owner
   AND NOT COALESCE((SELECT c.given FROM consent_consentrecord c
                      WHERE c.person_id = p.person_id AND c.purpose = %s ORDER BY c.id DESC LIMIT 1), false)
"""


def _forget_withdrawn() -> None:
    """Of those who took their consent back while the run was under way."""
    with connection.cursor() as cursor:
        cursor.execute(_WITHDRAWN, [purposes.PERSONAL_ORDER])


def rank_members(*, person_ids: Sequence[UUID], now: datetime) -> int:
    """A list for each of these who may have one; returns how many were made. Before the first night, for everybody."""
    wanting = [me for me in Profile.objects.filter(person_id__in=person_ids).order_by("pk") if _may_have_one(me, now)]
    run = runs.current(POOL)
    if wanting and run is None:
        return _first_run(now)
    for me in wanting:
        assert run is not None  # said above
        _rank(me, run, now)
    return len(wanting)


def _may_have_one(me: Profile, now: datetime) -> bool:
    here = stands(me, now) and me.visibility != Visibility.PAUSED
    return here and consent.has(person_id=me.person_id, purpose=purposes.PERSONAL_ORDER)


def _first_run(now: datetime) -> int:
    try:
        return make_lists(now=now).lists
    except Conflict:
        return 0  # it will be done in a minute by another


_AROUND = """
(p.id = %(me)s OR p.id IN (
    SELECT p.id FROM dating_profile p
     WHERE {rule} AND {wishes} AND {lately}
       AND NOT EXISTS (SELECT FROM dating_decision d WHERE d.chooser_id = %(me)s AND d.chosen_id = p.id)
     ORDER BY p.active_week DESC, p.turn DESC LIMIT %(around)s))
"""


def _rank(me: Profile, run: Run, now: datetime) -> None:
    """By p·q and by how crowded the others are since the last run: the market need not be cleared again for one."""
    rule, (wishes, wished) = Sight(me, now).sql("meet"), conditions(wishes_of(me), now)
    which = _AROUND.format(rule=rule.sql, wishes=wishes, lately=_LATELY)
    given = {**rule.params, **wished, "lately": clock.today(now - LATELY), "around": AROUND_ONE}
    around = market.people(now, which=which, params=given)
    mine = around.rows_of(np.array([me.pk.bytes], dtype="S16")).astype(np.int32)
    others = np.setdiff1d(np.arange(around.size, dtype=np.int32), mine)
    tints = tints_of(around, now=now)
    found = candidates(
        proactive=pool(around, mine, tints=tints),
        reactive=pool(around, others, tints=tints),
        k=others.size,
        excluded=no_exclusions(1),
    )
    best, scores = _best(me, run, around, int(mine[0]), others[found.indices])
    lists.put(run=run, owner=me.pk, targets=best[: PLAN.length], scores=scores[: PLAN.length], now=now)


def _best(me: Profile, run: Run, around: People, mine: int, others: I32) -> tuple[list[UUID], list[float]]:
    """Ids by falling score. Texts are read of the best only, for reading takes long."""
    ids = as_uuids(around.ids[others])
    text = np.full(others.size, KNOWS_NOTHING)
    score, mutual = _scores(run, around, mine, others, ids, text)
    first = np.argsort(-score, kind="stable")[:READ_TEXTS]
    text[first] = _text(me, [ids[k] for k in first])
    score, mutual = _scores(run, around, mine, others, ids, text)
    order = np.argsort(-score, kind="stable")
    return [ids[k] for k in order], [float(mutual[k]) for k in order]


def _scores(run: Run, around: People, mine: int, others: I32, ids: Sequence[UUID], text: F64) -> tuple[F64, F64]:
    """(p q attention, p q): what is usual for the other, moved by what the two have in common."""
    prices, cold = runs.prices(run=run, people=ids), ColdStart()
    new = Price(attention=1.0, liked=cold.base_rate, likes=cold.base_rate)
    known = [prices.get(key, new) for key in ids]
    usual = np.array([(price.attention, price.liked, price.likes) for price in known]).reshape(-1, 3)
    me = np.full(others.size, mine, dtype=np.int32)
    alike, stated = Alike.of(around)(me, others), stated_wishes(around)
    p = _moved(usual[:, 1], cold, alike, text, stated[me])
    agreed = around.wants_order[others]
    nothing = np.full(others.size, KNOWS_NOTHING)
    q = _moved(usual[:, 2], cold, np.where(agreed, alike, nothing), nothing, agreed & stated[others])
    return p * q * usual[:, 0], p * q


def _moved(usual: F64, cold: ColdStart, alike: F64, text: F64, wishes_met: Bools) -> F64:
    stated = np.where(wishes_met, 1.0, KNOWS_NOTHING)
    shift = logit(cold.probabilities(wishes_met=stated, hobbies=alike, text=text)) - logit(cold.base_rate)
    return np.asarray(expit(logit(np.clip(usual, 1e-4, 1 - 1e-4)) + shift))


def _text(me: Profile, others: Sequence[UUID]) -> F64:
    """How near what I wish for is to what they say of themselves."""
    if not (me.wish_text or me.about) or not others:
        return np.full(len(others), KNOWS_NOTHING)
    words = market.words_of(others)
    vectors = embed([me.wish_text or me.about, *(words.get(key, ("", ""))[0] for key in others)])
    return text_likeness(np.broadcast_to(vectors[:1], vectors[1:].shape), vectors[1:])
