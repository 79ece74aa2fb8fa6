"""A swindler is asked, the one written to is warned, and staff see the words that were warned of and no others."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import DESK, City, Hand
from tests.journeys.test_staff_steer import enter
from tests.journeys.test_two_people_chat import texts, write
from tests.journeys.test_two_people_meet import find

pytestmark = pytest.mark.browser
INNOCENT = "昨天爬山的照片拍得真好，周末还去吗"
MOVES_AWAY = "这个平台我不常用，加我薇❤吧，回得快一点"
BOASTS = "昨晚盯到两点，我舅舅在证券公司有内部消息，昨晚又赚了三万"
WANTS_MONEY = "你别告诉别人，我只跟你说。跟着我投，稳赚不赔，我带你一起，先放五千试试水"
SENDS_A_LINK = "我把链接发你，下载那个软件，先充值五千，当天就能提现"
BAIT = re.compile("下载那个软件|链接发你|跟着我投|稳赚")


def talks_with(me: Hand, other: str) -> None:
    """In the conversation of the two; when they are none yet, say yes first."""
    me.go("/dating/pairs")
    me.page.wait_for_timeout(1500)
    if not me.page.locator(f"[data-testid=chat][data-name*={other}]").count():
        find(me, other)
        me.tap("yes")
        me.page.wait_for_timeout(1500)
    me.go("/dating/pairs")


def opens_the_talk(me: Hand, other: str) -> None:
    me.page.locator(f"[data-testid=chat][data-name*={other}]").first.click()
    expect(me.page.locator('[name="words"]')).to_be_visible()  # a talk without words is a list without height


def sends(him: Hand, words: str) -> bool:
    """Asked whether it is meant so, the swindler sends it all the same; says whether the guard asked."""
    write(him, words)
    arrived, asked = texts(him).filter(has_text=words), him.page.get_by_test_id("ask")
    expect(arrived.or_(asked).first).to_be_visible()
    was_asked = asked.count() > 0
    if was_asked:
        him.picture("scam-asked")
        him.everybody_can_use_it()
        him.tap("send-anyway")
    expect(arrived.first).to_be_visible()
    return was_asked


def is_warned(her: Hand) -> None:
    warning = her.page.get_by_test_id("warning").last
    expect(warning).to_contain_text(BAIT)
    expect(warning.get_by_role("link", name="96110")).to_have_attribute("href", "tel:96110")
    warning.scroll_into_view_if_needed()
    assert not texts(her).filter(has_text=SENDS_A_LINK).count(), "its words come after the warning"
    her.picture("scam-warning")
    her.everybody_can_use_it()
    warning.get_by_test_id("unfold").click()
    expect(texts(her).filter(has_text=SENDS_A_LINK)).to_be_visible()
    her.picture("scam-opened")
    her.everybody_can_use_it()
    warning.get_by_role("button", name="我有点担心").click()


def reads_the_words_and_no_others(city: City, officer: Hand) -> None:
    page = officer.page
    enter(city, officer, city.phone("city officer"))
    page.goto(f"{city.site}/console/dating/scam")
    officer.picture("scam")
    page.locator("main table button").last.click()  # the newest is due last
    expect(page.locator("main")).to_contain_text(BAIT)
    assert "爬山" not in page.inner_text("main")
    officer.picture("scam-case")


def test_a_swindler_is_asked_and_the_other_is_warned(city: City, hand: Callable[..., Hand]) -> None:
    her, him = hand(), hand()
    her.sign_in(city.phone("worker, a woman"))
    him.sign_in(city.phone("worker, a man"))
    talks_with(her, "志远")
    talks_with(him, "晓月")
    opens_the_talk(him, "晓月")
    assert not sends(him, INNOCENT)
    asked = [sends(him, words) for words in (MOVES_AWAY, BOASTS, WANTS_MONEY, SENDS_A_LINK)]
    assert any(asked)
    her.page.reload()
    opens_the_talk(her, "志远")
    is_warned(her)
    reads_the_words_and_no_others(city, hand(size=DESK))
    her.go("/dating/scam")
    expect(her.page.get_by_role("heading", name="防骗提醒")).to_be_visible()
    expect(her.page.get_by_role("link", name=re.compile("96110")).first).to_be_visible()
    her.picture("scam-tips")
    her.everybody_can_use_it()
