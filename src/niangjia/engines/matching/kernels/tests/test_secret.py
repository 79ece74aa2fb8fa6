"""Protocol B on eligible pairs: both sides read lists, a yes stays secret."""

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from niangjia.engines.matching.kernels.clearing import both_sides
from niangjia.engines.matching.kernels.clearing.secret import SecretWelfare, by_scores, priced, shared_ranks
from niangjia.engines.matching.kernels.errors import BadCapacity, BadParameter, BadShape
from niangjia.engines.matching.kernels.exposure import Exposure
from niangjia.engines.matching.kernels.market import Market
from niangjia.engines.matching.kernels.tests.markets import crowded, markets, random_market

INV = Exposure("inv")


@settings(max_examples=40, deadline=None)
@given(market=markets(), length=st.none() | st.integers(0, 3))
def test_both_sides_get_every_candidate_once_and_exposure_is_that_of_the_rank(
    market: Market, length: int | None
) -> None:
    found = SecretWelfare().solve(market, length=length)
    rows = market.rows()
    sides = (
        (found.proactive, rows, market.indices, found.x, market.n_proactive),
        (found.reactive, market.indices, rows, found.y, market.n_reactive),
    )
    for lists, owner, other, exposure, n in sides:
        for person in range(n):
            own = owner == person
            seen = dict(zip(other[own].tolist(), exposure[own].tolist(), strict=True))
            listed = [int(k) for k in lists.of(person)]
            assert len(listed) == min(len(seen), length if length is not None else len(seen))
            assert [seen[k] for k in listed] == pytest.approx([1 / (k + 1) for k in range(len(listed))])
            assert sum(seen.values()) == pytest.approx(sum(1 / (k + 1) for k in range(len(listed))))


@settings(max_examples=40, deadline=None)
@given(market=markets())
def test_matches_are_those_of_the_exposures(market: Market) -> None:
    found = SecretWelfare().solve(market)
    assert np.allclose(found.matches, market.p.astype(np.float64) * market.q * found.x * found.y, atol=1e-6)


@pytest.mark.parametrize("seed", range(4))
def test_secret_welfare_is_near_the_best_of_all_lists(seed: int) -> None:
    """3 x 3: all 6^3 ways to give one side lists; the best answer of the other is a sort."""
    rng = np.random.default_rng(seed)
    p, q = rng.random((3, 3)), rng.random((3, 3))
    v = np.array([1, 1 / 2, 1 / 3])
    orders = [v[list(order)] for order in itertools.permutations(range(3))]
    best = max(
        float((np.sort(p * q.T * np.array(lists), axis=0) * v[::-1, None]).sum())
        for lists in itertools.product(orders, repeat=3)
    )
    assert SecretWelfare().solve(Market.from_dense(p, q)).total >= 0.93 * best


def test_when_nothing_more_is_gained_nobody_envies() -> None:
    p, q = crowded(30, 1)
    found = SecretWelfare(tolerance=0, most_steps=200).solve(Market.from_dense(p, q))
    lists = both_sides.TwoLists(*(a.reshape(p.shape).astype(np.float64) for a in (found.x, found.y, found.matches)))
    assert lists.envious_pairs(both_sides.pair_values(p, q), tolerance=1e-5) == (0, 0)


def test_it_beats_lists_made_for_one_side_at_a_time_and_comes_near_the_assignments() -> None:
    p, q = crowded(40, 0)
    market = Market.from_dense(p, q)
    b = market.p * market.q
    ours = SecretWelfare().solve(market).total
    assert ours > 1.2 * by_scores(market, b, b).total > by_scores(market, market.p, market.q).total
    assert ours > 0.98 * both_sides.social_welfare(p, q, kicks=0).total


def test_at_the_start_both_of_a_pair_share_a_rank_that_nobody_else_around_them_has() -> None:
    market = random_market(3, C=12, J=9)
    ranks = np.rint(1 / shared_ranks(market, priced(market, beta=0.05), exposure=INV)).astype(int)
    for people in (market.rows(), market.indices):
        taken = list(zip(people.tolist(), ranks.tolist(), strict=True))
        assert len(set(taken)) == market.n_edges


def test_the_same_market_gives_the_same_lists() -> None:
    market = random_market(7, C=30, J=20)
    first, second = SecretWelfare().solve(market), SecretWelfare().solve(market)
    assert (first.proactive.columns == second.proactive.columns).all()
    assert (first.reactive.columns == second.reactive.columns).all()


def test_bad_orders_are_refused() -> None:
    market = random_market(0)
    with pytest.raises(BadParameter):
        SecretWelfare(beta=0).solve(market)
    with pytest.raises(BadCapacity):
        SecretWelfare(most_steps=0).solve(market)
    with pytest.raises(BadCapacity):
        SecretWelfare().solve(market, length=-1)
    with pytest.raises(BadShape):
        by_scores(market, market.p[:1], market.q)
