"""Protocol B on eligible pairs only: a yes stays secret, so both sides read lists of their own, and

    W = sum_e b x y,   b = p q

x[e]: exposure of j in i's list; y[e]: exposure of i in j's list; they match when each comes upon the other and says
yes. Given the lists of one side, the best lists of the other are one sort each: alternate until little is gained. Every
such step gains, and at its end nobody would rather hold another's list.

Two people bring most when each stands at the same place of the other's list. So the start gives every pair one rank
for both, all different around each person: a colouring of the pairs, greedy by falling TU score. The prices in that
score keep the crowd apart; without them (greedy by b) 2 % of the matches are lost at 500 x 500.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_array

from niangjia.engines.matching.kernels.checks import check_count
from niangjia.engines.matching.kernels.clearing import ranking
from niangjia.engines.matching.kernels.clearing.base import INV, Lists
from niangjia.engines.matching.kernels.clearing.baselines import TransferableUtility
from niangjia.engines.matching.kernels.compiled import compiled
from niangjia.engines.matching.kernels.exposure import Exposure
from niangjia.engines.matching.kernels.market import F32, I32, I64, U64, Market

Score = npt.NDArray[np.floating]
WORDS = 4  # 256 ranks are told apart at the start; pairs beyond them begin alike, at the end
FULL = np.uint64(0xFFFFFFFFFFFFFFFF)
ONE = np.uint64(1)


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
    """Maximises W. beta: of the TU score of the start; tolerance: relative gain of one step that ends the climb."""

    beta: float = 0.05
    most_steps: int = 50
    tolerance: float = 1e-5

    def solve(self, market: Market, *, exposure: Exposure = INV, length: int | None = None) -> SecretLists:
        """`length` cuts the lists of both sides."""
        start = TransferableUtility(beta=self.beta, iterations=30, tolerance=1e-2).log_mu(market)
        y = shared_ranks(market, start, exposure=exposure)
        return climb(market, y, exposure=exposure, length=length, most_steps=self.most_steps, tolerance=self.tolerance)


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
    b, (indptr, edge, rows) = market.p * market.q, _by_column(market)
    v, v_ = _weights(market.indptr, exposure, length), _weights(indptr, exposure, length)
    y, x = y.copy(), np.zeros_like(y)
    mine, theirs = np.empty_like(market.indices), np.empty_like(market.indices)
    reached = 0.0
    for _ in range(most_steps):
        ranking.assign(market.indptr, market.indices, b * y, v, mine, x)
        answer = np.empty_like(y)
        ranking.assign(indptr, rows, (b * x)[edge], v_, theirs, answer)
        y[edge] = answer
        before, reached = reached, float(np.dot(b * x, y))
        if reached <= before * (1 + tolerance):
            break
    ranking.assign(market.indptr, market.indices, b * y, v, mine, x)
    return SecretLists(
        proactive=_lists(market.indptr, mine, length),
        reactive=_lists(indptr, theirs, length),
        x=x,
        y=y,
        matches=b * x * y,
    )


def _by_column(market: Market) -> tuple[I64, I32, I32]:
    """Where each reactive person's edges begin; the edges by column; the proactive person of each."""
    shape = (market.n_proactive, market.n_reactive)
    number = np.arange(market.n_edges, dtype=np.int32)
    table = csr_array((number, market.indices, market.indptr), shape=shape).tocsc()
    return table.indptr.astype(np.int64), table.data, table.indices.astype(np.int32)


def _weights(indptr: I64, exposure: Exposure, length: int | None) -> F32:
    v = exposure.weights(int(np.diff(indptr).max(initial=0))).astype(np.float32)
    if length is not None:
        v[check_count(length, name="length") :] = 0
    return v


def _lists(indptr: I64, people: I32, length: int | None) -> Lists:
    if length is None:
        return Lists(indptr=indptr, columns=people)
    sizes = np.diff(indptr)
    place = np.arange(people.size) - np.repeat(indptr[:-1], sizes)
    kept = np.concatenate([[0], np.cumsum(np.minimum(sizes, length))]).astype(np.int64)
    return Lists(indptr=kept, columns=people[place < length])


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
