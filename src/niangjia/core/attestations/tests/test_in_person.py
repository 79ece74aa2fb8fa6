"""Somebody shows their document at the counter: the same badge by the same rules, and their own phone must agree."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any
from uuid import UUID

import pytest

from conftest import NOW, Phones
from niangjia.core.access.selectors import actor_of
from niangjia.core.accounts import codes
from niangjia.core.accounts.models import Person
from niangjia.core.attestations import services
from niangjia.core.attestations.models import Request
from niangjia.core.attestations.services.in_person import CODE, Shown
from niangjia.core.attestations.tests.conftest import ALICE_ID, BOB_ID, CHILD_ID, FaceCheck, living
from niangjia.core.audit.models import Event
from niangjia.core.consent import services as consent
from niangjia.core.orgs.models import Org
from niangjia.kernel import errors

ALICE = Shown(phone="19900000001", legal_name="王小兰", id_number=ALICE_ID, original_seen=True)


@pytest.fixture
def officer(make_person: Callable[..., Person], grant: Any, tree: dict[str, Org]) -> Any:
    person = make_person(90)
    grant(person, "union_officer", tree["xihu"])
    return actor_of(person_id=person.pk, is_staff=True, second_factor_at=NOW)


@pytest.fixture
def texted(officer: Any, phones: Phones, jobs: Any) -> Callable[..., tuple[UUID, str]]:
    """(challenge, code) after the officer sent one to the phone of whoever is at the counter."""

    def send(shown: Shown = ALICE) -> tuple[UUID, str]:
        challenge = services.ask_for_code(actor=officer, shown=shown, address="10.0.0.1", now=NOW).id
        jobs.run()
        return challenge, phones.code(shown.phone)

    return send


@pytest.fixture(autouse=True)
def codes_still_wanted(monkeypatch: pytest.MonkeyPatch) -> None:
    """Codes of NOW are sent whatever the real day is."""
    monkeypatch.setattr("niangjia.kernel.clock.now", lambda: NOW)


def told(officer: Any, texted: tuple[UUID, str], shown: Shown = ALICE) -> Request:
    challenge, code = texted
    return services.verify_in_person(
        actor=officer, shown=shown, code=code, challenge=challenge, address="10.0.0.1", now=NOW
    )


def test_a_document_at_the_counter_makes_the_badge_and_its_owner_can_read_who_saw_it(officer: Any, texted: Any) -> None:
    request = told(officer, texted())
    alice = Person.objects.get(phone_index=codes.phone_index(ALICE.phone))
    fact = living(alice, "real_person")
    assert fact is not None
    assert (fact.method, fact.issuer, alice.legal_name, alice.id_number) == (
        "document",
        "西湖区总工会",
        "王小兰",
        ALICE_ID,
    )
    assert (request.state, request.decided_by_id, request.legal_name) == ("accepted", officer.person_id, "")
    seen = Event.objects.get(action="document_seen")
    assert (seen.actor_id, seen.subject_id, seen.purpose) == (officer.person_id, alice.pk, request.receipt)
    assert alice.notes.filter(template="real_person_verified").exists()
    assert consent.has(person_id=alice.pk, purpose="id_document_in_person")


def test_without_the_code_from_the_persons_own_phone_nothing_is_written(officer: Any, texted: Any) -> None:
    challenge, code = texted()
    with pytest.raises(errors.Invalid):
        told(officer, (challenge, f"{(int(code) + 1) % 10**6:06}"))
    assert not Request.objects.exists()


def test_a_code_of_the_desk_signs_nobody_in_and_a_sign_in_code_verifies_nobody(
    officer: Any, texted: Any, phones: Phones, jobs: Any
) -> None:
    challenge, code = texted()
    with pytest.raises(errors.Invalid):
        codes.check_code(phone=ALICE.phone, code=code, challenge=challenge, address="x", now=NOW)
    other = replace(ALICE, phone="19900000002")
    sign_in = codes.send_code(phone=other.phone, address="x", now=NOW).id
    jobs.run()
    with pytest.raises(errors.Invalid):
        told(officer, (sign_in, phones.code(other.phone)), other)
    assert codes.SIGN_IN != CODE


def test_everything_that_is_wrong_is_marked_at_once_and_no_code_is_sent(officer: Any, phones: Phones) -> None:
    wrong = Shown(phone="12", legal_name="", id_number="330106199003070023", original_seen=False)
    with pytest.raises(errors.Invalid) as refused:
        services.ask_for_code(actor=officer, shown=wrong, address="x", now=NOW)
    assert set(refused.value.fields) == {"phone", "legal_name", "id_number", "original_seen"}
    with pytest.raises(errors.Forbidden):
        services.ask_for_code(actor=officer, shown=replace(ALICE, id_number=CHILD_ID), address="x", now=NOW)
    assert phones.sent == []


def test_nobody_verifies_themselves(officer: Any) -> None:
    with pytest.raises(errors.Forbidden):
        services.ask_for_code(actor=officer, shown=replace(ALICE, phone="19900000090"), address="x", now=NOW)


def test_an_id_number_is_verified_once_whatever_way(
    officer: Any, texted: Any, real: Callable[..., Person], face: FaceCheck
) -> None:
    real(7, "王小兰", ALICE_ID)
    with pytest.raises(errors.Conflict) as refused:
        told(officer, texted())
    assert refused.value.code == "known_already"
    again = replace(ALICE, phone="19900000007", id_number=BOB_ID)
    with pytest.raises(errors.Conflict):
        told(officer, texted(again), again)


def test_only_a_union_desk_may(make_person: Callable[..., Person], grant: Any, tree: dict[str, Org]) -> None:
    hr = make_person(91)
    grant(hr, "enterprise_hr", tree["firm_a"])
    actor = actor_of(person_id=hr.pk, is_staff=True, second_factor_at=NOW)
    with pytest.raises(errors.Forbidden):
        services.ask_for_code(actor=actor, shown=ALICE, address="x", now=NOW)
