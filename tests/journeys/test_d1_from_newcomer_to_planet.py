"""D1: a newcomer is verified and pledges, sees their tier rise, looks around by hobby, lives on a planet, speaks and is
recommended; and tells somebody of a date, in case."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import expect

from niangjia.kernel.china import parse_id_number
from tests.journeys.conftest import City, Hand, open_city
from tests.journeys.test_two_people_meet import become_verified, find, write_profile

pytestmark = pytest.mark.browser

SAID = "头一回来，周末有人带带新手吗"


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> Iterator[City]:
    """Of its own: the newcomer of the common one is somebody's already."""
    with open_city(tmp_path_factory.mktemp("d1"), people=200) as city:
        yield city


def tier(me: Hand) -> str:
    """Through the hub, as one finds it."""
    me.go("/dating/more")
    me.sees("doors")
    me.picture("more")
    me.tap("door-tiers")
    me.sees("tier")
    me.picture("tiers")
    return me.page.get_by_test_id("tier").inner_text()


def walk_the_circle(me: Hand) -> None:
    """What links me to others, and who they are."""
    me.go("/dating/circle")
    me.sees("groups")
    me.picture("circle")
    me.everybody_can_use_it()
    me.tap("group-hobby")
    me.sees("linked")
    me.picture("linked")
    me.everybody_can_use_it()


def enter_planet(me: Hand) -> None:
    me.go("/dating/more")
    me.tap("door-planets")
    me.sees("planets")
    me.picture("planets")
    me.everybody_can_use_it()
    me.page.get_by_role("link", name="登山星球").click()
    me.sees("posts")
    me.picture("planet")
    me.everybody_can_use_it()


def say(me: Hand, text: str) -> None:
    me.tap("write")
    me.fill("post-text", text)
    me.tap("send-post")


def speak(me: Hand) -> None:
    """One post that is read at once, and one whose words hold it back."""
    say(me, SAID)
    expect(me.page.get_by_test_id("posts").get_by_text(SAID)).to_be_visible()
    say(me, "进群加微信 shan_2026")
    held = me.page.get_by_test_id("post").filter(has_text="shan_2026")
    expect(held.get_by_text("等工会的人看一眼")).to_be_visible()
    held.scroll_into_view_if_needed()
    me.picture("held")


def go_out(me: Hand) -> None:
    """A date that somebody is told of in case, and the way back; then a break that ends at once."""
    me.go("/dating/safety")
    me.sees("lines")
    me.picture("care")
    me.everybody_can_use_it()
    me.tap("new-date")
    me.fill("place", "湖滨的茶馆")
    me.fill("contact-name", "姐姐")
    me.fill("contact-phone", "13912345678")
    me.picture("care-date")
    me.everybody_can_use_it()
    me.tap("save-date")
    me.sees("back-safe")
    me.picture("care-out")
    me.tap("back-safe")
    me.reads("平安回来了")
    me.tap("rest-tomorrow")
    me.sees("wake")
    me.tap("wake")
    me.sees("rest-tomorrow")


def test_from_newcomer_to_planet(city: City, hand: Callable[..., Hand]) -> None:
    phone, name, number, employer = city.newcomer()
    alice = hand()
    alice.sign_in(phone)
    write_profile(alice)
    assert tier(alice) == "已登记"
    become_verified(alice, name, number, employer)
    assert tier(alice) == "三重认证"
    alice.everybody_can_use_it()
    find(alice, "志远" if parse_id_number(number).sex == "f" else "晓月")
    walk_the_circle(alice)
    enter_planet(alice)
    alice.tap("join")
    alice.sees("write")
    speak(alice)

    other = hand()
    other.sign_in(city.phone("worker, a woman"))
    enter_planet(other)
    expect(other.page.get_by_test_id("posts").get_by_text(SAID)).to_be_visible()
    assert "shan_2026" not in other.page.inner_text("body")
    other.page.get_by_test_id("post").filter(has_text=SAID).get_by_test_id("open-post").click()
    other.tap("reply")
    other.fill("post-text", "一起呀，我走得也慢")
    other.tap("send-post")
    expect(other.page.get_by_test_id("replies").get_by_text("一起呀")).to_be_visible()
    other.everybody_can_use_it()

    be_recommended(alice)


def be_recommended(me: Hand) -> None:
    """In one's own order, with one's consent, as soon as the worker has made the list."""
    me.go("/dating")
    me.sees("people")
    me.page.get_by_role("button", name="为您挑的").click()
    me.agree_if_asked()
    for _again in range(60):
        me.page.wait_for_timeout(1000)
        if not me.page.get_by_test_id("order-soon").count():
            break
        me.page.reload()
        me.sees("people")
    expect(me.page.get_by_test_id("order-soon")).to_have_count(0)
    me.sees("people")


def test_somebody_is_told_of_a_date_only_when_it_is_needed(city: City, hand: Callable[..., Hand]) -> None:
    alice = hand()
    alice.sign_in(city.phone("worker, a man"))
    go_out(alice)
    assert city.code("13912345678") is None  # no message came there
