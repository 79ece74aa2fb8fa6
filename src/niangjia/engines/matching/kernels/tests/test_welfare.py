"""Welfare and gradient of protocol A against enumeration, differences and simulation."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from niangjia.engines.matching.kernels.clearing.base import expected_matches, welfare_and_gradient
from niangjia.engines.matching.kernels.errors import BadParameter, BadShape
from niangjia.engines.matching.kernels.exposure import Exposure, Name
from niangjia.engines.matching.kernels.market import Market
from niangjia.engines.matching.kernels.tests.markets import (
    markets,
    matches_by_enumeration,
    matches_by_simulation,
    random_market,
)

EXPOSURES: list[Name] = ["inv", "exp", "log"]


@pytest.mark.parametrize("name", EXPOSURES)
def test_the_expansion_into_powers_gives_back_the_exposure(name: Name) -> None:
    exposure = Exposure(name)
    ranks = np.arange(1, 41)
    assert np.allclose(exposure.nodes(24).values(ranks), exposure.weights(40), rtol=0, atol=1e-9)


@pytest.mark.parametrize("name", EXPOSURES)
@pytest.mark.parametrize("seed", range(5))
def test_expected_matches_equal_enumeration(name: Name, seed: int) -> None:
    market = random_market(seed)
    x = np.random.default_rng(seed).random(market.n_edges)
    exact = matches_by_enumeration(market, x, Exposure(name))
    assert np.allclose(expected_matches(market, x, exposure=Exposure(name)), exact, rtol=0, atol=1e-9)


@settings(max_examples=60, deadline=None)
@given(market=markets(), seed=st.integers(0, 99))
def test_welfare_is_the_sum_of_expected_matches_on_any_market(market: Market, seed: int) -> None:
    x = np.random.default_rng(seed).random(market.n_edges)
    total, _ = welfare_and_gradient(market, x)
    assert total == pytest.approx(matches_by_enumeration(market, x, Exposure("inv")).sum(), abs=1e-9)


@pytest.mark.parametrize("name", EXPOSURES)
def test_the_gradient_equals_differences(name: Name) -> None:
    market, exposure = random_market(3, C=7, J=5), Exposure(name)
    x = np.random.default_rng(0).random(market.n_edges) * 0.8 + 0.1
    _, slope = welfare_and_gradient(market, x, exposure=exposure)
    for e in range(market.n_edges):
        step = np.zeros(market.n_edges)
        step[e] = 1e-4
        up = welfare_and_gradient(market, x + step, exposure=exposure)[0]
        down = welfare_and_gradient(market, x - step, exposure=exposure)[0]
        # W is linear in each single exposure, so the central difference is exact
        assert slope[e] == pytest.approx((up - down) / 2e-4, abs=1e-7)


def test_the_gradient_is_never_negative() -> None:
    market = random_market(5, C=12, J=5, density=1.0)
    assert (welfare_and_gradient(market, np.ones(market.n_edges))[1] >= -1e-12).all()


def test_welfare_equals_simulation() -> None:
    market = random_market(1, C=20, J=10)
    x = np.random.default_rng(1).random(market.n_edges)
    simulated = matches_by_simulation(market, x, Exposure("inv"), draws=20_000, seed=1)
    assert welfare_and_gradient(market, x)[0] == pytest.approx(simulated, rel=0.02)


def test_an_exposure_of_the_wrong_size_is_refused() -> None:
    with pytest.raises(BadShape):
        expected_matches(random_market(0), np.ones(3))


def test_an_unknown_exposure_is_refused() -> None:
    with pytest.raises(BadParameter):
        Exposure("cubic").weights(3)  # type: ignore[arg-type]
