"""Whom a matchmaker should introduce: the pairs that gain the whole market most, one after another.

A person with m expected matches is counted 1 - e^-m: roughly the probability of having at least one. Introducing
(i, j) by hand lifts their own match from what the lists give, m_ij, to p q (both look for certain). The gain

    (p_ij q_ji - m_ij)+  taken from both persons' curves

falls as people are served, so the greedy choice is within 1 - 1/e of the best set, and is found lazily with a heap.
"""

import heapq
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
import numpy.typing as npt

from niangjia.engines.matching.kernels.checks import as_weights, check_count
from niangjia.engines.matching.kernels.errors import BadShape
from niangjia.engines.matching.kernels.market import Market

F64 = npt.NDArray[np.float64]
FEW = 0.5  # expected matches below which somebody is said to have few
LIKELY = 0.25  # probability of a match above which a pair is said to be likely
HIDDEN = 0.2  # share of p q below which the lists are said to hide the pair


class Reason(StrEnum):
    """Why this pair; the product puts them into words."""

    PROACTIVE_HAS_FEW = "proactive_has_few"
    REACTIVE_HAS_FEW = "reactive_has_few"
    LIKELY_MATCH = "likely_match"
    LISTS_HIDE_THEM = "lists_hide_them"
    BEST_FOR_MARKET = "best_for_market"


@dataclass(frozen=True, slots=True)
class Introduction:
    """gain: how many more people have at least one match, in expectation; match: probability of this one."""

    i: int
    j: int
    gain: float
    match: float
    reasons: tuple[Reason, ...]


def introductions(market: Market, matches: npt.ArrayLike, *, count: int, per_person: int = 1) -> list[Introduction]:
    """The best `count` introductions, best first, nobody in more than `per_person`.

    matches[e]: expected matches of every edge from the lists (`clearing.base.expected_matches`).
    """
    check_count(count, name="count")
    check_count(per_person, name="per_person")
    m = as_weights(matches, name="matches")
    if m.shape != market.p.shape:
        raise BadShape("expected matches are needed for every edge")
    rows = market.rows()
    mine = np.bincount(rows, weights=m, minlength=market.n_proactive).astype(np.float64)
    theirs = np.bincount(market.indices, weights=m, minlength=market.n_reactive).astype(np.float64)
    lift = np.maximum(market.p.astype(np.float64) * market.q - m, 0)
    gain = -np.expm1(-lift) * (np.exp(-mine)[rows] + np.exp(-theirs)[market.indices])
    best = _shortlist(gain, rows, market.indices, most=max(50 * count, 1000))
    heap = [(-gain[e], int(e)) for e in best]
    heapq.heapify(heap)
    served_i, served_j = np.zeros(market.n_proactive, np.int64), np.zeros(market.n_reactive, np.int64)
    chosen: list[Introduction] = []
    while heap and len(chosen) < count:
        _, e = heapq.heappop(heap)
        i, j = int(rows[e]), int(market.indices[e])
        if served_i[i] >= per_person or served_j[j] >= per_person:
            continue
        now = float(-np.expm1(-lift[e]) * (np.exp(-mine[i]) + np.exp(-theirs[j])))
        if heap and now < -heap[0][0]:
            heapq.heappush(heap, (-now, e))
            continue
        if now <= 0:
            break
        pq = float(market.p[e]) * float(market.q[e])
        chosen.append(Introduction(i, j, now, pq, _reasons(mine[i], theirs[j], pq, m[e])))
        mine[i] += lift[e]
        theirs[j] += lift[e]
        served_i[i] += 1
        served_j[j] += 1
    return chosen


def _shortlist(
    gain: F64, rows: npt.NDArray[np.int32], columns: npt.NDArray[np.int32], *, most: int
) -> npt.NDArray[np.int64]:
    """The edges worth putting on the heap: all, or the most gainful when there are very many."""
    useful = np.flatnonzero(gain > 0)
    if useful.size <= most:
        return useful
    # Whoever has many good edges must not crowd out the rest: each person's best edge stays in.
    order = useful[np.lexsort((useful, -gain[useful]))]
    first_i = order[np.unique(rows[order], return_index=True)[1]]
    first_j = order[np.unique(columns[order], return_index=True)[1]]
    return np.unique(np.concatenate([order[:most], first_i, first_j]))


def _reasons(mine: float, theirs: float, match: float, from_lists: float) -> tuple[Reason, ...]:
    told = (
        (mine < FEW, Reason.PROACTIVE_HAS_FEW),
        (theirs < FEW, Reason.REACTIVE_HAS_FEW),
        (match >= LIKELY, Reason.LIKELY_MATCH),
        (from_lists < HIDDEN * match, Reason.LISTS_HIDE_THEM),
    )
    return tuple(reason for true, reason in told if true) or (Reason.BEST_FOR_MARKET,)
