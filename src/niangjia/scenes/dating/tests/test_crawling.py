"""Who wants to read everybody gets next to nothing; whom one may not see is found by no way round (checks G1, G3).

Each guard is shown to be what holds: with it taken away the same walk finds what it must not.
"""

import json
import re
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.apps import apps
from django.db import models

from niangjia.kernel import clock
from niangjia.kernel.ids import new_id
from niangjia.scenes.dating.circle import services as circle
from niangjia.scenes.dating.models import PoolOfDay, Profile, SeenOfDay
from niangjia.scenes.dating.policies import Sight
from niangjia.scenes.dating.selectors import people
from niangjia.scenes.dating.services import blocking, profiles, seeing
from niangjia.scenes.dating.types import Filters, profiles_a_day, profiles_a_month

POOL = 36
TOWN = {"home_town": "浙江金华", "trade": "电工"}


@pytest.fixture
def pool(single: Callable[..., Profile]) -> list[Profile]:
    return [single(100 + number, "m", firm="port", **TOWN) for number in range(POOL)]


def crawl(me: Profile, days: int, now: datetime) -> set[Any]:
    """Everybody that one account is shown in so many days, by every list there is, page after page, all day long."""
    found: set[Any] = set()
    for day in range(days):
        at = now + timedelta(days=day)
        for order in ("newest", "active"):
            for hobbies in ((), ("tea",), ("hiking",)):
                found |= _pages(me, Filters(order=order, hobbies=hobbies), at)
        for key in ("town", "trade", "hobby:tea"):
            _me, page, _left = circle.look_around(person_id=me.person_id, key=key, cursor=None, now=at)
            found |= {row.pk for row in page.rows}
    return found


def _pages(me: Profile, filters: Filters, now: datetime) -> set[Any]:
    found: set[Any] = set()
    cursor: str | None = None
    for _page in range(20):
        _me, page, _left = seeing.look_around(person_id=me.person_id, filters=filters, cursor=cursor, now=now)
        found |= {row.pk for row in page.rows}
        cursor = page.next
        if cursor is None:
            break
    return found


def test_a_day_of_walking_through_every_list_shows_the_days_number(
    alice: Profile, pool: list[Profile], settings: Any, now: datetime
) -> None:
    settings.DATING_PROFILES_A_DAY = 3
    profiles.save(person_id=alice.person_id, changes=TOWN, now=now)
    assert len(crawl(alice, 1, now)) == 3


def test_without_the_days_number_the_same_walk_reads_everybody(
    alice: Profile, pool: list[Profile], settings: Any, now: datetime
) -> None:
    settings.DATING_PROFILES_A_DAY = 10_000
    profiles.save(person_id=alice.person_id, changes=TOWN, now=now)
    assert len(crawl(alice, 1, now)) == POOL


def _nightly(now: datetime, *, people: int) -> None:
    seeing.forget_days(now=now)
    PoolOfDay.objects.update_or_create(day=clock.today(now), defaults={"people": people})


def _shown_in(days: int, me: Profile, now: datetime, *, people: int) -> list[int]:
    """How many new people are shown day after day to somebody who looks at all they can, nobody of them twice."""
    shown = []
    for day in range(days):
        at = now + timedelta(days=day)
        _nightly(at, people=people)
        wanted = [new_id() for _ in range(200)]
        shown.append(200 - len(seeing.show(me, wanted, at).refused))
    return shown


@pytest.mark.parametrize("people", [90_000, 150_000, 360_000, 1_000_000])
def test_thirty_days_reach_at_most_one_in_a_hundred(people: int, alice: Profile, now: datetime) -> None:
    shown = _shown_in(60, alice, now, people=people)
    for first in range(31):
        assert sum(shown[first : first + 30]) <= people / 100
    assert max(shown) <= profiles_a_day()
    assert min(shown) >= 1  # never suddenly none


def test_in_a_small_city_thirty_days_reach_so_many_and_no_more(alice: Profile, now: datetime) -> None:
    shown = _shown_in(60, alice, now, people=3_000)
    assert max(sum(shown[first : first + 30]) for first in range(31)) <= profiles_a_month()
    assert sum(shown) > 1.5 * profiles_a_month()  # and it comes back: nobody is shut out for having looked
    assert shown[0] > 100  # enough for the day of an event


def test_without_the_months_number_a_crawl_passes_one_in_a_hundred(
    alice: Profile, now: datetime, settings: Any
) -> None:
    settings.DATING_PROFILES_A_MONTH = 10**6
    assert sum(_shown_in(30, alice, now, people=90_000)) > 900


def test_the_pool_is_counted_at_night(alice: Profile, bob: Profile, carol: Profile, now: datetime) -> None:
    profiles.pause(person_id=carol.person_id, now=now)
    Profile.objects.filter(pk=bob.pk).update(verified_until=None)
    seeing.count_pool(now=now)
    seeing.count_pool(now=now)
    assert PoolOfDay.objects.get().people == 1


def test_opening_counts_too(phone: Any, alice: Profile, pool: list[Profile], settings: Any) -> None:
    settings.DATING_PROFILES_A_DAY = 2
    app = phone(alice)
    codes = []
    for profile in pool[:6]:
        app.post("dating/open", id=str(profile.pk))
        codes.append(app.status)
    assert codes == [200, 200, 429, 429, 429, 429]
    assert len(SeenOfDay.objects.get(person=alice.person).opened) == 2


def test_leaving_and_coming_back_does_not_begin_the_day_anew(
    phone: Any, alice: Profile, pool: list[Profile], settings: Any
) -> None:
    settings.DATING_PROFILES_A_DAY = 2
    app = phone(alice)
    first = {card["id"] for card in app.post("dating/browse")["items"]}
    app.post("dating/leave", confirm="删除")
    app.post("dating/profile", nickname="又来了", hobbies=["tea"])
    again = app.post("dating/browse")
    assert (len(first), again["left_today"]) == (2, 0)
    assert {card["id"] for card in again["items"]} <= first


ROUTES: dict[str, Callable[[Any, str], Any]] = {
    "open": lambda app, key: app.post("dating/open", id=key),
    "yes": lambda app, key: app.post("dating/yes", id=key),
    "pass": lambda app, key: app.post("dating/pass", id=key),
    "block": lambda app, key: app.post("dating/block", id=key),
    "report": lambda app, key: app.post("dating/report", id=key, reason="other"),
}


@pytest.mark.parametrize("route", ROUTES)
def test_a_colleague_and_nobody_at_all_are_answered_alike(route: str, phone: Any, bob: Profile, carol: Profile) -> None:
    """Bob knows carol's id from somewhere; it tells him nothing, not even that she is here."""
    app = phone(bob)
    hers, nobody = (ROUTES[route](app, key) for key in (str(carol.pk), "00000000-0000-4000-8000-000000000000"))
    assert app.status == 404
    assert hers == nobody


def take_away(monkeypatch: pytest.MonkeyPatch, off: str) -> None:
    sql = Sight.sql

    def without(self: Sight, action: str, *, p: str = "p") -> Any:
        rule = sql(self, action, p=p)
        return type(rule)(re.sub(off.format(p=re.escape(p)), "true", rule.sql), rule.params)

    monkeypatch.setattr(Sight, "sql", without)


COLLEAGUES = r"\({p}\.employer_id IS DISTINCT FROM .*?see_colleagues\)\)"
BLOCKED = r"NOT EXISTS \(SELECT FROM dating_block b WHERE b\.blocker_id = \S+ AND b\.blocked_id = \S+\)"


def _read(me: Profile, now: datetime) -> Iterator[str]:
    """By every list, every count and every wish: all that the scene's own lists say."""
    yield str([row.nickname for row in people.browse(me, Filters(), None, now).rows])
    yield str([row.nickname for row in people.browse(me, Filters(hobbies=("tea",)), None, now).rows])
    yield str([row.nickname for row in people.read(me, "company", now, where="true")])
    yield str([row.nickname for row in people.read(me, "listed", now, where="true")])


@pytest.mark.parametrize("guard", [True, False], ids=["guarded", "with the guard taken away"])
def test_colleagues_are_hidden_everywhere(
    guard: bool, bob: Profile, carol: Profile, alice: Profile, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not guard:
        take_away(monkeypatch, COLLEAGUES)
    seen = [carol.nickname in text for text in _read(bob, now)]
    assert any(alice.nickname in text for text in _read(bob, now))
    assert seen == [not guard] * len(seen)


@pytest.mark.parametrize("guard", [True, False], ids=["guarded", "with the guard taken away"])
@pytest.mark.parametrize("way", ["mine", "theirs"])
def test_the_blocked_are_hidden_everywhere(
    way: str, guard: bool, alice: Profile, bob: Profile, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    blocker, blocked = (alice, bob) if way == "mine" else (bob, alice)
    blocking.block(person_id=blocker.person_id, profile_id=blocked.pk, now=now)
    if not guard:
        take_away(monkeypatch, BLOCKED)
    assert [bob.nickname in text for text in _read(alice, now)] == [not guard] * 4


def test_a_cursor_of_somebody_elses_or_made_up_leads_to_the_start(
    phone: Any, alice: Profile, pool: list[Profile]
) -> None:
    app = phone(alice)
    start = [card["id"] for card in app.post("dating/browse")["items"]]
    for cursor in ("9" * 40, "../../..", "eyJhIjoxfQ"):
        assert [card["id"] for card in app.post("dating/browse", cursor=cursor)["items"]] == start


# Where somebody is, finer than a district: names of columns and of parts of answers (check G3).
# The address of a centre is its own and nobody's whereabouts.
POINT = re.compile(r"(^|_)(lat|latitude|lng|lon|longitude|geo|coord\w*|point|gps|distance|wgs\w*|gcj\w*|street)($|_)")
PLAIN_FIELDS = (models.FloatField, models.DecimalField)


def test_no_table_of_dating_can_hold_a_point_on_the_map() -> None:
    ours = [model for model in apps.get_models() if model._meta.app_label.startswith("dating")]
    assert {"dating", "dating_safety", "dating_planets", "dating_circle"} <= {m._meta.app_label for m in ours}
    columns = [f"{model._meta.label}.{field.name}" for model in ours for field in model._meta.concrete_fields]
    assert len(columns) > 100
    assert [name for name in columns if POINT.search(name.rsplit(".", 1)[1])] == []
    numbers = [
        field.name
        for model in ours
        for field in model._meta.concrete_fields
        if isinstance(field, PLAIN_FIELDS) and POINT.search(field.name)
    ]
    assert numbers == []


def test_no_answer_of_dating_describes_a_point_on_the_map() -> None:
    """The description of the whole API, which the phone app is built from."""
    from niangjia.interfaces.api import api as root  # noqa: PLC0415  # built when asked for, after all rooms are there

    described = json.loads(json.dumps(root.get_openapi_schema(path_prefix="/api/v1/"), default=str))
    dating = {path: item for path, item in described["paths"].items() if "/dating/" in path}
    assert len(dating) > 40
    parts = described["components"]["schemas"]
    text, known = json.dumps(dating), set[str]()
    while wanted := set(re.findall(r"#/components/schemas/(\w+)", text)) - known:
        known |= wanted
        text += json.dumps([parts[name] for name in sorted(wanted)])
    named = set(re.findall(r'"([a-z_]+)": \{', text))
    assert len(named) > 200
    assert sorted(name for name in named if POINT.search(name)) == []


def test_places_are_districts() -> None:
    for name in ("district", "home_town"):
        assert getattr(Profile._meta.get_field(name), "max_length", None) == 6  # a code of GB/T 2260, no more
