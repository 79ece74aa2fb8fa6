"""A real live process, fed by the real database: what one does, the other's phone hears."""

import http.client
import json
import os
import socket
import subprocess
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from niangjia.core import live
from niangjia.core.crypto import keyring
from niangjia.interfaces.headers import policy
from niangjia.interfaces.live.hub import MOST_EACH, Hub
from niangjia.kernel import clock
from niangjia.kernel.ids import new_id
from niangjia.operations.processes import live_command


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@pytest.fixture
def process(transactional_db: None, tmp_path: Path) -> Iterator[int]:
    """As `niangjia serve` starts it, on this test's database and keys; its port."""
    where = connection.settings_dict
    ring, port = keyring(), free_port()
    masters = {str(number): key.hex() for number, key in ring.masters.items()}
    (tmp_path / "keys.json").write_text(json.dumps({"current": ring.current, "masters": masters}))
    user = f"{where['USER']}:{where['PASSWORD']}" if where["PASSWORD"] else where["USER"]
    host = f"@/{where['NAME']}?host={where['HOST']}"
    if not where["HOST"].startswith("/"):
        host = f"@{where['HOST']}:{where['PORT']}/{where['NAME']}"
    environment = {**os.environ, "NIANGJIA_VAR": str(tmp_path), "DATABASE_URL": f"postgresql://{user}{host}"}
    environment["DJANGO_SETTINGS_MODULE"] = "niangjia.config.settings"
    started = subprocess.Popen(live_command(host="127.0.0.1", port=port), env=environment)
    try:
        _wait(port)
        yield port
    finally:
        started.terminate()
        started.wait(20)


def _wait(port: int) -> None:
    for _ in range(300):
        try:
            with socket.create_connection(("127.0.0.1", port), 1):
                return
        except OSError:
            time.sleep(0.1)
    raise AssertionError("the live process does not answer")


def listen(port: int, ticket: str) -> http.client.HTTPResponse:
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    line.request("GET", live.PATH, headers={"Authorization": f"Bearer {ticket}"})
    return line.getresponse()


def next_word(stream: http.client.HTTPResponse) -> str:
    while True:
        line = stream.readline().decode().strip()
        if line.startswith("data: "):
            return line.removeprefix("data: ")


def heard_by_database(port: int) -> None:
    """The process listens: it has told its first stream so."""
    for _ in range(100):
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM pg_stat_activity WHERE query LIKE 'LISTEN niangjia%'")
            if cursor.fetchone()[0]:
                return
        time.sleep(0.1)
    raise AssertionError("nobody listens")


@pytest.mark.django_db(transaction=True)
def test_bob_s_phone_hears_and_charlie_s_does_not(process: int) -> None:
    bob, charlie, pair = new_id(), new_id(), new_id()
    heard_by_database(process)
    streams = {who: listen(process, live.ticket(person_id=who, now=clock.now())) for who in (bob, charlie)}
    assert [stream.status for stream in streams.values()] == [200, 200]
    assert {next_word(stream) for stream in streams.values()} == {"all all"}
    live.tell(person_ids=[bob], room="chat", key=pair)
    live.tell(person_ids=[charlie], room="chat", key=charlie)
    assert next_word(streams[bob]) == f"chat {pair}"
    assert next_word(streams[charlie]) == f"chat {charlie}"


@pytest.mark.django_db(transaction=True)
def test_nobody_listens_without_a_ticket(process: int) -> None:
    now = clock.now()
    old = live.ticket(person_id=new_id(), now=now - live.TICKET_LIFE - timedelta(seconds=1))
    made_up = live.ticket(person_id=new_id(), now=now)[:-1]
    for ticket in ("", "x", old, made_up, "é" * 300):
        assert listen(process, ticket.encode().decode("latin-1")).status == 401
    line = http.client.HTTPConnection("127.0.0.1", process, timeout=20)
    line.request("OPTIONS", live.PATH, headers={"Origin": "http://127.0.0.1:1"})
    answer = line.getresponse()
    assert (answer.status, answer.getheader("Access-Control-Allow-Headers")) == (204, "authorization")
    assert answer.getheader("Access-Control-Allow-Credentials") is None


def test_a_ticket_is_bound_to_its_person_and_its_time() -> None:
    person, now = new_id(), clock.now()
    ticket = live.ticket(person_id=person, now=now)
    found = live.holder(ticket, now)
    assert found is not None
    assert found[0] == person
    assert live.holder(ticket, found[1]) is None
    head, mac = ticket.split(".")
    assert live.holder(f"{head[:-2]}xx.{mac}", now) is None


@pytest.mark.parametrize(
    ("where", "expected"),
    [("", None), ("/", ""), (":8003", "http://home.test:8003"), ("https://live.test/", "https://live.test")],
)
def test_phones_are_told_where_to_listen(where: str, expected: str | None, settings: Any) -> None:
    settings.LIVE = where
    assert live.origin(scheme="http", host="home.test:8000") == expected


def test_only_that_address_is_opened_to_our_pages() -> None:
    assert "connect-src 'self' http://home.test:8003;" in policy("n", "http://home.test:8003")
    assert "connect-src 'self';" in policy("n")


@pytest.mark.django_db
def test_the_server_gives_an_address_and_a_ticket_or_neither(api: Any, make_person: Any, settings: Any) -> None:
    person = make_person(1)
    settings.LIVE = ""
    assert api(person).get("live") == {"address": None, "ticket": "", "ends": None}
    settings.LIVE = ":8003"
    given = api(person).get("live")
    assert given["address"] == f"http://testserver:8003{live.PATH}"
    assert live.holder(given["ticket"], clock.now())
    stranger = api()
    stranger.get("live")
    assert stranger.status == 401


def test_one_person_holds_few_streams_and_the_oldest_makes_room() -> None:
    hub, person = Hub(), new_id()
    streams = [hub.open(person) for _ in range(MOST_EACH + 1)]
    assert [stream.over for stream in streams] == [True] + [False] * MOST_EACH
    for stream in streams:
        hub.leave(person, stream)
    assert len(hub) == 0
