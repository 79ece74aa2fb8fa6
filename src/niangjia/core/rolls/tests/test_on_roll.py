"""Whom a roll speaks for."""

from collections.abc import Callable
from typing import Any

from django.db.models import Exists, OuterRef, UUIDField, Value

from niangjia.core.accounts.codes import phone_index
from niangjia.core.accounts.models import Person
from niangjia.core.crypto import blind_index
from niangjia.core.orgs.models import Employer
from niangjia.core.rolls import selectors
from niangjia.core.rolls.tests.conftest import a_row, an_id


def person_of(make_person: Callable[..., Person], number: int, *, id_number: str = "", phone: str = "") -> Person:
    facts: dict[str, Any] = {}
    if id_number:
        facts["id_index"] = blind_index(id_number, purpose="id_number")
    if phone:
        facts["phone_index"] = phone_index(phone)
    return make_person(number, **facts)


def test_a_roll_speaks_for_the_owner_of_the_id_number_at_that_employer_only(
    imported: Any, firms: dict[str, Employer], make_person: Any
) -> None:
    imported([a_row(1)])
    alice = person_of(make_person, 1, id_number=an_id(1))
    bob = person_of(make_person, 2, id_number=an_id(2))
    assert selectors.on_roll(person=alice, employer=firms["龙井茶厂"])
    assert not selectors.on_roll(person=alice, employer=firms["灵隐书店"])
    assert not selectors.on_roll(person=bob, employer=firms["龙井茶厂"])
    assert [firm.name for firm in selectors.employers_of(person=alice)] == ["龙井茶厂"]


def test_whoever_has_the_phone_of_a_member_with_an_id_number_is_not_that_member(
    imported: Any, firms: dict[str, Employer], make_person: Any
) -> None:
    imported([a_row(1)])
    charlie = person_of(make_person, 3, phone="13800000001")
    assert not selectors.on_roll(person=charlie, employer=firms["龙井茶厂"])


def test_a_row_without_id_number_goes_by_the_phone(imported: Any, firms: dict[str, Employer], make_person: Any) -> None:
    imported([["王乙", "", "13800000001", "龙井茶厂", "", ""]])
    alice = person_of(make_person, 1, id_number=an_id(1), phone="13800000001")
    assert selectors.on_roll(person=alice, employer=firms["龙井茶厂"])


def test_a_person_of_whom_nothing_is_known_is_on_no_roll(
    imported: Any, firms: dict[str, Employer], make_person: Any
) -> None:
    imported([["王乙", "", "13800000001", "龙井茶厂", "", ""], a_row(2)])
    nobody = make_person(5, phone_index=None)
    assert not selectors.on_roll(person=nobody, employer=firms["龙井茶厂"])


def test_the_same_is_asked_of_many_people_within_one_query(
    imported: Any, firms: dict[str, Employer], make_person: Any
) -> None:
    imported([a_row(1), ["王丙", "", "13800000002", "龙井茶厂", "", ""]])
    alice = person_of(make_person, 1, id_number=an_id(1))
    bob = person_of(make_person, 2, phone="13800000002")
    person_of(make_person, 3, phone="13800000001")
    make_person(4, phone_index=None)
    entries = selectors.vouching(
        id_index=OuterRef("id_index"), phone_index=OuterRef("phone_index"), employer=OuterRef("firm")
    )
    firm = Value(firms["龙井茶厂"].pk, output_field=UUIDField())
    assert set(Person.objects.annotate(firm=firm).filter(Exists(entries))) == {alice, bob}
