"""The contract every solver of protocol A keeps, and what the better ones promise beyond it."""

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given, settings

from niangjia.engines.matching.kernels.clearing.ascent import NashWelfare, SocialWelfare, carry_over
from niangjia.engines.matching.kernels.clearing.base import Solver, expected_matches
from niangjia.engines.matching.kernels.clearing.baselines import Naive, Product, TransferableUtility
from niangjia.engines.matching.kernels.clearing.fairness import fairness, gini
from niangjia.engines.matching.kernels.clearing.partitions import Partitioned
from niangjia.engines.matching.kernels.errors import BadCapacity, BadParameter, BadShape
from niangjia.engines.matching.kernels.market import Market
from niangjia.engines.matching.kernels.tests.markets import crowded, markets, random_market

SOLVERS: list[Solver] = [
    Naive(),
    Product(),
    TransferableUtility(),
    TransferableUtility(beta=0.05),
    SocialWelfare(steps=8),
    NashWelfare(steps=8),
    Partitioned(parts=3, solver=SocialWelfare(steps=8)),
]
every_solver = pytest.mark.parametrize("solver", SOLVERS, ids=lambda s: type(s).__name__)


@every_solver
@settings(max_examples=30, deadline=None)
@given(market=markets())
def test_lists_hold_every_candidate_once_and_exposure_is_that_of_the_rank(solver: Solver, market: Market) -> None:
    found = solver.solve(market)
    assert (found.lists.indptr == market.indptr).all()
    for i in range(market.n_proactive):
        mine = slice(market.indptr[i], market.indptr[i + 1])
        assert sorted(found.lists.of(i)) == sorted(market.indices[mine])
        x = dict(zip(market.indices[mine].tolist(), found.x[mine].tolist(), strict=True))
        assert np.allclose([x[int(j)] for j in found.lists.of(i)], 1 / np.arange(1, len(x) + 1))


@every_solver
def test_the_same_market_gives_the_same_lists(solver: Solver) -> None:
    market = random_market(7, C=30, J=20)
    first, second = solver.solve(market), solver.solve(market)
    assert (first.lists.columns == second.lists.columns).all()
    assert (first.x == second.x).all()


@every_solver
def test_a_length_cuts_the_lists(solver: Solver) -> None:
    market = random_market(2, C=9, J=8, density=0.7)
    found = solver.solve(market, length=2)
    sizes = np.diff(found.lists.indptr)
    assert (sizes == np.minimum(np.diff(market.indptr), 2)).all()
    assert (found.x > 0).sum() == sizes.sum()


@every_solver
@pytest.mark.parametrize(("C", "J", "density"), [(0, 0, 1), (0, 3, 1), (3, 0, 1), (1, 1, 1), (4, 4, 0)])
def test_empty_sides_and_nobody_eligible_are_honest_and_empty(solver: Solver, C: int, J: int, density: float) -> None:
    market = random_market(0, C=C, J=J, density=density)
    found = solver.solve(market)
    assert found.lists.columns.size == market.n_edges
    assert fairness(market, found).total >= 0


@every_solver
def test_a_negative_length_is_refused(solver: Solver) -> None:
    with pytest.raises(BadCapacity):
        solver.solve(random_market(0), length=-1)


def test_clearing_the_market_beats_every_baseline() -> None:
    market = Market.from_dense(*crowded(40, 0))
    totals = [fairness(market, s.solve(market)).total for s in (Naive(), Product(), TransferableUtility())]
    assert totals == sorted(totals)
    assert fairness(market, SocialWelfare().solve(market)).total > totals[-1]


@pytest.mark.parametrize("seed", range(4))
def test_social_welfare_is_close_to_the_best_of_all_lists(seed: int) -> None:
    """3 x 3: all 6^3 ways to give everybody a list."""
    rng = np.random.default_rng(seed)
    market = Market.from_dense(rng.random((3, 3)), rng.random((3, 3)))
    v = [1, 1 / 2, 1 / 3]
    orders = [[v[k] for k in o] for o in ([0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0])]
    best = max(expected_matches(market, np.array(a + b + c)).sum() for a in orders for b in orders for c in orders)
    assert fairness(market, SocialWelfare().solve(market)).total >= 0.98 * best


def test_nash_welfare_shares_better_and_social_welfare_sums_better() -> None:
    market = Market.from_dense(*crowded(30, 1))
    fair, rich = (s.solve(market) for s in (NashWelfare(), SocialWelfare()))
    assert _log_welfare(market, fair.x) > _log_welfare(market, rich.x)
    assert fairness(market, fair).proactive.gini < fairness(market, rich).proactive.gini
    assert fairness(market, fair).total < fairness(market, rich).total


def _log_welfare(market: Market, x: npt.NDArray[np.float32]) -> float:
    m = expected_matches(market, x)
    sides = np.bincount(market.rows(), weights=m), np.bincount(market.indices, weights=m)
    return float(sum(np.log(side).sum() for side in sides))


def test_at_the_optimum_nobody_envies() -> None:
    market = Market.from_dense(*crowded(30, 1))
    assert fairness(market, SocialWelfare().solve(market)).proactive.envious_pairs == 0
    assert fairness(market, Naive().solve(market)).proactive.envious_pairs > 0


def test_a_warm_start_needs_fewer_steps() -> None:
    market = Market.from_dense(*crowded(40, 2))
    yesterday = SocialWelfare().solve(market)
    warm = SocialWelfare(steps=3, start=yesterday.x).solve(market)
    cold = SocialWelfare(steps=3).solve(market)
    assert fairness(market, warm).total > fairness(market, cold).total


def test_exposure_is_carried_over_to_those_who_stay() -> None:
    yesterday = Market.from_dense(np.full((2, 2), 0.5), np.full((2, 2), 0.5))
    x = np.array([1.0, 0.5, 0.5, 1.0], dtype=np.float32)
    today = Market.from_dense(np.full((2, 3), 0.5), np.full((3, 2), 0.5))
    moved = carry_over(yesterday, x, today=today, rows=np.array([1, -1]), columns=np.array([2, 0]))
    assert moved.reshape(2, 3).tolist() == [[0.75, 0.75, 0.75], [0.5, 0.75, 1.0]]


def test_bad_settings_are_refused() -> None:
    market = random_market(0)
    with pytest.raises(BadParameter):
        TransferableUtility(beta=0).solve(market)
    with pytest.raises(BadCapacity):
        SocialWelfare(steps=0).solve(market)
    with pytest.raises(BadShape):
        SocialWelfare(start=np.full(market.n_edges, np.nan, dtype=np.float32)).solve(market)


def test_gini_of_equals_is_zero_and_of_one_owner_nearly_one() -> None:
    assert gini(np.ones(10)) == pytest.approx(0)
    assert gini([0] * 99 + [1]) == pytest.approx(0.99)
    assert gini([]) == 0
