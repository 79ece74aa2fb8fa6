"""Consents: one by one, versioned, taken back at any time (checks E5 and E6)."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from conftest import NOW
from niangjia.core.accounts.models import Person
from niangjia.core.consent import services
from niangjia.core.consent.models import ConsentRecord
from niangjia.core.consent.types import PURPOSES, WITHDRAWN
from niangjia.kernel import errors


def test_nothing_is_ticked_beforehand(make_person: Callable[..., Person], api: Callable[..., Any]) -> None:
    items = api(make_person(1)).get("consents")["items"]
    assert {item["purpose"] for item in items} == set(PURPOSES)
    assert not any(item["given"] for item in items)
    assert all(item["title"] and item["text"] for item in items)


def test_each_is_given_and_taken_back_by_itself(make_person: Callable[..., Person], api: Callable[..., Any]) -> None:
    phone = api(make_person(1))
    for purpose in PURPOSES:
        given = phone.post("consents", purpose=purpose, given=True)["items"]
        assert [item["purpose"] for item in given if item["given"]] == [purpose]
        back = phone.post("consents", purpose=purpose, given=False)["items"]
        assert not any(item["given"] for item in back)


def test_what_concerns_body_home_and_heart_is_marked_sensitive() -> None:
    assert {"real_person_face", "id_document", "marital"} <= {p.code for p in PURPOSES.values() if p.sensitive}


def test_new_words_are_asked_again(make_person: Callable[..., Person], monkeypatch: pytest.MonkeyPatch) -> None:
    alice = make_person(1)
    services.give(person_id=alice.pk, purpose="marital", now=NOW)
    monkeypatch.setitem(PURPOSES, "marital", replace(PURPOSES["marital"], version="2099-01"))
    assert not services.has(person_id=alice.pk, purpose="marital")
    with pytest.raises(errors.Conflict):
        services.require(person_id=alice.pk, purpose="marital")
    services.give(person_id=alice.pk, purpose="marital", now=NOW)
    assert services.has(person_id=alice.pk, purpose="marital")


def test_one_persons_consent_is_not_anothers(make_person: Callable[..., Person]) -> None:
    alice, bob = make_person(1), make_person(2)
    services.give(person_id=alice.pk, purpose="marital", now=NOW)
    assert not services.has(person_id=bob.pk, purpose="marital")


def test_agreeing_twice_is_one_record_and_taking_back_nothing_is_none(make_person: Callable[..., Person]) -> None:
    alice = make_person(1)
    services.withdraw(person_id=alice.pk, purpose="marital", now=NOW)
    services.give(person_id=alice.pk, purpose="marital", now=NOW)
    services.give(person_id=alice.pk, purpose="marital", now=NOW)
    assert ConsentRecord.objects.count() == 1


def test_who_works_under_a_consent_hears_in_the_same_transaction(make_person: Callable[..., Person]) -> None:
    alice, heard = make_person(1), []

    def listen(person_id: Any, purpose: str, now: Any) -> None:
        heard.append((person_id, purpose, services.has(person_id=person_id, purpose=purpose)))
        raise ValueError("cannot stop")

    services.give(person_id=alice.pk, purpose="sms_notices", now=NOW)
    WITHDRAWN.append(listen)
    try:
        with pytest.raises(ValueError, match="cannot stop"):
            services.withdraw(person_id=alice.pk, purpose="sms_notices", now=NOW)
    finally:
        WITHDRAWN.remove(listen)
    assert heard == [(alice.pk, "sms_notices", False)]
    assert services.has(person_id=alice.pk, purpose="sms_notices")  # it was not withdrawn behind anybody's back


@pytest.mark.parametrize("change", ["UPDATE {} SET given = true", "DELETE FROM {}"])
def test_records_can_only_be_added(make_person: Callable[..., Person], change: str) -> None:
    services.give(person_id=make_person(1).pk, purpose="marital", now=NOW)
    with pytest.raises(DatabaseError, match="only added"), transaction.atomic():
        connection.cursor().execute(change.format("consent_consentrecord"))


def test_an_unknown_purpose_is_not_found(make_person: Callable[..., Person], api: Callable[..., Any]) -> None:
    phone = api(make_person(1))
    phone.post("consents", purpose="everything", given=True)
    assert phone.status == 404
