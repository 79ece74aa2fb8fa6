"""D2: a mother registers her son, he says yes himself, a matchmaker introduces two, they meet, and how they are."""

import re
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from playwright.sync_api import expect

from niangjia.kernel.clock import SHANGHAI
from tests.journeys.conftest import DESK, City, Hand
from tests.journeys.test_staff_steer import enter

pytestmark = pytest.mark.browser
WISH = "希望是个爱爬山的姑娘"


def test_the_centre_introduces_two(city: City, hand: Callable[..., Hand]) -> None:
    desk, son, daughter = hand(size=DESK), hand(), hand()
    enter(city, desk, city.phone("matchmaker"))
    _a_mother_registers_her_son(city, desk, city.phone("worker, a son"))
    _he_says_yes_himself(city, son)
    his_name = _nickname(city, son)
    _the_matchmaker_picks(city, desk, city, his_name)
    _both_answer_alone(city, desk, son, daughter)
    _they_meet(city, desk, son, daughter)
    _it_is_noted_how_they_are(city, desk)


def _a_mother_registers_her_son(city: City, desk: Hand, phone: str) -> None:
    page = desk.page
    page.goto(f"{city.site}/console/dating/desk/register")
    page.get_by_label("父母来登记的").check()
    desk.fill("phone", phone)
    desk.fill("name", "小伟")
    desk.fill("wishes", WISH)
    desk.picture("centre-register")
    page.get_by_role("button", name="到本人手机上去问").click()
    page.get_by_text("等本人确认").first.wait_for()
    desk.everybody_can_use_it()
    waiting = page.get_by_test_id("waiting").inner_text()
    for secret in (phone, phone[-4:], "小伟"):
        assert secret not in waiting
    assert WISH not in page.content()


def _he_says_yes_himself(city: City, son: Hand) -> None:
    son.sign_in(city.phone("worker, a son"))
    son.go("/dating/help")
    son.sees("help-waiting")
    expect(son.page.locator("textarea").first).to_have_value(WISH)
    son.everybody_can_use_it()
    son.picture("help-confirm")
    son.tap("help-yes")
    son.sees("help-mine")


def _nickname(city: City, son: Hand) -> str:
    answer = son.page.request.get(f"{city.site}/api/v1/dating/profile")
    return str(answer.json()["nickname"])


def _open_her_record(city: City, desk: Hand, hers: str) -> None:
    desk.page.goto(f"{city.site}/console/dating/desk")
    desk.page.locator("tr", has_text=hers).get_by_test_id("open-record").first.click()
    desk.page.get_by_test_id("whom").wait_for()


def _the_matchmaker_picks(city: City, desk: Hand, _city: City, his_name: str) -> None:
    page = desk.page
    page.goto(f"{city.site}/console/dating/desk")
    desk.picture("centre-people")
    _open_her_record(city, desk, his_name)
    desk.everybody_can_use_it()
    desk.picture("centre-record")
    page.get_by_test_id("whom").click()
    candidate = page.get_by_test_id("candidate").first
    candidate.wait_for()
    desk.picture("centre-candidates")


def _both_answer_alone(city: City, desk: Hand, son: Hand, daughter: Hand) -> None:
    daughter.sign_in(city.phone("worker, asks a matchmaker"))
    her_name = _nickname(city, daughter)
    card = desk.page.get_by_test_id("candidate").filter(has_text=her_name)
    expect(card.locator(".tag.good").first).to_be_visible()  # why, in plain words
    card.get_by_label("给两位的一句话").fill("两位都爱往山里走，想着说不定聊得来。")
    card.get_by_role("button", name="问问两位").click()
    desk.page.get_by_text("已经分别去问两位了").wait_for()
    for one, other in ((son, her_name), (daughter, "")):
        one.go("/dating/help/people")
        one.sees("introduction-asked")
        if other:
            one.reads(other)
            one.everybody_can_use_it()
            one.picture("help-introduction")
        one.tap("introduction-yes")
    daughter.sees("introduction-both_yes")


def _they_meet(city: City, desk: Hand, son: Hand, daughter: Hand) -> None:
    page = desk.page
    page.goto(f"{city.site}/console/dating/desk/introductions")
    desk.picture("centre-introductions")
    page.locator("tr", has_text=_nickname(city, daughter)).get_by_role("link").first.click()
    starts = datetime.now(SHANGHAI).replace(hour=18, minute=30) + timedelta(days=20)
    page.locator('[name="starts_at"]').fill(f"{starts:%Y-%m-%dT%H:%M}")
    page.locator('[name="ends_at"]').fill(f"{starts + timedelta(hours=1):%Y-%m-%dT%H:%M}")
    page.get_by_role("button", name="问两位合不合适").click()
    page.get_by_text("已经问两位合不合适").wait_for()
    for one in (son, daughter):
        one.go("/dating/help")
        one.tap("help-people")
        one.sees("meeting")
        one.picture("help-meeting")
        one.tap("meeting-fits")
        expect(one.page.get_by_test_id("meeting-fits")).to_have_count(0)
    daughter.reads("约好了")
    page.goto(f"{city.site}/console/dating/desk/meetings")
    expect(page.get_by_text(_nickname(city, daughter)).first).to_be_visible()
    desk.everybody_can_use_it()
    desk.picture("centre-meetings")
    page.get_by_role("link", name=re.compile(_nickname(city, daughter))).first.click()


def _it_is_noted_how_they_are(city: City, desk: Hand) -> None:
    page = desk.page
    page.locator('[name="story"]').select_option("in_love")
    page.get_by_role("button", name="保存").click()
    expect(page.locator(".tag.good", has_text="恋爱了").first).to_be_visible()
    desk.everybody_can_use_it()
    desk.picture("centre-two")
