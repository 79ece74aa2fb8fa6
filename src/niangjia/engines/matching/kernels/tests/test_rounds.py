"""An evening of short meetings: allowed, best, and proven so."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from niangjia.engines.matching.kernels.errors import BadCapacity, BadShape, BadWeight
from niangjia.engines.matching.kernels.rounds.colouring import colour_edges
from niangjia.engines.matching.kernels.rounds.evening import Evening, evening
from niangjia.engines.matching.kernels.rounds.plan import plan
from niangjia.engines.matching.kernels.rounds.verify import faults, proven_gap


@settings(max_examples=60, deadline=None)
@given(
    C=st.integers(0, 7),
    J=st.integers(0, 7),
    rounds=st.integers(0, 9),
    tables=st.integers(0, 7),
    seed=st.integers(0, 99),
)
def test_an_evening_is_planned_without_fault_and_optimally(C: int, J: int, rounds: int, tables: int, seed: int) -> None:
    rng = np.random.default_rng(seed)
    given_ = evening(rng.random((C, J)), rounds=rounds, tables=tables, forbidden=rng.random((C, J)) < 0.2)
    found = plan(given_)
    assert faults(found, given_) == []
    assert found.optimal
    assert found.value == pytest.approx(_best_value(given_), abs=1e-6)
    assert abs(proven_gap(found, given_)) < 1e-6


def _best_value(given_: Evening) -> float:
    """The linear programme of the set of meetings (its corners are whole)."""
    C, J = given_.weights.shape
    if C * J == 0:
        return 0.0
    rows = [np.kron(np.eye(C)[i], np.ones(J)) for i in range(C)] + [np.kron(np.ones(C), np.eye(J)[j]) for j in range(J)]
    limits = [*given_.attends_proactive.sum(axis=1), *given_.attends_reactive.sum(axis=1)]
    upper = (~given_.forbidden).ravel().astype(float)
    found = linprog(
        -given_.weights.ravel(),
        A_ub=np.vstack([*rows, np.ones(C * J)]),
        b_ub=[*limits, given_.tables * given_.rounds],
        bounds=list(zip(np.zeros(C * J), upper, strict=True)),
    )
    assert found.fun is not None
    return -float(found.fun)


@settings(max_examples=40, deadline=None)
@given(seed=st.integers(0, 999), tables=st.integers(1, 6))
def test_latecomers_and_absentees_are_respected_and_the_bound_is_honest(seed: int, tables: int) -> None:
    rng = np.random.default_rng(seed)
    given_ = evening(
        rng.random((6, 5)),
        rounds=4,
        attends_proactive=rng.random((6, 4)) < 0.7,
        attends_reactive=rng.random((5, 4)) < 0.7,
        tables=tables,
    )
    found = plan(given_)
    assert faults(found, given_) == []
    assert found.value <= found.bound + 1e-6
    assert proven_gap(found, given_) >= -1e-6


def test_with_absences_little_is_lost() -> None:
    rng = np.random.default_rng(0)
    given_ = evening(rng.random((40, 40)), rounds=6, attends_proactive=rng.random((40, 6)) < 0.85)
    found = plan(given_)
    assert found.value >= 0.99 * found.bound


def test_those_who_stay_away_do_not_spoil_the_optimum() -> None:
    attends = np.ones((4, 3), dtype=bool)
    attends[2] = False
    given_ = evening(np.random.default_rng(1).random((4, 4)), rounds=3, attends_proactive=attends)
    found = plan(given_)
    assert found.optimal
    assert 2 not in found.meetings[:, 2]


def test_meetings_are_spread_evenly_over_rounds() -> None:
    found = plan(evening(np.random.default_rng(2).random((9, 4)), rounds=5, tables=3))
    sizes = np.bincount(found.meetings[:, 0], minlength=5)
    assert sizes.max() - sizes.min() <= 1


def test_the_verifier_finds_every_kind_of_fault() -> None:
    given_ = evening(np.ones((3, 3)), rounds=3, forbidden=np.eye(3) > 0)
    good = plan(given_)
    for change, code in (
        ([[0, 0, 0, 0]], "forbidden_pair_meets"),
        ([[0, 0, 0, 1], [0, 1, 0, 2]], "twice_in_a_round"),
        ([[0, 0, 0, 1], [1, 0, 0, 1]], "pair_meets_twice"),
        ([[7, 0, 0, 1]], "no_such_round"),
        ([[0, 5, 0, 1]], "too_few_tables"),
    ):
        meetings = np.array(change)
        assert code in faults(replace(good, meetings=meetings, value=float(len(change))), given_)
    assert faults(replace(good, value=99.0), given_) == ["wrong_value"]


def test_more_meetings_than_rounds_cannot_be_coloured() -> None:
    with pytest.raises(BadCapacity):
        colour_edges(np.array([0, 0, 0]), np.array([0, 1, 2]), n_proactive=1, colours=2)


def test_bad_evenings_are_refused() -> None:
    with pytest.raises(BadCapacity):
        evening(np.ones((2, 2)), rounds=-1)
    with pytest.raises(BadCapacity):
        evening(np.ones((2, 2)), rounds=1, tables=-1)
    with pytest.raises(BadWeight):
        evening(np.full((2, 2), np.nan), rounds=1)
    with pytest.raises(BadShape):
        evening(np.ones((2, 2)), rounds=2, attends_reactive=np.ones((2, 3)))
