"""People linked by a fact: only those whom one may see, counted in steps, and within the day's number."""

import json
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from niangjia.engines.allocation import services as allocation
from niangjia.engines.allocation.models import Booking
from niangjia.engines.allocation.types import Claimant, SlotPlan
from niangjia.scenes.dating.circle import services
from niangjia.scenes.dating.circle.models import Ties
from niangjia.scenes.dating.models import Profile, SeenOfDay
from niangjia.scenes.dating.selectors.people import browse
from niangjia.scenes.dating.services import blocking, decisions, profiles
from niangjia.scenes.dating.types import Filters

SAME: dict[str, Any] = {"home_town": "浙江金华", "trade": "电工"}


@pytest.fixture
def linked(alice: Profile, bob: Profile, now: datetime) -> tuple[Profile, Profile]:
    """Alice and bob come from the same town, have the same trade, went to the same school and like the same."""
    for person, school in ((alice, "浙江 工业大学"), (bob, "浙江工业大学")):
        profiles.save(person_id=person.person_id, changes=SAME, now=now)
        services.tie(person_id=person.person_id, school=school, by_outings=None, now=now)
    return alice, bob


def groups(app: Any) -> dict[str, str]:
    return {group["key"]: group["step"] for group in app.get("dating/circle")["groups"]}


def people(app: Any, key: str) -> list[str]:
    return [card["id"] for card in app.post("dating/circle/people", key=key).get("items", [])]


KEYS = ("town", "trade", "school", "hobby:hiking", "hobby:tea")


def test_each_link_names_its_fact_and_says_that_it_is_stated(phone: Any, linked: Any) -> None:
    alice, bob = linked
    app = phone(alice)
    assert groups(app) == dict.fromkeys(KEYS, "few")
    told = {group["key"]: (group["value"], group["stated"]) for group in app.get("dating/circle")["groups"]}
    assert told["town"] == ("浙江金华", True)
    assert told["school"] == ("浙江 工业大学", True)
    for key in KEYS:
        page = app.post("dating/circle/people", key=key)
        assert ([card["id"] for card in page["items"]], page["link"]["key"]) == ([str(bob.pk)], key)


HIDDEN: dict[str, Callable[[Profile, Profile, datetime], Any]] = {
    "paused": lambda _a, b, now: profiles.pause(person_id=b.person_id, now=now),
    "blocked by her": lambda a, b, now: blocking.block(person_id=a.person_id, profile_id=b.pk, now=now),
    "blocked by him": lambda a, b, now: blocking.block(person_id=b.person_id, profile_id=a.pk, now=now),
    "not verified": lambda _a, b, _now: Profile.objects.filter(pk=b.pk).update(verified_until=None),
    "barred": lambda _a, b, now: Profile.objects.filter(pk=b.pk).update(barred_until=now + timedelta(days=1)),
    "a colleague": lambda a, b, _now: Profile.objects.filter(pk=b.pk).update(employer=a.employer_id),
    "wishes for others": lambda _a, b, now: profiles.save(
        person_id=b.person_id, changes={"visibility": "fitting", "wish_age_to": 20}, now=now
    ),
    "passed": lambda a, b, now: decisions.pass_by(person_id=a.person_id, profile_id=b.pk, now=now),
}


@pytest.mark.parametrize("way", HIDDEN)
def test_whoever_may_not_be_seen_is_in_no_list_and_no_count(way: str, phone: Any, linked: Any, now: datetime) -> None:
    alice, bob = linked
    app = phone(alice)
    assert people(app, "town") == [str(bob.pk)]  # something could leak
    HIDDEN[way](alice, bob, now)
    assert groups(app) == {}
    for key in KEYS:
        assert people(app, key) == []
    assert str(bob.pk) not in json.dumps(app.get("dating/circle"))


def test_the_circle_shows_nobody_whom_browse_does_not(
    phone: Any, linked: Any, single: Callable[..., Profile], now: datetime
) -> None:
    alice, _bob = linked
    for number, firm, words in ((31, "tea", {}), (32, "port", {"visibility": "paused"}), (33, "port", {})):
        single(number, "m", firm=firm, **SAME, **words)
    seen = {str(row.pk) for row in browse(Profile.objects.get(pk=alice.pk), Filters(), None, now).rows}
    app = phone(alice)
    found = {key for group in KEYS for key in people(app, group)}
    assert found <= seen
    assert len(found) == 2


def test_nobody_asks_for_a_fact_that_is_not_theirs(phone: Any, linked: Any, charlie: Profile) -> None:
    app = phone(charlie)
    for key in ("town", "school", "outing", "hobby:opera", "x", "town' OR true --"):
        app.post("dating/circle/people", key=key)
        assert app.status == 404


def test_the_days_number_holds_here_too(phone: Any, linked: Any, single: Any, settings: Any) -> None:
    alice, _bob = linked
    for number in range(40, 44):
        single(number, "m", firm="port", **SAME)
    settings.DATING_PROFILES_A_DAY = 2
    app = phone(alice)
    page = app.post("dating/circle/people", key="town")
    assert (len(page["items"]), page["left_today"], page["next"]) == (2, 0, None)
    others = {card["id"] for key in KEYS for card in app.post("dating/circle/people", key=key)["items"]}
    assert others <= {card["id"] for card in page["items"]}


def _step(app: Any, key: str) -> str:
    return groups(app).get(key, "none")


def test_a_count_does_not_tell_that_one_person_came_or_went(
    phone: Any, linked: Any, single: Any, now: datetime
) -> None:
    alice, _bob = linked
    app = phone(alice)
    crowd = [single(number, "m", firm="port", **SAME) for number in range(50, 53)]
    before = app.get("dating/circle")
    blocking.block(person_id=crowd[0].person_id, profile_id=alice.pk, now=now)
    assert app.get("dating/circle") == before
    assert _step(app, "town") == "few"


@pytest.fixture
def outing(make_person: Callable[..., Any], now: datetime) -> Callable[..., None]:
    """An occasion of some other scene at which these people, and so many more, were checked in."""

    def make(*came: Profile, crowd: int = 12, arrived: bool = True) -> None:
        begin = now - timedelta(days=3)
        slot = allocation.create_slot(
            resource=allocation.create_resource(scene="elsewhere"),
            plan=SlotPlan("first_come", begin, begin + timedelta(hours=1), begin - timedelta(days=9), begin, 400),
            now=begin - timedelta(days=9),
        )
        others = [make_person(700 + number).pk for number in range(crowd)]
        for person in (*(profile.person_id for profile in came), *others):
            allocation.claim(slot_id=slot.pk, by=Claimant(person), request_key=uuid4(), now=begin - timedelta(days=2))
        Booking.objects.filter(slot=slot).update(arrived_at=begin if arrived else None)

    return make


def _wishes_it(*profiles_: Profile, now: datetime) -> None:
    for profile in profiles_:
        services.tie(person_id=profile.person_id, school=None, by_outings=True, now=now)


def test_where_both_were_links_only_those_who_both_wish_it(
    phone: Any, alice: Profile, bob: Profile, charlie: Profile, outing: Any, now: datetime
) -> None:
    outing(alice, bob, charlie)
    app = phone(alice)
    assert "outing" not in groups(app)
    _wishes_it(alice, now=now)
    assert "outing" not in groups(app)
    _wishes_it(bob, now=now)
    page = app.post("dating/circle/people", key="outing")
    assert [card["id"] for card in page["items"]] == [str(bob.pk)]
    assert page["link"]["stated"] is False
    assert page["items"][0]["met_on"]
    assert str(charlie.pk) not in json.dumps(page)
    _wishes_it(charlie, now=now)
    services.tie(person_id=bob.person_id, school=None, by_outings=False, now=now)
    assert people(app, "outing") == [str(charlie.pk)]


@pytest.mark.parametrize("few", [{"crowd": 3}, {"arrived": False}])
def test_a_small_round_or_a_place_left_empty_links_nobody(
    few: dict[str, Any], phone: Any, alice: Profile, bob: Profile, outing: Any, now: datetime
) -> None:
    outing(alice, bob, **few)
    _wishes_it(alice, bob, now=now)
    assert "outing" not in groups(phone(alice))


def test_a_school_is_a_name_and_is_not_tried_out(phone: Any, alice: Profile) -> None:
    app = phone(alice)
    for wrong in ("加微信 abc_12345", "长" * 41):
        assert "school" in app.post("dating/circle/ties", school=wrong)["error"]["fields"]
    for number in range(5):
        app.post("dating/circle/ties", school=f"第{'一二三四五'[number]}中学")
    app.post("dating/circle/ties", school="第六中学")
    assert app.status == 429
    app.post("dating/circle/ties", school="")
    assert app.status == 200


def _statements(act: Callable[[], Any]) -> int:
    with CaptureQueriesContext(connection) as caught:
        act()
    return len([query for query in caught if "set_config" not in query["sql"]])


def test_as_many_statements_for_three_as_for_one(phone: Any, linked: Any, single: Any) -> None:
    app = phone(linked[0])
    asked: tuple[Callable[[], Any], ...] = (
        lambda: app.get("dating/circle"),
        lambda: app.post("dating/circle/people", key="town"),
    )
    for act in asked:
        act()
    one = [_statements(act) for act in asked]
    for number in (61, 62):
        single(number, "m", firm="port", **SAME)
    assert [_statements(act) for act in asked] == one
    assert len(people(app, "town")) == 3
    assert max(one) <= 9


def test_it_goes_along_and_is_gone_with_its_owner(phone: Any, linked: Any) -> None:
    alice, _bob = linked
    app = phone(alice)
    assert app.get("me/export")["scenes"]["dating"]["circle"]["school"] == "浙江 工业大学"
    app.post("dating/leave", confirm="删除")
    assert not Ties.objects.filter(profile=alice.pk).exists()


def test_who_is_linked_beyond_the_days_number_is_promised_for_tomorrow(phone: Any, linked: Any, settings: Any) -> None:
    """Else the page would say that there is nobody."""
    alice, bob = linked
    seen = phone(alice).post("dating/circle/people", key="town")
    assert ([card["id"] for card in seen["items"]], seen["tomorrow"]) == ([str(bob.pk)], False)
    SeenOfDay.objects.all().delete()
    settings.DATING_PROFILES_A_DAY = 0
    today = phone(alice).post("dating/circle/people", key="town")
    assert (today["items"], today["next"], today["tomorrow"]) == ([], None, True)
