"""Check G7: one person registers twice, and is in dating once."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from django.db import connection

from niangjia.core.accounts.models import Person
from niangjia.core.attestations.models import Attestation
from niangjia.core.attestations.services.identity import become_real
from niangjia.core.consent import purposes
from niangjia.core.consent import services as consent
from niangjia.core.orgs.models import Employer
from niangjia.kernel.china import parse_id_number
from niangjia.kernel.errors import Conflict
from niangjia.scenes.dating.models import Profile
from niangjia.scenes.dating.services import profiles

HIS = parse_id_number("330106199203150019")
Register = Callable[[int], Person]


@pytest.fixture
def register(
    make_person: Callable[..., Person], attest: Callable[..., None], firms: dict[str, Employer], now: datetime
) -> Register:
    """The same man with another telephone: a new account, his own document, his own words."""

    def make(number: int) -> Person:
        person = make_person(number, sex="m")
        consent.give(person_id=person.pk, purpose=purposes.PROFILE, now=now)
        become_real(person_id=person.pk, legal_name="李强", id_number=HIS, method="face", issuer="alipay", now=now)
        Attestation.objects.filter(person=person).delete()
        attest(person, firms["port"])
        profiles.save(person_id=person.pk, changes={"nickname": f"强{number}", "hobbies": ["tea"]}, now=now)
        return person

    return make


def _seen(phone: Any, alice: Profile) -> set[str]:
    return {card["nickname"] for card in phone(alice).post("dating/browse")["items"]}


def test_who_registers_again_stays_outside(
    register: Register, alice: Profile, phone: Any, api: Callable[..., Any]
) -> None:
    register(50)
    with pytest.raises(Conflict) as refused:
        register(51)
    assert refused.value.code == "known_already"
    assert _seen(phone, alice) == {"强50"}
    again = api(Person.objects.get(sex="m", id_index=None))
    assert again.post("dating/browse")["error"]["code"] == "no_profile"
    assert again.post("dating/profile", nickname="强51", hobbies=["tea"])["exists"]
    assert again.post("dating/browse")["error"]["code"] == "not_verified"
    assert _seen(phone, alice) == {"强50"}


def test_without_that_rule_of_the_database_one_man_is_two(register: Register, alice: Profile, phone: Any) -> None:
    register(50)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(
            "SELECT conname FROM pg_constraint WHERE conrelid = 'accounts_person'::regclass AND contype = 'u'"
            " AND pg_get_constraintdef(oid) = 'UNIQUE (id_index)'"
        )
        (name,) = cursor.fetchone()
        cursor.execute(f'ALTER TABLE accounts_person DROP CONSTRAINT "{name}"')  # as all of this test, not for long
    register(51)
    assert _seen(phone, alice) == {"强50", "强51"}
