"""Staff see and steer it from the back office: two factors, one inbox, a decision at the verification desk."""

import json
import re
import urllib.request
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import DESK, City, Hand

pytestmark = pytest.mark.browser


def authenticator(city: City, phone: str) -> str:
    with urllib.request.urlopen(f"{city.simulators}/authenticator.json", timeout=10) as answer:
        shown = json.load(answer)["items"]
    return str(next(row["code"] for row in shown if row["phone"] == phone))


def enter(city: City, staff: Hand, phone: str) -> None:
    """Phone code first, then the authenticator's six digits; who came in before is still signed in."""
    page, go_on = staff.page, staff.page.locator("button.main")
    if phone in city.cookies:
        page.context.add_cookies(city.cookies[phone])
        page.goto(f"{city.site}/console/")
        return
    staff.wait_a_minute(phone)
    page.goto(f"{city.site}/console/")
    page.locator('[name="phone"]').fill(phone)
    go_on.click()
    page.locator("#code").wait_for()
    page.locator("#code").fill(staff.code(phone))
    go_on.click()
    page.get_by_text("验证器").first.wait_for()
    page.goto(f"{city.site}/console/")  # one factor opens nothing
    page.locator("#code").wait_for()
    page.locator("#code").fill(authenticator(city, phone))
    go_on.click()
    page.locator("nav").first.wait_for()
    city.cookies[phone] = page.context.cookies()


def test_an_officer_sees_what_waits_and_nothing_of_other_cities(city: City, hand: Callable[..., Hand]) -> None:
    officer = hand(size=DESK)
    enter(city, officer, city.phone("city officer"))
    expect(officer.page.locator("h1")).to_be_visible()
    officer.picture("console-inbox")
    officer.page.goto(f"{city.site}/cockpit/")
    expect(officer.page.locator("h1")).to_be_visible()
    officer.picture("cockpit")
    assert "宁波" not in officer.page.inner_text("main")


def test_a_worker_finds_no_way_into_the_back_office(city: City, hand: Callable[..., Hand]) -> None:
    bob = hand()
    bob.sign_in("15400000778")
    bob.page.goto(f"{city.site}/console/")
    assert "sign-in" in bob.page.url or bob.page.get_by_text(re.compile("不是|不能|没有")).count()
    assert bob.page.get_by_role("navigation").filter(has_text="核实").count() == 0
