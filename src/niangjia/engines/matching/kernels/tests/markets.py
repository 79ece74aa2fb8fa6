"""Small markets and slow, obvious answers to compare with."""

import itertools
from typing import Any

import numpy as np
import numpy.typing as npt
from hypothesis import strategies as st

from niangjia.engines.matching.kernels.exposure import Exposure
from niangjia.engines.matching.kernels.market import Market

F64 = npt.NDArray[np.float64]


def random_market(seed: int, *, C: int = 6, J: int = 4, density: float = 0.8) -> Market:
    rng = np.random.default_rng(seed)
    return Market.from_dense(rng.random((C, J)), rng.random((J, C)), eligible=rng.random((C, J)) < density)


def crowded(n: int, seed: int, crowding: float = 0.5) -> tuple[F64, F64]:
    """The published benchmark: 1.5 n x n, everybody partly agrees who is popular."""
    rng = np.random.RandomState(seed)
    C, J = int(1.5 * n), n
    p, q = rng.random_sample((C, J)), rng.random_sample((J, C))
    p = (1 - crowding) * p + crowding * np.linspace(1, 0, J)
    q = (1 - crowding) * q + crowding * np.linspace(1, 0, C)
    return p, q


@st.composite
def markets(draw: st.DrawFn, most: int = 5) -> Market:
    """Any shape, also without people or without eligible pairs; probabilities also 0 and 1."""
    C, J = draw(st.integers(0, most)), draw(st.integers(0, most))
    probability = st.floats(0, 1, width=32) | st.sampled_from([0.0, 1.0, 0.5])
    p = np.array(draw(st.lists(probability, min_size=C * J, max_size=C * J)), dtype=np.float32).reshape(C, J)
    q = np.array(draw(st.lists(probability, min_size=C * J, max_size=C * J)), dtype=np.float32).reshape(J, C)
    eligible = np.array(draw(st.lists(st.booleans(), min_size=C * J, max_size=C * J)), dtype=bool).reshape(C, J)
    return Market.from_dense(p, q, eligible=eligible)


def matches_by_enumeration(market: Market, x: npt.NDArray[Any], exposure: Exposure) -> F64:
    """Expected matches of every edge: all subsets of applicants of every reactive person."""
    out = np.zeros(market.n_edges)
    rows = market.rows()
    for j in range(market.n_reactive):
        edges = np.flatnonzero(market.indices == j)
        if not edges.size:
            continue
        edges = edges[np.lexsort((rows[edges], -market.q[edges]))]
        a = market.p[edges].astype(np.float64) * x[edges]
        v = exposure.weights(edges.size)
        for applies in itertools.product([False, True], repeat=edges.size):
            chance = np.prod(np.where(applies, a, 1 - a))
            place = np.cumsum(applies) - 1
            out[edges] += np.where(applies, chance * market.q[edges] * v[np.maximum(place, 0)], 0)
    return out


def matches_by_simulation(market: Market, x: npt.NDArray[Any], exposure: Exposure, *, draws: int, seed: int) -> float:
    """Total expected matches: people apply, are ranked and answered, `draws` times."""
    rng = np.random.default_rng(seed)
    rows, total = market.rows(), 0.0
    for j in range(market.n_reactive):
        edges = np.flatnonzero(market.indices == j)
        edges = edges[np.lexsort((rows[edges], -market.q[edges]))]
        applies = rng.random((draws, edges.size)) < market.p[edges] * x[edges]
        place = np.maximum(np.cumsum(applies, axis=1) - 1, 0)
        answers = rng.random((draws, edges.size)) < market.q[edges] * exposure.weights(max(1, edges.size))[place]
        total += float((applies & answers).sum())
    return total / draws
