"""Two at once, and death in the middle, on real connections (checks F4, F10)."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from typing import Any

import pytest
from django.conf import settings
from django.db import connection

from conftest import NOW
from niangjia.core.access import Actor
from niangjia.core.rolls import applying, diff, services
from niangjia.core.rolls.models import Import, RollEntry, StagedRow, State
from niangjia.core.rolls.tests.conftest import a_row, snapshot
from niangjia.kernel.errors import Conflict

Make = Callable[..., Import]


def in_threads(calls: list[Callable[[], Any]]) -> list[Any]:
    """Run all at the same time, each on a connection of its own; their results or errors."""
    results: list[Any] = [None] * len(calls)
    start = threading.Barrier(len(calls))

    def run(at: int) -> None:
        try:
            start.wait()
            results[at] = calls[at]()
        except Exception as error:
            results[at] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(at,)) for at in range(len(calls))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


def applies(found: Import, actor: Actor) -> Callable[[], Import]:
    return lambda: services.apply(import_id=found.pk, actor=actor, now=NOW)


@pytest.mark.django_db(transaction=True)
def test_of_two_tables_for_one_employer_at_once_the_second_is_looked_at_again(
    preview: Make, officers: dict[str, Actor]
) -> None:
    first, second = preview([a_row(1)]), preview([a_row(2)])
    results = in_threads([applies(each, officers["alice"]) for each in (first, second)])
    assert {type(result) for result in results} == {Import, Conflict}
    assert RollEntry.objects.filter(ended=None).count() == 1, "exactly what the first one said"


@pytest.mark.django_db(transaction=True)
def test_without_the_lock_each_would_overlook_the_other(
    preview: Make, officers: dict[str, Actor], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The race is real: the same two tables, with the employers not held."""
    first, second = preview([a_row(1)]), preview([a_row(2)])
    monkeypatch.setattr(applying, "_locked_employers", lambda found: frozenset())
    meet, count = threading.Barrier(2), diff.counts

    def count_together(*args: Any, **how: Any) -> Any:
        told = count(*args, **how)
        meet.wait(timeout=60)
        return told

    monkeypatch.setattr(diff, "counts", count_together)
    results = in_threads([applies(each, officers["alice"]) for each in (first, second)])
    assert [type(result) for result in results] == [Import, Import]
    assert RollEntry.objects.filter(ended=None).count() == 2


@pytest.mark.django_db(transaction=True)
def test_the_same_import_applied_twice_at_once_counts_once(preview: Make, officers: dict[str, Actor]) -> None:
    found = preview([a_row(number) for number in range(20)])
    apply = applies(found, officers["alice"])
    assert [result.state for result in in_threads([apply, apply])] == [State.APPLIED, State.APPLIED]
    assert RollEntry.objects.count() == 20


APPLY = """
import sys, django
django.setup()
from django.db import connection
connection.settings_dict["NAME"] = sys.argv[1]
from uuid import UUID
from niangjia.core.access import Actor, Grant
from niangjia.core.rolls import services
from niangjia.core.rolls.models import Import
from niangjia.kernel import clock
found = Import.objects.select_related("org").get(pk=sys.argv[2])
actor = Actor(grants=(Grant("test", found.org_id, found.org.path, frozenset({"rolls.import"})),))
print("ready", flush=True)
sys.stdin.readline()
services.apply(import_id=found.pk, actor=actor, now=clock.now())
print("done", flush=True)
"""


@pytest.mark.django_db(transaction=True)
def test_a_worker_killed_at_any_moment_leaves_all_or_nothing(preview: Make, imported: Make) -> None:
    imported([a_row(number) for number in range(700)])
    found = preview([a_row(number, joined="2021-01-01") for number in range(300, 1_000)])
    before, seen = snapshot(), set()
    for delay in (0.0, 0.01, 0.03, 0.06, 0.1, 0.15):
        _kill_while_applying(found, delay)
        _wait_until_alone()
        done = Import.objects.get(pk=found.pk).state == State.APPLIED
        seen.add(done)
        if done:
            assert RollEntry.objects.filter(ended=None).count() == 700
            assert not StagedRow.objects.exists()
            break
        assert snapshot() == before
        assert StagedRow.objects.count() == 700
    assert False in seen, "it was never killed before the end: nothing was shown"


def _kill_while_applying(found: Import, delay: float) -> None:
    where = connection.settings_dict
    address = f"postgresql://{where['USER']}@/{where['NAME']}?host={where['HOST']}"
    if not where["HOST"].startswith("/"):
        address = os.environ["DATABASE_URL"]
    worker = subprocess.Popen(
        [sys.executable, "-c", APPLY, str(where["NAME"]), str(found.pk)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env={**os.environ, "DATABASE_URL": address, "DJANGO_SETTINGS_MODULE": settings.SETTINGS_MODULE},
    )
    with worker:
        assert worker.stdin
        assert worker.stdout
        assert worker.stdout.readline() == b"ready\n"
        worker.stdin.write(b"go\n")
        worker.stdin.flush()
        time.sleep(delay)
        worker.send_signal(signal.SIGKILL)


def _wait_until_alone() -> None:
    """The server notices a dead client when it next speaks to it; until then its transaction may still hold locks."""
    for _ in range(200):
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
            if cursor.fetchone() == (0,):
                return
        time.sleep(0.05)
