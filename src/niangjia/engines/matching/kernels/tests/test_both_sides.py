"""Protocol B: lists on both sides."""

from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from niangjia.engines.matching.kernels.clearing import both_sides
from niangjia.engines.matching.kernels.errors import BadCapacity, BadProbability, BadShape
from niangjia.engines.matching.kernels.tests.markets import crowded

Solve = Callable[..., both_sides.TwoLists]
SOLVERS: list[Solve] = [both_sides.social_welfare, both_sides.nash_welfare]
every_solver = pytest.mark.parametrize("solve", SOLVERS, ids=lambda f: f.__name__)


@every_solver
@settings(max_examples=25, deadline=None)
@given(C=st.integers(0, 5), J=st.integers(0, 5), seed=st.integers(0, 99))
def test_every_list_is_a_mixture_of_ranks(solve: Solve, C: int, J: int, seed: int) -> None:
    rng = np.random.default_rng(seed)
    found = solve(rng.random((C, J)), rng.random((J, C)))
    for lists in (found.X, found.Y.T):
        v = 1 / np.arange(1, lists.shape[1] + 1)
        assert np.allclose(lists.sum(axis=1), v.sum())
        # majorised by v: the k greatest exposures never exceed the k greatest weights
        greatest = np.cumsum(-np.sort(-lists, axis=1), axis=1)
        assert (greatest <= np.cumsum(v) + 1e-9).all()


@every_solver
def test_the_same_input_gives_the_same_lists(solve: Solve) -> None:
    p, q = crowded(12, 3)
    assert (solve(p, q).X == solve(p, q).X).all()


def test_social_welfare_beats_one_sided_lists_and_nobody_envies() -> None:
    p, q = crowded(20, 0)
    found = both_sides.social_welfare(p, q)
    assert found.total > 1.2 * both_sides.one_sided(p, q, product=True).total
    assert found.envious_pairs(both_sides.pair_values(p, q)) == (0, 0)
    naive = both_sides.one_sided(p, q, product=False)
    assert sum(naive.envious_pairs(both_sides.pair_values(p, q))) > 0


def test_nash_welfare_has_the_greater_sum_of_logarithms() -> None:
    p, q = crowded(20, 0)
    assert both_sides.nash_welfare(p, q).log_welfare > both_sides.social_welfare(p, q).log_welfare


def test_two_by_two_is_solved_by_hand() -> None:
    """Two loves: the diagonal on top of every list, 0.9 each; the other pairs share rank 2 on both sides."""
    p = q = np.array([[0.9, 0.5], [0.5, 0.9]])
    found = both_sides.social_welfare(p, q)
    assert found.total == pytest.approx(2 * 0.81 + 2 * 0.25 / 4)


def test_bad_input_is_refused() -> None:
    with pytest.raises(BadShape):
        both_sides.social_welfare(np.ones((2, 3)), np.ones((2, 3)))
    with pytest.raises(BadProbability):
        both_sides.nash_welfare(np.full((1, 1), np.nan), np.ones((1, 1)))
    with pytest.raises(BadCapacity):
        both_sides.social_welfare(np.ones((1, 1)), np.ones((1, 1)), kicks=-1)
