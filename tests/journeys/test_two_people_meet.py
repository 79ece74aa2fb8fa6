"""The first journey: signs in, is verified twice, pledges, writes a profile, finds somebody, and both say yes."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from niangjia.kernel.china import parse_id_number
from tests.journeys.conftest import City, Hand

pytestmark = pytest.mark.browser


def become_verified(me: Hand, name: str, number: str, employer: str) -> None:
    """Real person by face at the (simulated) provider, employer by the roll, single by a signed pledge."""
    me.go("/verify/face")
    me.fill("legal_name", name)
    me.fill("id_number", number)
    me.picture("face")
    me.tap("start-face")
    me.agree_if_asked()
    me.page.get_by_role("button", name="通过", exact=True).or_(
        me.page.get_by_role("link", name="通过", exact=True)
    ).click()
    me.page.wait_for_url("**#/verify")  # the app asks for the outcome by itself
    expect(me.page.get_by_test_id("fact-real_person")).to_have_attribute("data-state", "verified")

    me.go("/verify/employer")
    me.fill("q", employer[2:8])
    me.page.get_by_test_id("employers").get_by_text(employer, exact=True).click()
    me.page.get_by_role("dialog").get_by_role("button", name="是的").click()
    me.agree_if_asked()
    me.sees("employer-done")
    me.picture("employer")
    me.tap("employer-done")
    expect(me.page.get_by_test_id("fact-employer")).to_have_attribute("data-state", "verified")

    me.go("/verify/pledge")
    me.page.locator("#agree").check()
    me.picture("pledge")
    me.tap("sign-pledge")
    me.agree_if_asked()
    me.page.wait_for_url("**#/verify")
    me.sees("all-verified")
    me.picture("verified")
    me.everybody_can_use_it()


def write_profile(me: Hand) -> None:
    """A few lines are enough to begin."""
    me.go("/dating/edit?part=basics")
    me.fill("nickname", "新来的小伙伴")
    me.fill("trade", "电工")
    me.tap("save")
    me.agree_if_asked()
    me.page.wait_for_url("**#/dating/mine**")
    me.go("/dating/edit?part=hobbies")
    for hobby in ("徒步爬山", "羽毛球"):
        me.page.get_by_test_id("edit-form").get_by_text(hobby, exact=True).first.click()
    me.picture("hobbies")
    me.tap("save")
    me.page.wait_for_url("**#/dating/mine**")
    me.picture("mine")


def find(me: Hand, nickname: str) -> None:
    """Look for people who share a hobby, and open the one with this name."""
    me.go("/dating")
    me.sees("people")
    me.picture("browse")
    me.everybody_can_use_it()
    me.tap("filter")
    me.page.get_by_test_id("hobbies").get_by_text("徒步爬山", exact=True).last.click()
    me.picture("filter")
    me.tap("filter-show")
    me.sees("people")
    me.page.wait_for_timeout(1500)
    me.picture("found")
    card = me.page.get_by_test_id("card").filter(has_text=nickname).first
    for _ in range(8):
        if card.count() or not me.page.get_by_test_id("more").count():
            break
        me.tap("more")
        me.page.wait_for_timeout(500)
    card.click(position={"x": 60, "y": 60})
    me.sees("yes")


def offer(me: Hand, value: str) -> None:
    me.go("/dating/pairs")
    me.tap("offer")
    me.fill("value", value)
    me.tap("offer-send")


def test_two_verified_people_meet(city: City, hand: Callable[..., Hand]) -> None:
    phone, name, number, employer = city.newcomer()
    alice = hand()
    alice.go("/")
    alice.reads("现在能做的事")  # usable before anybody asks who one is
    alice.picture("welcome")
    alice.everybody_can_use_it()
    alice.sign_in(phone)
    alice.picture("home-new")
    alice.everybody_can_use_it()
    become_verified(alice, name, number, employer)
    write_profile(alice)

    woman = parse_id_number(number).sex == "f"
    other, nickname = ("worker, a man", "志远") if woman else ("worker, a woman", "晓月")
    find(alice, nickname)
    alice.picture("profile")
    alice.everybody_can_use_it()
    alice.tap("yes")
    alice.sees("said-state")
    alice.picture("said")

    bob = hand()
    bob.sign_in(city.phone(other))
    bob.picture("home")
    bob.go("/dating/pairs")
    bob.page.wait_for_timeout(1000)
    assert "新来的小伙伴" not in bob.page.inner_text("body")  # a yes stays secret
    find(bob, "新来的小伙伴")
    bob.tap("yes")
    bob.sees("to-pairs")
    bob.picture("mutual")

    offer(bob, "13800138000")
    alice.go("/")
    alice.go("/dating/pairs")
    alice.sees("offer")
    assert "13800138000" not in alice.page.inner_text("body")  # revealed only when both offer
    offer(alice, "13900139000")
    expect(alice.page.get_by_test_id("their-contact").first).to_have_text("13800138000")
    alice.picture("contacts")
    alice.everybody_can_use_it()
    bob.page.reload()
    expect(bob.page.get_by_text("13900139000")).to_be_visible()
