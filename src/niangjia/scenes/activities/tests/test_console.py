"""The organisers' pages: writing down, publishing, the desk, lists that take two people."""

import io
import json
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import openpyxl
import pytest

from niangjia.core.access import Actor
from niangjia.core.accounts.models import Person
from niangjia.core.audit.models import Event
from niangjia.core.messages.models import Note
from niangjia.engines.allocation import selectors as allocation
from niangjia.engines.allocation.models import Booking
from niangjia.engines.workflow import services as workflow
from niangjia.engines.workflow.models import Case
from niangjia.kernel import clock
from niangjia.scenes.activities.console.reading import empty_fields
from niangjia.scenes.activities.models import Activity, State

HOME = "/console/activities"
PAGES = ("", "/write", "/door", "/series", "/series/write", "/figures")
KEYED = ("/one", "/write", "/door", "/questions")


@pytest.fixture
def browser(api: Any, make_person: Any, grant: Any, tree: Any) -> Callable[..., Any]:
    """`browser("xihu")` is a back office in which an officer of that union has signed in."""
    hired = iter(range(800, 860))

    def hire(org: str = "xihu", role: str = "union_officer") -> Any:
        person = make_person(next(hired), legal_name="王干事")
        grant(person, role, tree[org])
        client = api(person, staff=True).client
        client.person = person
        return client

    return hire


def typed(now: datetime, **words: Any) -> dict[str, Any]:
    """What a browser sends from the page, filled in."""
    fields = {name: value for name, value in empty_fields(now).items() if isinstance(value, str | int)}
    plain = {name: value for name, value in fields.items() if not isinstance(value, bool)}
    return {**plain, "title": "插花课", "place": "职工文化中心", "keeps_waiting": "yes", **words}


def test_written_down_published_and_seen(browser: Any, api: Any, alice: Person, tree: Any, now: datetime) -> None:
    desk = browser()
    sent = typed(now, org=str(tree["xihu"].pk), opens_at="2020-01-01T09:00", topics=["craft"], form0_title="忌口")
    answer = desk.post(f"{HOME}/write", sent)
    assert answer.status_code == 302, answer.content.decode()[:2000]
    activity = Activity.objects.get()
    assert (activity.state, activity.topics, activity.form["questions"][0]["title"]) == ("draft", ["craft"], "忌口")
    assert api(alice).post("activities/find")["items"] == []
    assert "插花课" in desk.get(answer["Location"]).content.decode()
    desk.post(f"{HOME}/act", {"key": activity.pk, "do": "publish"})
    (card,) = api(alice).post("activities/find")["items"]
    assert (card["title"], card["window"], card["free"]) == ("插花课", "open", 30)


def test_what_was_typed_stays_when_something_is_missing(browser: Any, tree: Any, now: datetime) -> None:
    answer = browser().post(f"{HOME}/write", typed(now, org=str(tree["xihu"].pk), title="", about="慢慢来"))
    assert answer.status_code == 422
    assert "慢慢来" in answer.content.decode()
    assert Activity.objects.count() == 0


def test_the_pages_open_and_hold_no_inline_code(browser: Any, offer: Any, alice: Person, register: Any) -> None:
    activity = offer(form=[{"code": "a", "title": "甲"}], survey=[{"code": "b", "title": "乙"}])
    desk = browser()
    for path in PAGES:
        assert desk.get(HOME + path).status_code == 200, path
    for path in KEYED:
        answer = desk.get(f"{HOME}{path}", {"key": activity.pk})
        assert answer.status_code == 200, path
        assert " onclick" not in answer.content.decode()


def test_city_b_cannot_open_or_touch_what_city_a_organises(
    browser: Any, offer: Any, alice: Person, register: Any
) -> None:
    activity = offer()
    booking = register(alice, activity)
    stranger = browser("ningbo", "city_admin")
    missing = str(uuid4())
    for path in (*KEYED, "/live"):
        theirs = stranger.get(f"{HOME}{path}", {"key": activity.pk})
        none = stranger.get(f"{HOME}{path}", {"key": missing})
        assert theirs.status_code == none.status_code == 404, path
    posts = {
        "act": {"do": "cancel", "reason": "不办了"},
        "people": {},
        "people/off": {"booking": str(booking.pk)},
        "answers": {"person": str(alice.pk)},
        "door/list": {},
        "door/scans": {"scans": "[]"},
        "questions": {"question": missing, "state": "shown"},
        "photo": {"drop": missing},
        "write": typed(clock.now()),
    }
    for path, more in posts.items():
        answer = stranger.post(f"{HOME}/{path}", {"key": str(activity.pk), **more})
        assert answer.status_code == 404, path
        assert "王爱丽" not in answer.content.decode()
    assert str(activity.pk) not in stranger.get(HOME).content.decode()
    activity.refresh_from_db()
    assert activity.state == State.PUBLISHED


def test_opening_the_list_is_told_to_everybody_on_it(
    browser: Any, api: Any, offer: Any, alice: Person, register: Any
) -> None:
    activity = offer()
    register(alice, activity)
    desk = browser()
    assert "王爱丽" not in desk.get(f"{HOME}/one", {"key": activity.pk}).content.decode()
    page = desk.post(f"{HOME}/people", {"key": activity.pk}).content.decode()
    assert "王爱丽" in page
    assert alice.phone not in page
    looks = api(alice).get("looks")["items"]
    assert any("名单" in look["what"] or "list" in look["what"] for look in looks)


def test_a_form_is_read_by_its_organiser_and_the_look_recorded(
    browser: Any, offer: Any, alice: Person, register: Any
) -> None:
    activity = offer(form=[{"code": "diet", "title": "忌口"}])
    register(alice, activity, answers={"diet": "不吃香菜"})
    page = browser().post(f"{HOME}/answers", {"key": activity.pk, "person": alice.pk}).content.decode()
    assert "不吃香菜" in page
    assert Event.objects.filter(action="activities.answers_read", subject_id=alice.pk).count() == 1


def test_a_list_leaves_the_house_only_when_a_second_person_agreed_and_once(
    browser: Any, officer: Any, offer: Any, worker: Any, register: Any, now: datetime
) -> None:
    activity = offer()
    register(worker(31, legal_name="=HYPERLINK(1)"), activity)
    desk = browser()
    desk.post(f"{HOME}/act", {"key": activity.pk, "do": "ask_list", "reason": "安排大巴"})
    case = Case.objects.get(kind="activities.export")
    assert desk.post(f"{HOME}/list", {"case": case.pk}).status_code == 404
    admin: Actor = officer("hangzhou", "city_admin")
    workflow.move(case=case, actor=admin, transition="approve", reason="", now=now)
    assert Note.objects.filter(person=desk.person, template="activity_export_ready").exists()
    book = openpyxl.load_workbook(io.BytesIO(desk.post(f"{HOME}/list", {"case": case.pk}).content))
    assert [row[0].value for row in book.worksheets[0].iter_rows()][1] == "'=HYPERLINK(1)"
    assert desk.post(f"{HOME}/list", {"case": case.pk}).status_code == 404
    assert Event.objects.filter(action="activities.list_exported", purpose="安排大巴").count() == 1


def test_firm_staff_see_nothing_of_who_goes_to_events_for_singles(
    browser: Any, offer: Any, alice: Person, register: Any
) -> None:
    activity = offer(discreet=True, title="相亲茶会")
    register(alice, activity)
    firm = browser("firm_a", "enterprise_hr")
    assert "相亲茶会" not in firm.get(HOME).content.decode()
    assert firm.get(f"{HOME}/one", {"key": activity.pk}).status_code == 404
    desk = browser()
    for answer in (
        desk.get(f"{HOME}/one", {"key": activity.pk}),
        desk.get(f"{HOME}/live", {"key": activity.pk}),
        desk.post(f"{HOME}/people", {"key": activity.pk}),
    ):
        assert "龙井茶厂" not in answer.content.decode()


def test_a_firm_organises_no_events_for_singles(browser: Any, tree: Any, now: datetime) -> None:
    firm = browser("firm_a", "enterprise_hr")
    answer = firm.post(f"{HOME}/write", typed(now, org=str(tree["firm_a"].pk), discreet="yes"))
    assert answer.status_code == 403
    assert Activity.objects.count() == 0


def test_fewer_places_than_are_taken_is_answered_with_the_number(
    browser: Any, offer: Any, alice: Person, bob: Person, register: Any
) -> None:
    activity = offer()
    for person in (alice, bob):
        register(person, activity)
    answer = browser().post(f"{HOME}/act", {"key": activity.pk, "do": "resize", "capacity": "1"})
    assert answer.status_code == 409
    assert "2" in answer.content.decode()
    activity.refresh_from_db()
    assert activity.capacity == 10


def test_an_approval_is_decided_with_a_reason_for_the_person(
    browser: Any, api: Any, offer: Any, alice: Person, bob: Person, register: Any
) -> None:
    activity = offer(way="approval")
    yes, no = register(alice, activity), register(bob, activity)
    desk = browser()
    act = {"key": activity.pk, "do": "decide"}
    desk.post(f"{HOME}/act", {**act, "booking": yes.pk, "accept": "yes"})
    without = desk.post(f"{HOME}/act", {**act, "booking": no.pk})
    assert without.status_code == 422
    desk.post(f"{HOME}/act", {**act, "booking": no.pk, "reason": "这次名额留给新会员"})
    assert api(bob).get("activities/mine")["ahead"][0]["my"]["reason"] == "这次名额留给新会员"
    yes.refresh_from_db()
    assert yes.state in ("booked", "offered")


def test_how_many_qualify_is_told_in_tens_and_never_below_ten(browser: Any, worker: Any, tree: Any) -> None:
    for number in range(40, 52):
        worker(number)
    desk = browser()
    told = desk.post(f"{HOME}/count", {"orgs": [str(tree["firm_a"].pk)]}).json()
    assert "10" in told["people"]
    assert "12" not in told["people"]
    few = desk.post(f"{HOME}/count", {"orgs": [str(tree["firm_b"].pk)]}).json()
    assert "10" in few["people"]


# --- the door ---


def scan(desk: Any, activity: Activity, *scans: dict[str, Any]) -> list[dict[str, Any]]:
    answer = desk.post(f"{HOME}/door/scans", {"key": activity.pk, "scans": json.dumps(scans)})
    assert answer.status_code == 200, answer.content
    found: list[dict[str, Any]] = answer.json()["scans"]
    return found


def one(now: datetime, *, code: str = "", minutes: int = 0, **more: Any) -> dict[str, Any]:
    return {"id": str(uuid4()), "at": (now - timedelta(minutes=minutes)).isoformat(), "code": code, **more}


def code_of(booking: Booking, now: datetime) -> str:
    return allocation.ticket_code(Booking.objects.select_related("slot").get(pk=booking.pk), now)


def test_scans_made_without_a_network_count_once_and_the_earliest_counts(
    browser: Any, offer: Any, alice: Person, register: Any, now: datetime
) -> None:
    activity = offer()
    booking = register(alice, activity)
    here, there = browser(), browser()
    late = one(now, code=code_of(booking, now), minutes=1)
    early = one(now, code=code_of(booking, now), minutes=30)
    assert [row["outcome"] for row in scan(here, activity, late)] == ["welcome"]
    assert [row["outcome"] for row in scan(there, activity, early)] == ["welcome"]
    assert [row["outcome"] for row in scan(there, activity, early, late)] == ["welcome", "already"]
    booking.refresh_from_db()
    assert booking.arrived_at == now - timedelta(minutes=30)


def test_a_ticket_of_another_activity_says_so(
    browser: Any, offer: Any, alice: Person, register: Any, now: datetime
) -> None:
    other = offer(title="别的活动", starts_at=now + timedelta(days=9))
    booking = register(alice, other)
    (answer,) = scan(browser(), offer(), one(now, code=code_of(booking, now)))
    assert answer["outcome"] == "other_slot"


def test_a_photographed_ticket_lets_nobody_in_after_its_owner(
    browser: Any, offer: Any, alice: Person, register: Any, now: datetime
) -> None:
    activity = offer()
    code = code_of(register(alice, activity), now)
    desk = browser()
    scan(desk, activity, one(now, code=code, minutes=5))
    (second,) = scan(desk, activity, one(now, code=code))
    assert second["outcome"] == "already"
    assert second["first_at"]


def test_a_photograph_of_a_changing_ticket_is_stale(
    browser: Any, offer: Any, alice: Person, register: Any, now: datetime
) -> None:
    activity = offer(rotating=True)
    booking = register(alice, activity)
    old = code_of(booking, now - timedelta(minutes=10))
    desk = browser()
    assert scan(desk, activity, one(now, code=old))[0]["outcome"] == "stale"
    assert scan(desk, activity, one(now, code=code_of(booking, now)))[0]["outcome"] == "welcome"


def test_a_phone_whose_clock_runs_ahead_was_not_there_tomorrow(
    browser: Any, offer: Any, alice: Person, register: Any, now: datetime
) -> None:
    booking = register(alice, activity := offer())
    scan(browser(), activity, one(now, code=code_of(booking, now), minutes=-60 * 24))
    booking.refresh_from_db()
    assert booking.arrived_at is not None
    assert booking.arrived_at <= clock.now()


def test_the_list_on_the_phone_holds_no_full_name_and_no_number(
    browser: Any, offer: Any, alice: Person, register: Any, now: datetime
) -> None:
    activity = offer()
    register(alice, activity)
    door = browser("xihu", "matchmaker")
    text = door.post(f"{HOME}/door/list", {"key": activity.pk}).content.decode()
    told = json.loads(text)
    assert told["people"][0]["tail"] == alice.phone[-4:]
    assert "王爱丽" not in text
    assert alice.phone not in text
    assert Event.objects.filter(action="activities.list_downloaded", subject_id=alice.pk).exists()
    assert door.get(f"{HOME}/one", {"key": activity.pk}).status_code == 403
