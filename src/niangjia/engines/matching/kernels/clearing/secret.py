"""Protocol B on eligible pairs only: a yes stays secret, so both sides read lists of their own, and

    W = sum_e b x y,   b = p q

x[e]: exposure of j in i's list; y[e]: exposure of i in j's list; they match when each comes upon the other and says
yes. Given the lists of one side, the best lists of the other are one sort each: alternate until little is gained. Every
such step gains, and at its end nobody would rather hold another's list.

Two people bring most when each stands at the same place of the other's list. So the start gives every pair one rank
for both, all different around each person: a colouring of the pairs, greedy by falling `b / beta` less the prices of
the two (Sinkhorn). Prices keep the crowd apart: at 500 x 500, greedy by b alone ends at 430.4 matches, with prices at
437.5, and after 500 assignments, one for every rank and hundreds of times slower, at 439.9.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_array

from niangjia.engines.matching.kernels.checks import check_count
from niangjia.engines.matching.kernels.clearing import ranking
from niangjia.engines.matching.kernels.clearing.base import INV, Lists, cut
from niangjia.engines.matching.kernels.compiled import compiled
from niangjia.engines.matching.kernels.errors import BadParameter, BadShape
from niangjia.engines.matching.kernels.exposure import Exposure
from niangjia.engines.matching.kernels.market import F32, I32, I64, Market

Score = npt.NDArray[np.floating]
WORDS = 4  # 256 ranks are told apart at the start; pairs beyond them begin alike, at the end
FULL = np.uint64(0xFFFFFFFFFFFFFFFF)
ONE = np.uint64(1)
NOBODY = 1e-300  # instead of 0, under a price


@dataclass(frozen=True, slots=True, eq=False)
class SecretLists:
    """Lists of both sides; x, y and matches by edge, in the order of the market."""

    proactive: Lists
    reactive: Lists
    x: F32
    y: F32
    matches: F32

    @property
    def total(self) -> float:
        return float(self.matches.sum(dtype=np.float64))


@dataclass(frozen=True, slots=True)
class SecretWelfare:
    """Maximises W. beta: how strict the prices of the start are; tolerance: relative gain that ends the climb."""

    beta: float = 0.05
    most_steps: int = 50
    tolerance: float = 1e-5

    def solve(self, market: Market, *, exposure: Exposure = INV, length: int | None = None) -> SecretLists:
        """`length` cuts the lists of both sides."""
        y = shared_ranks(market, priced(market, beta=self.beta), exposure=exposure)
        return climb(market, y, exposure=exposure, length=length, most_steps=self.most_steps, tolerance=self.tolerance)


def priced(market: Market, *, beta: float, iterations: int = 30) -> Score:
    """b / beta + log u_i + log w_j, where u and w make the sums of exp of it equal around each person (Sinkhorn)."""
    if not 0.005 <= beta < np.inf:
        raise BadParameter("beta must be at least 0.005")
    check_count(iterations, name="iterations", least=1)
    shape = (market.n_proactive, market.n_reactive)
    utility = (market.p.astype(np.float64) * market.q) / beta
    K = csr_array((np.exp(utility), market.indices, market.indptr), shape=shape)
    u, w = np.ones(shape[0]), np.ones(shape[1])
    for _ in range(iterations):
        u = 1 / np.maximum(K @ w, NOBODY)
        w = 1 / np.maximum(K.T @ u, NOBODY)
    score: Score = utility + np.log(u)[market.rows()] + np.log(w)[market.indices]
    return score


def by_scores(
    market: Market, mine: Score, theirs: Score, *, exposure: Exposure = INV, length: int | None = None
) -> SecretLists:
    """Lists of each side by falling scores of its own, one per edge: the baselines (p and q; b and b)."""
    if not mine.shape == theirs.shape == market.p.shape:
        raise BadShape("two scores are needed for every edge")
    first, x = _listed(market.indptr, market.indices, mine, exposure, length)
    second, y = _listed_back(_by_column(market), theirs, exposure, length)
    return SecretLists(proactive=first, reactive=second, x=x, y=y, matches=market.p * market.q * x * y)


def shared_ranks(market: Market, score: Score, *, exposure: Exposure) -> F32:
    """Exposures of ranks that both of a pair share, all different around each person; best pairs choose first."""
    rank = np.zeros(market.n_edges, dtype=np.int32)
    order = np.argsort(-score, kind="stable")
    _colour(order, market.rows(), market.indices, market.n_proactive, market.n_reactive, rank)
    return exposure.weights(64 * WORDS + 1).astype(np.float32)[rank]


def climb(
    market: Market, y: F32, *, exposure: Exposure, length: int | None, most_steps: int, tolerance: float
) -> SecretLists:
    """Each side in turn answers the other's lists, the proactive one first."""
    check_count(most_steps, name="most_steps", least=1)
    b, columns, reached = market.p * market.q, _by_column(market), 0.0
    for _ in range(most_steps):
        _, x = _listed(market.indptr, market.indices, b * y, exposure, length)
        theirs, y = _listed_back(columns, b * x, exposure, length)
        before, reached = reached, float((b * x * y).sum(dtype=np.float64))
        if reached <= before * (1 + tolerance):
            break
    mine, x = _listed(market.indptr, market.indices, b * y, exposure, length)
    return SecretLists(proactive=mine, reactive=theirs, x=x, y=y, matches=b * x * y)


def _listed_back(
    columns: tuple[I64, I32, I32], score: Score, exposure: Exposure, length: int | None
) -> tuple[Lists, F32]:
    """The same for the reactive side; score and exposure in the order of the market."""
    indptr, edge, rows = columns
    lists, answer = _listed(indptr, rows, score[edge], exposure, length)
    y = np.empty_like(answer)
    y[edge] = answer
    return lists, y


def _listed(indptr: I64, people: I32, score: Score, exposure: Exposure, length: int | None) -> tuple[Lists, F32]:
    v = exposure.weights(int(np.diff(indptr).max(initial=0))).astype(np.float32)
    if length is not None:
        v[check_count(length, name="length") :] = 0
    ranked, x = np.empty_like(people), np.empty(people.size, dtype=np.float32)
    ranking.assign(indptr, people, np.ascontiguousarray(score - score.min(initial=0), dtype=np.float32), v, ranked, x)
    return cut(indptr, ranked, length=length), x


def _by_column(market: Market) -> tuple[I64, I32, I32]:
    """Where each reactive person's edges begin; the edges by column; the proactive person of each."""
    shape = (market.n_proactive, market.n_reactive)
    number = np.arange(market.n_edges, dtype=np.int32)
    table = csr_array((number, market.indices, market.indptr), shape=shape).tocsc()
    return table.indptr.astype(np.int64), table.data, table.indices.astype(np.int32)


@compiled
def _colour(order: I64, rows: I32, columns: I32, C: int, J: int, rank: I32) -> None:
    """Every pair in turn takes the smallest rank (bit) still free with both; 64 * WORDS when none is."""
    taken_i, taken_j = np.zeros((C, WORDS), np.uint64), np.zeros((J, WORDS), np.uint64)
    for e in order:
        mine, theirs = taken_i[rows[e]], taken_j[columns[e]]
        rank[e] = 64 * WORDS
        for word in range(WORDS):
            taken = mine[word] | theirs[word]
            if taken != FULL:
                bit = _lowest_zero(taken)
                mine[word] |= ONE << np.uint64(bit)
                theirs[word] |= ONE << np.uint64(bit)
                rank[e] = 64 * word + bit
                break


@compiled
def _lowest_zero(word: np.uint64) -> int:
    """Place of the lowest bit that is 0, by halves."""
    place, rest = 0, word
    for half in (32, 16, 8, 4, 2, 1):
        low = (ONE << np.uint64(half)) - ONE
        if rest & low == low:
            place += half
            rest >>= np.uint64(half)
    return place
