"""How far somebody is trusted: by verification and conduct, and it falls when its source falls."""

from dataclasses import fields, replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection

from niangjia.core.attestations.models import Attestation
from niangjia.engines.allocation.models import Consequence
from niangjia.scenes.dating.models import Profile, Restriction
from niangjia.scenes.dating.services import standing
from niangjia.scenes.dating.tests.test_safety import decide, officer, report
from niangjia.scenes.dating.tiers import PROVEN, Grounds, Tier, lacks, proven_on, tier_of

__all__ = ["officer", "report"]

AT = datetime.fromisoformat("2026-11-22T10:00:00+08:00")
LONG_AGO = AT - PROVEN
ALL = Grounds(LONG_AGO, LONG_AGO, LONG_AGO, AT + timedelta(days=1))


@pytest.mark.parametrize(
    ("changed", "tier", "next_step"),
    [
        ({}, "at_ease", []),
        ({"single_since": LONG_AGO + timedelta(seconds=1)}, "triple", ["days"]),
        ({"upheld": True}, "triple", ["conduct"]),
        ({"stayed_away": True}, "triple", ["absence"]),
        ({"single_since": None, "verified_until": None}, "real", ["single"]),
        ({"verified_until": AT}, "real", ["single"]),
        ({"employer_since": None, "single_since": None, "verified_until": None}, "real", ["employer", "single"]),
        ({"real_person_since": None, "verified_until": None}, "registered", ["real_person"]),
    ],
)
def test_each_tier_rests_on_its_grounds(changed: dict[str, Any], tier: str, next_step: list[str]) -> None:
    grounds = replace(ALL, **changed)
    assert tier_of(grounds, AT) == tier
    following: Tier = "triple" if tier in ("registered", "real") else "at_ease"
    assert list(lacks(grounds, following, AT)) == next_step


def test_time_alone_brings_the_last_one_on_a_day_known_before() -> None:
    fresh = replace(ALL, employer_since=AT)
    assert proven_on(fresh) == AT + PROVEN
    later = replace(fresh, verified_until=AT + PROVEN + timedelta(days=1))
    assert (tier_of(later, AT), tier_of(later, AT + PROVEN)) == ("triple", "at_ease")
    assert proven_on(replace(fresh, single_since=None)) is None


def test_nothing_that_can_be_bought_or_sat_out_is_among_the_grounds() -> None:
    assert {field.name for field in fields(Grounds)} == {
        "real_person_since", "employer_since", "single_since", "verified_until", "upheld", "stayed_away",
    }  # fmt: skip


@pytest.fixture
def proven(bob: Profile, now: Any) -> Profile:
    """Bob, verified three times for more than ninety days."""
    Attestation.objects.filter(person=bob.person).update(made_at=now - PROVEN - timedelta(days=1))
    standing.facts_changed([bob.person_id], now)
    return Profile.objects.get(pk=bob.pk)


def _chip(app: Any) -> str:
    return str(app.post("dating/browse")["items"][0]["tier"])


def test_the_chip_on_the_card_and_my_own_page_agree(phone: Any, alice: Profile, proven: Profile) -> None:
    assert _chip(phone(alice)) == "at_ease"
    assert _chip(phone(proven)) == "triple"  # alice is verified for thirty days
    mine = phone(proven).get("dating/tiers")
    assert (mine["tier"], [step["reached"] for step in mine["steps"]]) == ("at_ease", [True] * 4)
    hers = phone(alice).get("dating/tiers")
    assert (hers["tier"], hers["steps"][3]["lacks"]) == ("triple", ["days"])
    assert hers["steps"][3]["on"]


def test_it_falls_when_a_fact_falls(phone: Any, proven: Profile, now: Any) -> None:
    Attestation.objects.filter(person=proven.person, kind="employer").update(fallen_at=now, fall_reason="left_roll")
    standing.facts_changed([proven.person_id], now)
    mine = phone(proven).get("dating/tiers")
    assert (mine["tier"], mine["steps"][2]["lacks"]) == ("real", ["employer"])


def test_it_falls_when_a_report_is_upheld_and_comes_back_when_that_is_lifted(
    phone: Any, alice: Profile, proven: Profile, report: Any, officer: Any, tree: Any, now: Any
) -> None:
    decide(report, officer(21, tree["ningbo"]), "warn", now)
    assert _chip(phone(alice)) == "triple"
    assert phone(proven).get("dating/tiers")["tier"] == "triple"
    Restriction.objects.update(lifted_at=now)
    assert _chip(phone(alice)) == "at_ease"


def test_a_report_alone_changes_nothing(phone: Any, alice: Profile, proven: Profile, report: Any) -> None:
    assert _chip(phone(alice)) == "at_ease"


def test_places_left_empty_count_while_it_lasts(phone: Any, alice: Profile, proven: Profile, now: Any) -> None:
    day = timedelta(days=1)
    row = Consequence.objects.create(person=proven.person, scene="dating", since=now - day, until=now + day, causes=[])
    assert (_chip(phone(alice)), phone(proven).get("dating/tiers")["tier"]) == ("triple", "triple")
    Consequence.objects.filter(pk=row.pk).update(until=now - timedelta(seconds=1))
    assert _chip(phone(alice)) == "at_ease"


def test_no_column_holds_a_tier(db: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT table_name FROM information_schema.columns "
            "WHERE table_name LIKE 'dating%%' AND column_name ~ '(^|_)tier'"
        )
        assert cursor.fetchall() == []


def test_a_stranger_without_a_profile_is_told_what_to_do(api: Any, make_person: Any) -> None:
    app = api(make_person(9))
    assert app.get("dating/tiers")["error"]["code"] == "no_profile"
