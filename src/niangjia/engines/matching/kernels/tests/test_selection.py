"""Final pairs and stable pairs: certificates that an independent verifier accepts, and refuses when they are wrong."""

import itertools
from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from niangjia.engines.matching.kernels.errors import BadShape, BadWeight
from niangjia.engines.matching.kernels.selection.pairs import best_pairs, mutual
from niangjia.engines.matching.kernels.selection.stable import stable_pairs
from niangjia.engines.matching.kernels.selection.verify import (
    blocking_pairs,
    everybody_at_most_once,
    optimality_gap,
)

F64 = npt.NDArray[np.float64]
I32 = npt.NDArray[np.int32]
sides = st.tuples(st.integers(0, 5), st.integers(0, 5), st.integers(0, 999))


@settings(max_examples=60, deadline=None)
@given(sides, st.booleans())
def test_best_pairs_equal_enumeration_and_prove_it(size: tuple[int, int, int], most_pairs: bool) -> None:
    C, J, seed = size
    rng = np.random.default_rng(seed)
    w, allowed = rng.integers(0, 4, (C, J)).astype(float), rng.random((C, J)) < 0.6
    found = best_pairs(w, allowed=allowed, most_pairs=most_pairs)
    assert abs(optimality_gap(found, w, allowed=allowed)) < 1e-6
    pairs = found.as_list()
    value = (len(pairs) if most_pairs else 0, sum(w[p] for p in pairs))
    assert value == pytest.approx(_best(w, allowed, most_pairs))


def _best(w: F64, allowed: npt.NDArray[np.bool_], most_pairs: bool) -> tuple[float, float]:
    """Every way to give each row a free column or none."""
    C, J = w.shape
    best = (0.0, 0.0)
    for choice in itertools.product(range(-1, J), repeat=C):
        taken = [j for j in choice if j >= 0]
        if len(set(taken)) == len(taken) and all(allowed[i, j] for i, j in enumerate(choice) if j >= 0):
            value = sum(w[i, j] for i, j in enumerate(choice) if j >= 0)
            best = max(best, (len(taken) if most_pairs else 0, value))
    return best


def test_the_verifier_refuses_a_worse_selection_and_false_prices() -> None:
    w = np.array([[3.0, 1.0], [2.0, 2.0]])
    found = best_pairs(w)
    assert optimality_gap(replace(found, partner=found.partner[::-1].copy()), w) > 0
    assert optimality_gap(replace(found, u=found.u * 0, v=found.v * 0), w) == float("inf")
    assert optimality_gap(replace(found, partner=np.array([0, 0], dtype=np.int32)), w) == float("inf")


def test_only_mutual_picks_come_out() -> None:
    """Alice (0) picked Bob (0), Charlie (1) picked Bob; Bob picked Alice only."""
    assert mutual([[1], [1]], [[1, 0]]).tolist() == [[True], [False]]


@settings(max_examples=60, deadline=None)
@given(sides)
def test_stable_pairs_are_stable_and_no_proposer_could_do_better(size: tuple[int, int, int]) -> None:
    C, J, seed = size[0] % 5, size[1] % 5, size[2]
    rng = np.random.default_rng(seed)
    a, b = rng.random((C, J)), rng.random((J, C))
    a[rng.random((C, J)) < 0.2] = -np.inf
    found = stable_pairs(proposers=a, receivers=b)
    assert everybody_at_most_once(found, n_reactive=J)
    assert blocking_pairs(found, proposers=a, receivers=b) == 0
    for other in _all_stable(a, b):
        for i in range(C):
            assert _worth(a, i, found[i]) >= _worth(a, i, other[i])


def _all_stable(a: F64, b: F64) -> Iterator[I32]:
    for choice in itertools.product(range(-1, a.shape[1]), repeat=a.shape[0]):
        partner = np.array(choice, dtype=np.int32)
        once = everybody_at_most_once(partner, n_reactive=a.shape[1])
        if once and blocking_pairs(partner, proposers=a, receivers=b) == 0:
            yield partner


def _worth(a: F64, i: int, j: int) -> float:
    return float(a[i, j]) if j >= 0 else -np.inf


def test_long_rows_are_searched_to_the_end() -> None:
    """All proposers agree: the last of them finds a partner only far down the list."""
    n = 200
    a = np.tile(np.arange(n, 0, -1.0), (n, 1))
    b = np.tile(np.arange(n, 0, -1.0), (n, 1))
    assert stable_pairs(proposers=a, receivers=b).tolist() == list(range(n))


def test_equal_wishes_are_settled_by_number() -> None:
    assert stable_pairs(proposers=np.zeros((60, 60)), receivers=np.zeros((60, 60))).tolist() == list(range(60))


def test_a_blocking_pair_is_found() -> None:
    a = b = np.array([[2.0, 1.0], [1.0, 2.0]])
    assert blocking_pairs(np.array([1, 0], dtype=np.int32), proposers=a, receivers=b) == 2
    assert blocking_pairs(np.array([-1, -1], dtype=np.int32), proposers=a, receivers=b) == 4


@pytest.mark.parametrize("bad", [np.nan, np.inf])
def test_what_is_no_number_is_refused(bad: float) -> None:
    with pytest.raises(BadWeight):
        stable_pairs(proposers=[[bad]], receivers=[[1.0]])
    with pytest.raises(BadWeight):
        best_pairs([[bad]])
    with pytest.raises(BadWeight):
        best_pairs([[-1.0]])


def test_shapes_that_do_not_fit_are_refused() -> None:
    with pytest.raises(BadShape):
        stable_pairs(proposers=np.ones((2, 3)), receivers=np.ones((2, 3)))
    with pytest.raises(BadShape):
        best_pairs(np.ones((2, 3)), allowed=np.ones((3, 2)))
    with pytest.raises(BadShape):
        mutual(np.ones((2, 3)), np.ones((2, 3)))
