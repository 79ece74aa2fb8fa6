"""The owner of an account hears of everything that opens it: one notice and one row each (check A10)."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from niangjia.core.accounts import devices, factors
from niangjia.core.accounts.models import Person
from niangjia.core.audit.models import Event


@pytest.fixture
def sign_in(api: Callable[..., Any], phones: Any, jobs: Any, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Any]:
    """Sign in by code on a device; limits on codes are not what these tests are about."""
    monkeypatch.setattr("niangjia.core.accounts.limits.CODE_TO_PHONE", ())

    def enter(phone: Any = None, number: str = "19900000001") -> Any:
        phone = phone or api()
        sent = phone.post("sign-in/code", phone=number)
        jobs.run()
        phone.post("sign-in/verify", phone=number, challenge=sent["challenge"], code=phones.code(number))
        assert phone.status == 200
        return phone

    return enter


def told(template: str) -> tuple[int, int]:
    """(notices, audit rows)"""
    person = Person.objects.get()
    return person.notes.filter(template=template).count(), Event.objects.filter(action=template).count()


@pytest.mark.django_db
def test_a_new_device_is_told_of_once_and_the_first_not_at_all(sign_in: Callable[..., Any]) -> None:
    first = sign_in()
    assert told("new_device") == (0, 0)
    first.post("sign-out")
    sign_in(first)
    assert told("new_device") == (0, 0)
    second = sign_in()
    assert told("new_device") == (1, 1)
    sign_in(second)
    assert told("new_device") == (1, 1)


@pytest.mark.django_db
def test_a_device_cannot_pretend_to_be_known(sign_in: Callable[..., Any], api: Callable[..., Any]) -> None:
    sign_in()
    liar = api()
    liar.client.cookies[devices.COOKIE] = f"{Person.objects.get().pk}.0000"
    sign_in(liar)
    assert told("new_device") == (1, 1)


def test_a_family_phone_knows_five(make_person: Callable[..., Person]) -> None:
    carried = ""
    family = [make_person(number) for number in range(1, 7)]
    for person in family:
        carried = devices.marked(carried, person.pk)
    assert [devices.knows(carried, person.pk) for person in family] == [False, True, True, True, True, True]
    assert not any(str(person.pk) in carried for person in family)


def test_a_second_factor_is_told_of_when_it_begins_to_count(make_person: Callable[..., Person]) -> None:
    person, now = make_person(1), datetime.now(UTC)
    factor, _address = factors.enrol(person=person)
    assert told("second_factor_set") == (0, 0)
    for moment in (now, now + timedelta(minutes=2)):
        code = factors.code_at(factor.secret, int(moment.timestamp()) // factors.STEP)
        factors.check(person=person, code=code, now=moment)
        assert told("second_factor_set") == (1, 1)


@pytest.mark.django_db
def test_a_changed_phone_number_is_told_of_on_the_old_one_too(
    sign_in: Callable[..., Any], phones: Any, jobs: Any, api: Callable[..., Any]
) -> None:
    phone, other_device = sign_in(), sign_in()
    sent = phone.post("sign-in/code", phone="19900000002")
    jobs.run()
    answer = {"phone": "19900000002", "challenge": sent["challenge"], "code": phones.code("19900000002")}
    assert phone.post("me/phone", **answer)["me"]["phone_masked"] == "199****0002"
    assert told("phone_changed") == (1, 1)
    jobs.run()
    assert ("19900000001", "phone_changed", {}) in phones.sent
    assert phone.get("me")["phone_masked"] == "199****0002"
    other_device.get("me")
    assert other_device.status == 401
    sign_in(api(), "19900000001")  # the old number is free for its next owner, who is somebody else
    assert Person.objects.count() == 2


@pytest.mark.django_db
def test_a_number_that_has_an_account_is_not_taken_over(
    sign_in: Callable[..., Any], phones: Any, jobs: Any, make_person: Callable[..., Person]
) -> None:
    phone = sign_in()
    make_person(2)
    sent = phone.post("sign-in/code", phone="19900000002")
    jobs.run()
    phone.post("me/phone", phone="19900000002", challenge=sent["challenge"], code=phones.code("19900000002"))
    assert phone.status == 409
    assert phone.get("me")["phone_masked"] == "199****0001"
