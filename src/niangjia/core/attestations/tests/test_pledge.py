"""Being single is pledged, for a year."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from conftest import NOW
from niangjia.core.accounts.models import Person
from niangjia.core.attestations import selectors, services, texts
from niangjia.core.attestations.services import pledges, standing
from niangjia.core.attestations.tests.conftest import living
from niangjia.core.consent import services as consent
from niangjia.kernel import errors

YEAR = timedelta(days=365)


def sign(person: Person, now: Any = NOW) -> Any:
    return services.sign_pledge(person=person, version=texts.PLEDGE_VERSION, now=now)


def state(person: Person, now: Any) -> Any:
    return selectors.fact_of(person.pk, "single", now)


def told(person: Person) -> list[str]:
    return list(person.notes.order_by("at").values_list("template", flat=True))


def test_a_pledge_needs_a_real_person(agreeing: Callable[..., Person]) -> None:
    with pytest.raises(errors.Conflict) as why:
        sign(agreeing(1))
    assert why.value.code == "real_person_first"


def test_a_pledge_holds_for_a_year_and_not_a_moment_longer(real: Callable[..., Person]) -> None:
    alice = real(1)
    assert sign(alice).until == NOW + YEAR
    assert state(alice, NOW + YEAR - timedelta(seconds=1)).state == "verified"
    ended = state(alice, NOW + YEAR)  # no job has run
    assert (ended.state, bool(ended.why), bool(ended.next)) == ("fallen", True, True)
    assert not selectors.holds(person_id=alice.pk, kind="single", now=NOW + YEAR)
    assert pledges.fall_expired(now=NOW + YEAR) == 1
    assert pledges.fall_expired(now=NOW + YEAR) == 0
    assert told(alice)[-1] == "fact_fell_expired"


def test_the_owner_is_reminded_once_a_month_before(real: Callable[..., Person]) -> None:
    alice = real(1)
    sign(alice)
    assert standing.remind_of_ends(now=NOW + YEAR - timedelta(days=31)) == 0
    assert standing.remind_of_ends(now=NOW + YEAR - timedelta(days=29)) == 1
    assert standing.remind_of_ends(now=NOW + YEAR - timedelta(days=28)) == 0
    assert told(alice).count("pledge_ends_soon") == 1


def test_signing_again_renews(real: Callable[..., Person]) -> None:
    alice = real(1)
    sign(alice)
    later = NOW + YEAR - timedelta(days=3)
    assert sign(alice, later).since == later
    assert alice.attestations.filter(kind="single").count() == 2
    assert alice.attestations.filter(kind="single", fallen_at=None).count() == 1


def test_what_was_signed_can_be_proved(real: Callable[..., Person]) -> None:
    alice = real(1)
    sign(alice)
    kept = living(alice, "single")
    assert kept is not None
    assert kept.pledge_hash is not None
    assert bytes(kept.pledge_hash) == pledges.signed(alice, texts.PLEDGE_VERSION, NOW)
    assert bytes(kept.pledge_hash) != pledges.signed(alice, texts.PLEDGE_VERSION, NOW + timedelta(days=1))


def test_older_words_are_not_signed(real: Callable[..., Person], api: Callable[..., Any]) -> None:
    phone = api(real(1))
    phone.post("facts/single", version="1999-01", agreed=True)
    assert phone.status == 409
    words = phone.get("facts/pledge")
    phone.post("facts/single", version=words["version"], agreed=False)
    assert phone.status == 422
    phone.post("facts/single", version=words["version"], agreed=True)
    assert phone.status == 200


def test_who_is_no_longer_single_says_so_and_it_falls_at_once(real: Callable[..., Person]) -> None:
    alice = real(1)
    sign(alice)
    assert services.declare_no_longer_single(person=alice, now=NOW).state == "fallen"
    assert living(alice, "single") is None


def test_taking_back_the_consent_ends_the_pledge(real: Callable[..., Person]) -> None:
    alice = real(1)
    sign(alice)
    consent.withdraw(person_id=alice.pk, purpose="marital", now=NOW)
    assert living(alice, "single") is None
    assert living(alice, "real_person") is not None
    with pytest.raises(errors.Conflict):
        sign(alice)
