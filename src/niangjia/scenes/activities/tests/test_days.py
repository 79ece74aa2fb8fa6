"""“This weekend”: what touches the days asked for, as the calendar of China counts them."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from niangjia.core.accounts.models import Person
from niangjia.kernel import clock
from niangjia.scenes.activities.models import Activity
from niangjia.scenes.activities.selectors import finding
from niangjia.scenes.activities.selectors.finding import Search

pytestmark = pytest.mark.django_db
Api = Callable[..., Any]


def titles(person: Person, now: datetime, **days: Any) -> list[str]:
    rows, _then = finding.find(person_id=person.pk, search=Search(**days), offset=0, now=now)
    return [row.activity.title for row in rows]


@pytest.fixture
def evening(offer: Callable[..., Activity], now: datetime) -> date:
    """The day of a late walk that goes on past midnight of China."""
    day = clock.today(now) + timedelta(days=6)
    starts = datetime.combine(day, datetime.min.time(), clock.SHANGHAI) + timedelta(hours=23)
    offer(title="夜走西湖", starts_at=starts)
    return day


def test_what_is_on_that_day_is_found_and_nothing_else(evening: date, alice: Person, now: datetime) -> None:
    assert titles(alice, now, from_day=evening, to_day=evening) == ["夜走西湖"]
    assert titles(alice, now, to_day=evening - timedelta(days=1)) == []
    assert titles(alice, now, from_day=evening + timedelta(days=2)) == []


def test_what_goes_on_past_midnight_belongs_to_both_days(evening: date, alice: Person, now: datetime) -> None:
    after = evening + timedelta(days=1)
    assert titles(alice, now, from_day=after, to_day=after) == ["夜走西湖"]


def test_the_phone_may_ask_for_days(evening: date, alice: Person, api: Api) -> None:
    found = api(alice).post("activities/find", from_day=evening.isoformat(), to_day=evening.isoformat())
    assert [row["title"] for row in found["items"]] == ["夜走西湖"]
    assert api(alice).post("activities/find", from_day="2026-13-40")["error"]["code"] == "invalid"
    assert api(alice).post("activities/find", to_day=date.max.isoformat())["items"]
