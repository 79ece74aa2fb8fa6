"""Groups beyond two sides: friends in pairs, hobby tables, by general maximum-weight matching (rustworkx).

Pairs are optimal. Tables of 2^k are built by matching pairs with pairs: good, not proven best; tables of other sizes
are filled from them greedily.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import rustworkx

from niangjia.engines.matching.kernels.checks import as_matrix, as_weights, check_count
from niangjia.engines.matching.kernels.errors import BadShape

F64 = npt.NDArray[np.float64]
STEPS = 10**9  # rustworkx matches whole numbers: weights are rounded to this many steps of the greatest


@dataclass(frozen=True, slots=True)
class Groups:
    """Each group's members, rising; who is in none; the total weight inside groups."""

    members: tuple[tuple[int, ...], ...]
    alone: tuple[int, ...]
    value: float


def friendly_pairs(weights: npt.ArrayLike, *, most_pairs: bool = False) -> Groups:
    """The best pairs of one crowd. weights[a, b] >= 0, symmetric: how well a and b would get on; 0: not at all."""
    w = _symmetric(weights)
    return _grouped(_matched(w, most_pairs=most_pairs), w)


def tables(weights: npt.ArrayLike, *, seats: int) -> Groups:
    """Everybody at tables of `seats` (the last may be smaller); single tables hold no value."""
    w = _symmetric(weights)
    check_count(seats, name="seats", least=1)
    parties: list[tuple[int, ...]] = [(a,) for a in range(w.shape[0])]
    while len(parties) > 1 and 2 * max(map(len, parties)) <= seats:
        parties = _join(parties, w)
    return _grouped(_filled(parties, w, seats), w)


def _symmetric(weights: npt.ArrayLike) -> F64:
    w = as_weights(as_matrix(weights, name="weights"), name="weights")
    if w.shape[0] != w.shape[1] or not np.allclose(w, w.T):
        raise BadShape("weights must be square and symmetric")
    return w


def _matched(w: F64, *, most_pairs: bool) -> list[tuple[int, ...]]:
    """Disjoint pairs of the greatest total weight."""
    graph = rustworkx.PyGraph(multigraph=False)
    graph.add_nodes_from(list(range(w.shape[0])))
    unit = w.max(initial=0) / STEPS
    if unit == 0:
        return []
    a, b = np.nonzero(np.triu(w, 1))
    whole = np.rint(w[a, b] / unit).astype(np.int64)
    graph.add_edges_from(list(zip(a.tolist(), b.tolist(), whole.tolist(), strict=True)))
    pairs = rustworkx.max_weight_matching(graph, max_cardinality=most_pairs, weight_fn=int)
    return sorted((min(p), max(p)) for p in pairs)


def _join(parties: list[tuple[int, ...]], w: F64) -> list[tuple[int, ...]]:
    """Match parties with parties by the weight between them."""
    between = np.array([[0.0 if p is q else w[np.ix_(p, q)].sum() for q in parties] for p in parties])
    between += 1e-9 * (1 + between.max()) * (1 - np.eye(len(parties)))  # strangers may share a table
    joined = _matched(between, most_pairs=True)
    single = set(range(len(parties))) - {k for pair in joined for k in pair}
    return [parties[a] + parties[b] for a, b in joined] + [parties[k] for k in sorted(single)]


def _filled(parties: list[tuple[int, ...]], w: F64, seats: int) -> list[tuple[int, ...]]:
    """Fill tables to `seats`: the heaviest party first, then whoever fits best, one by one."""
    groups = sorted(parties, key=lambda p: (-len(p), -w[np.ix_(p, p)].sum(), p))
    full = [g for g in groups if len(g) == seats]
    rest = [a for g in groups if len(g) != seats for a in g]
    while rest:
        table = [rest.pop(0)]
        while rest and len(table) < seats:
            best = max(rest, key=lambda a: (w[a, table].sum(), -a))
            rest.remove(best)
            table.append(best)
        full.append(tuple(table))
    return full


def _grouped(members: list[tuple[int, ...]], w: F64) -> Groups:
    groups = tuple(sorted(tuple(sorted(g)) for g in members if len(g) > 1))
    placed = {a for g in groups for a in g}
    return Groups(
        members=groups,
        alone=tuple(a for a in range(w.shape[0]) if a not in placed),
        value=float(sum(w[np.ix_(g, g)].sum() / 2 for g in groups)),
    )
