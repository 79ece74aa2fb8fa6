"""Checking in: with a network or without, a ticket lets one person in once."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from pytest_django import DjangoAssertNumQueries

from niangjia.core.accounts.models import Person
from niangjia.engines.allocation import codes, selectors, services
from niangjia.engines.allocation.models import Booking, CheckInList, Scan, Slot
from niangjia.engines.allocation.types import AddOn, Claimant, Claimed, ScanIn, Scanned
from niangjia.kernel.ids import new_id

pytestmark = pytest.mark.django_db
Claim = Callable[..., Claimed]
MakeSlot = Callable[..., Slot]
MINUTE = timedelta(minutes=1)


def entrance(slot: Slot) -> CheckInList:
    return CheckInList.objects.get(slot=slot, is_entrance=True)


def code_of(claimed: Claimed, at: datetime) -> str:
    return selectors.ticket_code(Booking.objects.select_related("slot").get(pk=claimed.booking_id), at)


@pytest.fixture
def scan(charlie: Person) -> Callable[..., Scanned]:
    """Charlie stands at the door."""

    def make(door: CheckInList, code: str, at: datetime, *, received: datetime | None = None) -> Scanned:
        one = ScanIn(new_id(), at, code=code)
        return services.check_in(list_id=door.pk, scans=[one], by_id=charlie.pk, now=received or at)[0]

    return make


ScanAt = Callable[..., Scanned]


def test_a_photographed_code_lets_nobody_in_twice(
    make_slot: MakeSlot, claim: Claim, alice: Person, now: datetime, scan: ScanAt
) -> None:
    slot = make_slot(1)
    code = code_of(claim(slot, alice), now)
    assert scan(entrance(slot), code, now).outcome == "welcome"
    second = scan(entrance(slot), code, now + MINUTE)
    assert (second.outcome, second.first_at, second.person_id) == ("already", now, alice.pk)


def test_the_ticket_of_another_activity_is_told_apart(
    make_slot: MakeSlot, claim: Claim, alice: Person, now: datetime, scan: ScanAt
) -> None:
    here, elsewhere = make_slot(1), make_slot(1, week=2)
    answer = scan(entrance(here), code_of(claim(elsewhere, alice), now), now)
    assert (answer.outcome, answer.person_id) == ("other_slot", None)


def test_a_code_cannot_be_made_up(
    make_slot: MakeSlot, claim: Claim, alice: Person, now: datetime, scan: ScanAt
) -> None:
    slot = make_slot(1)
    code = code_of(claim(slot, alice), now)
    swapped = code[:-1] + ("A" if code[-1] != "A" else "B")
    for forged in (swapped, code[:-4], code + "AAAA", "NJT", "", "NJT" + "A" * 48, "https://example.org", "NJT€"):
        assert scan(entrance(slot), forged, now).outcome == "unknown"
    assert scan(entrance(slot), f" {code}\n", now).outcome == "welcome"


@pytest.mark.parametrize("gone", ["cancelled", "passed on"])
def test_a_ticket_that_was_given_up_is_void(
    gone: str, make_slot: MakeSlot, claim: Claim, alice: Person, bob: Person, now: datetime, scan: ScanAt
) -> None:
    slot = make_slot(1)
    got = claim(slot, alice)
    code = code_of(got, now)
    if gone == "cancelled":
        services.cancel(booking_id=got.booking_id, by_id=alice.pk, now=now)
    else:
        services.transfer(booking_id=got.booking_id, by_id=alice.pk, to=Claimant(bob.pk), now=now)
    assert scan(entrance(slot), code, now).outcome == "not_booked"


def test_a_scan_sent_again_counts_once(
    make_slot: MakeSlot, claim: Claim, alice: Person, charlie: Person, now: datetime
) -> None:
    slot = make_slot(1)
    one = ScanIn(new_id(), now, code=code_of(claim(slot, alice), now))
    door = entrance(slot)
    answers = [
        services.check_in(list_id=door.pk, scans=[one, one], by_id=charlie.pk, now=now + minute * MINUTE)
        for minute in range(3)
    ]
    assert {answer.outcome for both in answers for answer in both} == {"welcome"}
    assert Scan.objects.count() == 1


def test_after_a_dead_network_the_earliest_scan_counts_whatever_came_first(
    make_slot: MakeSlot, claim: Claim, alice: Person, charlie: Person, now: datetime
) -> None:
    """Two phones at two doors had no network; the later scan reaches the server first."""
    slot = make_slot(1)
    door, code = entrance(slot), code_of(claim(slot, alice), now)
    late, early = ScanIn(new_id(), now + 9 * MINUTE, code=code), ScanIn(new_id(), now, code=code)
    later = now + 60 * MINUTE
    assert services.check_in(list_id=door.pk, scans=[late], by_id=charlie.pk, now=later)[0].outcome == "welcome"
    assert services.check_in(list_id=door.pk, scans=[early], by_id=charlie.pk, now=later)[0].outcome == "welcome"
    again = services.check_in(list_id=door.pk, scans=[late, early], by_id=charlie.pk, now=later)
    assert [(answer.outcome, answer.first_at) for answer in again] == [("already", now), ("welcome", None)]
    assert Booking.objects.get().arrived_at == now


def test_a_phone_whose_clock_is_fast_does_not_arrive_tomorrow(
    make_slot: MakeSlot, claim: Claim, alice: Person, now: datetime, scan: ScanAt
) -> None:
    slot = make_slot(1)
    scan(entrance(slot), code_of(claim(slot, alice), now), now + timedelta(days=1), received=now)
    assert Booking.objects.get().arrived_at == now


def test_each_door_has_its_own_list(
    make_slot: MakeSlot, claim: Claim, alice: Person, bob: Person, now: datetime, scan: ScanAt
) -> None:
    slot = make_slot(2, addons=[AddOn("bus", 1)])
    by_bus, on_foot = claim(slot, alice, addons=["bus"]), claim(slot, bob)
    bus = services.add_list(slot_id=slot.pk, title="bus", addon="bus", now=now)
    assert scan(bus, code_of(by_bus, now), now).outcome == "welcome"
    assert scan(bus, code_of(on_foot, now), now).outcome == "no_addon"
    assert scan(entrance(slot), code_of(by_bus, now), now).outcome == "welcome"
    assert [one.person_id for one in selectors.door_list(bus.pk, now)] == [alice.pk]


def test_a_code_that_changes_is_worthless_as_a_photograph(
    make_slot: MakeSlot, claim: Claim, alice: Person, now: datetime, scan: ScanAt
) -> None:
    slot = make_slot(1, rotating=True)
    got = claim(slot, alice)
    photographed = code_of(got, now)
    assert scan(entrance(slot), photographed, now + 5 * MINUTE).outcome == "stale"
    assert scan(entrance(slot), codes.make(got.booking_id), now).outcome == "stale"
    assert scan(entrance(slot), code_of(got, now + 5 * MINUTE), now + 5 * MINUTE).outcome == "welcome"


def test_somebody_without_their_phone_is_found_by_name(
    make_slot: MakeSlot, claim: Claim, alice: Person, charlie: Person, now: datetime
) -> None:
    slot = make_slot(1, rotating=True)
    one = ScanIn(new_id(), now, booking_id=claim(slot, alice).booking_id)
    answer = services.check_in(list_id=entrance(slot).pk, scans=[one], by_id=charlie.pk, now=now)[0]
    assert (answer.outcome, answer.person_id) == ("welcome", alice.pk)


def test_a_phone_at_the_door_knows_codes_without_a_network(
    make_slot: MakeSlot, claim: Claim, alice: Person, bob: Person, now: datetime
) -> None:
    slot = make_slot(1)
    got = claim(slot, alice)
    claim(slot, bob, wait=True)
    (expected,) = selectors.door_list(entrance(slot).pk, now)
    assert expected.fingerprint == codes.fingerprint(code_of(got, now))
    assert code_of(got, now) not in repr(expected)


@pytest.mark.parametrize("people", [1, 3])
def test_the_list_of_a_door_costs_the_same_for_one_and_three(
    people: int,
    make_slot: MakeSlot,
    claim: Claim,
    make_person: Callable[..., Person],
    now: datetime,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    slot = make_slot(3)
    for number in range(people):
        claim(slot, make_person(50 + number))
    door = entrance(slot)
    with django_assert_num_queries(3):
        assert len(selectors.door_list(door.pk, now)) == people
    with django_assert_num_queries(2):
        assert selectors.figures([slot.pk, new_id()])[slot.pk].taken == people
