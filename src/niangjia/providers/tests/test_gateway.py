"""The government gateway: exact registered paths, no cookies, three headers, a foreign prefix."""

import http.client
import json
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

import pytest

from niangjia.providers.gateway import signature
from niangjia.providers.gateway.simulator import DESCRIPTION, GatewayConfig, serve
from niangjia.providers.simulation import Mode, Reply, Request, Server, json_reply

NOW = datetime(2026, 11, 22, 2, 0, tzinfo=UTC)
PATHS: dict[str, object] = {
    "/api/v1/me": {"get": {}},
    "/api/v1/dating/yes": {"post": {}},
    "/api/v1/people/{id}": {"get": {}},
}


@dataclass
class Upstream:
    """Our server, seen from behind: what reached it."""

    seen: list[Request] = field(default_factory=list)

    def answer(self, request: Request) -> tuple[Reply, Mode]:
        if request.path == DESCRIPTION:
            return json_reply({"paths": PATHS}), Mode.OK
        self.seen.append(request)
        headers = (("Set-Cookie", "session=secret"), ("Retry-After", "30"))
        return Reply(b'{"ok":1}', 429, "application/json", headers), Mode.OK


def running(server: Server) -> threading.Thread:
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    return thread


@dataclass
class Through:
    upstream: Upstream
    server: Server

    def ask(self, method: str, path: str, body: str = "", **headers: str) -> "Heard":
        connection = http.client.HTTPConnection("127.0.0.1", self.server.server_address[1])
        sent = {name.replace("_", "-"): value for name, value in headers.items()}
        connection.request(method, path, body.encode() or None, sent)
        answer = connection.getresponse()
        heard = Heard(answer.status, {k.lower(): v for k, v in answer.getheaders()}, answer.read().decode())
        connection.close()
        return heard


@dataclass
class Heard:
    status: int
    headers: dict[str, str]
    text: str


@pytest.fixture
def through(tmp_path: Path) -> Iterator[Through]:
    build = tmp_path / "dist"
    (build / "assets").mkdir(parents=True)
    (build / "index.html").write_text("<!doctype html><html><head><title>x</title></head></html>")
    (build / "assets" / "app.js").write_text("1")
    (tmp_path / "secret.txt").write_text("secret")
    upstream = Upstream()
    behind = Server(("127.0.0.1", 0), upstream.answer)
    front = serve(GatewayConfig(behind.origin, build), port=0)
    threads = [running(behind), running(front)]
    yield Through(upstream, front)
    for server in (front, behind):
        server.shutdown()
        server.server_close()
    for thread in threads:
        thread.join()


def test_of_the_headers_only_three_arrive_and_no_cookie_either_way(through: Through) -> None:
    answer = through.ask(
        "GET", "/api/v1/me?a=1", Authorization="Bearer t", Accept_Language="zh", Cookie="session=x", X_CSRFToken="y"
    )
    assert answer.status == 429
    assert answer.headers["retry-after"] == "30"
    assert "set-cookie" not in answer.headers
    [seen] = through.upstream.seen
    own = {name for name in seen.headers if not name.startswith("x-bg-")}
    assert own == {"host", "accept-encoding", "authorization", "accept-language"}
    assert seen.headers["host"] == through.server.origin.removeprefix("http://")
    assert seen.query == {"a": "1"}


def test_a_body_arrives_whole(through: Through) -> None:
    through.ask("POST", "/api/v1/dating/yes", '{"id":"某"}', Content_Type="application/json")
    [seen] = through.upstream.seen
    assert seen.body.decode() == '{"id":"某"}'
    assert seen.headers["content-type"] == "application/json"


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/api/v1/people/7", 404),
        ("GET", "/api/v1/people/{id}", 404),
        ("GET", "/api/v1/me/", 404),
        ("GET", "/api/v1/../v1/me", 404),
        ("GET", "/api/v1/made-up", 404),
        ("GET", DESCRIPTION, 404),
        ("DELETE", "/api/v1/me", 405),
        ("GET", "/console/", 404),
    ],
)
def test_what_is_not_registered_does_not_pass(through: Through, method: str, path: str, status: int) -> None:
    answer = through.ask(method, path)
    assert answer.status == status
    assert json.loads(answer.text)["error"]["code"]
    assert through.upstream.seen == []


def test_the_hop_is_signed(through: Through) -> None:
    through.ask("GET", "/api/v1/me?b=2&a=1")
    [seen] = through.upstream.seen
    check = partial(
        signature.is_right, sent=seen.headers, access_key="simulated", secret="simulated", now=datetime.now(UTC)
    )
    assert check(method="GET", uri="/api/v1/me", query="a=1&b=2")
    assert not check(method="GET", uri="/api/v1/me", query="a=1&b=3")


@pytest.mark.parametrize(("seconds", "right"), [(0, True), (89, True), (-89, True), (91, False), (-91, False)])
def test_a_signature_holds_for_ninety_seconds(seconds: int, right: bool) -> None:
    call = {"method": "GET", "uri": "/x", "query": "", "access_key": "k", "secret": "s"}
    sent = {name.lower(): value for name, value in signature.headers(**call, now=NOW).items()}
    assert signature.is_right(**call, sent=sent, now=NOW + timedelta(seconds=seconds)) is right


@pytest.mark.parametrize(
    "change", ["x-bg-hmac-signature", "x-bg-hmac-algorithm", "x-bg-hmac-access-key", "x-bg-date-time"]
)
@pytest.mark.parametrize("value", ["", "x", "Sun, 22 Nov 2026 02:00:01 -0000"])
def test_a_changed_signature_is_wrong(change: str, value: str) -> None:
    call = {"method": "GET", "uri": "/x", "query": "", "access_key": "k", "secret": "s"}
    sent = {name.lower(): held for name, held in signature.headers(**call, now=NOW).items()}
    assert not signature.is_right(**call, sent={**sent, change: value}, now=NOW)


def test_the_build_runs_under_a_foreign_prefix_inside_the_host_app(through: Through) -> None:
    page = through.ask("GET", "/uc/12345/").text
    assert "auth:'bearer'" in page
    assert "uiStyle:'normal'" in page
    assert "uiStyle:'elder'" in through.ask("GET", "/uc/12345/?elder=1").text
    assert through.ask("GET", "/uc/12345/assets/app.js").headers["content-type"] == "text/javascript"
    assert through.ask("GET", "/assets/app.js").status == 404
    assert through.ask("GET", "/uc/12345").status == 303


@pytest.mark.parametrize(
    "path", ["../secret.txt", "%2e%2e/secret.txt", "..%2fsecret.txt", "assets/../../secret.txt", "assets"]
)
def test_nothing_outside_the_build_is_served(through: Through, path: str) -> None:
    assert through.ask("GET", f"/uc/12345/{path}").status == 404


def test_a_silent_server_is_a_clear_answer(tmp_path: Path) -> None:
    gateway = serve(GatewayConfig("http://127.0.0.1:1", tmp_path), port=0)
    thread = running(gateway)
    answer = Through(Upstream(), gateway).ask("GET", "/api/v1/me")
    gateway.shutdown()
    gateway.server_close()
    thread.join()
    assert answer.status == 502
