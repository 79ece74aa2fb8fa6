"""Two who found each other write: at once, with a picture and a voice; one takes back, the other ends it."""

import io
from collections.abc import Callable

import pytest
from PIL import Image
from playwright.sync_api import Locator, Response, expect

from tests.journeys.conftest import City, Hand
from tests.journeys.test_through_a_gateway import gateway

__all__ = ["gateway"]
pytestmark = pytest.mark.browser
BEFORE_IT_ASKS = 15_000  # milliseconds; with its line open the app asks by itself every thirty seconds


def a_photo() -> bytes:
    out = io.BytesIO()
    picture = Image.linear_gradient("L").resize((640, 480)).convert("RGB")
    picture.save(out, "JPEG")
    return out.getvalue()


def to_the_talk(me: Hand, phone: str, other: str) -> None:
    me.sign_in(phone)
    me.go("/dating/pairs")
    me.page.locator(f"[data-testid=chat][data-name*={other}]").first.click()
    me.sees("talk")


def write(me: Hand, words: str) -> None:
    me.fill("words", words)
    me.tap("send")


def texts(me: Hand) -> Locator:
    return me.page.get_by_test_id("text")


def lines(me: Hand) -> list[Response]:
    """The lines that this phone opens to hear at once, as they come up."""
    found: list[Response] = []

    def noted(answer: Response) -> None:
        if "text/event-stream" in answer.headers.get("content-type", ""):
            found.append(answer)

    me.page.on("response", noted)
    return found


def listens(me: Hand, opened: list[Response]) -> None:
    for _tenth in range(150):
        if opened:
            return
        me.page.wait_for_timeout(100)
    raise AssertionError("no line was opened")


def test_two_people_chat(city: City, hand: Callable[..., Hand]) -> None:
    phone = city.phone("worker, her pair")
    her, him = hand(), hand()
    opened = [(me, lines(me)) for me in (her, him)]
    for me in (her, him):
        me.page.context.grant_permissions(["microphone"], origin=city.site)
    her.sign_in(city.phone("worker, a woman"))
    her.go("/dating/pairs")
    her.sees("unread")
    her.picture("chat-list")
    her.everybody_can_use_it()
    her.page.locator("[data-testid=chat]", has=her.page.get_by_test_id("unread")).first.click()
    her.sees("talk")
    her.reads("第二组")
    her.picture("chat")
    her.everybody_can_use_it()
    to_the_talk(him, phone, "晓月")
    for me, found in opened:
        listens(me, found)

    write(her, "那周六早上七点，黄龙洞口见")
    expect(texts(him).last).to_have_text("那周六早上七点，黄龙洞口见", timeout=BEFORE_IT_ASKS)
    her.sees("read")

    him.page.get_by_test_id("picture-input").set_input_files(
        {"name": "trail.jpg", "mimeType": "image/jpeg", "buffer": a_photo()}
    )
    expect(her.page.locator("[data-testid=message] img")).to_have_count(1)
    him.tap("record")
    him.page.wait_for_timeout(2200)
    him.tap("record-send")
    her.reads("秒语音")
    her.picture("chat-voice")

    him.page.get_by_test_id("talk").get_by_test_id("message-menu").last.click()
    him.picture("chat-take-back")
    him.tap("take-message-back")
    him.sees("taken-back")
    her.sees("taken-back")
    expect(her.page.get_by_text("秒语音")).to_have_count(0)

    her.tap("chat-menu")
    her.picture("chat-menu")
    her.everybody_can_use_it()
    her.tap("chat-end")
    her.page.locator(".van-dialog__confirm").click()
    her.page.wait_for_url("**#/dating/pairs")
    him.reads("这段聊天已经结束")
    him.picture("chat-over")
    him.everybody_can_use_it()


def test_through_a_gateway_the_phone_asks_instead(city: City, gateway: str, hand: Callable[..., Hand]) -> None:
    """No open line there: it asks from time to time. What could not be sent waits, and goes out once."""
    him = hand(base=gateway)
    asked: list[str] = []
    him.page.on("request", lambda request: asked.append(request.url.partition("/api/v1/")[2].partition("?")[0]))
    him.sign_in(city.phone("worker, a man"))
    him.go("/dating/pairs")
    him.tap("chat")
    him.sees("talk")
    him.page.wait_for_timeout(6000)
    assert asked.count("dating/chat/messages") >= 2
    assert "live" not in asked
    him.page.context.set_offline(True)
    write(him, "网断了也不怕")
    him.sees("failed")
    him.picture("chat-failed")
    him.everybody_can_use_it()
    him.page.context.set_offline(False)
    expect(texts(him).last).to_have_text("网断了也不怕")  # by itself, or by a tap
    expect(him.page.get_by_test_id("outgoing")).to_have_count(0)
    expect(texts(him).filter(has_text="网断了也不怕")).to_have_count(1)
