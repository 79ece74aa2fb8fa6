"""Giving back, passing on, moving, calling off: nobody's place is lost, and everybody concerned hears of it."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from niangjia.core.accounts.models import Person
from niangjia.engines.allocation import errors, selectors, services
from niangjia.engines.allocation.models import Booking, Slot
from niangjia.engines.allocation.types import Claimant, Claimed, Event, Quota
from niangjia.kernel.errors import NotFound

pytestmark = pytest.mark.django_db
Claim = Callable[..., Claimed]
MakeSlot = Callable[..., Slot]
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def test_only_the_owner_or_who_registered_them_gives_a_place_back(
    make_slot: MakeSlot, claim: Claim, alice: Person, bob: Person, charlie: Person, now: datetime
) -> None:
    slot = make_slot(2, max_party=2)
    got = claim(slot, alice, companions=[bob.pk])
    bobs = selectors.mine(bob.pk).get()
    with pytest.raises(NotFound):
        services.cancel(booking_id=bobs.pk, by_id=charlie.pk, now=now)
    services.cancel(booking_id=bobs.pk, by_id=bob.pk, now=now)
    services.cancel(booking_id=got.booking_id, by_id=alice.pk, now=now)
    with pytest.raises(NotFound):
        services.cancel(booking_id=got.booking_id, by_id=alice.pk, now=now)
    assert selectors.figures([slot.pk])[slot.pk].free == 2


def test_a_whole_party_gives_back_at_once(
    make_slot: MakeSlot, claim: Claim, alice: Person, bob: Person, now: datetime
) -> None:
    slot = make_slot(3, max_party=3)
    got = claim(slot, alice, companions=[bob.pk, None])
    with pytest.raises(NotFound):
        services.cancel_party(party=got.party, by_id=bob.pk, now=now)
    services.cancel_party(party=got.party, by_id=alice.pk, now=now)
    assert selectors.figures([slot.pk])[slot.pk].free == 3


def test_after_the_deadline_only_staff_gives_a_place_back(
    make_slot: MakeSlot, claim: Claim, alice: Person, now: datetime
) -> None:
    got = claim(make_slot(1, cancel_until=now + HOUR), alice)
    with pytest.raises(errors.TooLate):
        services.cancel(booking_id=got.booking_id, by_id=alice.pk, now=now + HOUR)
    services.cancel(booking_id=got.booking_id, by_id=None, now=now + HOUR, late=True)


def test_the_line_may_be_left_at_any_time(
    make_slot: MakeSlot, claim: Claim, alice: Person, bob: Person, now: datetime
) -> None:
    slot = make_slot(1, cancel_until=now + HOUR)
    claim(slot, alice)
    waiting = claim(slot, bob, wait=True)
    services.cancel(booking_id=waiting.booking_id, by_id=bob.pk, now=now + DAY)


def test_after_giving_back_one_may_register_again(
    make_slot: MakeSlot, claim: Claim, alice: Person, now: datetime
) -> None:
    slot = make_slot(1)
    services.cancel(booking_id=claim(slot, alice).booking_id, by_id=alice.pk, now=now)
    assert claim(slot, alice).is_new


def test_a_place_is_passed_on_with_a_ticket_of_its_own(
    make_slot: MakeSlot, claim: Claim, alice: Person, bob: Person, now: datetime
) -> None:
    slot = make_slot(1)
    got = claim(slot, alice)
    old = Booking.objects.select_related("slot").get(pk=got.booking_id)
    heir = services.transfer(booking_id=got.booking_id, by_id=alice.pk, to=Claimant(bob.pk), now=now)
    assert (heir.person_id, heir.state) == (bob.pk, "booked")
    assert selectors.ticket_code(heir, now) != selectors.ticket_code(old, now)
    assert not selectors.mine(alice.pk).exists()


def test_a_place_is_not_passed_on_to_somebody_who_may_not_have_it(
    make_slot: MakeSlot, claim: Claim, alice: Person, bob: Person, charlie: Person, now: datetime
) -> None:
    slot, same_evening = make_slot(3, quotas=[Quota("trade:courier", 1)], transfer_until=now + HOUR), make_slot(1)
    quota, common = claim(slot, alice, "trade:courier"), claim(slot, bob)
    claim(same_evening, charlie)
    for booking, owner, to, refusal in (
        (quota, alice, Claimant(charlie.pk), errors.NotEntitled),
        (quota, alice, Claimant(bob.pk, keys=("trade:courier",)), errors.AlreadyBooked),
        (common, bob, Claimant(charlie.pk), errors.Overlapping),
    ):
        with pytest.raises(refusal):
            services.transfer(booking_id=booking.booking_id, by_id=owner.pk, to=to, now=now)
    with pytest.raises(errors.TooLate):
        services.transfer(booking_id=common.booking_id, by_id=bob.pk, to=Claimant(charlie.pk), now=now + HOUR)
    assert selectors.mine(alice.pk).get().state == "booked"


def test_who_waits_may_be_given_a_place_by_a_friend(
    make_slot: MakeSlot, claim: Claim, alice: Person, bob: Person, now: datetime
) -> None:
    slot = make_slot(1)
    got = claim(slot, alice)
    claim(slot, bob, wait=True)
    services.transfer(booking_id=got.booking_id, by_id=alice.pk, to=Claimant(bob.pk), now=now)
    assert [row.state for row in selectors.mine(bob.pk)] == ["booked"]


def test_nameless_guests_go_along_with_the_one_they_came_with(
    make_slot: MakeSlot, claim: Claim, alice: Person, bob: Person, charlie: Person, now: datetime
) -> None:
    slot = make_slot(3, max_party=3)
    got = claim(slot, alice, companions=[charlie.pk, None])
    services.transfer(booking_id=got.booking_id, by_id=alice.pk, to=Claimant(bob.pk), now=now)
    rows = Booking.objects.filter(slot=slot, state="booked").values_list("person", "booked_by")
    assert set(rows) == {(bob.pk, bob.pk), (charlie.pk, alice.pk), (None, bob.pk)}


def test_a_guest_gets_a_name_and_a_ticket_of_their_own(
    make_slot: MakeSlot, claim: Claim, alice: Person, bob: Person, now: datetime
) -> None:
    slot = make_slot(2, max_party=2)
    claim(slot, alice, companions=[None])
    guest = Booking.objects.get(slot=slot, person=None)
    heir = services.transfer(booking_id=guest.pk, by_id=alice.pk, to=Claimant(bob.pk), now=now)
    assert (heir.person_id, heir.booked_by_id) == (bob.pk, bob.pk)
    assert selectors.mine(alice.pk).get().state == "booked"


def test_who_takes_a_place_leaves_the_line_with_their_guests(
    make_slot: MakeSlot, claim: Claim, alice: Person, bob: Person, charlie: Person, now: datetime
) -> None:
    slot = make_slot(1, max_party=2)
    got = claim(slot, alice)
    claim(slot, bob, companions=[None], wait=True)
    claim(slot, charlie, wait=True)
    services.transfer(booking_id=got.booking_id, by_id=alice.pk, to=Claimant(bob.pk), now=now)
    assert [row.person_id for row in Booking.objects.filter(slot=slot, state="waiting")] == [charlie.pk]


def test_when_it_moves_everybody_keeps_their_place_and_clashes_are_named(
    make_slot: MakeSlot, claim: Claim, alice: Person, bob: Person, now: datetime, told: list[Event]
) -> None:
    evening, later = make_slot(2), make_slot(2, week=2)
    busy, free = claim(evening, alice), claim(evening, bob)
    claim(later, alice)
    clashes = services.move_slot(slot_id=evening.pk, starts_at=later.starts_at, ends_at=later.ends_at, now=now)
    assert clashes == (busy.booking_id,)
    assert [event.what for event in told] == ["moved"]
    assert {row.state for row in selectors.of_slot(evening.pk)} == {"booked"}
    third = make_slot(2, week=2)
    with pytest.raises(errors.Overlapping):
        claim(third, bob)
    assert selectors.mine(bob.pk).get().pk == free.booking_id


def test_when_it_is_called_off_everybody_is_told_once_and_is_free_elsewhere(
    make_slot: MakeSlot, claim: Claim, alice: Person, bob: Person, now: datetime, told: list[Event]
) -> None:
    slot = make_slot(1)
    claim(slot, alice)
    claim(slot, bob, wait=True)
    assert services.call_off(slot_id=slot.pk, reason="typhoon", now=now) == 2
    assert services.call_off(slot_id=slot.pk, reason="typhoon", now=now) == 0
    assert [(event.what, set(event.person_ids)) for event in told] == [("called_off", {alice.pk, bob.pk})]
    assert claim(make_slot(1), alice).state == "booked"


def test_who_leaves_for_good_leaves_places_free_and_no_name_behind(
    make_slot: MakeSlot, claim: Claim, alice: Person, bob: Person, charlie: Person, now: datetime
) -> None:
    slot = make_slot(3, max_party=3)
    claim(slot, alice, companions=[bob.pk, None])
    waiting = claim(slot, charlie, wait=True)
    services.forget_person(person_id=alice.pk, now=now)
    assert not Booking.objects.filter(person=alice.pk).exists()
    assert not Booking.objects.filter(booked_by=alice.pk).exists()
    assert selectors.mine(bob.pk).get().state == "booked"
    assert Booking.objects.get(pk=waiting.booking_id).state == "booked"


def test_approval_gives_a_place_or_a_turn_in_line(
    make_slot: MakeSlot, claim: Claim, alice: Person, bob: Person, charlie: Person, now: datetime, told: list[Event]
) -> None:
    slot = make_slot(1, way="approval")
    asked = [claim(slot, person) for person in (alice, bob, charlie)]
    assert {one.state for one in asked} == {"asked"}
    assert services.approve(party=asked[0].party, now=now) == "booked"
    assert services.approve(party=asked[1].party, now=now) == "waiting"
    services.refuse(party=asked[2].party, reason="not of this trade", now=now)
    assert Booking.objects.get(pk=asked[2].booking_id).reason == "not of this trade"
    with pytest.raises(NotFound):
        services.approve(party=asked[2].party, now=now)
    assert [event.what for event in told] == ["booked", "refused"]
