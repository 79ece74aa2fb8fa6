"""Who sees whom, and how many a day."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from niangjia.core.attestations.models import Attestation
from niangjia.core.audit.selectors import about
from niangjia.scenes.dating.models import Profile
from niangjia.scenes.dating.services import profiles, standing

Single = Callable[..., Profile]


def ids(page: Any) -> list[str]:
    return [card["id"] for card in page["items"]]


def test_verified_singles_see_each_other(phone: Any, alice: Profile, bob: Profile) -> None:
    page = phone(alice).post("dating/browse")
    assert ids(page) == [str(bob.pk)]
    assert ids(phone(bob).post("dating/browse")) == [str(alice.pk)]
    card = page["items"][0]
    assert card["nickname"] == "阿波"
    assert card["why"]
    assert {fact["kind"] for fact in card["facts"]} == {"real_person", "employer", "single"}
    assert str(bob.person_id) not in phone(alice).client.post("/api/v1/dating/browse", {}, "application/json").text


@pytest.mark.parametrize("kind", ["real_person", "employer", "single"])
def test_without_one_of_the_three_facts_one_neither_sees_nor_is_seen(
    kind: str, phone: Any, alice: Profile, bob: Profile, now: Any
) -> None:
    Attestation.objects.filter(person=bob.person, kind=kind).update(fallen_at=now, fall_reason="left")
    standing.facts_changed([bob.person_id], now)
    app = phone(bob)
    assert app.post("dating/browse")["error"]["code"] == "not_verified"
    assert app.status == 403
    assert ids(phone(alice).post("dating/browse")) == []


def test_a_pledge_that_ended_a_minute_ago_hides_at_once(phone: Any, alice: Profile, bob: Profile, now: Any) -> None:
    Profile.objects.filter(pk=bob.pk).update(verified_until=now - timedelta(minutes=1))
    assert ids(phone(alice).post("dating/browse")) == []


def test_colleagues_are_hidden_unless_both_wish_otherwise(phone: Any, bob: Profile, carol: Profile, now: Any) -> None:
    for opened in ((), (bob,), (carol,), (bob, carol)):
        for one in (bob, carol):
            profiles.save(person_id=one.person_id, changes={"see_colleagues": one in opened}, now=now)
        seen = ids(phone(bob).post("dating/browse")), ids(phone(carol).post("dating/browse"))
        assert seen == (([str(carol.pk)], [str(bob.pk)]) if len(opened) == 2 else ([], []))


def test_fitting_means_seen_only_where_wishes_are_met_on_both_sides(
    phone: Any, alice: Profile, bob: Profile, charlie: Profile, now: Any
) -> None:
    profiles.save(person_id=alice.person_id, changes={"visibility": "fitting", "wish_height_from": 175}, now=now)
    assert ids(phone(bob).post("dating/browse")) == [str(alice.pk)]
    assert ids(phone(charlie).post("dating/browse")) == []
    profiles.save(person_id=bob.person_id, changes={"wish_educations": ["doctor"]}, now=now)
    assert ids(phone(bob).post("dating/browse")) == []


def test_minors_are_not_there(phone: Any, single: Single, bob: Profile, now: Any) -> None:
    today = now.date()
    single(7, "f", born=date(today.year - 17, today.month, today.day))
    assert ids(phone(bob).post("dating/browse")) == []


@pytest.mark.parametrize(
    ("filters", "found"),
    [
        ({"hobbies": ["hiking"]}, True),
        ({"hobbies": ["opera", "tea"]}, True),
        ({"hobbies": ["opera"]}, False),
        ({"age_from": 30, "age_to": 30}, True),
        ({"age_from": 31}, False),
        ({"age_to": 29}, False),
        ({"height_from": 178, "height_to": 178}, True),
        ({"height_from": 179}, False),
        ({"educations": ["college", "master"]}, True),
        ({"educations": ["doctor"]}, False),
        ({"districts": ["330212"]}, True),
        ({"districts": ["330106"]}, False),
        ({"home_town": "浙江金华"}, True),
        ({"home_town": "宁波"}, False),
        ({"home_town": "nowhere"}, False),
        ({"marital": ["never"]}, True),
        ({"marital": ["divorced"]}, False),
    ],
)
def test_each_filter_keeps_and_drops(
    filters: dict[str, Any], found: bool, phone: Any, alice: Profile, bob: Profile, now: Any
) -> None:
    changes = {"home_town": "金华", "marital": "never"}
    profiles.save(person_id=bob.person_id, changes=changes, now=now)
    born = date(now.year - 30, 1, 1)
    Profile.objects.filter(pk=bob.pk).update(birth_date=born)
    for order in ("newest", "active"):
        assert ids(phone(alice).post("dating/browse", **filters, order=order)) == ([str(bob.pk)] if found else [])


@pytest.mark.parametrize("order", ["newest", "active"])
def test_pages_show_everybody_once(order: str, phone: Any, single: Single, bob: Profile) -> None:
    women = {str(single(100 + n, "f").pk) for n in range(45)}
    app, cursor, seen = phone(bob), None, []
    for _ in range(3):
        page = app.post("dating/browse", order=order, cursor=cursor)
        seen += ids(page)
        cursor = page["next"]
    assert cursor is None
    assert len(seen) == 45
    assert set(seen) == women


def test_after_the_days_number_no_new_profile_is_shown(phone: Any, single: Single, bob: Profile, settings: Any) -> None:
    settings.DATING_PROFILES_A_DAY = 5
    for n in range(8):
        single(100 + n, "f")
    app = phone(bob)
    page = app.post("dating/browse")
    assert len(page["items"]) == 5
    assert (page["left_today"], page["next"]) == (0, None)
    assert ids(app.post("dating/browse")) == ids(page)  # seen already: shown again, not counted again
    unseen = next(row for row in Profile.objects.filter(sex="f") if str(row.pk) not in ids(page))
    assert app.post("dating/open", id=str(unseen.pk))["error"]["code"] == "enough_for_today"
    assert app.post("dating/open", id=ids(page)[0])["left_today"] == 0


def test_leaving_and_coming_back_does_not_begin_the_day_anew(
    phone: Any, single: Single, bob: Profile, settings: Any
) -> None:
    settings.DATING_PROFILES_A_DAY = 2
    for n in range(4):
        single(100 + n, "f")
    app = phone(bob)
    first = ids(app.post("dating/browse"))
    app.post("dating/leave", confirm="删除")
    app.post("dating/profile", nickname="again")
    assert app.status == 200
    assert set(ids(app.post("dating/browse"))) == set(first)


def test_an_opened_profile_tells_its_owner_by_the_week_and_without_a_name(
    phone: Any, alice: Profile, bob: Profile
) -> None:

    app = phone(bob)
    for _ in range(3):
        assert app.post("dating/open", id=str(alice.pk))["about"] == ""
    looks = [event for event in about(alice.person_id) if event.action == "dating.profile_opened"]
    assert len(looks) == 1
    assert looks[0].actor_id is None
    assert looks[0].at.minute == 0
    assert looks[0].purpose == looks[0].target_id == ""
    owner = phone(alice)
    owner.post("me/settings", language="en")
    shown = [look for look in owner.get("looks")["items"] if look["who"] == "A verified single"]
    assert len(shown) == 1
    assert bob.nickname not in str(shown)
