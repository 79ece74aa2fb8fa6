"""What is on: in time, near, for me; festivals; and nobody's place is kept."""

import json
from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from niangjia.core.accounts.models import Person
from niangjia.core.consent import services as consent
from niangjia.core.orgs.models import Org
from niangjia.engines.allocation.models import Booking
from niangjia.kernel.errors import NotFound
from niangjia.scenes.activities import audience
from niangjia.scenes.activities.audience import Audience
from niangjia.scenes.activities.models import Activity, Taste
from niangjia.scenes.activities.selectors.finding import distance_km
from niangjia.scenes.activities.services import leaving
from niangjia.scenes.activities.services import series as founding
from niangjia.scenes.activities.services.series import Words
from niangjia.scenes.activities.types import FOR_ME

DAY = timedelta(days=1)


def titles(answer: Any) -> list[str]:
    return [card["title"] for card in answer["items"]]


def test_in_time_by_topic_and_page_after_page(api: Any, alice: Person, offer: Any, now: datetime) -> None:
    for number in range(23):
        offer(
            title=f"第{number:02}场", starts_at=now + DAY * (number + 2), topics=("sport",) if number % 2 else ("food",)
        )
    app = api(alice)
    first = app.post("activities/find")
    second = app.post("activities/find", cursor=first["next"])
    assert titles(first) + titles(second) == [f"第{number:02}场" for number in range(23)]
    assert second["next"] is None
    assert titles(app.post("activities/find", topics=["food"]))[:2] == ["第00场", "第02场"]
    other = app.post("activities/find", topics=["sport"], cursor=first["next"])
    assert titles(other)[0] == "第01场"  # a cursor of another search begins anew


def test_near_me_is_in_steps_and_kept_nowhere(api: Any, alice: Person, offer: Any) -> None:
    offer(title="西湖边", lat=30.25, lon=120.15)
    offer(title="很远", lat=29.0, lon=118.0)
    offer(title="没有坐标")
    app = api(alice)
    found = app.post("activities/find", order="near", lat=30.2611, lon=120.1533)
    assert titles(found) == ["西湖边"]
    assert found["items"][0]["distance_km"] % 0.5 == 0
    assert "30.26" not in json.dumps([str(row) for row in Taste.objects.values()])
    nearby = app.post("activities/find", order="near", lat=30.2649, lon=120.1549)
    assert nearby["items"][0]["distance_km"] == found["items"][0]["distance_km"]
    assert distance_km((30.0, 120.0), (30.0, 121.0)) == pytest.approx(96.3, abs=0.2)


def test_for_me_says_why_and_without_consent_nothing_is_looked_at(
    api: Any, alice: Person, offer: Any, register: Any, now: datetime
) -> None:
    offer(title="先开的", topics=("law",))
    offer(title="喜欢的", topics=("craft",), starts_at=now + 9 * DAY)
    app = api(alice)
    app.post("activities/taste", topics=["craft"])
    plain = app.post("activities/find", order="for_me")
    assert (titles(plain), plain["personal"]) == (["先开的", "喜欢的"], False)
    assert not any(card["why"] for card in plain["items"])
    consent.give(person_id=alice.pk, purpose=FOR_ME, now=now)
    mine = app.post("activities/find", order="for_me")
    assert titles(mine) == ["喜欢的", "先开的"]
    assert "手作" in mine["items"][0]["why"][0]
    consent.withdraw(person_id=alice.pk, purpose=FOR_ME, now=now)
    assert titles(app.post("activities/find", order="for_me")) == ["先开的", "喜欢的"]


def test_a_festival_is_one_page_over_many(
    api: Any, alice: Person, offer: Any, olga: Any, tree: dict[str, Org], now: datetime
) -> None:
    words = Words("相亲嘉年华", is_festival=True, starts_on=date(2026, 11, 1), ends_on=date(2026, 12, 31))
    row = founding.found(actor=olga, org_id=tree["xihu"].pk, words=words, now=now)
    for number in range(3):
        offer(title=f"讲座{number}", series_id=row.pk, starts_at=now + DAY * (number + 2))
    app = api(alice)
    (line,) = app.post("activities/find")["festivals"]
    assert titles(app.get("activities/festival", id=line["id"])) == ["讲座0", "讲座1", "讲座2"]


def test_nobody_puts_an_activity_into_the_festival_of_another_union(
    offer: Any, officer: Any, tree: dict[str, Org], now: datetime
) -> None:
    theirs = officer("ningbo")
    row = founding.found(actor=theirs, org_id=tree["ningbo"].pk, words=Words("宁波的"), now=now)
    with pytest.raises(NotFound):
        offer(series_id=row.pk)


@pytest.mark.parametrize(("path", "most"), [("find", 12), ("mine", 8), ("festival", 8)])
def test_lists_cost_the_same_with_one_row_and_with_three(
    path: str, most: int, api: Any, alice: Person, offer: Any, register: Any, olga: Any, tree: Any, now: datetime
) -> None:
    words = Words("读书节", is_festival=True, starts_on=date(2026, 11, 1), ends_on=date(2026, 12, 31))
    row = founding.found(actor=olga, org_id=tree["xihu"].pk, words=words, now=now)
    app, costs = api(alice), []
    for days in ((2,), (3, 4)):
        for number in days:
            register(alice, offer(starts_at=now + DAY * number, series_id=row.pk))
        with CaptureQueriesContext(connection) as seen:
            if path == "find":
                app.post("activities/find")
            else:
                app.get(f"activities/{path}", **({"id": str(row.pk)} if path == "festival" else {}))
        assert app.status == 200
        costs.append(len(seen))
    assert costs[0] == costs[1] <= most


def test_a_plain_registration_is_three_statements(api: Any, alice: Person, offer: Any) -> None:
    """The session, the offer, the claim: the rush depends on it."""
    app, activity = api(alice), offer()
    with CaptureQueriesContext(connection) as seen:
        app.post("activities/register", activity=str(activity.pk), key="3b0c8f44-0000-4000-8000-000000000001")
    assert app.status == 200
    asked = [query["sql"] for query in seen if not query["sql"].startswith(("SAVEPOINT", "RELEASE"))]
    assert len(asked) <= 3, asked


# --- who may come ---


@pytest.mark.parametrize(
    ("rule", "alice_may", "charlie_may"),
    [
        ({}, True, True),
        ({"trades": ("茶业",)}, True, False),
        ({"facts": ("employer",)}, True, True),
        ({"facts": ("single",)}, False, False),
        ({"age_from": 30}, True, False),
        ({"age_to": 29}, False, True),
        ({"members": True}, False, False),
        ({"gig": True}, False, False),
    ],
)
def test_the_rule_counts_whom_it_lets_in(
    rule: dict[str, Any], alice_may: bool, charlie_may: bool, alice: Person, charlie: Person, now: datetime
) -> None:
    for person, born in ((alice, date(1990, 1, 1)), (charlie, date(2000, 1, 1))):
        person.birth_date = born
        person.save(update_fields=["birth_date"])
    asked = Audience(**rule)
    assert Audience.read(json.loads(json.dumps(asked.keep()))) == asked
    for person, may in ((alice, alice_may), (charlie, charlie_may)):
        assert (audience.lacking(asked, person_id=person.pk, now=now) == []) == may
    assert audience.count(asked, now) == alice_may + charlie_may
    assert audience.in_words(asked, now)


# --- leaving ---


def test_the_export_holds_what_is_mine_and_nothing_of_others(
    api: Any, alice: Person, bob: Person, offer: Any, register: Any
) -> None:
    activity = offer(form=[{"code": "diet", "title": "忌口"}])
    register(alice, activity, answers={"diet": "不吃辣"})
    register(bob, activity, answers={"diet": "吃素"})
    text = json.dumps(leaving.export(alice.pk), default=str, ensure_ascii=False)
    assert "不吃辣" in text
    assert "茶山徒步" in text
    assert "吃素" not in text
    assert str(bob.pk) not in text


def test_whoever_leaves_for_good_leaves_their_place_to_the_next(
    alice: Person, bob: Person, offer: Callable[..., Activity], register: Any, now: datetime
) -> None:
    activity = offer(capacity=1, form=[{"code": "diet", "title": "忌口"}])
    register(alice, activity, answers={"diet": "不吃辣"})
    waiting = register(bob, activity, wait=True)
    leaving.erase(alice.pk, now)
    waiting.refresh_from_db()
    assert waiting.state == "offered"
    assert not Booking.objects.filter(person=alice).exists()
    empty = leaving.export(alice.pk)
    assert not any(empty[name] for name in empty)
