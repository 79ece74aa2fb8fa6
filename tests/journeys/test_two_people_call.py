"""An online evening: the host rings, two people with fake cameras see each other, and one of them leaves."""

import pytest
from playwright.sync_api import Browser, Page, WebSocketRoute, expect

from tests.journeys.conftest import DESK, PHONE, City, Hand
from tests.journeys.test_staff_steer import enter

pytestmark = pytest.mark.browser
EVENT = "午间云相亲"
PICTURE_COMES = "() => (document.querySelector('video.theirs') || {}).videoWidth > 0"


def hand_of(city: City, browser: Browser, *, desk: bool = False) -> Hand:
    context = browser.new_context(
        viewport=DESK if desk else PHONE, locale="zh-CN", timezone_id="Asia/Shanghai", reduced_motion="reduce"
    )
    context.set_default_timeout(40_000)
    context.grant_permissions(["camera", "microphone"], origin=city.site)
    return Hand(city, context.new_page(), f"{city.site}/")


def only_the_first_of_each_side_is_here(page: Page) -> None:
    """Everybody else is marked as missing, so that the plan puts our two into one room."""
    for side in (0, 1):
        rows = page.locator("table.roll").nth(side).locator("tr")
        for at in range(1, rows.count()):
            rows.nth(at).get_by_role("button", name="没来").click()
            expect(rows.nth(at).get_by_text("没来", exact=True).first).to_be_visible()


def to_the_room(guest: Hand, phone: str) -> None:
    guest.sign_in(phone)
    guest.go("/dating/events")
    guest.page.get_by_role("link", name=EVENT).click()
    guest.tap("room")


def by_a_video_server(guest: Hand) -> None:
    """Where the union runs one, the phone goes there with its token; when nobody answers it says so, and may try again.

    No LiveKit runs on this machine: what is seen here is that its client is loaded, allowed to connect, and asks.
    """
    asked: list[str] = []
    seat = {"kind": "livekit", "url": "wss://video.example", "token": "her-token", "first": True}
    guest.page.route("**/dating/events/seat", lambda route: route.fulfill(json=seat))
    guest.page.route("https://video.example/**", lambda route: route.fulfill(status=503, body="closed"))

    def refuse(socket: WebSocketRoute) -> None:
        asked.append(socket.url)
        socket.close(code=1011, reason="closed")

    guest.page.route_web_socket("wss://video.example/**", refuse)
    guest.tap("join")
    expect(guest.page.get_by_test_id("call")).to_have_attribute("data-state", "failed")
    assert "access_token=her-token" in asked[0]
    guest.page.unroute("**/dating/events/seat")


def test_two_meet_in_a_room_online_see_each_other_and_may_leave(city: City, browser: Browser) -> None:
    host = hand_of(city, browser, desk=True)
    enter(city, host, city.phone("city officer"))
    host.page.goto(f"{city.site}/console/dating/events")
    host.picture("dating-events-desk")
    host.page.get_by_role("link", name=EVENT).click()
    host.page.get_by_role("link", name="进入现场").click()
    only_the_first_of_each_side_is_here(host.page)
    host.page.get_by_role("button", name="重新排座").click()
    expect(host.page.locator("[data-list=next] li")).to_have_text(["1 · ♀1 ♂1"], timeout=90_000)
    host.picture("dating-room-desk")
    her, him = hand_of(city, browser), hand_of(city, browser)
    to_the_room(her, city.phone("worker, a woman"))
    to_the_room(him, city.phone("worker, a man"))
    her.sees("waiting")
    her.everybody_can_use_it()
    host.page.get_by_role("button", name="开始第一轮").click()
    for guest in (her, him):
        guest.sees("place")
    by_a_video_server(her)
    for guest in (her, him):
        guest.tap("join")
    for guest in (her, him):
        expect(guest.page.get_by_test_id("call")).to_have_attribute("data-state", "on")
        guest.page.wait_for_function(PICTURE_COMES)
    her.picture("dating-call")
    her.tap("again")
    expect(her.page.get_by_test_id("again").first).to_have_attribute("aria-pressed", "true")
    her.tap("leave")
    her.page.locator(".van-dialog__confirm").click()
    him.reads("对方已离开")
