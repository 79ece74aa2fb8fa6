"""Frank-Wolfe on the whole market: everybody's lists are chosen together.

The step is open loop, `offset / (k + offset)`: no line search, so one gradient and one sort per step. Long early steps
let the crowd settle before the lists are decided, late ones average. Measured at 1000 x 1500: 1972.0 matches where
line search ended at 1971.7 after the same time.
"""

from dataclasses import dataclass
from typing import Protocol

import numpy as np

from niangjia.engines.matching.kernels.checks import check_count
from niangjia.engines.matching.kernels.clearing import ranking, welfare
from niangjia.engines.matching.kernels.clearing.base import INV, Clearing, expected_matches, rank, rank_weights
from niangjia.engines.matching.kernels.errors import BadParameter, BadShape
from niangjia.engines.matching.kernels.exposure import Exposure
from niangjia.engines.matching.kernels.market import F32, I64, Columns, Market

WARM_STEPS_BEHIND = 20  # a warm start goes on as if it had already made this many steps
NEVER_ALONE = 1e-3  # floor of expected matches under the logarithm, in matches


class Values(Protocol):
    """What a match of each applicant is worth, in column order; called before every step."""

    def __call__(self, x: F32) -> F32: ...


@dataclass(frozen=True, slots=True, eq=False)
class SocialWelfare:
    """Maximises the expected number of mutual matches W."""

    steps: int = 60
    offset: float = 5.0
    nodes: int = 8
    start: F32 | None = None  # yesterday's exposure; absent: everybody equally visible to everybody

    def solve(self, market: Market, *, exposure: Exposure = INV, length: int | None = None) -> Clearing:
        columns = Columns.of(market)
        score = ascend(self, market, columns, lambda _: columns.q, exposure=exposure, length=length)
        return rank(market, score, exposure=exposure, length=length)


@dataclass(frozen=True, slots=True, eq=False)
class NashWelfare:
    """Maximises sum of log expected matches over everybody who has a candidate: nobody is left behind for a total."""

    steps: int = 60
    offset: float = 5.0
    nodes: int = 8
    start: F32 | None = None

    def solve(self, market: Market, *, exposure: Exposure = INV, length: int | None = None) -> Clearing:
        columns = Columns.of(market)
        rows = market.rows()

        def values(x: F32) -> F32:
            m = expected_matches(market, x, exposure=exposure, nodes=self.nodes, columns=columns)
            mine = np.bincount(rows, weights=m, minlength=market.n_proactive)
            theirs = np.bincount(market.indices, weights=m, minlength=market.n_reactive)
            omega = 1 / np.maximum(mine, NEVER_ALONE)[rows] + 1 / np.maximum(theirs, NEVER_ALONE)[market.indices]
            return (columns.q * omega[columns.edge]).astype(np.float32)

        score = ascend(self, market, columns, values, exposure=exposure, length=length)
        return rank(market, score, exposure=exposure, length=length)


def ascend(
    plan: SocialWelfare | NashWelfare,
    market: Market,
    columns: Columns,
    values: Values,
    *,
    exposure: Exposure,
    length: int | None,
) -> F32:
    """The gradient after the last step: sorting it rounds the lists, and loses nothing."""
    steps = check_count(plan.steps, name="steps", least=1)
    if not plan.offset >= 1:
        raise BadParameter("offset must be at least 1")
    table = exposure.nodes(plan.nodes)
    t, w = table.t.astype(np.float32), table.w.astype(np.float32)
    v = rank_weights(market, exposure=exposure, length=length)
    x, behind = _start(plan.start, market, v)
    slope = np.zeros(market.n_edges, dtype=np.float32)
    for k in range(behind, behind + steps + 1):
        welfare.gradient(columns.indptr, columns.edge, columns.p, values(x), x, t, w, slope)
        if k < behind + steps:
            ranking.mix(market.indptr, slope, v, plan.offset / (k + plan.offset), x)
    return slope


def _start(start: F32 | None, market: Market, v: F32) -> tuple[F32, int]:
    if start is None:
        return uniform(market, v), 0
    if start.shape != market.p.shape or not (np.isfinite(start).all() and (start >= 0).all() and (start <= 1).all()):
        raise BadShape("a warm start needs an exposure within [0, 1] for every edge")
    return start.astype(np.float32, copy=True), WARM_STEPS_BEHIND


def uniform(market: Market, v: F32) -> F32:
    """Every candidate of somebody gets the mean of v over that list."""
    mean = np.cumsum(v) / np.arange(1, v.size + 1) if v.size else v
    sizes = np.diff(market.indptr)
    return np.repeat(mean[np.maximum(sizes, 1) - 1] if v.size else sizes, sizes).astype(np.float32)


def carry_over(yesterday: Market, x: F32, *, today: Market, rows: I64, columns: I64) -> F32:
    """Yesterday's exposure on today's edges: a warm start.

    rows[i], columns[j]: today's number of yesterday's person, or -1 for one who left. New edges start at the mean.
    """
    i, j = rows[yesterday.rows()], columns[yesterday.indices]
    stays = (i >= 0) & (j >= 0)
    known = i[stays].astype(np.int64) * today.n_reactive + j[stays]
    order = np.argsort(known)
    key = today.rows().astype(np.int64) * today.n_reactive + today.indices
    place = np.searchsorted(known[order], key)
    place[place == known.size] = 0
    out = np.full(today.n_edges, x.mean() if x.size else 0, dtype=np.float32)
    if known.size:
        hit = known[order][place] == key
        out[hit] = x[stays][order][place[hit]]
    return out
