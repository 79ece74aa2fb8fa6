"""Protocol B: both sides get lists; i and j match with probability p X q Y.

X[i, j]: exposure of j in i's list; Y[i, j]: exposure of i in j's list (both C x J here, so that a pair is one place).
W = sum_ij b X Y with b = p q'. Given the other side's lists, each list's best answer is one sort: alternate until
nothing changes. At such a point nobody envies: everybody holds the list that is best for them.
The start decides where one ends: pairs ranked alike by both, found by maximum-weight assignment for the first ranks
(FEW are enough; see benchmarks) and greedily for the rest.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.optimize import linear_sum_assignment

from niangjia.engines.matching.kernels.checks import as_matrix, as_probabilities, check_count
from niangjia.engines.matching.kernels.clearing import ranking
from niangjia.engines.matching.kernels.compiled import compiled
from niangjia.engines.matching.kernels.errors import BadShape
from niangjia.engines.matching.kernels.exposure import Exposure

F64 = npt.NDArray[np.float64]
I64 = npt.NDArray[np.int64]
INV = Exposure("inv")
FEW = 10  # ranks decided by assignment: more of them gain nothing measurable


@dataclass(frozen=True, slots=True, eq=False)
class TwoLists:
    """X, Y: exposures, C x J. matches[i, j]: expected mutual matches."""

    X: F64
    Y: F64
    matches: F64

    @property
    def total(self) -> float:
        return float(self.matches.sum())

    @property
    def log_welfare(self) -> float:
        """Nash welfare: sum of log expected matches of everybody who has any."""
        both = np.concatenate([self.matches.sum(axis=1), self.matches.sum(axis=0)])
        return float(np.log(both[both > 0]).sum())

    def envious_pairs(self, b: F64, *, tolerance: float = 1e-6) -> tuple[int, int]:
        """On each side, how many would rather hold another's list."""
        return _envy(b * self.Y, self.X, tolerance), _envy((b * self.X).T, self.Y.T, tolerance)


def pair_values(p: npt.ArrayLike, q: npt.ArrayLike) -> F64:
    """b = p q' from p (C x J) and q (J x C)."""
    p_, q_ = as_matrix(p, name="p"), as_matrix(q, name="q")
    if p_.shape != q_.T.shape:
        raise BadShape(f"p is {p_.shape}, so q must be {p_.shape[::-1]}, not {q_.shape}")
    checked = as_probabilities(p_, name="p", dtype=np.float64) * as_probabilities(q_, name="q", dtype=np.float64).T
    return np.ascontiguousarray(checked, dtype=np.float64)


def social_welfare(
    p: npt.ArrayLike,
    q: npt.ArrayLike,
    *,
    exposure: Exposure = INV,
    kicks: int = 300,
    seed: int = 0,
    assigned: int = FEW,
) -> TwoLists:
    """Lists of both sides with the greatest expected number of matches found.

    `kicks`: how often a random pair is put on top of each other's lists to leave a local optimum.
    `assigned`: how many ranks of the start are decided by assignment.
    """
    b = pair_values(p, q)
    check_count(kicks, name="kicks")
    check_count(assigned, name="assigned")
    if b.size == 0:
        return TwoLists(X=b, Y=b.copy(), matches=b.copy())
    v = exposure.weights(max(b.shape))
    Y = _ranked_alike(b, v, assigned)
    X = np.empty_like(b)
    _climb(b, v, X, Y, kicks, seed)
    return TwoLists(X=X, Y=Y, matches=b * X * Y)


def nash_welfare(p: npt.ArrayLike, q: npt.ArrayLike, *, exposure: Exposure = INV, steps: int = 200) -> TwoLists:
    """Lists (mixed: exposures between ranks) with the greatest sum of log expected matches found."""
    b = pair_values(p, q)
    check_count(steps, name="steps", least=1)
    if b.size == 0:
        return TwoLists(X=b, Y=b.copy(), matches=b.copy())
    v = exposure.weights(max(b.shape))
    X = _ranked_alike(b, v, FEW)
    Y = X.copy()
    _nash(b, v, X, Y, steps)
    return TwoLists(X=X, Y=Y, matches=b * X * Y)


def one_sided(p: npt.ArrayLike, q: npt.ArrayLike, *, product: bool, exposure: Exposure = INV) -> TwoLists:
    """The baselines: each side by its own taste (naive), or both by p q (product)."""
    b = pair_values(p, q)
    v = exposure.weights(max(b.shape, default=0))
    X, Y = np.empty_like(b), np.empty_like(b.T)
    _rank_rows(b if product else np.asarray(p, dtype=np.float64), v, X)
    _rank_rows(np.ascontiguousarray(b.T) if product else np.asarray(q, dtype=np.float64), v, Y)
    return TwoLists(X=X, Y=np.ascontiguousarray(Y.T), matches=b * X * Y.T)


def _ranked_alike(b: F64, v: F64, assigned: int) -> F64:
    """Exposures of ranks shared by both sides: a good colouring of the pairs, best first."""
    rest, rank = b.copy(), np.full(b.shape, -1, dtype=np.int64)
    rounds = min(assigned, *b.shape)
    for k in range(rounds):
        i, j = linear_sum_assignment(rest, maximize=True)
        rank[i, j] = k
        rest[i, j] = -1
    order = np.argsort(-rest, axis=None, kind="stable")
    _greedy_ranks(order[: b.size - (rank >= 0).sum()], rounds, rank)
    return v[np.minimum(rank, v.size - 1)]


def _envy(value: F64, x: F64, tolerance: float) -> int:
    wish = value @ x.T
    return int((wish > np.diagonal(wish)[:, None] * (1 + tolerance) + 1e-12).sum())


@compiled
def _greedy_ranks(order: I64, first: int, rank: I64) -> None:
    """Every pair in turn takes the smallest rank, from `first` on, still free with both."""
    C, J = rank.shape
    taken_i, taken_j = np.zeros((C, C + J), np.bool_), np.zeros((J, C + J), np.bool_)
    low_i, low_j = np.zeros(C, np.int64), np.zeros(J, np.int64)
    for pair in order:
        i, j = pair // J, pair % J
        k = max(low_i[i], low_j[j])
        while taken_i[i, k] or taken_j[j, k]:
            k += 1
        taken_i[i, k] = taken_j[j, k] = True
        while low_i[i] < C + J - 1 and taken_i[i, low_i[i]]:
            low_i[i] += 1
        while low_j[j] < C + J - 1 and taken_j[j, low_j[j]]:
            low_j[j] += 1
        rank[i, j] = first + k


@compiled
def _rank_rows(score: F64, v: F64, x: F64) -> None:
    """The best list for each row of scores: one sort, in single precision (ties to the smaller column)."""
    keys = np.empty(score.shape[1], np.uint64)
    for i in range(score.shape[0]):
        row = ranking.falling(score[i].astype(np.float32), 0, score.shape[1], keys)
        for k in range(row.size):
            x[i, np.int64(row[k] & np.uint64(0xFFFFFFFF))] = v[k]


@compiled
def _alternate(b: F64, v: F64, X: F64, Y: F64) -> float:
    """Each side answers the other until the total stands still; returns it."""
    total, answer = -1.0, np.empty((b.shape[1], b.shape[0]))
    while True:
        _rank_rows(b * Y, v, X)
        _rank_rows((b * X).T.copy(), v, answer)
        Y[:] = answer.T
        now = (b * X * Y).sum()
        if now <= total * (1 + 1e-12):
            return float(now)
        total = now


@compiled
def _climb(b: F64, v: F64, X: F64, Y: F64, kicks: int, seed: int) -> None:
    """Iterated local search: put one pair on top of both lists, settle, keep what is better."""
    np.random.seed(seed)
    best = _alternate(b, v, X, Y)
    for _ in range(kicks):
        i, j = np.random.randint(b.shape[0]), np.random.randint(b.shape[1])
        X_, Y_ = X.copy(), Y.copy()
        X_[i, j] = Y_[i, j] = v[0]
        total = _alternate(b, v, X_, Y_)
        if total > best * (1 + 1e-12):
            best = total
            X[:], Y[:] = X_, Y_


@compiled
def _nash(b: F64, v: F64, X: F64, Y: F64, steps: int) -> None:
    """Frank-Wolfe on sum log(row sums) + sum log(column sums) of b X Y, the sides in turn."""
    D, E = np.empty_like(X), np.empty((b.shape[1], b.shape[0]))
    for k in range(1, steps + 1):
        step = 2 / (k + 1)  # the first step is a whole one: it leaves the start, whose ranks are no lists
        _rank_rows(b * Y * _worth(b * X * Y), v, D)
        X += step * (D - X)
        _rank_rows((b * X * _worth(b * X * Y)).T.copy(), v, E)
        Y += step * (E.T - Y)


@compiled
def _worth(matches: F64) -> F64:
    """1 / expectation of i + 1 / expectation of j: what one more match adds to the logarithms."""
    C, J = matches.shape
    rows, columns = np.full(C, 1e-9), np.full(J, 1e-9)
    for i in range(C):
        for j in range(J):
            rows[i] += matches[i, j]
            columns[j] += matches[i, j]
    out = np.empty_like(matches)
    for i in range(C):
        for j in range(J):
            out[i, j] = 1 / rows[i] + 1 / columns[j]
    return out
