"""First come, first served: who asks first has the place, everybody else a clear answer."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.utils import translation
from pytest_django import DjangoAssertNumQueries

from niangjia.core.accounts.models import Person
from niangjia.engines.allocation import errors, selectors, services
from niangjia.engines.allocation.models import Booking, Slot
from niangjia.engines.allocation.types import Claimant, Claimed
from niangjia.kernel.errors import NotFound
from niangjia.kernel.ids import new_id

pytestmark = pytest.mark.django_db
Claim = Callable[..., Claimed]
MakeSlot = Callable[..., Slot]
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def test_who_comes_first_has_the_place(make_slot: MakeSlot, claim: Claim, alice: Person, bob: Person) -> None:
    slot = make_slot(1)
    got = claim(slot, alice)
    assert (got.state, got.is_new) == ("booked", True)
    with pytest.raises(errors.Full):
        claim(slot, bob)
    assert list(selectors.mine(alice.pk).values_list("pk", flat=True)) == [got.booking_id]
    assert not selectors.mine(bob.pk).exists()


def test_one_place_a_person(make_slot: MakeSlot, claim: Claim, alice: Person) -> None:
    slot = make_slot(5)
    claim(slot, alice)
    with pytest.raises(errors.AlreadyBooked):
        claim(slot, alice)
    assert selectors.figures([slot.pk])[slot.pk].taken == 1


def test_the_same_request_sent_again_gives_the_same_answer(make_slot: MakeSlot, claim: Claim, alice: Person) -> None:
    slot, key = make_slot(5), new_id()
    first = claim(slot, alice, request_key=key)
    again = claim(slot, alice, request_key=key)
    assert (again.booking_id, again.state, again.is_new) == (first.booking_id, "booked", False)
    assert Booking.objects.count() == 1


def test_the_same_key_with_another_request_is_refused(make_slot: MakeSlot, claim: Claim, alice: Person) -> None:
    slot, other, key = make_slot(5), make_slot(5, week=2), new_id()
    claim(slot, alice, request_key=key, fingerprint="vegetarian")
    with pytest.raises(errors.KeyReused):
        claim(slot, alice, request_key=key, fingerprint="anything")
    with pytest.raises(errors.KeyReused):
        claim(other, alice, request_key=key, fingerprint="vegetarian")


def test_two_people_may_draw_the_same_key(make_slot: MakeSlot, claim: Claim, alice: Person, bob: Person) -> None:
    slot, key = make_slot(5), new_id()
    assert claim(slot, alice, request_key=key).booking_id != claim(slot, bob, request_key=key).booking_id


def test_not_before_it_opens_nor_after_it_closes(
    make_slot: MakeSlot, claim: Claim, alice: Person, now: datetime
) -> None:
    slot = make_slot(1)
    with pytest.raises(errors.NotOpenYet) as refusal:
        claim(slot, alice, now=slot.opens_at - timedelta(seconds=1))
    assert refusal.value.opens_at == slot.opens_at
    with pytest.raises(errors.Closed):
        claim(slot, alice, now=slot.closes_at)
    assert claim(slot, alice, now=slot.opens_at).state == "booked"


def test_what_was_called_off_cannot_be_booked(make_slot: MakeSlot, claim: Claim, alice: Person, now: datetime) -> None:
    slot = make_slot(1)
    services.call_off(slot_id=slot.pk, reason="typhoon", now=now)
    with pytest.raises(errors.CalledOff):
        claim(slot, alice)


def test_nobody_is_in_two_places_at_once(make_slot: MakeSlot, claim: Claim, alice: Person, bob: Person) -> None:
    evening, same_evening, next_week = make_slot(2), make_slot(2), make_slot(2, week=2)
    claim(evening, alice)
    with pytest.raises(errors.Overlapping) as refusal:
        claim(same_evening, alice)
    assert refusal.value.slot_id == evening.pk
    assert claim(next_week, alice).state == "booked"
    assert claim(same_evening, bob).state == "booked"


def test_what_takes_up_no_particular_time_overlaps_with_nothing(
    make_slot: MakeSlot, claim: Claim, alice: Person
) -> None:
    claim(make_slot(2), alice)
    assert claim(make_slot(2, overlaps_allowed=True), alice).state == "booked"


def test_one_ending_when_the_next_begins_is_no_overlap(
    make_slot: MakeSlot, claim: Claim, alice: Person, now: datetime
) -> None:
    first = make_slot(1)
    claim(first, alice)
    second = make_slot(1, starts_at=first.ends_at, ends_at=first.ends_at + HOUR)
    assert claim(second, alice).state == "booked"


def test_a_group_comes_together_or_not_at_all(
    make_slot: MakeSlot, claim: Claim, alice: Person, bob: Person, charlie: Person
) -> None:
    slot = make_slot(3, max_party=3)
    claim(slot, charlie)
    with pytest.raises(errors.Full):
        claim(slot, alice, companions=[bob.pk, None])
    assert selectors.figures([slot.pk])[slot.pk].taken == 1
    together = claim(slot, alice, companions=[None])
    assert {row.person_id for row in selectors.party_of(together.party)} == {alice.pk, None}
    assert selectors.figures([slot.pk])[slot.pk].free == 0


def test_a_group_with_somebody_who_has_a_place_is_refused(
    make_slot: MakeSlot, claim: Claim, alice: Person, bob: Person
) -> None:
    slot = make_slot(5, max_party=2)
    claim(slot, bob)
    with pytest.raises(errors.AlreadyBooked) as refusal:
        claim(slot, alice, companions=[bob.pk])
    with translation.override("en"):
        assert str(refusal.value.message) == "One of you is registered here already."
    assert not selectors.mine(alice.pk).exists()


def test_nobody_is_in_a_group_twice(make_slot: MakeSlot, claim: Claim, alice: Person, bob: Person) -> None:
    slot = make_slot(9, max_party=9)
    for companions in ([alice.pk], [bob.pk, None, bob.pk]):
        with pytest.raises(errors.AlreadyBooked):
            claim(slot, alice, companions=companions)
    assert claim(slot, alice, companions=[bob.pk, None, None]).state == "booked"


def test_a_group_may_not_be_too_large(make_slot: MakeSlot, claim: Claim, alice: Person, bob: Person) -> None:
    with pytest.raises(errors.PartyTooLarge) as refusal:
        claim(make_slot(5), alice, companions=[bob.pk])
    assert refusal.value.largest == 1


def test_a_slot_that_does_not_exist_is_not_found(claim: Claim, alice: Person, now: datetime) -> None:
    with pytest.raises(NotFound):
        services.claim(slot_id=new_id(), by=Claimant(alice.pk), request_key=new_id(), now=now)


def test_the_clock_of_the_database_decides_when_no_moment_is_given(
    make_slot: MakeSlot, claim: Claim, alice: Person
) -> None:
    """Servers whose clocks differ all ask one clock; what the process itself believes does not matter."""
    long_ago, far_ahead = datetime.fromisoformat("2001-01-01T00:00Z"), datetime.fromisoformat("2999-01-01T00:00Z")
    over = make_slot(1, opens_at=long_ago, closes_at=long_ago + DAY)
    to_come = make_slot(1, opens_at=far_ahead, closes_at=far_ahead + DAY)
    is_on = make_slot(1, opens_at=long_ago, closes_at=far_ahead, starts_at=far_ahead, ends_at=far_ahead + HOUR)
    with pytest.raises(errors.Closed):
        claim(over, alice, now=None)
    with pytest.raises(errors.NotOpenYet):
        claim(to_come, alice, now=None)
    assert claim(is_on, alice, now=None).state == "booked"


def test_a_place_costs_one_query_and_so_does_a_no(
    make_slot: MakeSlot, claim: Claim, alice: Person, bob: Person, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    """Inside a test's transaction each claim stands between a savepoint and its release."""
    slot, savepoint = make_slot(1), 2
    with django_assert_num_queries(1 + savepoint):
        claim(slot, alice)
    with django_assert_num_queries(1 + savepoint), pytest.raises(errors.Full):
        claim(slot, bob)


@pytest.mark.parametrize("size", [1, 3])
def test_a_group_costs_no_more_queries_than_one(
    size: int, make_slot: MakeSlot, claim: Claim, alice: Person, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    slot = make_slot(9, max_party=9)
    with django_assert_num_queries(3):
        claim(slot, alice, companions=[None] * (size - 1))
