"""The second journey: from a mini-program, through a gateway that forwards no cookies and no path parameters."""

import re
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import expect

from tests.installation.conftest import ROOT, free_port, wait_until_open
from tests.journeys.conftest import City, Hand
from tests.journeys.test_two_people_meet import find

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def gateway(city: City) -> Iterator[str]:
    """The address under which the government app shows our static build: a foreign prefix, relative paths."""
    port = free_port()
    command = [sys.executable, "-m", "niangjia.providers.gateway.simulator", "--port", str(port)]
    process = subprocess.Popen(
        [*command, "--upstream", city.site, "--static", "clients/worker/dist"],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    wait_until_open(process, port)
    yield f"http://127.0.0.1:{port}/uc/12345/"
    process.terminate()
    process.wait(10)


def test_the_same_house_through_a_gateway(city: City, gateway: str, hand: Callable[..., Hand]) -> None:
    """Signs in, sees home, looks around, says yes and takes it back, all by bearer token and exact paths."""
    bob = hand(base=gateway)
    seen: list[str] = []
    bob.page.on("request", lambda request: seen.append(request.url))
    bob.sign_in(city.phone("worker, a man"))
    bob.go("/")
    bob.sees("services")
    bob.go("/dating")
    bob.sees("people")
    find(bob, "晓月")
    bob.tap("yes")
    bob.sees("said-state")
    bob.tap("take-back")
    bob.sees("yes")
    assert bob.page.context.cookies() == []
    outside = [url for url in seen if not url.startswith((gateway.split("/uc/")[0], "data:", "blob:"))]
    assert outside == []


def test_from_a_mini_program_with_one_tap(city: City, hand: Callable[..., Hand]) -> None:
    """The played shell signs in at WeChat, the app asks for a phone once, and is home."""
    alice = hand()
    alice.page.goto(f"{city.simulators}/shell")
    alice.picture("shell")
    alice.page.get_by_role("button", name="用微信打开").click()
    expect(alice.page).to_have_url(re.compile(r"#/bind\?ticket="))
    alice.prove("15400000777")
    alice.sees("services")


def test_the_gateway_refuses_what_is_not_registered(gateway: str) -> None:
    """The simulator is as strict as the real one: an unknown path does not reach us."""
    host, port = gateway.split("//")[1].split("/")[0].split(":")
    with socket.create_connection((host, int(port))) as line:
        line.sendall(f"GET /api/v1/dating/profile/42 HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n".encode())
        answer = line.recv(4096).decode()
    assert " 404 " in answer.splitlines()[0] + " " or " 403 " in answer.splitlines()[0] + " "
