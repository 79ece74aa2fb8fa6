"""A market too large for one machine, cleared part by part.

The proactive side is cut, nobody's list is: a part holds the whole lists of its people, and every reactive person who
stands in one of them. Who stands in the lists of several parts has applicants that no single part sees. So in every
round each part is told how much attention they leave,

    q'_ij = q_ij E[v(1 + N)] / E[v(1 + N_inside)]

N: applicants of j ahead of i in the whole market, N_inside: those of i's own part, both under the mean exposure of the
rounds so far (before the first one everybody is equally visible to everybody). The mean, since parts that answer one
another's last lists all flee the same crowd and meet again elsewhere.
With one part q' is q, and the lists are those of the uncut market. Without being told, every part would take people of
whom it knows few applicants for idle ones: benchmarks.partitions measures what that costs.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

import numpy as np
import numpy.typing as npt

from niangjia.engines.matching.kernels.checks import check_count
from niangjia.engines.matching.kernels.clearing.ascent import SocialWelfare, uniform
from niangjia.engines.matching.kernels.clearing.base import INV, Clearing, Solver, expected_matches, rank, rank_weights
from niangjia.engines.matching.kernels.errors import BadShape
from niangjia.engines.matching.kernels.exposure import Exposure
from niangjia.engines.matching.kernels.market import F32, I32, I64, Market

F64 = npt.NDArray[np.float64]


def cut(place: npt.ArrayLike, *, sizes: npt.ArrayLike, parts: int) -> I32:
    """The part of every person: all in the order of `place`, cut into runs of about equally many candidates (`sizes`).

    Codes of places are nested (province, city, district): neighbours in number are neighbours on the map, a part is a
    range of codes, and the same one every night as long as nobody moves.
    """
    check_count(parts, name="parts", least=1)
    where, counts = np.asarray(place), np.asarray(sizes, dtype=np.int64)
    if where.ndim != 1 or where.shape != counts.shape:
        raise BadShape("every person needs one place and one number of candidates")
    order = np.argsort(where, kind="stable")
    middle = 2 * np.cumsum(counts[order]) - counts[order]
    out = np.zeros(where.size, dtype=np.int32)
    out[order] = np.minimum(middle * parts // max(1, 2 * int(counts.sum())), parts - 1)
    return out


def compact(i: I32, j: I32, *, p: F32, q: F32) -> Market:
    """A market of these edges alone, people numbered anew in their order. Edges come by rising (i, j)."""
    first = np.flatnonzero(np.diff(i, prepend=-1))
    people, number = np.unique(j, return_inverse=True)
    indptr = np.append(first, i.size)
    return Market.from_edges(indptr=indptr, indices=number, p=p, q=q, n_reactive=people.size)


def visible(market: Market, *, exposure: Exposure, length: int | None) -> F32:
    """Everybody equally visible to everybody: where the mean of the rounds begins."""
    return uniform(market, rank_weights(market, exposure=exposure, length=length))


def answer(market: Market, x: F32, matches: F64, *, solver: Solver, exposure: Exposure, length: int | None) -> Clearing:
    """The lists of one part. `matches`: expected of every edge in the whole market, everybody exposed as in x."""
    inside = expected_matches(market, x, exposure=exposure)
    left = np.divide(matches, inside, out=np.ones_like(inside), where=inside > 0)
    told = replace(market, q=market.q * np.minimum(left, 1).astype(np.float32))
    return solver.solve(told, exposure=exposure, length=length)


def average(mean: F32, x: F32, *, turn: int) -> F32:
    """The mean of the start and of turn + 1 rounds."""
    return mean + (x - mean) * np.float32(1 / (turn + 2))


@dataclass(frozen=True, slots=True, eq=False)
class Partitioned:
    """The rounds above in one process, part after part. `place` of every proactive person; absent: by number."""

    parts: int
    place: npt.NDArray[np.generic] | None = None
    rounds: int = 2
    solver: Solver = field(default_factory=SocialWelfare)

    def solve(self, market: Market, *, exposure: Exposure = INV, length: int | None = None) -> Clearing:
        pieces = list(self._pieces(market))
        mean = visible(market, exposure=exposure, length=length)
        x = np.zeros_like(mean)
        for turn in range(check_count(self.rounds, name="rounds", least=1)):
            matches = expected_matches(market, mean, exposure=exposure)
            for edges, piece in pieces:
                found = answer(piece, mean[edges], matches[edges], solver=self.solver, exposure=exposure, length=length)
                x[edges] = found.x
            mean = average(mean, x, turn=turn)
        return rank(market, x, exposure=exposure, length=length)

    def _pieces(self, market: Market) -> Iterator[tuple[I64, Market]]:
        """Every part as a market, and where its edges stand in the whole one."""
        rows, part = market.rows(), self.part_of(market)[market.rows()]
        for k in range(self.parts):
            edges = np.flatnonzero(part == k)
            yield edges, compact(rows[edges], market.indices[edges], p=market.p[edges], q=market.q[edges])

    def part_of(self, market: Market) -> I32:
        """The part of every proactive person."""
        place = np.arange(market.n_proactive) if self.place is None else self.place
        return cut(place, sizes=np.diff(market.indptr), parts=self.parts)
