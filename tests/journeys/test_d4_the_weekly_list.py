"""D4: members put themselves on the list, others ask, a caller is written down, two are invited to a live talk."""

import re
from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from playwright.sync_api import expect

from niangjia.kernel import clock
from tests.journeys.conftest import DESK, City, Hand, open_city
from tests.journeys.test_staff_steer import enter

pytestmark = pytest.mark.browser
SAYS = "周末常在宝石山看日出"


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> Iterator[City]:
    """A city of its own: the two become a pair here, and other journeys want to be the ones to bring them together."""
    with open_city(tmp_path_factory.mktemp("week"), people=200) as city:
        yield city


def test_the_weekly_list(city: City, hand: Callable[..., Hand]) -> None:
    woman, man, desk = hand(), hand(), hand(size=DESK)
    woman.sign_in(city.phone("worker, a woman"))
    man.sign_in(city.phone("worker, a man"))
    _they_agree(woman, SAYS)
    _they_agree(man, "周末不是在山上，就是在去山上的路上")
    enter(city, desk, city.phone("city officer"))
    _the_desk_publishes(city, desk)
    _anybody_reads_no_name(city, hand(size=DESK))
    _each_asks_about_the_other(woman, man)
    _staff_write_a_call_down(city, desk)
    _the_caller_confirms(man)
    _both_come_to_a_live_talk(woman, man, city, desk)
    _she_leaves_the_list(city, woman, desk)


def _they_agree(who: Hand, says: str) -> None:
    who.go("/dating/weekly/mine")
    who.page.locator('[name="says"]').wait_for()
    who.fill("says", says)
    who.everybody_can_use_it()
    who.picture("weekly-mine")
    who.tap("keep")
    who.agree_if_asked()
    who.sees("listed")


def _the_desk_publishes(city: City, desk: Hand) -> None:
    page = desk.page
    page.goto(f"{city.site}/console/dating/weekly")
    page.get_by_role("button", name="现在生成本周候选").click()
    desk.picture("console-weekly")
    page.get_by_role("link", name="西湖区").first.click()
    page.get_by_text(SAYS).first.wait_for()
    desk.everybody_can_use_it()
    desk.picture("console-weekly-list")
    page.get_by_role("button", name="发布").click()
    page.get_by_text("已发布").first.wait_for()


def _anybody_reads_no_name(city: City, stranger: Hand) -> None:
    stranger.page.goto(f"{city.site}/api/v1/dating/weekly/print")
    stranger.page.locator("li").first.wait_for()
    stranger.everybody_can_use_it()
    stranger.picture("weekly-print")
    stranger.page.goto(f"{city.site}/api/v1/dating/weekly/print?town=330106")
    assert SAYS not in stranger.page.content()  # she agreed to members reading it, not to everybody
    assert "晓月" not in stranger.page.content()


def _each_asks_about_the_other(woman: Hand, man: Hand) -> None:
    """What he asks stays his secret until she asks too."""
    _ask(man, "晓月")
    man.picture("weekly")
    woman.go("/dating/weekly/asked")
    woman.page.locator("h1").wait_for()
    expect(woman.page.get_by_test_id("asked-me")).to_have_count(0)
    _ask(woman, "志远")
    card = woman.page.get_by_test_id("line").filter(has_text="志远")
    expect(card.get_by_text("你们都愿意")).to_be_visible()
    man.go("/dating/pairs")
    man.reads("晓月")


def _ask(who: Hand, name: str) -> None:
    """Another journey of the same city may have brought the two together already."""
    who.go("/dating/weekly")
    card = who.page.get_by_test_id("line").filter(has_text=name)
    card.first.wait_for()
    who.everybody_can_use_it()
    if card.get_by_test_id("ask").count():
        card.get_by_test_id("ask").click()
        card.get_by_text(re.compile("已经说了|你们都愿意")).first.wait_for()


def _staff_write_a_call_down(city: City, desk: Hand) -> None:
    page = desk.page
    page.goto(f"{city.site}/console/dating/hotline")
    desk.fill("number", "1")
    desk.fill("phone", "15400000779")
    desk.picture("console-hotline")
    page.get_by_role("button", name="记下来").click()
    page.get_by_text("已登记").first.wait_for()
    desk.everybody_can_use_it()
    assert "15400000779" not in page.inner_text("main")


def _the_caller_confirms(man: Hand) -> None:
    """The demo's call waits for him: nobody is asked before he says that it was he."""
    man.go("/dating/weekly/asked")
    man.sees("call")
    man.everybody_can_use_it()
    man.picture("weekly-asked")
    man.tap("was-me")
    man.reads("已经悄悄去问了")


def _both_come_to_a_live_talk(woman: Hand, man: Hand, city: City, desk: Hand) -> None:
    for who in (woman, man):
        who.go("/dating/live")
        who.sees("live")
        who.everybody_can_use_it()
        who.picture("live")
        who.tap("come")
        who.agree_if_asked()
    man.reads("说定了")
    desk.page.goto(f"{city.site}/console/dating/live")
    day = clock.today(clock.now()) + timedelta(days=3)
    row = desk.page.locator("tr", has_text=f"{day.month}月{day.day}日")
    expect(row.get_by_text("都答应了").first).to_be_visible()
    desk.everybody_can_use_it()
    desk.picture("console-live")


def _she_leaves_the_list(city: City, woman: Hand, desk: Hand) -> None:
    woman.go("/dating/weekly/mine")
    woman.tap("leave-list")
    woman.page.locator(".van-dialog__confirm").click()
    woman.reads("哪儿都看不到您了")
    desk.page.goto(f"{city.site}/console/dating/weekly")
    desk.page.get_by_role("link", name="西湖区").first.click()
    desk.page.locator("h1").wait_for()
    assert SAYS not in desk.page.content()


def test_a_place_to_meet_is_booked_and_shown_at_the_door(city: City, hand: Callable[..., Hand]) -> None:
    woman, desk = hand(), hand(size=DESK)
    woman.sign_in(city.phone("worker, a woman"))
    woman.go("/dating/venues")
    woman.sees("venues")
    woman.everybody_can_use_it()
    woman.picture("venues")
    woman.page.get_by_role("link", name="西湖恋爱体验馆").click()
    woman.sees("openings")
    woman.everybody_can_use_it()
    woman.picture("venue")
    woman.tap("book")
    woman.tap("book-now")
    woman.sees("visit")
    woman.tap("ticket")
    code = woman.page.locator(".code").inner_text()
    woman.picture("visits")
    enter(city, desk, city.phone("city officer"))
    page = desk.page
    page.goto(f"{city.site}/console/dating/venues")
    page.get_by_role("link", name="西湖恋爱体验馆").click()
    desk.everybody_can_use_it()
    desk.picture("console-venue")
    for opening in range(page.locator("table a").count()):
        page.locator("table a").nth(opening).click()
        if page.get_by_text("晓月").count():
            break
        page.go_back()
    desk.fill("code", code)
    page.get_by_role("button", name="欢迎入场").click()
    page.get_by_text("欢迎，已签到").wait_for()
    desk.picture("console-door")


def test_a_firm_presents_and_the_union_publishes(city: City, hand: Callable[..., Hand]) -> None:
    union, member = hand(size=DESK), hand()
    enter(city, union, city.phone("city officer"))
    union.page.goto(f"{city.site}/console/dating/shows/decide")
    card = union.page.locator("section.card", has_text="冬至包饺子")
    card.wait_for()
    union.everybody_can_use_it()
    union.picture("console-shows")
    card.get_by_role("button", name="发布").click()
    union.page.get_by_text("已发布").first.wait_for()
    member.sign_in(city.phone("worker, a man"))
    member.go("/dating/shows")
    member.reads("冬至包饺子，等你来捏一个")
    member.everybody_can_use_it()
    member.picture("shows")
