"""The back office in a real browser: signing in, the inbox, a decision by keyboard; nothing that the policy forbids.

With NIANGJIA_LOOK=folder every page is also kept there as a picture, on a desk and on a phone.
"""

import os
import shutil
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connections

from niangjia.core.access import Actor
from niangjia.core.access.selectors import grants_of
from niangjia.core.accounts import factors
from niangjia.core.accounts.administrators import setup_secret
from niangjia.core.accounts.models import SecondFactor
from niangjia.core.attestations.models import Request
from niangjia.engines.metrics import services as metrics
from niangjia.engines.metrics.types import METRICS, Metric
from niangjia.interfaces.console import two_people
from niangjia.kernel import clock

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.xdist_group("browser"),
    pytest.mark.skipif(not shutil.which("chromium"), reason="make test installs Chromium"),
]

SIZES = {"desk": (1280, 800), "phone": (390, 844)}


class Browser:
    """A page of Chromium that remembers everything the policy or the console complained of."""

    def __init__(self, context: Any, address: str) -> None:
        self.page, self.address, self.complaints = context.new_page(), address, list[str]()
        self.page.on("console", self._hear)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def _hear(self, message: Any) -> None:
        if message.type == "error":
            self.complaints.append(message.text)

    def open(self, path: str) -> None:
        self.page.goto(self.address + path)

    def keep(self, name: str) -> None:
        folder = os.environ.get("NIANGJIA_LOOK")
        if not folder:
            return
        for size, (width, height) in SIZES.items():
            self.page.set_viewport_size({"width": width, "height": height})
            self.page.screenshot(path=Path(folder, f"{name}-{size}.png"), full_page=True)
        self.page.set_viewport_size({"width": 1280, "height": 800})

    def fits(self) -> bool:
        """Nothing hangs over the right edge of a phone."""
        self.page.set_viewport_size({"width": 390, "height": 844})
        wide: bool = self.page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
        self.page.set_viewport_size({"width": 1280, "height": 800})
        return wide


@pytest.fixture
def chromium(monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")  # playwright keeps a loop in this thread
    from playwright.sync_api import sync_playwright  # noqa: PLC0415  # only where Chromium is

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        yield browser
        browser.close()
        connections.close_all()  # beside playwright's loop Django opened one of its own


@pytest.fixture
def browse(chromium: Any, live_server: Any) -> Callable[..., Browser]:
    """`browse()` is a stranger's browser, `browse(client)` goes on where a test client signed in."""

    def begin(client: Any = None) -> Browser:
        context = chromium.new_context(locale="zh-CN", viewport={"width": 1280, "height": 800})
        if client is not None:
            context.add_cookies([{"name": "session", "value": client.cookies["session"].value, "url": live_server.url}])
        return Browser(context, live_server.url)

    return begin


def _digits(person: Any) -> str:
    secret = SecondFactor.objects.get(person=person).secret
    return factors.code_at(secret, int(clock.now().timestamp()) // factors.STEP)


def test_an_officer_sets_up_an_authenticator_and_reaches_the_inbox(
    browse: Any, make_person: Any, grant: Any, tree: Any, phones: Any, jobs: Any
) -> None:
    officer = make_person(7)
    grant(officer, "union_officer", tree["xihu"])
    secret = setup_secret(person=officer, by=None, now=clock.now())
    browser = browse()
    page = browser.page
    browser.open("/console/")
    browser.keep("01-sign-in")
    page.fill("#phone", "123")
    page.keyboard.press("Enter")
    browser.keep("02-sign-in-wrong")
    page.fill("#phone", "19900000007")
    page.keyboard.press("Enter")
    page.wait_for_selector("#code")
    jobs.run()
    browser.keep("03-code")
    page.fill("#code", phones.code("19900000007"))
    page.keyboard.press("Enter")
    page.wait_for_selector("#secret")
    browser.keep("04-setup")
    page.fill("#secret", secret)
    page.keyboard.press("Enter")
    page.wait_for_selector(".qr svg")
    browser.keep("05-qr")
    page.fill("#code", _digits(officer))
    page.keyboard.press("Enter")
    page.wait_for_selector("nav.side")
    browser.keep("06-empty-inbox")
    assert "都办完了" in page.content()
    assert browser.complaints == [complaint for complaint in browser.complaints if "422" in complaint]


def test_a_request_is_decided_by_keyboard(browse: Any, staff: Any, town: Any) -> None:
    browser = browse(staff("union_officer", "xihu"))
    browser.open("/console/")
    browser.page.click("text=打开")
    browser.page.wait_for_selector("text=对得上吗")
    browser.page.keyboard.press("2")
    browser.page.keyboard.press("r")
    browser.page.wait_for_url("**/console/verify?told=decided")
    decided = Request.objects.get(pk=town.documents["a"].pk)
    assert decided.state == "refused"
    assert decided.reason
    assert browser.complaints == []


def test_every_page_obeys_the_policy_and_fits_a_phone(
    browse: Any, staff: Any, town: Any, tree: Any, make_person: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = clock.now()
    _counted(monkeypatch, tree, now)
    boss, officer, firm = (
        staff("city_admin", "province"),
        staff("union_officer", "xihu"),
        staff("enterprise_hr", "firm_a"),
    )
    asker = _actor(officer, now)
    two_people.ask_reveal(
        actor=asker, person_id=town.workers["a"].pk, what="phone", purpose="核对窗口递交的申请表", now=now
    )
    Request.objects.filter(pk=town.claims["a"].pk).update(due_on=clock.today(now) - timedelta(days=1))
    row, org = town.workers["a"].pk, tree["xihu"].pk
    pages = {
        "10-inbox": (boss, "/console/"),
        "11-cases": (boss, "/console/cases"),
        "12-verify": (officer, "/console/verify"),
        "13-confirm": (firm, "/console/confirm"),
        "14-people": (officer, "/console/people"),
        "15-person": (officer, f"/console/people/{row}/"),
        "16-ask-reveal": (officer, f"/console/people/reveal?person={row}"),
        "17-orgs": (boss, "/console/orgs"),
        "18-org": (boss, f"/console/orgs/{org}/"),
        "19-employers": (boss, "/console/employers"),
        "20-employment": (firm, "/console/employment"),
        "21-roles": (boss, "/console/roles"),
        "22-propose": (boss, "/console/roles/propose"),
        "23-announcements": (officer, "/console/announcements"),
        "24-write": (officer, "/console/announcements/write"),
        "25-rolls": (officer, "/console/rolls"),
        "26-upload": (officer, "/console/rolls/upload"),
        "27-forbidden": (firm, "/console/people"),
        "28-missing": (officer, "/console/people/x/"),
        "30-cockpit": (boss, "/cockpit/"),
        "31-screen": (boss, "/cockpit/screen"),
        "32-cockpit-small": (boss, f"/cockpit/?org={tree['yinzhou'].pk}"),
    }
    wide, complaints = [], []
    for name, (client, path) in pages.items():
        browser = browse(client)
        browser.open(path)
        browser.keep(name)
        wide += [] if browser.fits() else [name]
        complaints += [(name, text) for text in browser.complaints if "403" not in text and "404" not in text]
    for name, client, action in (
        ("40-case", boss, "/console/case"),
        ("41-document", officer, "/console/request"),
        ("42-claim", firm, "/console/request"),
    ):
        browser = browse(client)
        browser.open("/console/")
        browser.page.click(f'form[action="{action}"] button')
        browser.page.wait_for_selector("main h1")
        browser.keep(name)
        wide += [] if browser.fits() else [name]
        complaints += [(name, text) for text in browser.complaints]
    assert wide == []
    assert complaints == []


def _actor(client: Any, now: datetime) -> Any:

    return Actor(person_id=client.person.pk, grants=grants_of(client.person.pk), second_factor_at=now)


def _counted(monkeypatch: pytest.MonkeyPatch, tree: Any, now: datetime) -> None:
    def query(since: datetime, until: datetime) -> dict[Any, int]:
        weeks = (until - now).days // 7
        return {tree["firm_a"].pk: 400 + 9 * weeks, tree["firm_b"].pk: 7, tree["yinzhou"].pk: 88 + weeks, None: 30}

    for code, title in (("registered", "已注册"), ("verified", "已核实")):
        monkeypatch.setitem(METRICS, code, Metric(code, title, "人", query))
    metrics.observe_weeks(weeks=10, now=now)
