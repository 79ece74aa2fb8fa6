"""The ground that every test stands on: a real PostgreSQL, no network but this machine, phones that can be read."""

import json
import socket
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from procrastinate.contrib.django import app as queue
from procrastinate.testing import InMemoryConnector

from niangjia.core import ports
from niangjia.core.access.models import RoleGrant
from niangjia.core.accounts import services as accounts
from niangjia.core.accounts.models import Person
from niangjia.core.accounts.sessions import FACTOR, SEEN
from niangjia.core.orgs.models import Org

NOW = datetime(2026, 11, 22, 2, 0, tzinfo=UTC)  # ten in the morning in Hangzhou


@pytest.fixture
def now() -> datetime:
    return NOW


@pytest.fixture(autouse=True)
def no_outside_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """A test that talks to the world would pass or fail with the weather."""
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: Any) -> None:
        if self.family in (socket.AF_INET, socket.AF_INET6) and address[0] not in ("127.0.0.1", "::1", "localhost"):
            raise AssertionError(f"a test tried to reach {address}")
        connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", guarded)


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> None:
    """Between tests tables are emptied by TRUNCATE; only here may that reach the audit log."""
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        cursor.execute("DROP TRIGGER IF EXISTS no_truncate ON audit_event")


@dataclass
class Phones:
    """The SMS service's other side: every message, readable by the test."""

    sent: list[tuple[str, str, dict[str, str]]] = field(default_factory=list)

    def send(self, *, phone: str, template: str, params: Any, out_id: str) -> ports.SmsReceipt:
        self.sent.append((phone, template, dict(params)))
        return ports.SmsReceipt(provider_id=out_id)

    def code(self, phone: str) -> str:
        """The last code that reached this phone."""
        return next(params["code"] for to, _, params in reversed(self.sent) if to == phone and "code" in params)


@pytest.fixture
def phones(monkeypatch: pytest.MonkeyPatch) -> Phones:
    """Messages leave at once instead of through the worker, and end up here."""
    phones = Phones()
    monkeypatch.setattr(ports, "sms", lambda: phones)
    return phones


@pytest.fixture
def make_person(db: None) -> Callable[..., Person]:
    """A signed-up person, as the sign-in service makes one."""

    def make(number: int = 1, **facts: Any) -> Person:
        person = accounts.person_with_phone(phone=f"1990000{number:04}", now=NOW)
        for name, value in facts.items():
            setattr(person, name, value)
        if facts:
            person.save()
        return person

    return make


@dataclass
class Api:
    """A person's phone: calls the API as the app does, with a cookie session."""

    client: Client

    def get(self, path: str, **query: Any) -> Any:
        return self._answer(self.client.get(f"/api/v1/{path}", query))

    def post(self, path: str, **body: Any) -> Any:
        return self._answer(self.client.post(f"/api/v1/{path}", json.dumps(body), content_type="application/json"))

    def _answer(self, response: Any) -> Any:
        self.status, self.response = response.status_code, response
        return response.json() if "json" in response.get("Content-Type", "") else response


@pytest.fixture
def api() -> Callable[..., Api]:
    """`api(person)` is that person's phone, `api()` a stranger's; with staff=True the second factor was given."""

    def sign_in(person: Person | None = None, *, staff: bool = False) -> Api:
        client = Client()
        if person is not None:
            session = client.session
            accounts._begin(session, person, now=datetime.now(UTC))
            if staff:
                session[FACTOR] = session[SEEN] = datetime.now(UTC).timestamp()
                session.save()
            client.cookies["session"] = session.session_key or ""
        return Api(client)

    return sign_in


@pytest.fixture
def grant(db: None) -> Callable[..., RoleGrant]:
    """Give a person a role on an organisation, as an administrator would."""

    def give(person: Person, role: str, org: Org) -> RoleGrant:
        person.is_staff = True
        person.save(update_fields=["is_staff"])
        return RoleGrant.objects.create(person=person, role=role, org=org, granted_at=NOW)

    return give


def _plant(parent: Org | None, **fields: str) -> Org:
    planted: Org = Org.objects.add_child(parent, fields) if parent else Org.objects.add_root(fields)
    return planted


@pytest.fixture
def tree(db: None) -> dict[str, Org]:
    """A small tree of two cities: province > hangzhou > xihu > lingyin > firm_a, and ningbo > yinzhou > firm_b."""
    province = _plant(None, name="浙江省总工会", level="province", region="330000")
    hangzhou = _plant(province, name="杭州市总工会", level="city", region="330100")
    ningbo = _plant(province, name="宁波市总工会", level="city", region="330200")
    xihu = _plant(hangzhou, name="西湖区总工会", level="county", region="330106")
    yinzhou = _plant(ningbo, name="鄞州区总工会", level="county", region="330212")
    lingyin = _plant(xihu, name="灵隐街道总工会", level="town", region="330106010")
    firm_a = _plant(lingyin, name="西湖龙井茶厂工会", level="enterprise", form="single")
    firm_b = _plant(yinzhou, name="宁波港机厂工会", level="enterprise", form="single")
    return {
        "province": province,
        "hangzhou": hangzhou,
        "ningbo": ningbo,
        "xihu": xihu,
        "yinzhou": yinzhou,
        "lingyin": lingyin,
        "firm_a": firm_a,
        "firm_b": firm_b,
    }


class Jobs:
    """The queue of a test: jobs wait until the test lets them run, here and now, on the test's own connection."""

    def __init__(self, connector: InMemoryConnector) -> None:
        self.connector = connector

    def run(self) -> int:
        """Run everything that waits, also what is added meanwhile; returns how many ran."""
        done = 0
        while waiting := [job for job in self.connector.jobs.values() if job["status"] == "todo"]:
            for job in waiting:
                job["status"] = "succeeded"
                queue.tasks[job["task_name"]].func(**job["args"])
                done += 1
        return done


@pytest.fixture(autouse=True)
def jobs() -> Iterator[Jobs]:
    connector = InMemoryConnector()
    with queue.replace_connector(connector):
        yield Jobs(connector)
