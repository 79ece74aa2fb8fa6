"""The page at the door, in a real browser that loses its network."""

import shutil
from collections.abc import Iterator
from datetime import datetime
from typing import Any

import pytest
from django.db import connections

from niangjia.core.accounts.models import Person
from niangjia.engines.allocation import selectors as allocation
from niangjia.engines.allocation.models import Booking, Scan
from niangjia.scenes.activities.models import Activity

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.xdist_group("browser"),
    pytest.mark.skipif(not shutil.which("chromium"), reason="make test installs Chromium"),
]


@pytest.fixture
def door(monkeypatch: pytest.MonkeyPatch, live_server: Any, api: Any, make_person: Any, grant: Any, tree: Any) -> Any:
    """A phone on which a matchmaker of the district has signed in."""
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")  # playwright keeps a loop in this thread
    person = make_person(900)
    grant(person, "matchmaker", tree["xihu"])
    session = api(person, staff=True).client.cookies["session"].value
    yield from _phone(live_server.url, session)


def _phone(address: str, session: str) -> Iterator[Any]:
    from playwright.sync_api import sync_playwright  # noqa: PLC0415  # only where Chromium is

    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        context = chromium.new_context(viewport={"width": 390, "height": 844}, base_url=address)
        context.add_cookies([{"name": "session", "value": session, "url": address}])
        yield context
        chromium.close()
        connections.close_all()  # beside playwright's loop Django opened one of its own


def scan(page: Any, code: str) -> str:
    page.fill("#code", code)
    page.press("#code", "Enter")
    page.wait_for_selector("#answer.welcome, #answer.already, #answer.wrong")
    page.wait_for_timeout(200)
    return str(page.get_attribute("#answer", "class")).removeprefix("answer ")


def test_the_door_goes_on_without_a_network_and_tells_later(
    door: Any, alice: Person, offer: Any, register: Any, now: datetime
) -> None:
    activity: Activity = offer()
    booking: Booking = register(alice, activity)
    code = allocation.ticket_code(Booking.objects.select_related("slot").get(pk=booking.pk), now)
    page = door.new_page()
    page.goto(f"/console/activities/door?key={activity.pk}")
    page.wait_for_selector("#came:has-text('1')")
    page.wait_for_timeout(500)
    page.reload()  # now the phone keeps the page
    page.wait_for_selector("#came:has-text('1')")
    door.set_offline(True)
    page.reload()
    assert [scan(page, code), scan(page, code), scan(page, "nonsense")] == ["welcome", "already", "wrong"]
    assert "王爱丽" not in page.content()
    assert Scan.objects.count() == 0
    door.set_offline(False)
    page.wait_for_selector("#queue:empty", state="attached", timeout=20_000)
    assert sorted(Scan.objects.values_list("outcome", "counted")) == [
        ("already", False),
        ("unknown", False),
        ("welcome", True),
    ]
