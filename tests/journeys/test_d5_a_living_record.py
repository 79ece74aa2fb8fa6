"""D5: a living record, written by the matchmaker, read by its owner word for word, and gone when they wish so."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import DESK, City, Hand
from tests.journeys.test_staff_steer import enter

pytestmark = pytest.mark.browser
NOTE = "今天来坐了坐，想找个周末能一起爬山的人"


def test_a_living_record_belongs_to_its_owner(city: City, hand: Callable[..., Hand]) -> None:
    worker, desk = hand(), hand(size=DESK)
    worker.sign_in(city.phone("worker, a man"))
    worker.go("/dating/help")
    worker.fill("wishes", "踏实、爱笑")
    worker.picture("help-ask")
    worker.tap("help-ask")
    worker.sees("help-mine")
    worker.everybody_can_use_it()
    worker.picture("help-mine")
    name = str(worker.page.request.get(f"{city.site}/api/v1/dating/profile").json()["nickname"])

    enter(city, desk, city.phone("matchmaker"))
    desk.page.goto(f"{city.site}/console/dating/desk")
    desk.page.locator("tr", has_text=name).get_by_test_id("open-record").first.click()
    desk.page.get_by_label("来访").check()
    desk.page.locator('[name="text"]').last.fill(NOTE)
    desk.page.get_by_test_id("write-note").click()
    expect(desk.page.get_by_text(NOTE).first).to_be_visible()

    worker.go("/dating/help/record")
    worker.reads(NOTE)
    worker.fill("word", "还可以晚上见")
    worker.tap("help-word")
    worker.reads("还可以晚上见")
    worker.everybody_can_use_it()
    worker.picture("help-record")
    worker.go("/me/looks")
    worker.reads("打开了您的红娘档案")

    worker.go("/dating/help")
    worker.tap("help-stop")
    worker.page.get_by_role("button", name="不用红娘帮忙了").last.click()
    worker.reads("您收回了同意")
    desk.page.goto(f"{city.site}/console/dating/desk")
    expect(desk.page.locator("tr", has_text=name).get_by_test_id("open-record")).to_have_count(0)
