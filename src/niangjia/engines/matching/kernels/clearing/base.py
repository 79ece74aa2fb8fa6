"""The one interface of protocol A: a Solver takes a Market and gives everybody a ranked list."""

from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt

from niangjia.engines.matching.kernels.checks import check_count
from niangjia.engines.matching.kernels.clearing import ranking, welfare
from niangjia.engines.matching.kernels.errors import BadShape
from niangjia.engines.matching.kernels.exposure import Exposure
from niangjia.engines.matching.kernels.market import F32, I32, I64, Columns, Market

INV = Exposure("inv")


@dataclass(frozen=True, slots=True, eq=False)
class Lists:
    """Row i's candidates in order: columns[indptr[i]] is shown first."""

    indptr: I64
    columns: I32

    def of(self, i: int) -> I32:
        return self.columns[self.indptr[i] : self.indptr[i + 1]]


@dataclass(frozen=True, slots=True, eq=False)
class Clearing:
    """What a solver found: the lists and their exposure x[e], edges in the order of the market."""

    lists: Lists
    x: F32


class Solver(Protocol):
    """Deterministic: the same market always gives the same lists."""

    def solve(self, market: Market, *, exposure: Exposure = INV, length: int | None = None) -> Clearing:
        """`length` cuts the lists: ranks beyond it get no exposure."""
        ...


def rank_weights(market: Market, *, exposure: Exposure, length: int | None) -> F32:
    """v(1), v(2), ... as far as the longest list goes, zero beyond `length`."""
    v = exposure.weights(market.longest_list).astype(np.float32)
    if length is not None:
        v[check_count(length, name="length") :] = 0
    return v


def rank(market: Market, score: npt.NDArray[Any], *, exposure: Exposure, length: int | None) -> Clearing:
    """Lists by falling score (any real numbers, one per edge)."""
    if score.shape != market.p.shape:
        raise BadShape("a score is needed for every edge")
    rising = np.ascontiguousarray(score - score.min(initial=0), dtype=np.float32)
    columns, x = np.empty_like(market.indices), np.empty_like(market.p)
    v = rank_weights(market, exposure=exposure, length=length)
    ranking.assign(market.indptr, market.indices, rising, v, columns, x)
    return Clearing(lists=cut(market.indptr, columns, length=length), x=x)


def cut(indptr: I64, columns: I32, *, length: int | None) -> Lists:
    """The first `length` of every list; all, when it is absent."""
    if length is None:
        return Lists(indptr=indptr, columns=columns)
    sizes = np.diff(indptr)
    ranks = np.arange(columns.size) - np.repeat(indptr[:-1], sizes)
    kept = np.concatenate([[0], np.cumsum(np.minimum(sizes, length))]).astype(np.int64)
    return Lists(indptr=kept, columns=columns[ranks < length])


def expected_matches(
    market: Market, x: npt.ArrayLike, *, exposure: Exposure = INV, nodes: int = 24, columns: Columns | None = None
) -> npt.NDArray[np.float64]:
    """Expected mutual matches of every edge under protocol A, in double precision."""
    x_ = np.ascontiguousarray(x, dtype=np.float64)
    if x_.shape != market.p.shape:
        raise BadShape("an exposure is needed for every edge")
    side = columns or Columns.of(market)
    table = exposure.nodes(nodes)
    out = np.zeros(market.n_edges, dtype=np.float64)
    welfare.edge_matches(side.indptr, side.edge, side.p, side.q, x_, table.t, table.w, out)
    return out


def welfare_and_gradient(
    market: Market, x: npt.ArrayLike, *, exposure: Exposure = INV, nodes: int = 24
) -> tuple[float, npt.NDArray[np.float64]]:
    """W(x) and dW/dx in double precision, edges in the order of the market."""
    x_ = np.ascontiguousarray(x, dtype=np.float64)
    if x_.shape != market.p.shape:
        raise BadShape("an exposure is needed for every edge")
    side, table = Columns.of(market), exposure.nodes(nodes)
    out = np.zeros(market.n_edges, dtype=np.float64)
    total = welfare.gradient(side.indptr, side.edge, side.p, side.q, x_, table.t, table.w, out)
    return total, out
