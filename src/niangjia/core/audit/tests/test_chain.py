"""The log only grows, and whoever changes it is found out (check E10)."""

import random
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.db import DatabaseError, connection, transaction

from niangjia.core.audit import selectors, services
from niangjia.core.audit.models import Event

EVENTS = 40


@pytest.fixture
def log(db: None, now: Any) -> list[Event]:
    for number in range(EVENTS):
        services.record(action=f"looked_{number}", actor_id=uuid4(), subject_id=uuid4(), now=now)
    services.seal_events()
    return list(Event.objects.order_by("place"))


def as_owner(statement: str, *values: Any) -> None:
    """What somebody who owns the database can do: switch the guard off first."""
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE audit_event DISABLE TRIGGER USER")
        cursor.execute(statement, values)
        cursor.execute("ALTER TABLE audit_event ENABLE TRIGGER USER")


def alter(event: Event) -> None:
    as_owner("UPDATE audit_event SET purpose = 'nothing to see' WHERE id = %s", event.pk)


def blame_another(event: Event) -> None:
    as_owner("UPDATE audit_event SET actor_id = %s WHERE id = %s", uuid4(), event.pk)


def delete(event: Event) -> None:
    as_owner("DELETE FROM audit_event WHERE id = %s", event.pk)


def swap_with_first(event: Event) -> None:
    as_owner("UPDATE audit_event SET place = -1 WHERE place = 1")
    as_owner("UPDATE audit_event SET place = 1 WHERE id = %s", event.pk)
    as_owner("UPDATE audit_event SET place = %s WHERE place = -1", event.place)


def insert(event: Event) -> None:
    as_owner("UPDATE audit_event SET place = place + 1000 WHERE place >= %s", event.place)
    as_owner("UPDATE audit_event SET place = place - 999 WHERE place >= 1000")
    as_owner(
        "INSERT INTO audit_event SELECT gen_random_uuid(), at, action, actor_id, subject_id, target_table, target_id, "
        "columns, purpose, place - 1, mac FROM audit_event WHERE place = %s",
        (event.place or 0) + 1,
    )


@pytest.mark.parametrize("trick", [alter, blame_another, delete, swap_with_first, insert])
@pytest.mark.parametrize("seed", range(5))
def test_every_trick_of_a_database_owner_is_found(log: list[Event], trick: Callable[[Event], None], seed: int) -> None:
    assert list(selectors.verify_chain()) == []
    trick(random.Random(seed).choice(log[1:-1]))
    assert list(selectors.verify_chain()) != []


def test_a_cut_end_is_found_by_who_knows_the_length(log: list[Event]) -> None:
    delete(log[-1])
    assert list(selectors.verify_chain()) == []
    assert [b.what for b in selectors.verify_chain(expected_length=EVENTS)] == ["cut off"]


@pytest.mark.parametrize("statement", ["UPDATE audit_event SET action = 'x'", "DELETE FROM audit_event"])
def test_the_application_itself_cannot_change_the_log(log: list[Event], statement: str) -> None:
    with pytest.raises(DatabaseError, match="only grows"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_a_raw_change_of_a_persons_row_is_recorded_without_its_values(make_person: Any) -> None:
    alice = make_person(1)
    services.acting(None)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE accounts_person SET sex = 'f' WHERE id = %s", [alice.pk])
    event = Event.objects.filter(target_table="accounts_person", action="update").get()
    assert (event.subject_id, event.columns) == (alice.pk, ["sex"])


def test_the_one_who_acts_through_the_api_is_named(api: Any, make_person: Any) -> None:
    alice = make_person(1)
    api(alice).post("me/settings", large_type=True)
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('niangjia.actor')")
        assert cursor.fetchone()[0] == str(alice.pk)
