"""The personal order: made at night and for newcomers, shown only to whom may see, gone when it is not wanted."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from niangjia.core.consent import purposes
from niangjia.core.consent import services as consent
from niangjia.engines.matching import selectors as runs
from niangjia.engines.matching.models import RankedList, Run
from niangjia.engines.matching.services import lists
from niangjia.scenes.dating.models import Profile
from niangjia.scenes.dating.recommend import likes
from niangjia.scenes.dating.services import decisions, leaving, profiles, recommending
from niangjia.scenes.dating.tests.test_looking_around import ids

Single = Callable[..., Profile]


@pytest.fixture
def wanting(single: Single, now: Any) -> Single:
    """A verified single who agreed to a personal order."""

    def make(number: int, sex: str, **words: Any) -> Profile:
        profile = single(number, sex, **words)
        consent.give(person_id=profile.person_id, purpose=purposes.PERSONAL_ORDER, now=now)
        return profile

    return make


@pytest.fixture
def alice(wanting: Single) -> Profile:
    return wanting(1, "f", firm="tea", hobbies=["opera", "calligraphy"])


@pytest.fixture
def men(single: Single) -> list[Profile]:
    """The first shares nothing with alice, the last both hobbies."""
    tastes = (["fishing"], ["fishing", "tea"], ["opera"], ["opera", "calligraphy"])
    return [single(10 + n, "m", firm="port", hobbies=taste) for n, taste in enumerate(tastes)]


def listed(owner: Profile) -> list[Any]:
    return list(RankedList.objects.get(owner=owner.pk).targets)


def for_you(phone: Any, me: Profile, **more: Any) -> list[str]:
    page = phone(me).post("dating/browse", order="for_you", **more)
    assert page["for_you"]
    return ids(page)


def test_the_night_lists_everybody_who_fits_those_alike_first(
    phone: Any, alice: Profile, men: list[Profile], now: Any
) -> None:
    run = recommending.make_lists(now=now)
    assert (run.state, run.people, run.lists, run.edges) == ("done", 5, 1, 4)
    assert set(run.seconds) >= {"reading", "learning", "eligibility", "preferences", "clearing", "storing"}
    shown = for_you(phone, alice)
    assert set(shown) == {str(man.pk) for man in men}
    assert shown[0] == str(men[3].pk)


def test_hard_wishes_of_both_sides_colleagues_and_blocks_are_kept(
    alice: Profile, men: list[Profile], wanting: Single, phone: Any, now: Any
) -> None:
    too_short, has_wishes, unmeasured, blocked = men
    profiles.save(person_id=alice.person_id, changes={"wish_height_to": 190, "height_cm": 160}, now=now)
    for man, height in ((too_short, 195), (has_wishes, 180), (blocked, 180)):
        profiles.save(person_id=man.person_id, changes={"height_cm": height}, now=now)
    profiles.save(person_id=has_wishes.person_id, changes={"wish_height_from": 165}, now=now)
    fits = wanting(30, "m", firm="port", height_cm=175)
    wanting(31, "m", firm="tea", height_cm=175)  # a colleague
    phone(blocked).post("dating/block", id=str(alice.pk))
    recommending.make_lists(now=now)
    assert unmeasured.height_cm is None
    assert listed(alice) == [fits.pk]


def test_whom_i_decided_about_does_not_come_again_and_whoever_passed_me_does(
    alice: Profile, men: list[Profile], now: Any
) -> None:
    decisions.pass_by(person_id=alice.person_id, profile_id=men[0].pk, now=now)
    decisions.say_yes(person_id=alice.person_id, profile_id=men[1].pk, now=now)
    decisions.pass_by(person_id=men[2].person_id, profile_id=alice.pk, now=now)  # his secret
    recommending.make_lists(now=now)
    assert set(listed(alice)) == {men[2].pk, men[3].pk}


def test_every_run_tells_what_it_was_made_of_how_good_it_is_and_its_limits(
    alice: Profile, men: list[Profile], now: Any
) -> None:
    decisions.say_yes(person_id=alice.person_id, profile_id=men[1].pk, now=now)
    recommending.make_lists(now=now)
    [(pool, made_at, card)] = runs.cards()
    assert (pool, made_at) == ("dating", now)
    for told in ("1 decisions of members who agreed", "AUC, held out      none", "never call it compatibility"):
        assert told in card


def test_the_same_data_gives_the_same_lists(wanting: Single, now: Any) -> None:
    women = [wanting(100 + n, "f", firm="tea", hobbies=["tea", "calligraphy"][: n % 3]) for n in range(8)]
    for n in range(9):
        wanting(200 + n, "m", firm="port", hobbies=["tea", "opera"][: n % 3])
    runs = []
    for minutes in (0, 1):
        run = recommending.make_lists(now=now + timedelta(minutes=minutes))
        rows = RankedList.objects.filter(run=run).order_by("owner")
        runs.append([(row.owner, row.targets, row.scores) for row in rows])
    assert runs[0] == runs[1]
    assert len(runs[0]) == 17
    assert len(women[0].hobbies) == 0


def test_a_failed_run_leaves_yesterdays_lists(
    phone: Any, alice: Profile, men: list[Profile], now: Any, monkeypatch: pytest.MonkeyPatch, caplog: Any
) -> None:
    recommending.make_lists(now=now)
    before = listed(alice)

    def broken(*args: Any, **given: Any) -> None:
        raise MemoryError

    with monkeypatch.context() as patch:
        patch.setattr(lists, "_prices", broken)  # after the new lists were written, before the end
        run = recommending.make_lists(now=now + timedelta(days=1))
    assert (run.state, run.error) == ("failed", "memory")
    assert listed(alice) == before
    assert len(for_you(phone, alice)) == 4
    assert recommending.make_lists(now=now + timedelta(days=2)).state == "done"


def test_a_new_member_has_a_list_when_the_worker_has_run_once(
    phone: Any, alice: Profile, men: list[Profile], wanting: Single, jobs: Any, now: Any
) -> None:
    recommending.make_lists(now=now)
    dora = wanting(40, "f", firm="tea", hobbies=["fishing"], wish_text="想找个爱钓鱼、话不多的人")
    assert not phone(dora).post("dating/browse", order="for_you")["for_you"]
    jobs.run()
    assert Run.objects.count() == 1
    shown = for_you(phone, dora)
    assert set(shown) == {str(man.pk) for man in men}
    assert shown[0] == str(men[0].pk)


def test_before_the_first_night_the_first_one_to_ask_gets_lists_made_for_all(
    phone: Any, alice: Profile, men: list[Profile], jobs: Any
) -> None:
    phone(alice).post("dating/browse", order="for_you")
    jobs.run()
    assert Run.objects.count() == 1
    assert len(for_you(phone, alice)) == 4


def test_changed_wishes_make_a_new_list(alice: Profile, men: list[Profile], jobs: Any, now: Any) -> None:
    recommending.make_lists(now=now)
    profiles.save(person_id=men[1].person_id, changes={"education": "master"}, now=now)
    profiles.save(person_id=alice.person_id, changes={"wish_educations": ["master"]}, now=now)
    jobs.run()
    assert listed(alice) == [men[1].pk]


def test_the_blocked_and_those_who_left_are_never_shown_from_an_old_list(
    phone: Any, alice: Profile, men: list[Profile], now: Any
) -> None:
    recommending.make_lists(now=now)
    phone(men[0]).post("dating/block", id=str(alice.pk))
    leaving.erase(men[1].person_id, now)
    profiles.pause(person_id=men[2].person_id, now=now)
    assert len(listed(alice)) == 4
    assert for_you(phone, alice) == [str(men[3].pk)]
    phone(alice).post("dating/pass", id=str(men[3].pk))
    assert for_you(phone, alice) == []


def test_without_the_consent_the_newest_come_first_at_once_and_the_list_is_gone(
    phone: Any, alice: Profile, men: list[Profile], now: Any
) -> None:
    recommending.make_lists(now=now)
    app = phone(alice)
    app.post("consents", purpose="personalised_order", given=False)
    assert not RankedList.objects.filter(owner=alice.pk).exists()
    page = app.post("dating/browse", order="for_you")
    assert not page["for_you"]
    assert ids(page) == ids(app.post("dating/browse", order="newest"))
    assert recommending.make_lists(now=now + timedelta(days=1)).lists == 0


def test_who_withdrew_while_the_run_was_under_way_gets_no_list(
    alice: Profile, men: list[Profile], now: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def meanwhile(*args: Any) -> Any:
        consent.withdraw(person_id=alice.person_id, purpose=purposes.PERSONAL_ORDER, now=now)
        return likes.learn(*args)

    monkeypatch.setattr(recommending, "learn", meanwhile)
    assert recommending.make_lists(now=now).lists == 1
    assert not RankedList.objects.exists()


def test_behind_the_list_come_the_newest_and_everybody_once(
    phone: Any, alice: Profile, single: Single, men: list[Profile], now: Any
) -> None:
    for n in range(20):
        single(100 + n, "m", firm="port")
    recommending.make_lists(now=now)
    later = {str(single(300 + n, "m", firm="port").pk) for n in range(22)}
    seen, cursor = [], None
    for _page in range(3):
        page = phone(alice).post("dating/browse", order="for_you", cursor=cursor)
        assert page["for_you"]
        seen += ids(page)
        cursor = page["next"]
    assert cursor is None
    assert len(seen) == len(set(seen)) == 46
    assert set(seen[24:]) == later


def test_filters_hold_in_the_personal_order_too(phone: Any, alice: Profile, men: list[Profile], now: Any) -> None:
    recommending.make_lists(now=now)
    assert for_you(phone, alice, hobbies=["tea", "opera"])[0] in {str(man.pk) for man in men[2:]}
    assert set(for_you(phone, alice, hobbies=["tea"])) == {str(men[1].pk)}
    assert for_you(phone, alice, age_from=90) == []


def test_a_personal_page_costs_as_many_statements_with_ten_people_as_with_twenty(
    phone: Any, alice: Profile, single: Single, now: Any
) -> None:
    app, costs = phone(alice), []
    for turn in range(2):
        for n in range(9):
            single(100 * (turn + 1) + n, "m", firm="port")
        recommending.make_lists(now=now + timedelta(days=turn))
        with CaptureQueriesContext(connection) as spent:
            assert len(app.post("dating/browse", order="for_you")["items"]) == 9 * (turn + 1)
        costs.append(len([q for q in spent if not q["sql"].startswith(("SAVEPOINT", "RELEASE"))]))
    assert costs[0] == costs[1] <= 8


def test_leaving_takes_the_list_along_and_the_export_names_it(alice: Profile, men: list[Profile], now: Any) -> None:
    recommending.make_lists(now=now)
    assert leaving.export(alice.person_id)["list_for_me"] == {"at": now, "people": 4}
    leaving.erase(alice.person_id, now)
    assert not RankedList.objects.exists()


def test_the_night_costs_the_same_statements_for_few_and_for_more(wanting: Single, single: Single, now: Any) -> None:
    costs = []
    for turn in range(2):
        for n in range(5):
            wanting(100 * turn + n, "f", firm="tea")
            single(1000 + 100 * turn + n, "m", firm="port")
        with CaptureQueriesContext(connection) as spent:
            assert recommending.make_lists(now=now + timedelta(days=turn)).state == "done"
        costs.append(len(spent))
    assert costs[0] == costs[1]
