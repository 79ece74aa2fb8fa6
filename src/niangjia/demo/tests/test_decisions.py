import numpy as np
import pytest

from niangjia.demo.decisions import DAY, WEEKS, Decisions, make_decisions, mutual_pairs
from niangjia.demo.employers import make_employers
from niangjia.demo.people import People, make_people
from niangjia.demo.tests.conftest import TODAY


@pytest.mark.parametrize("seed", [1, 2, 3, 4])
def test_a_sensible_number_of_pairs_find_each_other(seed: int) -> None:
    people = make_people(seed=seed, today=TODAY, employers=make_employers(seed=seed))
    assert 200 <= len(mutual_pairs(make_decisions(people, seed=seed))) <= 350


def test_the_same_seed_makes_the_same_history(people: People, decisions: Decisions) -> None:
    again = make_decisions(people, seed=1)
    assert (again.chooser == decisions.chooser).all()
    assert (again.yes == decisions.yes).all()
    assert (again.minutes_ago == decisions.minutes_ago).all()


def test_nobody_decides_twice_about_the_same_person(decisions: Decisions) -> None:
    told = set(zip(decisions.chooser.tolist(), decisions.chosen.tolist(), strict=True))
    assert len(told) == len(decisions)


def test_colleagues_do_not_meet(people: People, decisions: Decisions) -> None:
    assert (people.employer[decisions.chooser] != people.employer[decisions.chosen]).all()


def test_everybody_was_there_when_they_decided(people: People, decisions: Decisions) -> None:
    facts, days = people.facts, decisions.minutes_ago // DAY
    assert (decisions.minutes_ago >= 0).all()
    assert (decisions.minutes_ago < WEEKS * 7 * DAY).all()
    for side in (decisions.chooser, decisions.chosen):
        assert (days <= facts.registered_days_ago[side]).all()
        assert facts.has_profile[side].all()
        assert (facts.single[side] != "none").all()
    assert (days >= facts.last_active_days_ago[decisions.chooser]).all()
    assert (np.diff(decisions.minutes_ago) <= 0).all()


def test_pairs_are_exactly_the_mutual_yeses(decisions: Decisions) -> None:
    said = decisions.yes
    yes = set(zip(decisions.chooser[said].tolist(), decisions.chosen[said].tolist(), strict=True))
    pairs = mutual_pairs(decisions)
    found = set(zip(pairs.a.tolist(), pairs.b.tolist(), strict=True))
    assert found == {(a, b) for a, b in yes if a < b and (b, a) in yes}
    assert len(found) == len(pairs)


def test_a_pair_is_as_old_as_its_later_yes() -> None:
    three = Decisions(
        chooser=np.array([0, 1, 0]),
        chosen=np.array([1, 0, 2]),
        yes=np.array([True, True, True]),
        minutes_ago=np.array([500, 20, 10]),
    )
    pairs = mutual_pairs(three)
    assert (pairs.a.tolist(), pairs.b.tolist(), pairs.minutes_ago.tolist()) == ([0], [1], [20])


def test_shared_hobbies_make_a_yes_likelier(people: People, decisions: Decisions) -> None:
    bits = people.hobby_bits
    shared = np.bitwise_count(bits[decisions.chooser] & bits[decisions.chosen]).sum(axis=1) > 0
    assert decisions.yes[shared].mean() > 1.3 * decisions.yes[~shared].mean()


def test_a_city_of_women_has_no_history() -> None:
    people = make_people(count=40, active=0, seed=1, today=TODAY, employers=make_employers(count=20, seed=1))
    people.sex[:] = ["f"] * 40
    assert len(make_decisions(people, seed=1)) == 0
