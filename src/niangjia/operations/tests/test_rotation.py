"""A new key: everything stays readable, whoever reads and wherever the turning was stopped."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from niangjia.core.accounts.models import Person
from niangjia.core.audit.models import Event
from niangjia.core.crypto import current_head, keys
from niangjia.operations import rotation

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def ring(tmp_path: Path, settings: Any) -> Iterator[Path]:
    """The keys of the tests in a file of their own; returns it."""
    before, path = keys.keyring(), tmp_path / "keys.json"
    masters = {str(number): key.hex() for number, key in before.masters.items()}
    path.write_text(json.dumps({"current": before.current, "algorithm": before.algorithm, "masters": masters}))
    settings.VAR = tmp_path
    keys.install(before, path)
    yield path
    keys.install(before)


def heads() -> list[bytes]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT substring(phone FROM 1 FOR 4) FROM accounts_person WHERE phone <> '' ORDER BY id")
        return [bytes(row[0]) for row in cursor.fetchall()]


def turn() -> dict[str, int]:
    return dict(rotation.seal_anew())


@pytest.mark.parametrize("algorithm", ["AES", "SM4"])
def test_everything_is_sealed_anew_and_reads_as_before(make_person: Any, algorithm: keys.Algorithm) -> None:
    people = {make_person(n).pk: make_person(n).phone for n in (1, 2, 3)}
    rotation.begin(algorithm=algorithm)
    assert current_head() not in heads()
    assert turn()["accounts_person.phone"] == len(heads())
    assert set(heads()) == {current_head()}
    assert {row.pk: row.phone for row in Person.objects.filter(pk__in=people)} == people


def test_a_process_with_the_old_ring_reads_what_the_new_key_sealed(make_person: Any) -> None:
    alice, old = make_person(1), keys.keyring()
    phone = alice.phone
    rotation.begin(algorithm="SM4")
    turn()
    keys.install(old, keys._here.path)  # as in a process that started before
    assert Person.objects.get(pk=alice.pk).phone == phone
    assert keys.keyring().current != old.current


def test_without_reading_the_ring_anew_it_could_not(make_person: Any) -> None:
    alice, old = make_person(1), keys.keyring()
    rotation.begin(algorithm="AES")
    turn()
    keys.install(old, None)
    with pytest.raises(Exception, match="accounts_person"):
        str(Person.objects.get(pk=alice.pk).phone)


def test_stopped_in_the_middle_it_goes_on_there(make_person: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    for n in range(1, 6):
        make_person(n)
    monkeypatch.setattr(rotation, "BATCH", 2)
    rotation.begin(algorithm="AES")
    for what, _changed in rotation.seal_anew():
        if what == "accounts_person.phone":
            break
    later = turn()
    assert later["accounts_person.phone"] == 0
    assert later["accounts_person.legal_name"] == sum(bool(person.legal_name) for person in Person.objects.all())
    assert set(turn().values()) == {0}


def test_who_changes_a_value_meanwhile_wins(make_person: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    alice = make_person(1)
    rotation.begin(algorithm="AES")
    rows = rotation._rows

    def changed_meanwhile(sql: str, params: list[Any]) -> list[tuple[Any, ...]]:
        found = rows(sql, params)
        if "phone" in sql and found:
            Person.objects.get(pk=alice.pk)
            alice.phone = "19900007777"
            alice.save(update_fields=["phone"])
        return found

    monkeypatch.setattr(rotation, "_rows", changed_meanwhile)
    turn()
    assert Person.objects.get(pk=alice.pk).phone == "19900007777"


def test_owners_are_not_told_of_changes_that_say_nothing_new(make_person: Any) -> None:
    alice = make_person(1)
    rotation.begin(algorithm="AES")
    before = Event.objects.filter(subject_id=alice.pk).count()
    turn()
    assert Event.objects.filter(subject_id=alice.pk).count() == before
    alice.phone = "19900008888"
    alice.save(update_fields=["phone"])
    assert Event.objects.filter(subject_id=alice.pk).count() == before + 1
    assert Event.objects.filter(action="keys.rotated").exists()
