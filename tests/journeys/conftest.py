"""A whole city as `niangjia demo` starts it, and real phones (Chromium) that people hold."""

import json
import os
import re
import shutil
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from math import inf
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, ViewportSize, expect, sync_playwright

from tests.installation.conftest import ROOT, Installation, free_port, stop, wait_until_said

ARGUMENTS = [
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"),
    *("--disable-component-update", "--disable-sync", "--disable-dev-shm-usage"),
    *("--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream"),  # for those who call each other
]
expect.set_options(timeout=20_000)  # a busy machine is no failure
AXE = ROOT / "clients" / "worker" / "node_modules" / "axe-core" / "axe.min.js"
PHONE: ViewportSize = {"width": 390, "height": 844}
DESK: ViewportSize = {"width": 1280, "height": 900}
PICTURES = Path(os.environ["NIANGJIA_PICTURES"]) if "NIANGJIA_PICTURES" in os.environ else None


@dataclass
class City:
    """Where the running demo is, and who can be played."""

    port: int
    printed: str
    used: set[str] = field(default_factory=set)
    asked: dict[str, float] = field(default_factory=dict)  # when a code last came to a phone
    cookies: dict[str, Any] = field(default_factory=dict)  # of staff who came in before, by phone

    @property
    def site(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def simulators(self) -> str:
        return f"http://127.0.0.1:{self.port + 1}"

    def line(self, who: str) -> str:
        """What the demo printed about an account."""
        return next(line for line in self.printed.splitlines() if line.strip().startswith(who))

    def phone(self, who: str) -> str:
        return str(re.findall(r"\b1\d{10}\b", self.line(who))[0])

    def newcomer(self) -> tuple[str, str, str, str]:
        """(phone, legal name, ID number, employer) of the one who is to be verified."""
        found = re.search(r"(1\d{10})\s+to be verified: (\S+) (\S+), works at (\S+)", self.line("worker, new"))
        assert found, self.printed
        return found[1], found[2], found[3], found[4]

    def code(self, phone: str) -> str | None:
        """The newest code that reached this phone and was not used yet."""
        with urllib.request.urlopen(f"{self.simulators}/sms.json?phone={phone}", timeout=10) as answer:
            messages = json.load(answer)
        codes = re.findall(r"\b\d{6}\b", json.dumps(messages, ensure_ascii=False))
        return next((code for code in codes if code not in self.used), None)


@contextmanager
def open_city(folder: Path, *, people: int) -> Iterator[City]:
    """A city of its own in this folder, until the block ends."""
    port = free_port()
    demo = Installation(folder / "var", {"PORT": str(port)}).start("demo", "--people", str(people))
    printed = wait_until_said(demo, "Ctrl-C")
    try:
        yield City(port, printed)
    finally:
        stop(demo)


@pytest.fixture(scope="session")
def city(tmp_path_factory: pytest.TempPathFactory) -> Iterator[City]:
    with open_city(tmp_path_factory.mktemp("city"), people=int(os.environ.get("NIANGJIA_TEST_PEOPLE", "200"))) as city:
        yield city


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    path = next(p for name in ("chromium", "chromium-browser", "google-chrome") if (p := shutil.which(name)))
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield chromium
        chromium.close()


@dataclass
class Hand:
    """Somebody with a browser: the words of a journey."""

    city: City
    page: Page
    base: str

    def go(self, route: str) -> None:
        self.page.goto(f"{self.base}#{route}")

    def tap(self, testid: str) -> None:
        self.page.get_by_test_id(testid).first.click()

    def fill(self, name: str, text: str) -> None:
        self.page.locator(f'[name="{name}"]').fill(text)

    def sees(self, testid: str) -> None:
        expect(self.page.get_by_test_id(testid).first).to_be_visible()

    def reads(self, text: str) -> None:
        expect(self.page.get_by_text(text).first).to_be_visible()

    def sign_in(self, phone: str) -> None:
        self.go("/sign-in")
        self.prove(phone)

    def prove(self, phone: str) -> None:
        """Ask for a code, read it where the simulator shows it, and type it."""
        self.wait_a_minute(phone)
        self.fill("phone", phone)
        self.tap("send-code")
        expect(self.page.locator('[name="code"]')).to_be_visible()
        self.fill("code", self.code(phone))  # six digits are enough: the app goes on by itself
        self.page.wait_for_url(re.compile(r"#/(?!sign-in|bind)"))

    def wait_a_minute(self, phone: str) -> None:
        """A phone gets one code a minute, whichever journey asked for the one before."""
        since = time.monotonic() - self.city.asked.get(phone, -inf)
        self.page.wait_for_timeout(max(0.0, 61 - since) * 1000)

    def code(self, phone: str) -> str:
        """The code that is on its way to this phone."""
        for _ in range(100):
            code = self.city.code(phone)
            if code:
                self.city.used.add(code)
                self.city.asked[phone] = time.monotonic()  # its minute began when it was sent
                return code
            self.page.wait_for_timeout(200)
        raise AssertionError(f"no code came to {phone}")

    def agree_if_asked(self) -> None:
        """A consent sheet may come first; whoever wants to go on says yes."""
        sheet = self.page.get_by_test_id("consent-yes")
        self.page.wait_for_timeout(600)
        while sheet.count() and sheet.first.is_visible():
            sheet.first.click()
            self.page.wait_for_timeout(800)

    def everybody_can_use_it(self) -> None:
        """axe finds nothing: labels, contrast, order, roles."""
        self.page.wait_for_timeout(600)
        self.page.evaluate(AXE.read_text())
        found = self.page.evaluate("axe.run().then(r => r.violations.map(v => [v.id, v.nodes.map(n => n.html)]))")
        assert found == []

    def picture(self, name: str) -> None:
        """Kept for the guide, when NIANGJIA_PICTURES names a folder."""
        if PICTURES:
            PICTURES.mkdir(parents=True, exist_ok=True)
            self.page.wait_for_timeout(500)
            self.page.screenshot(path=str(PICTURES / f"{name}.png"))


@pytest.fixture
def hand(city: City, browser: Browser) -> Iterator[Callable[..., Hand]]:
    """`hand()` is a fresh phone in Chinese; `hand(size=DESK)` a desk; `base` the address the app is opened from."""
    contexts = []

    def give(*, size: ViewportSize = PHONE, base: str = "") -> Hand:
        context = browser.new_context(
            viewport=size,
            locale="zh-CN",
            timezone_id="Asia/Shanghai",
            reduced_motion="reduce",
        )
        context.set_default_timeout(30_000)
        contexts.append(context)
        page = context.new_page()
        errors: list[str] = []
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.errors = errors  # type: ignore[attr-defined]
        return Hand(city, page, base or f"{city.site}/")

    yield give
    for context in contexts:
        for page in context.pages:
            assert getattr(page, "errors", []) == []
        context.close()
