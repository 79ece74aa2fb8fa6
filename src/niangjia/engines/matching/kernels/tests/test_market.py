"""What a market refuses, and how both sides see the same edges."""

import numpy as np
import pytest

from niangjia.engines.matching.kernels.checks import check_sides
from niangjia.engines.matching.kernels.errors import (
    BadIndex,
    BadProbability,
    BadShape,
    DuplicateId,
    MatchingError,
    SamePersonOnBothSides,
)
from niangjia.engines.matching.kernels.market import Columns, Market
from niangjia.engines.matching.kernels.tests.markets import random_market


@pytest.mark.parametrize("bad", [np.nan, -0.1, 1.1, np.inf])
def test_what_is_no_probability_is_refused(bad: float) -> None:
    p = np.full((2, 3), 0.5)
    p[1, 2] = bad
    with pytest.raises(BadProbability):
        Market.from_dense(p, np.full((3, 2), 0.5))
    with pytest.raises(BadProbability):
        Market.from_dense(np.full((3, 2), 0.5), p)


def test_shapes_that_do_not_fit_are_refused() -> None:
    with pytest.raises(BadShape):
        Market.from_dense(np.ones((2, 3)), np.ones((2, 3)))
    with pytest.raises(BadShape):
        Market.from_dense(np.ones((2, 3)), np.ones((3, 2)), eligible=np.ones((3, 2)))
    with pytest.raises(BadShape):
        Market.from_edges(indptr=[0, 2], indices=[0], p=[0.5], q=[0.5], n_reactive=1)


def test_a_pair_listed_twice_or_unknown_is_refused() -> None:
    with pytest.raises(DuplicateId):
        Market.from_edges(indptr=[0, 2], indices=[1, 1], p=[0.5, 0.5], q=[0.5, 0.5], n_reactive=2)
    with pytest.raises(BadIndex):
        Market.from_edges(indptr=[0, 1], indices=[2], p=[0.5], q=[0.5], n_reactive=2)


def test_rows_in_any_order_are_sorted() -> None:
    market = Market.from_edges(indptr=[0, 2], indices=[1, 0], p=[0.1, 0.2], q=[0.3, 0.4], n_reactive=2)
    assert market.indices.tolist() == [0, 1]
    assert market.p.tolist() == pytest.approx([0.2, 0.1])


def test_columns_list_applicants_by_falling_liking() -> None:
    market = random_market(4, C=40, J=7)
    columns = Columns.of(market)
    assert sorted(columns.edge.tolist()) == list(range(market.n_edges))
    for j in range(market.n_reactive):
        mine = slice(columns.indptr[j], columns.indptr[j + 1])
        assert (market.indices[columns.edge[mine]] == j).all()
        assert (np.diff(columns.q[mine]) <= 0).all()


def test_ties_among_applicants_go_to_the_first() -> None:
    market = Market.from_dense(np.full((5, 1), 0.5), np.full((1, 5), 0.5))
    assert Columns.of(market).edge.tolist() == [0, 1, 2, 3, 4]


def test_nobody_stands_twice_or_on_both_sides() -> None:
    check_sides(["alice"], ["bob"])
    with pytest.raises(SamePersonOnBothSides):
        check_sides(["alice", "charlie"], ["bob", "charlie"])
    with pytest.raises(DuplicateId):
        check_sides(["alice", "alice"], ["bob"])


def test_every_error_is_a_value_error() -> None:
    assert issubclass(MatchingError, ValueError)
    assert issubclass(BadProbability, MatchingError)
