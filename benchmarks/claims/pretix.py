"""The peer: pretix from the package registry, in an environment of its own, on the same PostgreSQL, same quota.

It runs as its manual says: gunicorn with two workers, and redis with one celery worker where this machine has redis.
An order of pretix does more than a place of ours (prices, taxes, invoices, a log that can be shown): the ratio says
what that costs in a rush, not that one is better than the other.
"""

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg

from benchmarks.claims.rush import Rush
from benchmarks.installation import free_port
from benchmarks.load import Request, closed_loop
from niangjia.operations.processes import Group, wait_for_port

HOME = Path("var/bench-pretix")
PYTHON = HOME / "venv" / "bin" / "python"
SETTLE = 5.0  # seconds for workers to come up

_EVENT = """
import django, json, sys
django.setup()
from datetime import timedelta
from django.utils.timezone import now
from django_scopes import scopes_disabled
from pretix.base.models import Organizer
places = int(sys.argv[1])
with scopes_disabled():
    organizer, _ = Organizer.objects.get_or_create(slug="bench", defaults={"name": "bench"})
    number = organizer.events.count()
    event = organizer.events.create(name="rush", slug=f"rush{number}", date_from=now() + timedelta(days=30 + number),
                                    currency="EUR", live=True, plugins="")
    item = event.items.create(name="place", default_price=0)
    event.quotas.create(name="places", size=places).items.add(item)
    team, _ = organizer.teams.get_or_create(name="bench", defaults={
        "all_events": True, "all_event_permissions": True, "all_organizer_permissions": True})
    print(json.dumps({"event": event.slug, "item": item.pk, "token": team.tokens.create(name="bench").token}))
"""
_COUNT = """
import django, sys
django.setup()
from django_scopes import scopes_disabled
from pretix.base.models import OrderPosition
with scopes_disabled():
    print(OrderPosition.objects.filter(order__event__slug=sys.argv[1], canceled=False).count())
"""


@dataclass(frozen=True)
class Peer:
    """A pretix that answers at `port`."""

    port: int
    environment: dict[str, str]
    has_redis: bool

    def rush(self, name: str, *, places: int, orders: int, clients: int, seconds: float) -> tuple[Rush, int]:
        """`orders` people ask for one of `places`; also how many positions stand in its database afterwards."""
        event = json.loads(_run(self.environment, "-c", _EVENT, str(places)).splitlines()[-1])
        rush = Rush(name, clients)
        requests = iter([_order(event, self.port, number) for number in range(orders)])

        def heard(_sent: Request, status: int, body: bytes, spent: float) -> None:
            if status == 201:
                rush.won.append(spent)
            elif status == 400 and b"quota" in body:
                rush.full.append(spent)
            else:
                rush.other.append(status)

        done = closed_loop(self.port, lambda: next(requests, None), clients=clients, seconds=seconds, heard=heard)
        rush.seconds = done.seconds
        return rush, int(_run(self.environment, "-c", _COUNT, event["event"]).splitlines()[-1])


def _order(event: dict[str, Any], port: int, number: int) -> Request:
    position = {"item": event["item"], "price": "0.00", "attendee_email": f"p{number}@example.org"}
    order = {"email": f"p{number}@example.org", "locale": "en", "sales_channel": "web", "positions": [position]}
    body = json.dumps(order).encode()
    head = (
        f"POST /api/v1/organizers/bench/events/{event['event']}/orders/ HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n"
        f"Authorization: Token {event['token']}\r\nContent-Type: application/json\r\n"
        f"Content-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body


@contextmanager
def running(settings: dict[str, Any]) -> Iterator[Peer]:
    """Installed, migrated and served; `settings` are Django's of the database beside which its own is made."""
    _install()
    port, redis_port = free_port(), free_port() if shutil.which("redis-server") else 0
    environment = _environment(settings, port, redis_port)
    _database(settings)
    _run(environment, "-m", "pretix", "migrate", "--verbosity", "0")
    with ExitStack() as stack:
        group = Group()
        stack.callback(group.end)
        _start(group, environment, port, redis_port)
        wait_for_port(port)
        time.sleep(SETTLE)
        yield Peer(port, environment, bool(redis_port))


def _install() -> None:
    if not (HOME / "installed").exists():
        HOME.mkdir(parents=True, exist_ok=True)
        subprocess.run([sys.executable, "-m", "venv", str(HOME / "venv")], check=True)
        subprocess.run([str(PYTHON), "-m", "pip", "install", "-q", "pretix", "gunicorn"], check=True)
        (HOME / "installed").touch()


def _environment(settings: dict[str, Any], port: int, redis_port: int) -> dict[str, str]:
    made = {
        **{key: value for key, value in os.environ.items() if not key.startswith(("DJANGO_", "NIANGJIA_"))},
        "DJANGO_SETTINGS_MODULE": "pretix.settings",
        "DATA_DIR": str(HOME.absolute()),
        "PRETIX_PRETIX_URL": f"http://127.0.0.1:{port}",
        "PRETIX_DATABASE_BACKEND": "postgresql",
        "PRETIX_DATABASE_NAME": "pretix",
        "PRETIX_DATABASE_USER": str(settings["USER"]),
        "PRETIX_DATABASE_PASSWORD": str(settings["PASSWORD"]),
        "PRETIX_DATABASE_HOST": str(settings["HOST"]),
        "PRETIX_DATABASE_PORT": str(settings["PORT"]),
    }
    if redis_port:
        address = f"redis://127.0.0.1:{redis_port}"
        made |= {"PRETIX_REDIS_LOCATION": f"{address}/0", "PRETIX_REDIS_SESSIONS": "true"}
        made |= {"PRETIX_CELERY_BROKER": f"{address}/1", "PRETIX_CELERY_BACKEND": f"{address}/2"}
    return made


def _database(settings: dict[str, Any]) -> None:
    login = {"host": settings["HOST"], "port": settings["PORT"], "user": settings["USER"]}
    login = {name: value for name, value in login.items() if value} | {"dbname": "postgres"}
    with psycopg.connect(**login, password=settings["PASSWORD"] or None, autocommit=True) as connection:
        if not connection.execute("SELECT 1 FROM pg_database WHERE datname = 'pretix'").fetchone():
            connection.execute("CREATE DATABASE pretix ENCODING 'UTF8' TEMPLATE template0")


def _start(group: Group, environment: dict[str, str], port: int, redis_port: int) -> None:
    """The group starts what it is told with our environment; theirs goes in by env(1)."""
    env = ["env", "-u", "NIANGJIA_VAR", *(f"{key}={value}" for key, value in environment.items() if _theirs(key))]
    log = HOME / "log.txt"
    if redis_port:
        group.start("redis", ["redis-server", "--port", str(redis_port), "--save", "", "--bind", "127.0.0.1"], log=log)
        wait_for_port(redis_port)
        celery = ["-m", "celery", "-A", "pretix.celery_app", "worker", "--concurrency", "1", "-l", "warning"]
        group.start("celery", [*env, str(PYTHON), *celery], log=log)
    gunicorn = ["-m", "gunicorn", "pretix.wsgi", "--workers", "2", "--bind", f"127.0.0.1:{port}", "--keep-alive", "60"]
    group.start("pretix", [*env, str(PYTHON), *gunicorn, "--timeout", "120"], log=log)


def _theirs(key: str) -> bool:
    return key.startswith(("PRETIX_", "DJANGO_")) or key == "DATA_DIR"


def _run(environment: dict[str, str], *arguments: str) -> str:
    done = subprocess.run([str(PYTHON), *arguments], env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(done.stderr[-2000:])
    return done.stdout
