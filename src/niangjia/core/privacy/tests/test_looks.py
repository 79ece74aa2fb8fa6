"""Who looked at or changed my data, in plain words."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from conftest import NOW
from niangjia.core.accounts.models import Person
from niangjia.core.audit import services as audit
from niangjia.core.orgs.models import Org


def look(actor: UUID | None, subject: Person, action: str, purpose: str = "", table: str = "") -> None:
    audit.record(action=action, actor_id=actor, subject_id=subject.pk, target=(table, "x"), purpose=purpose, now=NOW)


def test_staff_are_named_by_role_and_office_never_by_name(
    make_person: Callable[..., Person], grant: Any, tree: dict[str, Org], api: Callable[..., Any]
) -> None:
    alice, officer = make_person(1), make_person(2, legal_name="赵主任")
    grant(officer, "union_officer", tree["xihu"])
    look(officer.pk, alice, "looked_at_request", "NJ-7KQ4-2MXD")
    seen = api(alice).get("looks")["items"]
    found = next(item for item in seen if item["purpose"] == "NJ-7KQ4-2MXD")
    assert "西湖区总工会" in found["who"]
    assert "赵主任" not in str(seen)
    assert str(officer.pk) not in str(seen)


def test_what_staff_changed_is_told_too(
    make_person: Callable[..., Person], grant: Any, tree: dict[str, Org], api: Callable[..., Any]
) -> None:
    alice, officer = make_person(1), make_person(2)
    grant(officer, "union_officer", tree["xihu"])
    audit.acting(officer.pk)
    Person.objects.filter(pk=alice.pk).update(birth_date="1990-01-01")
    audit.acting(None)
    assert any("西湖区总工会" in item["who"] for item in api(alice).get("looks")["items"])


def test_what_other_members_do_stays_secret(
    make_person: Callable[..., Person], grant: Any, tree: dict[str, Org], api: Callable[..., Any]
) -> None:
    """A yes is secret until it is mutual; the log must not tell it, not even when the one who said it is a cadre."""
    alice, bob, cadre = make_person(1), make_person(2), make_person(3)
    grant(cadre, "union_officer", tree["xihu"])
    before = len(api(alice).get("looks", own=True)["items"])
    look(bob.pk, alice, "yes_said", table="dating_choice")
    look(bob.pk, alice, "insert", table="dating_choice")
    look(bob.pk, alice, "profile_opened", "browsing")
    look(cadre.pk, alice, "insert", table="dating_choice")
    assert len(api(alice).get("looks", own=True)["items"]) == before + 1  # this sign-in, and nothing else


def test_what_i_did_myself_is_shown_only_when_i_ask(
    make_person: Callable[..., Person], api: Callable[..., Any]
) -> None:
    alice = make_person(1)
    look(alice.pk, alice, "update", "renewed", table="accounts_person")
    phone = api(alice)
    assert not any(item["purpose"] == "renewed" for item in phone.get("looks")["items"])
    assert any(item["purpose"] == "renewed" for item in phone.get("looks", own=True)["items"])


def test_one_sees_only_what_concerns_oneself(make_person: Callable[..., Person], api: Callable[..., Any]) -> None:
    alice, charlie = make_person(1), make_person(3)
    look(None, alice, "fact_fell", "left_roll")
    assert not any(item["purpose"] == "left_roll" for item in api(charlie).get("looks")["items"])
    assert any(item["purpose"] == "left_roll" for item in api(alice).get("looks")["items"])


def test_long_lists_come_in_pages(make_person: Callable[..., Person], api: Callable[..., Any]) -> None:
    alice = make_person(1)
    for number in range(30):
        look(None, alice, "fact_fell", str(number))
    phone = api(alice)
    first = phone.get("looks")
    second = phone.get("looks", cursor=first["next"])
    purposes = [item["purpose"] for item in first["items"] + second["items"]]
    assert {str(number) for number in range(30)} <= set(purposes)
