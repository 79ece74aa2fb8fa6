"""A market in parts: nobody's list is cut, one part is the whole, and parts that know of one another lose little."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from niangjia.engines.matching.kernels.clearing.ascent import NashWelfare, SocialWelfare
from niangjia.engines.matching.kernels.clearing.base import INV, Solver, expected_matches
from niangjia.engines.matching.kernels.clearing.partitions import Partitioned, compact, cut
from niangjia.engines.matching.kernels.errors import BadCapacity, BadShape
from niangjia.engines.matching.kernels.market import Market
from niangjia.engines.matching.kernels.tests.markets import crowded, markets, random_market


@pytest.mark.parametrize("solver", [SocialWelfare(steps=8), NashWelfare(steps=8)])
@settings(max_examples=30, deadline=None)
@given(market=markets(), rounds=st.integers(1, 3))
def test_one_part_is_the_uncut_market(solver: Solver, market: Market, rounds: int) -> None:
    whole = solver.solve(market)
    part = Partitioned(parts=1, rounds=rounds, solver=solver).solve(market)
    assert (part.lists.columns == whole.lists.columns).all()
    assert (part.x == whole.x).all()


@given(
    people=st.lists(st.tuples(st.integers(0, 5), st.integers(0, 9)), max_size=30),
    parts=st.integers(1, 8),
)
def test_parts_are_ranges_of_places_with_about_equally_many_candidates(
    people: list[tuple[int, int]], parts: int
) -> None:
    place, sizes = np.array(people, dtype=np.int64).reshape(-1, 2).T
    part = cut(place, sizes=sizes, parts=parts)
    in_order = part[np.argsort(place, kind="stable")]
    assert (np.diff(in_order) >= 0).all()
    assert ((part >= 0) & (part < parts)).all()
    held = np.bincount(part, weights=sizes, minlength=parts)
    assert held.max(initial=0) <= sizes.sum() / parts + sizes.max(initial=0)


def test_the_order_of_the_people_does_not_move_a_border_of_places() -> None:
    place = np.array(["330106", "330102", "330106", "330102"])
    assert cut(place, sizes=np.full(4, 100), parts=2).tolist() == [1, 0, 1, 0]


def test_a_part_keeps_whole_lists_and_numbers_its_people_anew() -> None:
    market = Market.from_edges(
        indptr=[0, 2, 2, 4], indices=[1, 4, 0, 4], p=[0.1, 0.2, 0.3, 0.4], q=[0.5, 0.6, 0.7, 0.8], n_reactive=6
    )
    edges = np.array([0, 1])
    part = compact(market.rows()[edges], market.indices[edges], p=market.p[edges], q=market.q[edges])
    assert (part.n_proactive, part.n_reactive) == (1, 2)
    assert part.indices.tolist() == [0, 1]
    assert part.q.tolist() == market.q[:2].tolist()


def test_parts_that_are_told_of_the_crowd_lose_less_than_those_that_are_not() -> None:
    market = Market.from_dense(*crowded(60, 0))
    solver = SocialWelfare(steps=30)
    whole = float(expected_matches(market, solver.solve(market).x).sum())
    told = Partitioned(parts=6, solver=solver).solve(market)
    blind = np.zeros(market.n_edges, dtype=np.float32)
    part = Partitioned(parts=6).part_of(market)[market.rows()]
    for k in range(6):
        mine = np.flatnonzero(part == k)
        alone = compact(market.rows()[mine], market.indices[mine], p=market.p[mine], q=market.q[mine])
        blind[mine] = solver.solve(alone, exposure=INV).x
    lost = [1 - float(expected_matches(market, x).sum()) / whole for x in (told.x, blind)]
    assert lost[0] < 0.03
    assert lost[1] > 3 * lost[0]


def test_more_parts_than_people_are_empty_parts() -> None:
    market = random_market(3, C=3, J=3, density=1)
    found = Partitioned(parts=9).solve(market)
    assert (found.lists.indptr == market.indptr).all()


def test_what_cannot_be_cut_is_refused() -> None:
    with pytest.raises(BadCapacity):
        Partitioned(parts=0).solve(random_market(0))
    with pytest.raises(BadCapacity):
        Partitioned(parts=2, rounds=0).solve(random_market(0))
    with pytest.raises(BadShape):
        Partitioned(parts=2, place=np.zeros(2)).solve(random_market(0))
