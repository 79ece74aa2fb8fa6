"""Checks G1, G2, G3 and G8 over every door of dating, as the API's own description names them."""

import json
import random
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest

from niangjia.core.access import Actor
from niangjia.core.access.selectors import grants_of
from niangjia.core.consent import services as consent
from niangjia.core.orgs.models import Org
from niangjia.engines.workflow import services as workflow
from niangjia.engines.workflow.models import Case
from niangjia.engines.workflow.selectors import process_of
from niangjia.kernel.errors import DomainError
from niangjia.scenes.dating.desk.tests.conftest import Centre, centre  # noqa: F401  # a fixture
from niangjia.scenes.dating.models import Profile
from niangjia.scenes.dating.planets import opening
from niangjia.scenes.dating.planets.models import Planet, Post
from niangjia.scenes.dating.services import blocking, decisions, profiles, standing
from niangjia.scenes.dating.tests.events_ground import Ground
from niangjia.scenes.dating.tests.test_crawling import BLOCKED, COLLEAGUES, take_away
from niangjia.scenes.dating.tests.walking import Known, Seen, doors, walk
from niangjia.scenes.dating.weekly import desk as weekly
from niangjia.scenes.dating.weekly import listing
from niangjia.scenes.dating.weekly.models import Line, WeeklyList
from niangjia.scenes.dating.weekly.types import LISTED, Words

TOWN = {"home_town": "浙江金华", "trade": "电工", "district": "330106"}
LINKS = ["town", "trade", "hobby:tea"]


@dataclass
class World:
    """Everybody in every room: on a planet, on the week's list, in a selection."""

    planet: Planet
    posts: dict[Any, Post]
    event: Any

    def known(self, *people: Profile) -> Known:
        """What somebody could have got hold of about these people, from wherever."""
        keys = [one.pk for one in people]
        lines = list(Line.objects.filter(profile__in=keys).values_list("pk", flat=True))
        posts = [self.posts[key].pk for key in keys if key in self.posts]
        ids = {"id": [*keys, *posts], "planet": [self.planet.pk], "event": [self.event.pk], "line": lines}
        ids |= {"post": posts, "parent": posts[:1]}
        return Known({name: found for name, found in ids.items() if found}, {"key": LINKS, "town": ["330106"]})


@pytest.fixture
def everybody(single: Callable[..., Profile]) -> list[Profile]:
    names = ("赵一一", "钱二二", "孙三三", "李四四", "周五五", "吴六六")
    return [single(200 + at, "m", firm="port", nickname=name, **TOWN) for at, name in enumerate(names)]


@pytest.fixture
def staff(
    make_person: Callable[..., Any], grant: Callable[..., Any], tree: dict[str, Org], now: datetime
) -> Callable[[int, str], Actor]:
    def make(number: int, org: str) -> Actor:
        person = make_person(700 + number)
        grant(person, "union_officer", tree[org])
        return Actor(person_id=person.pk, grants=tuple(grants_of(person.pk)), second_factor_at=now)

    return make


@pytest.fixture
def world(
    house: Ground,
    alice: Profile,
    carol: Profile,
    everybody: list[Profile],
    phone: Any,
    staff: Callable[[int, str], Actor],
    now: datetime,
) -> World:
    for who in (alice, carol):
        profiles.save(person_id=who.person_id, changes=TOWN, now=now)
    actor = staff(7, "province")
    planet = opening.open_planet(
        actor=actor, org_id=actor.grants[0].org_id, hobby="hiking", title="登山星球", about="周末爬山", now=now
    )
    event = house.event()
    posts = {}
    for who in (alice, carol, *everybody):
        app = phone(who)
        app.post("dating/planets/join", planet=str(planet.pk))
        said = app.post("dating/planets/write", planet=str(planet.pk), text="周末去爬山", key=str(uuid4()))
        posts[who.pk] = Post.objects.get(pk=said["id"])
        consent.give(person_id=who.person_id, purpose=LISTED, now=now)
        words = Words(f"我叫{who.nickname}", "真诚就好", False, False)
        listing.put(person_id=who.person_id, words=words, now=now)
    house.enter(event, alice, carol, *everybody)
    weekly.draft_week(now=now)
    for row in WeeklyList.objects.filter(state="draft"):
        weekly.publish(actor=actor, list_id=row.pk, now=now)
    return World(planet, posts, event)


# ---- G1: how many one account sees


SHOWING = {
    "dating/browse", "dating/open", "dating/circle/people", "dating/events/cards", "dating/weekly",
    "dating/planets/posts", "dating/planets/post",
}  # fmt: skip
OF_ONES_OWN = {"dating/events/chosen": "at most as many as may be picked of one event, see docs/adr/0012"}


def strangers_shown(seen: list[Seen], strangers: list[Profile]) -> dict[str, set[str]]:
    """By door, whom it showed: by nickname, or by an id that the walker had not sent."""
    found: dict[str, set[str]] = {}
    for one in seen:
        names = {who.nickname for who in strangers if who.nickname in one.text or str(who.pk) in one.text}
        if names:
            found.setdefault(one.door.path, set()).update(names)
    return found


def walk_after_the_days_number(app: Any, world: World, everybody: list[Profile]) -> dict[str, set[str]]:
    first = {card["id"] for card in app.post("dating/browse")["items"]}
    strangers = [who for who in everybody if str(who.pk) not in first]
    assert strangers
    return strangers_shown(list(walk(app, world.known(*everybody))), strangers)


def test_after_the_days_number_no_door_shows_anybody_new(
    world: World, phone: Any, alice: Profile, everybody: list[Profile], settings: Any
) -> None:
    settings.DATING_PROFILES_A_DAY = 2
    shown = walk_after_the_days_number(phone(alice), world, everybody)
    assert {path: names for path, names in shown.items() if path not in OF_ONES_OWN} == {}


def test_without_counting_these_doors_show_everybody(
    world: World, phone: Any, alice: Profile, everybody: list[Profile], settings: Any
) -> None:
    """So the walk above has something to find: each of these rooms holds strangers."""
    settings.DATING_PROFILES_A_DAY = 2
    app = phone(alice)
    app.post("dating/browse")
    settings.DATING_PROFILES_A_DAY = 100
    seen = strangers_shown(list(walk(app, world.known(*everybody))), everybody)
    assert set(seen) >= SHOWING


def test_ids_from_somebody_else_open_nobody_when_the_days_number_is_reached(
    world: World, phone: Any, alice: Profile, everybody: list[Profile], settings: Any
) -> None:
    """A yes or a block by an id alone leads to a list with a name in it."""
    settings.DATING_PROFILES_A_DAY = 2
    app = phone(alice)
    first = {card["id"] for card in app.post("dating/browse")["items"]}
    stranger = next(who for who in everybody if str(who.pk) not in first)
    app.post("dating/yes", id=str(stranger.pk))
    assert app.status == 429
    app.post("dating/weekly/interest", line=str(Line.objects.get(profile=stranger).pk))
    assert app.status == 429
    app.post("dating/block", id=str(stranger.pk))
    assert app.status == 200
    read = [app.get("dating/said"), app.get("dating/blocked"), app.get("dating/weekly")]
    assert stranger.nickname not in str(read)
    assert len(app.get("dating/blocked")["items"]) == 1


# ---- G1: colleagues


def test_colleagues_are_found_through_no_door(
    world: World, phone: Any, carol: Profile, everybody: list[Profile]
) -> None:
    """Carol works where all these men work; she has got hold of every id, and is shown none of them."""
    seen = list(walk(phone(carol), world.known(*everybody)))
    assert strangers_shown(seen, everybody) == {}
    for door in {one.door.path for one in seen}:
        statuses = {one.status for one in seen if one.door.path == door}
        assert 500 not in statuses


def test_without_that_rule_the_same_walk_finds_them(
    world: World, phone: Any, carol: Profile, everybody: list[Profile], monkeypatch: pytest.MonkeyPatch
) -> None:
    take_away(monkeypatch, COLLEAGUES)
    assert set(strangers_shown(list(walk(phone(carol), world.known(*everybody))), everybody)) >= SHOWING


# ---- G2: a block is total


@pytest.fixture
def close(
    world: World,
    alice: Profile,
    bob: Profile,
    centre: Centre,  # noqa: F811  # the fixture imported above
    phone: Any,
    house: Ground,
    now: datetime,
) -> Known:
    """Alice and bob met in every room: a pair with letters, a reply, an introduction, a request of the list."""
    profiles.save(person_id=bob.person_id, changes=TOWN, now=now)
    introduction = centre.found(alice, bob)
    house.enter(world.event, bob)
    for one, other in ((alice, bob), (bob, alice)):
        decisions.say_yes(person_id=one.person_id, profile_id=other.pk, now=now)
    apps = {who.pk: phone(who) for who in (alice, bob)}
    pair = apps[bob.pk].get("dating/pairs")["items"][0]["id"]
    for who in (alice, bob):
        app = apps[who.pk]
        app.post("dating/planets/join", planet=str(world.planet.pk))
        top = str(world.posts[alice.pk].pk)
        text = f"回复的{who.nickname}"
        app.post("dating/planets/write", planet=str(world.planet.pk), text=text, parent=top, key=str(uuid4()))
        app.post("dating/chat/send", pair=pair, text=letter_of(who), key=str(uuid4()), sure=True)
        app.post("dating/contact/offer", pair=pair, kind="wechat", value=f"secret-{who.nickname}")
    known = world.known(alice, bob)
    known.ids |= {
        "pair": [pair],
        "introduction": [introduction.pk],
        "post": list(Post.objects.filter(author__in=[alice, bob]).values_list("pk", flat=True)),
    }
    known.ids["id"] += known.ids["post"]
    return known


def letter_of(who: Profile) -> str:
    return f"悄悄话-{who.sex}"


def traces(who: Profile, seen: list[Seen], *more: str) -> set[str]:
    """Doors at which something of this person is read."""
    marks = (who.nickname, str(who.pk), str(who.person_id), *more)
    return {one.door.path for one in seen if any(mark in one.text for mark in marks)}


@pytest.mark.parametrize("way", ["alice blocks", "bob blocks"])
def test_after_a_block_no_door_shows_a_trace_of_the_other(
    way: str, world: World, close: Known, phone: Any, alice: Profile, bob: Profile, now: datetime
) -> None:
    reader, other = (bob, alice)
    before = traces(other, list(walk(phone(reader), close)), letter_of(other))
    assert before >= {
        "dating/browse", "dating/open", "dating/pairs", "dating/chat/messages", "dating/weekly",
        "dating/circle/people", "dating/planets/posts", "dating/planets/post", "dating/events/cards",
        "dating/help/people",
    }  # fmt: skip
    blocker, blocked = (alice, bob) if way == "alice blocks" else (bob, alice)
    blocking.block(person_id=blocker.person_id, profile_id=blocked.pk, now=now)
    after = traces(other, list(walk(phone(reader), close)), letter_of(other))
    assert after - ({"dating/blocked", "dating/block", "dating/unblock"} if reader == blocker else set()) == set()


def test_without_the_wall_the_same_walk_finds_the_blocked(
    world: World,
    close: Known,
    phone: Any,
    alice: Profile,
    bob: Profile,
    now: datetime,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    blocking.block(person_id=alice.person_id, profile_id=bob.pk, now=now)
    take_away(monkeypatch, BLOCKED)
    assert traces(alice, list(walk(phone(bob), close))) >= SHOWING


def counts(app: Any, world: World) -> str:
    """All that is read without naming anybody: steps, counts, lists."""
    read = [
        app.get("dating/circle"),
        app.get("dating/planets"),
        app.get("dating/planets/one", id=str(world.planet.pk)),
        app.get("dating/planets/posts", planet=str(world.planet.pk)),
        app.get("dating/weekly"),
        app.get("dating/said"),
        app.get("dating/pairs"),
        app.get("dating/help/people"),
        app.post("dating/events/cards", event=str(world.event.pk)),
        app.post("dating/browse")["items"],
    ]
    return re.sub(r"'(url|photo|large)': '[^']*'", "", str(read))


def test_to_the_blocked_it_is_as_if_the_other_had_left(
    world: World, close: Known, phone: Any, alice: Profile, bob: Profile, now: datetime
) -> None:
    """Down to the last count: nothing differs between being blocked by somebody and their not being here any more."""
    app = phone(bob)
    app.post("dating/browse")
    before = counts(app, world)
    blocking.block(person_id=alice.person_id, profile_id=bob.pk, now=now)
    blocked = counts(app, world)
    phone(alice).post("dating/leave", confirm="删除")
    assert blocked == counts(app, world)
    assert blocked != before


def test_the_same_person_with_a_new_account_stays_blocked(
    world: World, close: Known, phone: Any, single: Callable[..., Profile], alice: Profile, bob: Profile, now: datetime
) -> None:
    """Bob has his account erased and comes back with another telephone; the ID number is his own."""
    blocking.block(person_id=alice.person_id, profile_id=bob.pk, now=now)
    mark = bob.person.id_index
    phone(bob).post("dating/leave", confirm="删除")
    bob.person.id_index = None
    bob.person.save(update_fields=["id_index"])
    again = single(777, "m", firm="port", nickname="郑七七", **TOWN)
    seen_before = traces(alice, list(walk(phone(again), close)))
    assert "dating/browse" in seen_before
    again.person.id_index = mark
    again.person.save(update_fields=["id_index"])
    standing.facts_changed([again.person_id], now)
    assert traces(alice, list(walk(phone(again), close))) == set()
    assert "郑七七" not in str(phone(alice).post("dating/browse"))


# ---- G3: no place finer than a district


def test_a_thousand_made_up_places_tell_nothing_of_where_anybody_is(
    world: World, phone: Any, alice: Profile, everybody: list[Profile], api: Any
) -> None:
    """No door of dating takes a place; the one that does (activities near me) answers about places and no person."""
    places = re.compile(r"^(lat|lon|lng|latitude|longitude|near|distance|place_id|where)$")
    for door in doors():
        assert [name for name in (*door.needed, *door.more) if places.match(name)] == []
    app, dice = phone(alice), random.Random(7)
    start = app.post("dating/browse")
    same = [(card["id"], card["district"]) for card in start["items"]]
    for number in range(1_000):
        lat, lon = 30 + dice.random(), 120 + dice.random()
        near = app.post("activities/find", order="near", lat=lat, lon=lon)
        assert app.status == 200
        assert not any(who.nickname in str(near) or str(who.pk) in str(near) for who in everybody)
        if number % 50 == 0:
            moved = app.post("dating/browse", lat=lat, lon=lon)
            assert [(card["id"], card["district"]) for card in moved["items"]] == same


# ---- G8: who reported is read by nobody it is about


SAID = {"reason": "money", "details": "他让我转账"}
REPORTS: dict[str, Callable[[World, Profile, Known], dict[str, Any]]] = {
    "dating/report": lambda _world, who, _known: {"id": str(who.pk), **SAID},
    "dating/chat/report": lambda _world, _who, known: {"pair": str(known.ids["pair"][0]), **SAID},
    "dating/planets/report": lambda world, who, _known: {"post": str(world.posts[who.pk].pk), **SAID},
}


def test_every_way_to_report_is_walked_here() -> None:
    assert {door.path for door in doors() if door.path.endswith("report")} == set(REPORTS)


@pytest.mark.parametrize("way", REPORTS)
def test_the_accused_reads_nothing_of_who_reported(
    way: str,
    world: World,
    close: Known,
    phone: Any,
    alice: Profile,
    bob: Profile,
    carol: Profile,
    staff: Callable[[int, str], Actor],
    now: datetime,
    caplog: pytest.LogCaptureFixture,
) -> None:
    """Receipt, decision by one officer, appeal decided by another; at each step the accused reads everything."""
    reporter, accused = phone(bob), phone(alice)
    filed = reporter.post(way, **REPORTS[way](world, alice, close))
    assert reporter.status == 200, filed
    blocking.block(person_id=bob.person_id, profile_id=alice.pk, now=now)  # nothing between them is left to be read
    case = (
        Case.objects.get(receipt=filed["receipt"]) if filed.get("receipt") else Case.objects.get(opened_by=bob.person)
    )
    assert (case.about_id, case.opened_by_id) == (alice.person_id, bob.person_id)
    assert case.due_at > now
    marks = [bob.nickname, str(bob.pk), str(bob.person_id), "他让我转账", bob.person.phone, case.receipt]
    _nothing_of(marks, accused, close)
    caplog.clear()
    first, second = staff(21, "province"), staff(22, "province")
    transition, details = (
        ("restrict", {"until": str((now + timedelta(days=7)).date())}) if "planets" not in way else ("take_down", {})
    )
    workflow.move(case=case, actor=first, transition=transition, reason="请改正", details=details, now=now)
    _nothing_of(marks, accused, close)
    told = accused.get("dating/restrictions")["items"] or accused.get("dating/planets/mine")["decided"]
    appeal = "dating/appeal" if "planets" not in way else "dating/planets/appeal"
    accused.post(appeal, receipt=told[0]["receipt"], text="这不是我")
    assert accused.status == 200
    again = Case.objects.get(appeal_of=case)
    with pytest.raises(DomainError):
        workflow.move(case=again, actor=first, transition=_lifting(again), reason="再看一次", now=now)
    workflow.move(case=again, actor=second, transition=_lifting(again), reason="再看一次", now=now)
    _nothing_of(marks, accused, close)
    assert not any(mark in caplog.text for mark in marks)


def _lifting(case: Case) -> str:
    names = [step.code for step in process_of(case).transitions]
    return next(name for name in ("lift", "put_back", "restore", "show") if name in names)


def _nothing_of(marks: list[str], app: Any, known: Known) -> None:
    """Over every door of dating, and what is read around it: messages, looks, one's own data."""
    around = [app.get(path) for path in ("home", "inbox", "looks", "me", "me/export")]
    text = json.dumps(around, ensure_ascii=False, default=str)
    assert [mark for mark in marks if mark in text] == []
    read = list(walk(app, known, lambda door: door.method == "get"))
    assert [(one.door.path, mark) for one in read for mark in marks if mark in one.text] == []
