"""kill -9 at any moment: what was acknowledged is there, what was not is whole or absent, and it goes on by itself."""

import os
import subprocess
import sys
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from urllib.parse import quote

import pytest
from django.db import connection

from niangjia.core.accounts.models import Person
from niangjia.engines.allocation import selectors
from niangjia.engines.allocation.models import Booking, Slot
from niangjia.kernel import clock
from niangjia.kernel.ids import new_id

pytestmark = pytest.mark.django_db(transaction=True)
CLAIMER = "niangjia.engines.allocation.tests.claimer"


def start(slot: Slot, var: Path) -> "subprocess.Popen[str]":
    settings = connection.settings_dict
    user, name, host = (quote(str(settings[key]), safe="") for key in ("USER", "NAME", "HOST"))
    environment = os.environ | {
        "DATABASE_URL": f"postgresql://{user}:{quote(str(settings['PASSWORD']), safe='')}@/{name}?host={host}",
        "DJANGO_SETTINGS_MODULE": "niangjia.config.settings",
        "NIANGJIA_VAR": str(var),
    }
    return subprocess.Popen(
        [sys.executable, "-m", CLAIMER, str(slot.pk)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env=environment,
    )


def run(slot: Slot, var: Path, requests: list[str], *, kill_after: int | None = None) -> dict[str, str]:
    """What the process acknowledged; it is killed in the midst of the claim after the `kill_after`-th answer."""
    process = start(slot, var)
    assert process.stdin
    assert process.stdout
    process.stdin.write("".join(requests))
    process.stdin.flush()
    heard = []
    if kill_after is None:
        process.stdin.close()
    for line in process.stdout:
        heard.append(line)
        if len(heard) == kill_after:
            process.kill()
            break
    heard += process.stdout.readlines()  # acknowledged before it died, read after
    process.wait()
    process.stdout.close()
    answers: dict[str, str] = {}
    for line in heard:
        if line.endswith("\n"):
            person, answer = line.split()
            answers[person] = answer
    return answers


def test_every_acknowledged_place_outlives_kill_9(
    make_slot: Callable[..., Slot], make_person: Callable[..., Person], tmp_path: Path
) -> None:
    now = clock.now()
    week = timedelta(days=7)
    slot = make_slot(
        12, opens_at=now - week, closes_at=now + week, starts_at=now + week, ends_at=now + week + timedelta(hours=1)
    )
    people = [make_person(70 + number) for number in range(16)]
    requests = [f"{person.pk} {new_id()}\n" for person in people]
    acknowledged: dict[str, str] = {}
    for kill_after in (1, 4, 9):
        heard = run(slot, tmp_path, requests, kill_after=kill_after)
        assert len(heard) >= kill_after
        assert all(acknowledged.get(person, answer) == answer for person, answer in heard.items())
        acknowledged |= heard
        there = {str(row.person_id): str(row.pk) for row in Booking.objects.filter(slot=slot, state="booked")}
        assert {person: answer for person, answer in acknowledged.items() if answer != "full"}.items() <= there.items()
        assert selectors.unsound() == []
    heard = run(slot, tmp_path, requests)
    assert sum(answer != "full" for answer in heard.values()) == 12
    assert selectors.figures([slot.pk])[slot.pk].taken == Booking.objects.filter(slot=slot).count() == 12
    assert all(heard[person] == answer for person, answer in acknowledged.items())
