"""Facts follow the rolls: imported, changed and undone, with the real tables."""
# ruff: noqa: F811  # a fixture is asked for by an argument of its name

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from conftest import NOW
from niangjia.core.accounts.models import Person
from niangjia.core.attestations import selectors, services
from niangjia.core.consent import services as consent
from niangjia.core.orgs.models import Employer
from niangjia.core.rolls import services as rolls
from niangjia.core.rolls.tests.conftest import a_row, an_id, firms, imported, officers, preview  # noqa: F401  # fixtures

LATER = NOW + timedelta(days=1)


@pytest.fixture
def employed(imported: Any, firms: dict[str, Employer], real: Callable[..., Person]) -> tuple[Any, Person]:
    """Somebody of 龙井茶厂 whose employer the first import vouches for."""
    imported([a_row(1), a_row(2)])
    alice = real(1, "王乙", an_id(1))
    assert services.claim_employer(person=alice, employer_id=firms["龙井茶厂"].pk, now=NOW).outcome == "verified"
    return imported, alice


def state(person: Person) -> str:
    return selectors.fact_of(person.pk, "employer", LATER).state


def test_a_roll_without_her_fells_her_fact_at_once(employed: tuple[Any, Person]) -> None:
    imported, alice = employed
    imported([a_row(2)], now=LATER)
    assert state(alice) == "fallen"


def test_a_roll_that_still_has_her_leaves_it_alone(employed: tuple[Any, Person]) -> None:
    imported, alice = employed
    imported([a_row(1), a_row(3)], now=LATER)
    assert state(alice) == "verified"
    assert alice.attestations.filter(kind="employer").count() == 1


def test_undoing_a_wrong_roll_gives_it_back(employed: tuple[Any, Person], officers: Any) -> None:
    imported, alice = employed
    wrong = imported([a_row(2)], now=LATER)
    rolls.undo(import_id=wrong.pk, actor=officers["alice"], now=LATER)
    assert state(alice) == "verified"
    assert alice.notes.filter(template="employer_verified").count() == 2


def test_but_not_to_one_who_took_the_consent_back(employed: tuple[Any, Person], officers: Any) -> None:
    imported, alice = employed
    wrong = imported([a_row(2)], now=LATER)
    consent.withdraw(person_id=alice.pk, purpose="employer_check", now=LATER)
    rolls.undo(import_id=wrong.pk, actor=officers["alice"], now=LATER)
    assert state(alice) == "fallen"
