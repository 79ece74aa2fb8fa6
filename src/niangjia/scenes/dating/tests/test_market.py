"""The people in columns, and what the engine's preferences are made of."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import numpy as np

from niangjia.engines.matching.kernels.eligibility import candidates, no_exclusions
from niangjia.engines.matching.kernels.preferences.cold_start import hobby_likeness
from niangjia.engines.matching.types import as_uuids
from niangjia.scenes.dating.models import Profile
from niangjia.scenes.dating.recommend import likes, pools
from niangjia.scenes.dating.selectors import market
from niangjia.scenes.dating.services import decisions


def everybody(now: Any) -> market.People:
    return market.people(now, which="true", params={})


def test_a_person_is_read_as_they_are(single: Callable[..., Profile], now: Any) -> None:
    alice = single(1, "f", height_cm=165, education="bachelor", wish_age_from=30, wish_districts=["330106", "330212"])
    bob = single(2, "m", firm="port", district="330212", hobbies=["tea"])
    found = everybody(now)
    a, b = (as_uuids(found.ids).index(profile.pk) for profile in (alice, bob))
    assert found.is_woman.tolist()[a]
    assert (found.height[a], found.height[b]) == (165, 0)
    assert found.age_wish[a].tolist() == [30, 0]
    assert set(found.wishes[found.wishes[:, 0] == a][:, 1]) == {1}
    assert found.codes[b, 1] in found.wishes[:, 2]
    assert found.hobbies[b].sum() == 1
    assert found.employer[a] != found.employer[b]
    assert not found.wants_order.any()
    assert found.rows_of(found.ids[[b, a]]).tolist() == [b, a]
    assert found.rows_of(np.array([b"x"], dtype="S16")).tolist() == [-1]


def test_decisions_come_in_one_order_whatever_the_table_does(
    alice: Profile, bob: Profile, charlie: Profile, now: Any
) -> None:
    for one, other in ((charlie, alice), (alice, bob), (bob, alice)):
        decisions.say_yes(person_id=one.person_id, profile_id=other.pk, now=now)
    decisions.pass_by(person_id=alice.person_id, profile_id=charlie.pk, now=now)
    found = everybody(now)
    said = market.decisions(found)
    assert (np.diff(said.one * found.size + said.other) > 0).all()
    assert said.flag.tolist().count(True) == 3


def test_likeness_of_many_is_the_kernels_own(single: Callable[..., Profile], now: Any) -> None:
    for n, taste in enumerate((["tea"], ["tea", "opera"], ["fishing"], [])):
        single(n + 1, "f", hobbies=taste)
    found = everybody(now)
    i, j = np.divmod(np.arange(16, dtype=np.int32), 4)
    right = hobby_likeness(found.hobbies[i], found.hobbies[j], share=found.hobbies.mean(axis=0))
    assert np.allclose(likes.Alike.of(found)(i, j), right, atol=1e-6)


def test_whom_many_say_yes_to_is_liked_more_but_never_by_the_yeses_of_those_who_did_not_agree(
    single: Callable[..., Profile], now: Any
) -> None:
    women = [single(100 + n, "f", firm="tea", hobbies=[]) for n in range(6)]
    liked, passed = single(1, "m", firm="port", hobbies=[]), single(2, "m", firm="port", hobbies=[])
    for woman in women:
        decisions.say_yes(person_id=woman.person_id, profile_id=liked.pk, now=now)
        decisions.pass_by(person_id=woman.person_id, profile_id=passed.pk, now=now)
    for agreed in (True, False):
        found = everybody(now)
        found.wants_order[:] = agreed
        a, b = (as_uuids(found.ids).index(profile.pk) for profile in (liked, passed))
        chooser = np.flatnonzero(found.is_woman)[:1].astype(np.int32).repeat(2)
        p, _q = likes.learn(found, market.decisions(found)).between(chooser, np.array([a, b], dtype=np.int32))
        assert (p[0] > p[1] + 0.05) == agreed


def test_with_enough_decisions_a_model_is_learned_and_says_how_good_it_is() -> None:
    rng = np.random.default_rng(0)
    n = 300
    found = _made_up(n, rng)
    one, other = rng.integers(0, n, 8000).astype(np.int32), rng.integers(0, n, 8000).astype(np.int32)
    younger = found.age[other] < found.age[one]
    said = market.Between(one=one, other=other, flag=rng.random(8000) < np.where(younger, 0.7, 0.2))
    learned = likes.learn(found, said)
    assert learned.model is not None
    assert learned.model.card.auc > 0.65
    p, _q = learned.between(one, other)
    assert p[younger].mean() > p[~younger].mean() + 0.2
    again, _q = likes.learn(found, said).between(one, other)
    assert np.array_equal(p, again)
    at_chance = market.Between(one=one, other=other, flag=rng.random(8000) < 0.5)
    assert likes.learn(found, at_chance).model is None


def _made_up(n: int, rng: np.random.Generator) -> market.People:
    nothing = np.zeros((n, 2), dtype=np.int16)
    return market.People(
        ids=np.array([b"%08d" % k for k in range(n)], dtype="S16"),
        is_woman=rng.random(n) < 0.5,
        age=rng.integers(20, 50, n).astype(np.int16),
        height=np.full(n, 170, dtype=np.int16),
        codes=np.zeros((n, 3), dtype=np.int16),
        home_town=np.zeros(n, dtype=np.int32),
        hobbies=rng.random((n, 5)) < 0.3,
        employer=np.arange(n, dtype=np.int32),
        see_colleagues=np.zeros(n, dtype=bool),
        age_wish=nothing,
        height_wish=nothing,
        wishes=np.zeros((0, 3), dtype=np.int32),
        n_codes=1,
        wants_order=np.ones(n, dtype=bool),
    )


def test_everybody_comes_among_somebodys_candidates_and_others_tomorrow() -> None:
    """By chance and hobbies, not by who is liked: a market in which half are nobody's candidates is lost already."""
    found = _made_up(400, np.random.default_rng(1))
    women = np.flatnonzero(found.is_woman).astype(np.int32)
    men = np.flatnonzero(~found.is_woman).astype(np.int32)
    sets = []
    for day in range(2):
        tints = pools.tints_of(found, now=datetime(2026, 11, 22, tzinfo=UTC) + timedelta(days=day))
        one, other = (pools.pool(found, rows, tints=tints) for rows in (women, men))
        picked = candidates(proactive=one, reactive=other, k=20, excluded=no_exclusions(women.size))
        assert np.unique(picked.indices).size > 0.95 * men.size
        sets.append({(int(i), int(j)) for i, j in zip(np.repeat(women, 20), picked.indices, strict=True)})
    assert len(sets[0] & sets[1]) < 0.5 * len(sets[0])
