from datetime import date

import numpy as np

from niangjia.demo.employers import Employers, make_employers
from niangjia.demo.facts import ACTIVE_WITHIN, YEAR
from niangjia.demo.people import People, make_people
from niangjia.demo.places import home_towns
from niangjia.demo.tests.conftest import TODAY
from niangjia.demo.trades import INDUSTRIES
from niangjia.kernel.china import parse_id_number, parse_name
from niangjia.scenes.dating import taxonomy


def small(seed: int, *, today: date = TODAY) -> People:
    return make_people(count=300, seed=seed, today=today, employers=make_employers(count=50, seed=seed))


def test_2600_are_registered_and_1447_of_them_active(people: People) -> None:
    assert len(people) == 2600
    assert people.facts.active.sum() == 1447
    assert ((people.facts.last_active_days_ago < ACTIVE_WITHIN) & people.facts.verified).sum() >= 1447


def test_the_same_seed_makes_the_same_people_and_another_seed_others() -> None:
    one, again, other = small(7), small(7), small(8)
    assert (one.id_number, one.about, one.nickname) == (again.id_number, again.about, again.nickname)
    assert one.id_number != other.id_number


def test_the_people_are_the_same_on_every_machine(people: People) -> None:
    """Update this for new words only: on a new processor or library it must not change."""
    assert (people.legal_name[0], people.id_number[0], people.phone[0]) == ("方杰", "331004198204049973", "15414321987")
    assert int(people.avatar_seed.sum()) == 1437819601500474


def test_id_numbers_are_nobody_elses_and_agree_with_the_columns(people: People) -> None:
    assert len(set(people.id_number)) == len(set(people.phone)) == len(people)
    for number, birth, sex in zip(people.id_number, people.birth_date, people.sex, strict=True):
        parsed = parse_id_number(number)
        assert (parsed.birth, parsed.sex) == (birth, sex)


def test_ages_are_those_of_today_and_peak_around_thirty(people: People) -> None:
    for age, birth in zip(people.age.tolist(), people.birth_date, strict=True):
        had_birthday = (TODAY.month, TODAY.day) >= (birth.month, birth.day)
        assert abs(TODAY.year - birth.year - (not had_birthday) - age) <= 1
    assert (people.age.min(), people.age.max()) == (22, 52)
    assert 26 <= np.bincount(people.age).argmax() <= 33


def test_a_leap_day_is_a_day_like_any_other() -> None:
    assert len(small(3, today=date(2028, 2, 29))) == 300


def test_everybody_does_a_job_that_the_employer_has(people: People, employers: Employers) -> None:
    for row, trade in zip(people.employer.tolist(), people.trade, strict=True):
        assert trade in {one.title for one in INDUSTRIES[employers.industry[row]].trades}


def test_every_answer_is_a_word_of_the_taxonomy(people: People) -> None:
    columns = {
        taxonomy.EDUCATIONS: people.education,
        taxonomy.MARITAL: people.marital,
        taxonomy.CHILDREN: people.children,
        taxonomy.SMOKING: people.smoking,
        taxonomy.DRINKING: people.drinking,
    }
    for terms, column in columns.items():
        assert set(column) <= {term.code for term in terms}
    towns = {place.code for place in home_towns()}
    assert set(people.home_town) <= towns
    assert {code for liked in people.hobbies for code in liked} == {hobby.code for hobby in taxonomy.HOBBIES}


def test_hobby_bits_say_what_the_hobbies_say(people: People) -> None:
    for liked, (low, high) in zip(people.hobbies, people.hobby_bits.tolist(), strict=True):
        assert low | high << 64 == sum(1 << taxonomy.HOBBY_INDEX[code] for code in liked)
        assert liked


def test_texts_hardly_ever_repeat_and_never_give_the_legal_name_away(people: People) -> None:
    assert len(set(people.about)) >= 0.999 * len(people)
    assert len(set(people.wish_text)) >= 0.98 * len(people)
    for name, nickname, about in zip(people.legal_name, people.nickname, people.about, strict=True):
        assert parse_name(name) == name
        assert name not in nickname
        assert "{" not in about
    assert all(20 <= len(about) <= 300 for about in people.about)


def test_only_the_once_married_have_children(people: People) -> None:
    assert set(people.children[people.marital == "never"]) == {"none"}
    assert len(set(people.children[people.marital != "never"])) == 4


def test_wishes_can_be_met(people: People) -> None:
    wishes = people.wishes
    for low, high in ((wishes.age_from, wishes.age_to), (wishes.height_from, wishes.height_to)):
        both = (low > 0) & (high > 0)
        assert (low[both] <= high[both]).all()
    assert (wishes.age_from[wishes.age_to > 0] >= 20).all()


def test_facts_stand_or_fall_for_a_reason(people: People) -> None:
    facts = people.facts
    stood = (facts.real_person == "verified") & (facts.employer == "verified") & (facts.single == "verified")
    assert (facts.verified == stood).all()
    assert facts.active[~facts.verified].sum() == 0
    assert (facts.single_days_ago[facts.single == "fallen"] > YEAR).all()
    assert (facts.single_days_ago[facts.single == "verified"] < YEAR).all()
    assert facts.on_roll[(facts.employer == "verified") & (facts.employer_method == "roll")].all()
    assert not facts.on_roll[facts.stand == "left_job"].any()
    assert (facts.last_active_days_ago <= facts.registered_days_ago).all()


def test_every_way_to_be_verified_or_not_yet_occurs(people: People) -> None:
    facts = people.facts
    assert set(facts.real_person) == {"none", "waiting", "verified"}
    assert set(facts.real_person_method) == {"", "face", "document"}
    assert set(facts.employer) == {"none", "waiting", "verified", "fallen"}
    assert set(facts.employer_method) == {"", "roll", "enterprise", "union"}
    assert set(facts.single) == {"none", "verified", "fallen"}
    assert (facts.employer_method == "roll").sum() > (facts.employer_method == "enterprise").sum()


def test_ids_stay_apart_when_many_share_a_birthday() -> None:
    crowd = make_people(count=30_000, seed=2, today=TODAY, employers=make_employers(count=100, seed=2))
    assert len(set(crowd.id_number)) == 30_000
    assert crowd.facts.active.sum() == round(30_000 * 1447 / 2600)
