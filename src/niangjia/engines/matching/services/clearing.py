"""One side's lists: candidates, preferences, everybody's lists chosen together (protocol A), and how fair they are."""

from typing import Any

import numpy as np
import numpy.typing as npt

from niangjia.engines.matching.kernels.clearing.ascent import SocialWelfare
from niangjia.engines.matching.kernels.clearing.base import Clearing, expected_matches
from niangjia.engines.matching.kernels.clearing.fairness import Side, fairness, gini
from niangjia.engines.matching.kernels.eligibility import Candidates, Pool, candidates
from niangjia.engines.matching.kernels.market import Market
from niangjia.engines.matching.kernels.preferences.smoothing import smoothed_rate
from niangjia.engines.matching.types import F32, I32, I64, Cleared, Figures, Ids, Likes, Plan, Prices, Progress

F64 = npt.NDArray[np.float64]
SHRUNK = 10.0  # pairs that weigh as much as everybody's mean


def clear(
    *,
    side: str,
    proactive: Pool,
    reactive: Pool,
    excluded: tuple[I64, I32],
    likes: Likes,
    plan: Plan,
    progress: Progress,
) -> Cleared:
    """The lists of the proactive pool. Same input, same lists."""
    with progress.stage("eligibility"):
        found = candidates(proactive=proactive, reactive=reactive, k=plan.candidates, excluded=excluded)
    with progress.stage("preferences"):
        market = market_of(found, likes, n_reactive=reactive.size)
    with progress.stage("clearing"):
        clearing = SocialWelfare(steps=plan.steps).solve(market, length=plan.length)
    with progress.stage("fairness"):
        matches = expected_matches(market, clearing.x)
        prices = _prices(market, clearing, matches, reactive)
        figures = _figures(market, clearing, matches)
    ranked = _ranked(market, clearing)
    return Cleared(
        side=side,
        owners=_ids(proactive),
        indptr=np.searchsorted(market.rows()[ranked], np.arange(market.n_proactive + 1)).astype(np.int64),
        targets=_ids(reactive)[market.indices[ranked]],
        scores=(market.p * market.q)[ranked],
        prices=prices,
        edges=market.n_edges,
        figures=figures,
    )


def market_of(found: Candidates, likes: Likes, *, n_reactive: int) -> Market:
    rows = np.repeat(np.arange(found.indptr.size - 1, dtype=np.int32), np.diff(found.indptr))
    p, q = likes(rows, found.indices)
    return Market.from_edges(indptr=found.indptr, indices=found.indices, p=p, q=q, n_reactive=n_reactive)


def _ids(pool: Pool) -> Ids:
    return pool.ids.astype("S16")


def _ranked(market: Market, clearing: Clearing) -> I64:
    """The edges that are listed, list after list, by falling exposure."""
    order = np.lexsort((-clearing.x, market.rows()))
    return order[clearing.x[order] > 0]


def _prices(market: Market, clearing: Clearing, matches: F64, reactive: Pool) -> Prices:
    """Whoever stands in nobody's candidates is not crowded; who stands in few is as likeable as the mean."""
    n, j = market.n_reactive, market.indices
    alone = market.p.astype(np.float64) * clearing.x * market.q
    got, possible = _sum(j, matches, n), _sum(j, alone, n)
    share = np.divide(got, possible, out=np.ones(n), where=possible > 0)
    return Prices(
        people=_ids(reactive),
        attention=share.astype(np.float32),
        liked=_usual(j, market.p, n),
        likes=_usual(j, market.q, n),
    )


def _sum(places: I32, values: npt.NDArray[np.floating[Any]], n: int) -> F64:
    return np.bincount(places, weights=values, minlength=n).astype(np.float64)


def _usual(places: I32, values: F32, n: int) -> F32:
    """Means by place, shrunk towards the mean of all: one pair tells of the pair, not of the person."""
    mean = float(values.mean(dtype=np.float64)) if values.size else 0.5
    counted = np.bincount(places, minlength=n)
    usual = smoothed_rate(_sum(places, values, n), counted, mean=mean, strength=SHRUNK)
    return usual.astype(np.float32)


def _figures(market: Market, clearing: Clearing, matches: F64) -> Figures:
    told, n = fairness(market, clearing), market.n_reactive
    return Figures(
        matches=told.total,
        gini=told.proactive.gini,
        gini_shown=gini(_sum(market.indices, matches, n)),
        with_one=told.proactive.share_with_one,
        envy=_share_of_envy(told.proactive),
        unlisted=int((_sum(market.indices, clearing.x, n) == 0).sum()),
    )


def _share_of_envy(side: Side) -> float:
    pairs = side.asked * (side.asked - 1)
    return side.envious_pairs / pairs if pairs else 0.0
