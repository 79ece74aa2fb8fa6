"""D1: a newcomer is verified and pledges, sees their tier rise, looks around by hobby, lives on a planet, speaks and is
recommended; and tells somebody of a date, in case."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import City, Hand, open_city
from tests.journeys.test_two_people_meet import become_verified, find, write_profile

pytestmark = pytest.mark.browser

SAID = "头一回来，周末有人带带新手吗"


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> Iterator[City]:
    """Of its own: the newcomer of the common one is somebody's already."""
    with open_city(tmp_path_factory.mktemp("d1"), people=200) as city:
        yield city


def enter_planet(me: Hand) -> None:
    """Through the hub, as one finds it."""
    me.go("/dating/more")
    me.sees("doors")
    me.picture("more")
    me.everybody_can_use_it()
    me.tap("door-planets")
    me.sees("planets")
    me.picture("planets")
    me.everybody_can_use_it()
    me.page.get_by_role("link", name="登山星球").click()
    me.sees("posts")


def tier(me: Hand) -> str:
    me.go("/dating/more")
    me.tap("door-tiers")
    me.sees("tier")
    return me.page.get_by_test_id("tier").inner_text()


def test_from_newcomer_to_planet(city: City, hand: Callable[..., Hand]) -> None:
    phone, name, number, employer = city.newcomer()
    alice = hand()
    alice.sign_in(phone)
    write_profile(alice)
    assert tier(alice) == "已登记"
    become_verified(alice, name, number, employer)
    assert tier(alice) == "三重认证"
    alice.picture("tiers")
    alice.everybody_can_use_it()
    find(alice, "志远" if int(number[16]) % 2 == 0 else "晓月")

    alice.go("/dating/circle")
    alice.sees("groups")
    alice.picture("circle")
    alice.everybody_can_use_it()
    alice.tap("group-hobby")
    alice.sees("linked")
    alice.picture("linked")

    enter_planet(alice)
    alice.tap("join")
    alice.sees("write")
    alice.picture("planet")
    alice.everybody_can_use_it()
    alice.tap("write")
    alice.fill("post-text", SAID)
    alice.tap("send-post")
    expect(alice.page.get_by_test_id("posts").get_by_text(SAID)).to_be_visible()
    alice.tap("write")
    alice.fill("post-text", "进群加微信 shan_2026")
    alice.tap("send-post")
    alice.reads("等工会的人看一眼")  # held, and told so
    alice.picture("held")

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
    other.picture("post")
    other.everybody_can_use_it()

    alice.go("/dating")
    alice.sees("people")
    alice.page.get_by_role("button", name="为您挑的").click()
    alice.agree_if_asked()
    for _again in range(30):  # the list is made by the worker
        alice.page.wait_for_timeout(1000)
        if not alice.page.get_by_test_id("order-soon").count():
            break
        alice.page.reload()
    alice.sees("people")
    expect(alice.page.get_by_test_id("order-soon")).to_have_count(0)


def test_somebody_is_told_of_a_date_only_when_it_is_needed(city: City, hand: Callable[..., Hand]) -> None:
    alice = hand()
    alice.sign_in(city.phone("worker, a man"))
    alice.go("/dating/safety")
    alice.sees("lines")
    alice.picture("care")
    alice.everybody_can_use_it()
    alice.tap("new-date")
    alice.fill("place", "湖滨的茶馆")
    alice.fill("contact-name", "姐姐")
    alice.fill("contact-phone", "13912345678")
    alice.picture("care-date")
    alice.everybody_can_use_it()
    alice.tap("save-date")
    alice.sees("back-safe")
    alice.picture("care-out")
    assert city.code("13912345678") is None
    alice.tap("back-safe")
    alice.reads("平安回来了")
    alice.tap("rest-tomorrow")
    alice.sees("wake")
    alice.tap("wake")
    alice.sees("rest-tomorrow")
