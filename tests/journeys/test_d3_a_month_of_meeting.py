"""D3, a festival: lectures, online and offline sessions, one for riders, a thousand who choose; a door offline."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import PHONE, City, Hand
from tests.journeys.test_staff_steer import enter

pytestmark = pytest.mark.browser
FESTIVAL = "杭州冬日相亲嘉年华"
SELECTION = "杭州秋季千人互选"
WALK = "西溪湿地冬日徒步"
READING = "悦读会：《人间草木》"


def looks_over_the_month(me: Hand) -> None:
    me.go("/activities")
    me.sees("activities")
    me.picture("activities")
    me.everybody_can_use_it()
    me.page.get_by_role("link", name=FESTIVAL).first.click()
    expect(me.page.get_by_role("heading", name=FESTIVAL)).to_be_visible()
    titles = me.page.get_by_test_id("activity")
    for part, count in (("直播课", 3), ("线上见面", 3), ("骑手", 1)):
        expect(titles.filter(has_text=part)).to_have_count(count)
    me.picture("festival")
    me.everybody_can_use_it()


def finds_the_walk(me: Hand) -> None:
    me.go("/activities")
    me.tap("filter")
    me.page.get_by_test_id("topics").get_by_text("徒步", exact=False).first.click()
    me.tap("filter-show")
    me.page.get_by_role("link", name=WALK).click()
    me.sees("act-register")
    me.picture("activity")
    me.everybody_can_use_it()


def registers(me: Hand) -> str:
    """What is missing is marked; a lunch brings up what one does not eat. Returns the letters of the ticket."""
    me.tap("act-register")
    me.sees("register-form")
    lunch, diet = me.page.get_by_test_id("question-meal"), me.page.get_by_test_id("question-diet")
    expect(diet).to_have_count(0)
    me.tap("register")
    expect(lunch.get_by_role("alert")).to_be_visible()
    lunch.get_by_role("radio").first.check()
    expect(diet).to_be_visible()
    diet.get_by_role("button").or_(diet.get_by_role("radio")).first.click()
    me.picture("register")
    me.everybody_can_use_it()
    me.tap("register")
    me.sees("ticket")
    me.reads("报好了")
    me.picture("ticket")
    me.everybody_can_use_it()
    return me.page.get_by_test_id("ticket-code").inner_text().strip()


def shows_the_ticket_without_network(me: Hand, code: str) -> None:
    """A door in a cellar, and the app was closed."""
    expect(me.page.locator("[data-kept=true]")).to_be_visible()
    me.page.context.set_offline(True)
    me.go("/")
    me.page.reload()
    me.tap("kept-tickets")
    me.page.get_by_test_id("my-activity").filter(has_text=WALK).get_by_test_id("to-ticket").click()
    me.sees("kept")
    expect(me.page.get_by_test_id("ticket-code")).to_have_text(code)
    me.picture("ticket-offline")
    me.page.context.set_offline(False)


def opens_the_door(city: City, staff: Hand) -> None:
    enter(city, staff, city.phone("district officer"))
    staff.page.goto(f"{city.site}/console/activities/door")
    staff.page.locator("tr").filter(has_text=WALK).get_by_role("link").click()
    staff.page.locator("#load").click()


def scan(staff: Hand, code: str, outcome: str) -> None:
    staff.page.locator("#code").fill(code)
    staff.page.locator("#typed button").click()
    expect(staff.page.locator(f"#answer.{outcome}")).to_be_visible()


def test_a_worker_takes_part_and_is_let_in_once_by_a_door_without_network(
    city: City, hand: Callable[..., Hand]
) -> None:
    alice, door = hand(), hand(size=PHONE)
    alice.sign_in("15400000781")
    looks_over_the_month(alice)
    finds_the_walk(alice)
    code = registers(alice)
    shows_the_ticket_without_network(alice, code)

    opens_the_door(city, door)
    door.page.context.set_offline(True)
    scan(door, code, "welcome")
    door.picture("door")
    scan(door, code, "already")
    scan(door, "NJTnobody", "wrong")
    door.page.context.set_offline(False)
    expect(door.page.locator("#queue")).to_be_empty()

    alice.go("/activities/mine")
    alice.page.reload()
    mine = alice.page.get_by_test_id("my-activity").filter(has_text=WALK)
    expect(mine.get_by_test_id("standing")).to_have_text("已到场")


def test_one_of_a_thousand_chooses_in_secret(city: City, hand: Callable[..., Hand]) -> None:
    alice = hand()
    alice.sign_in(city.phone("worker, a woman"))
    alice.go("/dating/events")
    alice.page.get_by_role("link", name=SELECTION).click()
    alice.page.get_by_role("link", name="开始选").or_(alice.page.get_by_test_id("choose")).first.click()
    alice.agree_if_asked()
    first = alice.page.get_by_test_id("cards").locator("li").first
    first.get_by_test_id("pick").click()
    expect(first.get_by_test_id("pick")).to_have_attribute("aria-pressed", "true")
    alice.picture("dating-choose")
    alice.everybody_can_use_it()
    alice.tap("chosen")
    alice.picture("dating-chosen")


def test_who_cannot_come_passes_the_place_on(city: City, hand: Callable[..., Hand]) -> None:
    """By a link, to somebody who was not signed in; whoever comes after finds it used, and her ticket is void."""
    alice, bob, charlie = hand(), hand(), hand()
    alice.sign_in("15400000783")
    alice.go("/activities")
    alice.page.get_by_role("link", name=READING).click()
    alice.tap("share-as-picture")
    alice.sees("share-picture")
    alice.tap("sheet-close")
    alice.tap("act-register")
    alice.tap("register")
    alice.sees("ticket")
    alice.tap("pass-on")
    alice.sees("pass-qr")
    alice.everybody_can_use_it()
    alice.picture("activity-pass")
    link = alice.page.get_by_test_id("pass-link").inner_text()

    bob.page.goto(link)
    bob.sees("on-offer")
    bob.everybody_can_use_it()
    bob.tap("take-sign-in")
    bob.prove("15400000782")
    bob.sees("on-offer")
    bob.picture("activity-take")
    bob.everybody_can_use_it()
    bob.tap("take")
    bob.sees("ticket")

    charlie.page.goto(link)
    charlie.reads("已经有人接了")
    alice.page.get_by_test_id("sheet-close").click()
    alice.page.wait_for_url(lambda url: "/activities/mine" in url)
    expect(alice.page.get_by_test_id("my-activity").filter(has_text=READING)).to_have_count(0)
