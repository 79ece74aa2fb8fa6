"""Where somebody works: by the roll at once, else by the enterprise, else by the union."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from conftest import NOW
from niangjia.core.access.selectors import actor_of
from niangjia.core.accounts.models import Person
from niangjia.core.attestations import selectors, services
from niangjia.core.attestations.models import Request
from niangjia.core.attestations.services import deadlines, employment
from niangjia.core.attestations.tests.conftest import BOB_ID, living
from niangjia.core.orgs.models import Employer, Org
from niangjia.core.rolls.models import Import, RollEntry
from niangjia.core.rolls.types import ROLL_CHANGED
from niangjia.kernel import errors


@pytest.fixture
def firm(tree: dict[str, Org], firm_of: Callable[..., Employer]) -> Employer:
    return firm_of(tree["firm_a"])


@pytest.fixture
def put_on_roll(tree: dict[str, Org]) -> Callable[..., RollEntry]:
    """As an import does."""
    made = Import.objects.create(org=tree["hangzhou"], made_at=NOW, touched_at=NOW, state="applied", file_name="a.csv")

    def put(person: Person, firm: Employer) -> RollEntry:
        entry = RollEntry(
            employer=firm, key=bytes(person.id_index or b""), name_index=b"", id_index=person.id_index, begun=made
        )
        entry.save(force_insert=True)
        return entry

    return put


def off_roll(entry: RollEntry) -> None:
    RollEntry.objects.filter(pk=entry.pk).update(ended=entry.begun)


def claim(person: Person, firm: Employer, now: Any = NOW) -> Any:
    return services.claim_employer(person=person, employer_id=firm.pk, now=now)


def actor(person: Person) -> Any:
    person.refresh_from_db()
    return actor_of(person_id=person.pk, is_staff=person.is_staff, second_factor_at=NOW)


def test_who_is_on_the_roll_is_verified_at_once(
    real: Callable[..., Person], firm: Employer, put_on_roll: Callable[..., RollEntry]
) -> None:
    alice, bob = real(1), real(2, "李强", BOB_ID)
    put_on_roll(alice, firm)
    done = claim(alice, firm)
    assert (done.outcome, done.fact.state, done.fact.method) == ("verified", "verified", "roll")
    assert claim(bob, firm).outcome == "union_asked"


@pytest.mark.parametrize("union", ["西湖龙井茶厂工会", "西湖区快递行业联合工会"])
def test_an_employer_is_named_once_however_its_union_is_called(
    union: str, real: Callable[..., Person], firm: Employer, put_on_roll: Callable[..., RollEntry]
) -> None:
    Org.objects.filter(pk=firm.org_id).update(name=union)
    alice = real(1)
    put_on_roll(alice, firm)
    source = claim(alice, firm).fact.source
    assert (source.count(firm.name), union in source) == (1, True)


def test_off_the_roll_the_fact_falls_in_the_same_moment(
    real: Callable[..., Person], firm: Employer, put_on_roll: Callable[..., RollEntry]
) -> None:
    alice, bob = real(1), real(2, "李强", BOB_ID)
    entry, _stays = put_on_roll(alice, firm), put_on_roll(bob, firm)
    claim(alice, firm)
    claim(bob, firm)
    off_roll(entry)
    for hear in ROLL_CHANGED:
        hear(frozenset({firm.pk}), NOW)
    fact = selectors.fact_of(alice.pk, "employer", NOW)
    assert (fact.state, bool(fact.why), bool(fact.next)) == ("fallen", True, True)
    assert alice.notes.filter(template="fact_fell_left_roll").count() == 1
    assert living(bob, "employer") is not None


def test_the_hourly_job_finds_what_nobody_told(
    real: Callable[..., Person], firm: Employer, put_on_roll: Callable[..., RollEntry]
) -> None:
    alice = real(1)
    entry = put_on_roll(alice, firm)
    claim(alice, firm)
    assert employment.fall_off_rolls(now=NOW) == 0
    off_roll(entry)
    assert employment.fall_off_rolls(now=NOW) == 1


def test_an_employer_that_ends_takes_its_facts_along(
    real: Callable[..., Person], firm: Employer, put_on_roll: Callable[..., RollEntry]
) -> None:
    alice = real(1)
    put_on_roll(alice, firm)
    claim(alice, firm)
    Employer.objects.filter(pk=firm.pk).update(ended_at=NOW)
    assert employment.fall_with_employers(now=NOW) == 1
    with pytest.raises(errors.NotFound):
        claim(alice, firm)


def test_without_a_roll_the_enterprise_is_asked_and_answers(
    real: Callable[..., Person], make_person: Callable[..., Person], grant: Any, tree: dict[str, Org], firm: Employer
) -> None:
    alice, hr = real(1), make_person(9)
    grant(hr, "enterprise_hr", tree["firm_a"])
    done = claim(alice, firm)
    assert (done.outcome, done.fact.state) == ("enterprise_asked", "waiting")
    request = Request.objects.get(person=alice, state="waiting")
    services.decide(actor=actor(hr), request_id=request.pk, accept=True, now=NOW)
    fact = selectors.fact_of(alice.pk, "employer", NOW)
    assert (fact.state, fact.method) == ("verified", "enterprise")
    (employed,) = selectors.employed_at(actor(hr), NOW)
    services.end_employment(actor=actor(hr), attestation_id=employed.pk, now=NOW)
    assert alice.notes.filter(template="fact_fell_said_left").exists()


def test_nobody_confirms_their_own_employment(
    real: Callable[..., Person], grant: Any, tree: dict[str, Org], firm: Employer
) -> None:
    alice = real(1)
    grant(alice, "enterprise_hr", tree["firm_a"])
    assert claim(alice, firm).outcome == "union_asked"  # she alone speaks for the firm
    grant(alice, "union_officer", tree["lingyin"])
    request = Request.objects.get(person=alice, state="waiting")
    with pytest.raises(errors.NotFound):
        services.decide(actor=actor(alice), request_id=request.pk, accept=True, now=NOW)


def test_an_enterprise_sees_its_own_people_only(
    real: Callable[..., Person],
    make_person: Callable[..., Person],
    grant: Any,
    tree: dict[str, Org],
    firm: Employer,
    firm_of: Callable[..., Employer],
) -> None:
    alice, hr_a, hr_b = real(1), make_person(8), make_person(9)
    firm_of(tree["firm_b"], "宁波港机厂", "91330212MA27XXXX0B")
    grant(hr_a, "enterprise_hr", tree["firm_a"])
    grant(hr_b, "enterprise_hr", tree["firm_b"])
    claim(alice, firm)
    request = Request.objects.get(person=alice)
    assert services.open_request(actor=actor(hr_a), request_id=request.pk, now=NOW).legal_name == "王小兰"
    with pytest.raises(errors.NotFound):
        services.open_request(actor=actor(hr_b), request_id=request.pk, now=NOW)
    with pytest.raises(errors.NotFound):
        services.decide(actor=actor(hr_b), request_id=request.pk, accept=True, now=NOW)


def test_firms_of_a_joint_union_do_not_answer_for_one_another(
    real: Callable[..., Person], make_person: Callable[..., Person], grant: Any, tree: dict[str, Org], firm: Employer
) -> None:
    Org.objects.filter(pk=tree["firm_a"].pk).update(form="joint")
    grant(make_person(9), "enterprise_hr", tree["firm_a"])
    assert claim(real(1), firm).outcome == "union_asked"


def test_a_silent_enterprise_is_passed_over_after_five_working_days(
    real: Callable[..., Person], make_person: Callable[..., Person], grant: Any, tree: dict[str, Org], firm: Employer
) -> None:
    alice, hr = real(1), make_person(9)
    grant(hr, "enterprise_hr", tree["firm_a"])
    claim(alice, firm)
    request = Request.objects.get(person=alice)
    last_day = NOW + (request.due_on - NOW.date())
    assert deadlines.pass_on_overdue(now=last_day) == 0
    assert deadlines.pass_on_overdue(now=last_day + timedelta(days=1)) == 1
    request.refresh_from_db()
    assert (request.desk, request.org_id) == ("union", tree["lingyin"].pk)
    assert alice.notes.filter(template="request_passed_on").exists()
    with pytest.raises(errors.NotFound):
        services.decide(actor=actor(hr), request_id=request.pk, accept=True, now=NOW)


def test_the_old_employer_stands_until_the_new_one_is_confirmed(
    real: Callable[..., Person],
    make_person: Callable[..., Person],
    grant: Any,
    tree: dict[str, Org],
    firm: Employer,
    firm_of: Callable[..., Employer],
    put_on_roll: Callable[..., RollEntry],
) -> None:
    alice, officer = real(1), make_person(9)
    other = firm_of(tree["firm_b"], "宁波港机厂", "91330212MA27XXXX0B")
    grant(officer, "union_officer", tree["ningbo"])
    put_on_roll(alice, firm)
    claim(alice, firm)
    claim(alice, other)
    assert selectors.employer_of(person_id=alice.pk, now=NOW) == firm.pk
    request = Request.objects.get(person=alice, state="waiting")
    services.decide(actor=actor(officer), request_id=request.pk, accept=True, now=NOW)
    assert selectors.employer_of(person_id=alice.pk, now=NOW) == other.pk


def test_employment_needs_a_name_first(agreeing: Callable[..., Person], firm: Employer) -> None:
    with pytest.raises(errors.Conflict) as told:
        claim(agreeing(1), firm)
    assert told.value.code == "real_person_first"


def test_employers_are_found_by_a_part_of_their_name(
    real: Callable[..., Person], firm: Employer, api: Callable[..., Any]
) -> None:
    phone = api(real(1))
    found = phone.get("facts/employers", q="龙井")["items"]
    assert [item["id"] for item in found] == [str(firm.pk)]
    assert phone.get("facts/employers", q="龙")["items"] == []
    assert phone.post("facts/employer", employer=found[0]["id"])["outcome"] == "union_asked"
    assert phone.post("facts/left-employer")["state"] == "none"
