"""Hard wishes of both sides, and the best candidates among those who remain."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from niangjia.engines.matching.kernels.eligibility import NO_EMPLOYER, Pool, candidates, no_exclusions, pack_codes
from niangjia.engines.matching.kernels.errors import (
    BadCapacity,
    BadIndex,
    BadShape,
    BadWeight,
    DuplicateId,
    SamePersonOnBothSides,
)


def pool(n: int, seed: int, *, first: int = 0, codes: int = 70) -> Pool:
    rng = np.random.default_rng(seed)
    values = rng.integers(20, 30, (n, 2)).astype(np.int16)
    return Pool(
        ids=np.arange(first, first + n),
        values=values,
        low=(values - rng.integers(0, 9, (n, 2))).astype(np.int16),
        high=(values + rng.integers(0, 9, (n, 2))).astype(np.int16),
        codes=rng.integers(0, codes, (n, 2)).astype(np.int16),
        wanted=pack_codes(rng.random((n, 2, codes)) < 0.8),
        employer=rng.integers(NO_EMPLOYER, 3, n).astype(np.int32),
        sees_colleagues=rng.random(n) < 0.5,
        taste=rng.integers(0, 4, (n, 2)).astype(np.float32),
        offer=rng.integers(0, 4, (n, 2)).astype(np.float32),
    )


def _fits(a: Pool, i: int, b: Pool, j: int) -> bool:
    """Does b's person j meet every wish of a's person i?"""
    ranges = ((a.low[i] <= b.values[j]) & (b.values[j] <= a.high[i])).all()
    codes = all((int(a.wanted[i, k, c // 64]) >> (c % 64)) & 1 for k, c in enumerate(b.codes[j].tolist()))
    return bool(ranges) and codes


def _by_hand(a: Pool, b: Pool, k: int, out: set[tuple[int, int]]) -> list[list[int]]:
    lists = []
    for i in range(a.size):
        found = []
        for j in range(b.size):
            colleagues = a.employer[i] == b.employer[j] != NO_EMPLOYER
            seen = a.sees_colleagues[i] and b.sees_colleagues[j]
            if _fits(a, i, b, j) and _fits(b, j, a, i) and (seen or not colleagues) and (i, j) not in out:
                score = float(a.taste[i] @ b.offer[j] + b.taste[j] @ a.offer[i])
                found.append((-score, j))
        lists.append(sorted(j for _, j in sorted(found)[:k]))
    return lists


@settings(max_examples=60, deadline=None)
@given(n=st.integers(0, 25), m=st.integers(0, 25), k=st.integers(0, 6), seed=st.integers(0, 999))
def test_candidates_equal_the_rules_read_pair_by_pair(n: int, m: int, k: int, seed: int) -> None:
    a, b = pool(n, seed), pool(m, seed + 1, first=100)
    excluded = np.random.default_rng(seed).random((n, m)) < 0.1
    csr = (np.concatenate([[0], np.cumsum(excluded.sum(axis=1))]), np.nonzero(excluded)[1].astype(np.int32))
    found = candidates(proactive=a, reactive=b, k=k, excluded=csr)
    out = {(int(i), int(j)) for i, j in zip(*np.nonzero(excluded), strict=True)}
    lists = [found.indices[found.indptr[i] : found.indptr[i + 1]].tolist() for i in range(n)]
    assert lists == _by_hand(a, b, k, out)


def test_an_age_wish_of_either_side_is_enough_to_part_two_people() -> None:
    alice = replace(_anybody(0), low=np.array([[30]], dtype=np.int16))
    bob, charlie = _anybody(1), _anybody(2)
    assert candidates(proactive=alice, reactive=bob, k=5).indices.size == 0
    assert candidates(proactive=bob, reactive=alice, k=5).indices.size == 0
    assert candidates(proactive=bob, reactive=charlie, k=5).indices.tolist() == [0]


def test_colleagues_meet_only_when_both_agree() -> None:
    alice, bob = _anybody(0, employer=7, sees=True), _anybody(1, employer=7, sees=False)
    assert candidates(proactive=alice, reactive=bob, k=1).indices.size == 0
    agreed = replace(bob, sees_colleagues=np.array([True]))
    assert candidates(proactive=alice, reactive=agreed, k=1).indices.size == 1


def _anybody(who: int, *, employer: int = NO_EMPLOYER, sees: bool = False) -> Pool:
    return Pool(
        ids=np.array([who]),
        values=np.array([[25]], dtype=np.int16),
        low=np.array([[18]], dtype=np.int16),
        high=np.array([[99]], dtype=np.int16),
        codes=np.zeros((1, 0), dtype=np.int16),
        wanted=np.zeros((1, 0, 1), dtype=np.uint64),
        employer=np.array([employer], dtype=np.int32),
        sees_colleagues=np.array([sees]),
        taste=np.zeros((1, 1), dtype=np.float32),
        offer=np.zeros((1, 1), dtype=np.float32),
    )


def test_bad_pools_are_refused() -> None:
    a, b = pool(4, 0), pool(4, 1, first=100)
    with pytest.raises(SamePersonOnBothSides):
        candidates(proactive=a, reactive=a, k=3)
    with pytest.raises(BadCapacity):
        candidates(proactive=a, reactive=b, k=-1)
    with pytest.raises(BadShape):
        candidates(proactive=a, reactive=b, k=1, excluded=no_exclusions(3))
    with pytest.raises(BadShape):
        candidates(proactive=a, reactive=_anybody(200), k=1)
    with pytest.raises(DuplicateId):
        replace(a, ids=np.zeros(4, dtype=int))
    with pytest.raises(BadShape):
        replace(a, employer=np.zeros(3, dtype=np.int32))
    with pytest.raises(BadIndex):
        replace(a, codes=np.full((4, 2), 128, dtype=np.int16))
    with pytest.raises(BadWeight):
        replace(a, taste=np.full((4, 2), np.nan, dtype=np.float32))
