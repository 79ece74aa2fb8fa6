"""The best set of meetings under limits, by min-cost flow, with prices that prove it.

Linear programming duality: for any prices y[i], y[j], room >= 0 no set of meetings is worth more than

    sum_i limit_i y_i + sum_j limit_j y_j + limit room + sum_ij max(0, w_ij - y_i - y_j - room)

Whoever holds the prices can add that up without knowing how they were found.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from ortools.graph.python import min_cost_flow

from niangjia.engines.matching.kernels.compiled import compiled

I64 = npt.NDArray[np.int64]
F64 = npt.NDArray[np.float64]
STEPS = 10**9  # weights are rounded to this many steps of the greatest: flows count in whole numbers


@dataclass(frozen=True, slots=True, eq=False)
class Prices:
    """y of a person's meeting, and of room for any meeting; `bound` is the sum above. Units of weight."""

    proactive: F64
    reactive: F64
    room: float
    bound: float


@dataclass(frozen=True, slots=True, eq=False)
class Meetings:
    i: I64
    j: I64
    prices: Prices


def best_meetings(
    weights: F64,
    *,
    allowed: npt.NDArray[np.bool_],
    at_most_proactive: I64,
    at_most_reactive: I64,
    at_most_in_all: int,
) -> Meetings:
    """The set of allowed meetings with the greatest total weight; meetings worth nothing are not held."""
    C, J = weights.shape
    unit = weights.max(initial=0) / STEPS
    if unit == 0 or not at_most_in_all:
        return Meetings(
            i=np.zeros(0, np.int64), j=np.zeros(0, np.int64), prices=_closed(C, J, room=float(weights.max(initial=0)))
        )
    cost = np.rint(weights / unit).astype(np.int64)
    i, j = np.nonzero(allowed & (cost > 0))
    held = _flow(C, J, i, j, cost[i, j], at_most_proactive, at_most_reactive, at_most_in_all)
    y = _potentials(C, J, i, j, cost[i, j], held, at_most_proactive, at_most_reactive, held.sum() < at_most_in_all)
    proactive, reactive, room = y[:C] * unit, y[C : C + J] * unit, float(y[C + J] * unit)
    bound = dual_bound(
        weights,
        allowed=allowed,
        limits=(at_most_proactive, at_most_reactive, at_most_in_all),
        prices=(proactive, reactive, room),
    )
    return Meetings(i=i[held], j=j[held], prices=Prices(proactive, reactive, room, bound))


def dual_bound(
    weights: F64,
    *,
    allowed: npt.NDArray[np.bool_],
    limits: tuple[I64, I64, int],
    prices: tuple[F64, F64, float],
) -> float:
    """The sum above."""
    y_i, y_j, room = prices
    surplus = np.maximum(0, weights - y_i[:, None] - y_j[None, :] - room)
    return float(limits[0] @ y_i + limits[1] @ y_j + limits[2] * room + surplus[allowed].sum())


def _closed(C: int, J: int, *, room: float) -> Prices:
    """Nothing can be held, or nothing is worth it: room costs as much as the best meeting."""
    return Prices(proactive=np.zeros(C), reactive=np.zeros(J), room=room, bound=0.0)


def _flow(C: int, J: int, i: I64, j: I64, gain: I64, limit_i: I64, limit_j: I64, limit: int) -> npt.NDArray[np.bool_]:
    """Source -> hub -> i -> j -> sink; what is not worth sending goes from source to sink for nothing."""
    source, hub, sink = C + J, C + J + 1, C + J + 2
    amount = int(min(limit, limit_i.sum(), limit_j.sum()))
    tail = np.concatenate([i, np.full(C, hub), C + np.arange(J), [source, source]])
    head = np.concatenate([C + j, np.arange(C), np.full(J, sink), [hub, sink]])
    capacity = np.concatenate([np.ones(i.size, np.int64), limit_i, limit_j, [limit, amount]])
    cost = np.concatenate([-gain, np.zeros(C + J + 2, np.int64)])
    flow = min_cost_flow.SimpleMinCostFlow()
    arcs = flow.add_arcs_with_capacity_and_unit_cost(tail, head, capacity, cost)
    flow.set_nodes_supplies(np.array([source, sink]), np.array([amount, -amount]))
    status = flow.solve()
    assert status == flow.OPTIMAL, status  # feasible by construction: everything may take the free arc
    return np.asarray(flow.flows(arcs[: i.size])) > 0


@compiled
def _potentials(
    C: int,
    J: int,
    i: I64,
    j: I64,
    gain: I64,
    held: npt.NDArray[np.bool_],
    limit_i: I64,
    limit_j: I64,
    room_left: bool,
) -> F64:
    """Prices out of shortest distances in the residual network (Bellman-Ford): y_i, y_j, room."""
    used_i, used_j = np.zeros(C, np.int64), np.zeros(J, np.int64)
    for e in range(i.size):
        if held[e]:
            used_i[i[e]] += 1
            used_j[j[e]] += 1
    d = np.zeros(C + J + 2, np.int64)  # i, j, hub, and source = sink (joined by the free arc)
    hub, end = C + J, C + J + 1
    moved = True
    while moved:
        moved = False
        moved |= _relax(d, end, hub, 0, room_left, used_i.sum() > 0)
        for a in range(C):
            moved |= _relax(d, hub, a, 0, used_i[a] < limit_i[a], used_i[a] > 0)
        for b in range(J):
            moved |= _relax(d, C + b, end, 0, used_j[b] < limit_j[b], used_j[b] > 0)
        for e in range(i.size):
            moved |= _relax(d, i[e], C + j[e], -gain[e], not held[e], held[e])
    y = np.zeros(C + J + 1)
    for a in range(C):
        y[a] = max(0, d[a] - d[hub])
    for b in range(J):
        y[C + b] = max(0, d[end] - d[C + b])
    y[C + J] = max(0, d[hub] - d[end])
    return y


@compiled
def _relax(d: I64, tail: int, head: int, cost: int, forward: bool, backward: bool) -> bool:
    """One arc and its return; says whether a distance fell."""
    fell = False
    if forward and d[tail] + cost < d[head]:
        d[head] = d[tail] + cost
        fell = True
    if backward and d[head] - cost < d[tail]:
        d[tail] = d[head] - cost
        fell = True
    return fell
