"""Introductions, reasons, and groups."""

import itertools

import networkx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from niangjia.engines.matching.kernels.clearing.base import expected_matches
from niangjia.engines.matching.kernels.clearing.baselines import Naive
from niangjia.engines.matching.kernels.errors import BadCapacity, BadProbability, BadShape
from niangjia.engines.matching.kernels.explain import Code, Fact, Seen, explain, newest_first
from niangjia.engines.matching.kernels.groups import friendly_pairs, tables
from niangjia.engines.matching.kernels.introductions import Reason, introductions
from niangjia.engines.matching.kernels.market import Market
from niangjia.engines.matching.kernels.tests.markets import crowded, markets


@settings(max_examples=40, deadline=None)
@given(market=markets(), count=st.integers(0, 6), per_person=st.integers(0, 2))
def test_introductions_are_eligible_falling_and_within_limits(market: Market, count: int, per_person: int) -> None:
    matches = expected_matches(market, Naive().solve(market).x)
    found = introductions(market, matches, count=count, per_person=per_person)
    edges = set(zip(market.rows().tolist(), market.indices.tolist(), strict=True))
    assert len(found) <= count
    assert all((one.i, one.j) in edges and one.gain > 0 and one.reasons for one in found)
    assert all(a.gain >= b.gain - 1e-12 for a, b in itertools.pairwise(found))
    for side in ([one.i for one in found], [one.j for one in found]):
        assert all(side.count(person) <= per_person for person in side)


def test_the_first_introduction_is_the_best_one() -> None:
    market = Market.from_dense(*crowded(20, 0))
    matches = expected_matches(market, Naive().solve(market).x)

    def reached(m: np.ndarray) -> float:
        mine, theirs = np.bincount(market.rows(), weights=m), np.bincount(market.indices, weights=m)
        return float((1 - np.exp(-mine)).sum() + (1 - np.exp(-theirs)).sum())

    def after(e: int) -> float:
        more = matches.copy()
        more[e] = max(more[e], float(market.p[e]) * float(market.q[e]))
        return reached(more) - reached(matches)

    best = max(range(market.n_edges), key=after)
    first = introductions(market, matches, count=1)[0]
    assert (first.i, first.j) == (market.rows()[best], market.indices[best])
    assert first.gain == pytest.approx(after(best))


def test_whoever_was_forgotten_is_introduced_first() -> None:
    """Bob (0) has matches enough; nobody sees Charlie (1)."""
    market = Market.from_dense(np.full((2, 2), 0.8), np.full((2, 2), 0.8))
    found = introductions(market, [2.0, 0, 2.0, 0], count=1)[0]
    assert found.j == 1
    assert Reason.REACTIVE_HAS_FEW in found.reasons
    assert Reason.LISTS_HIDE_THEM in found.reasons


def test_bad_orders_for_introductions_are_refused() -> None:
    market = Market.from_dense([[0.5]], [[0.5]])
    with pytest.raises(BadCapacity):
        introductions(market, [0.1], count=-1)
    with pytest.raises(BadShape):
        introductions(market, [0.1, 0.2], count=1)


def test_only_what_both_may_see_is_told() -> None:
    """Alice hides her home town: Bob never hears that it is the same."""
    alice = Seen(hobbies=frozenset({"tea", "go"}), places={"district": "yuexiu"})
    bob = Seen(
        hobbies=frozenset({"tea", "go"}), places={"district": "yuexiu", "home_town": "meizhou"}, fits_wishes=True
    )
    told = explain(me=alice, them=bob, hobby_share={"tea": 0.4, "go": 0.1}, most=9)
    assert told == [
        Fact(Code.FITS_MY_WISHES),
        Fact(Code.SAME_HOBBY, "go"),
        Fact(Code.SAME_HOBBY, "tea"),
        Fact(Code.SAME_DISTRICT, "yuexiu"),
    ]


def test_strangers_get_no_invented_reason() -> None:
    assert explain(me=Seen(), them=Seen(), hobby_share={}) == []
    with pytest.raises(BadProbability):
        explain(me=Seen(), them=Seen(), hobby_share={"tea": 2})


@given(st.lists(st.integers(0, 3), max_size=12))
def test_without_personalisation_the_newest_come_first(joined: list[int]) -> None:
    ids = list(range(len(joined)))[::-1]
    found = newest_first(joined, ids=ids).tolist()
    assert found == sorted(range(len(joined)), key=lambda k: (-joined[k], ids[k]))


@settings(max_examples=40, deadline=None)
@given(n=st.integers(0, 9), seed=st.integers(0, 999), most_pairs=st.booleans())
def test_friendly_pairs_are_the_best_pairs(n: int, seed: int, most_pairs: bool) -> None:
    w = _crowd(n, seed)
    found = friendly_pairs(w, most_pairs=most_pairs)
    graph = networkx.Graph([(a, b, {"weight": w[a, b]}) for a, b in itertools.combinations(range(n), 2) if w[a, b]])
    best = networkx.max_weight_matching(graph, maxcardinality=most_pairs)
    assert found.value == pytest.approx(sum(w[a, b] for a, b in best), abs=1e-6)
    assert sorted([a for g in found.members for a in g] + list(found.alone)) == list(range(n))


@settings(max_examples=40, deadline=None)
@given(n=st.integers(0, 14), seats=st.integers(1, 6), seed=st.integers(0, 99))
def test_everybody_sits_once_and_no_table_is_overfull(n: int, seats: int, seed: int) -> None:
    found = tables(_crowd(n, seed), seats=seats)
    assert sorted([a for g in found.members for a in g] + list(found.alone)) == list(range(n))
    assert all(len(g) <= seats for g in found.members)
    assert len(found.members) + len(found.alone) <= -(-n // seats) + (0 if seats > 1 else n)


def test_tables_beat_chance() -> None:
    w = _crowd(24, 5)
    chance = [sum(w[a, b] for g in np.split(o, 6) for a, b in itertools.combinations(g, 2)) for o in _shuffles(24)]
    assert tables(w, seats=4).value > max(chance)


def _shuffles(n: int) -> list[np.ndarray]:
    rng = np.random.default_rng(0)
    return [rng.permutation(n) for _ in range(50)]


def _crowd(n: int, seed: int) -> np.ndarray:
    w = np.triu(np.random.default_rng(seed).random((n, n)), 1)
    w[w < 0.3] = 0
    return w + w.T


def test_a_crowd_that_is_no_crowd_is_refused() -> None:
    with pytest.raises(BadShape):
        friendly_pairs(np.ones((2, 3)))
    with pytest.raises(BadShape):
        friendly_pairs([[0, 1], [0, 0]])
    with pytest.raises(BadCapacity):
        tables(np.zeros((2, 2)), seats=0)
