"""The waiting list: a place that falls free goes to the next, at once, and nobody is overtaken."""

from collections.abc import Callable
from contextlib import nullcontext
from datetime import datetime, timedelta

import pytest
from django.db import DatabaseError

from niangjia.core.accounts.models import Person
from niangjia.engines.allocation import errors, selectors, services
from niangjia.engines.allocation.models import Booking, Slot
from niangjia.engines.allocation.services import promoting
from niangjia.engines.allocation.types import AddOn, Claimed, Event, Quota
from niangjia.kernel.errors import NotFound

pytestmark = pytest.mark.django_db
Claim = Callable[..., Claimed]
MakeSlot = Callable[..., Slot]
HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)


def state(claimed: Claimed) -> str:
    return Booking.objects.get(pk=claimed.booking_id).state


def test_the_next_in_line_gets_the_place_that_falls_free(
    make_slot: MakeSlot, claim: Claim, alice: Person, bob: Person, charlie: Person, now: datetime, told: list[Event]
) -> None:
    slot = make_slot(1)
    first = claim(slot, alice)
    second, third = claim(slot, bob, wait=True), claim(slot, charlie, wait=True, now=now + MINUTE)
    assert (second.state, third.state) == ("waiting", "waiting")
    assert selectors.place_in_line(Booking.objects.get(pk=third.booking_id)) == 2
    services.cancel(booking_id=first.booking_id, by_id=alice.pk, now=now)
    assert [state(one) for one in (first, second, third)] == ["cancelled", "booked", "waiting"]
    assert [(event.what, event.person_ids) for event in told] == [("booked", (bob.pk,))]


def test_an_offer_not_taken_up_goes_to_the_next(
    make_slot: MakeSlot, claim: Claim, alice: Person, bob: Person, charlie: Person, now: datetime, told: list[Event]
) -> None:
    slot = make_slot(1, offer_for=HOUR)
    first = claim(slot, alice)
    second, third = claim(slot, bob, wait=True), claim(slot, charlie, wait=True, now=now + MINUTE)
    services.cancel(booking_id=first.booking_id, by_id=alice.pk, now=now)
    assert state(second) == "offered"
    assert services.expire(now=now + HOUR - MINUTE) == 0
    assert services.expire(now=now + HOUR) == 1
    assert [state(one) for one in (second, third)] == ["lapsed", "offered"]
    with pytest.raises(errors.OfferOver):
        services.confirm(party=second.party, by_id=bob.pk, now=now + HOUR)
    services.confirm(party=third.party, by_id=charlie.pk, now=now + HOUR)
    assert state(third) == "booked"
    assert services.expire(now=now + 9 * HOUR) == 0
    assert [event.what for event in told] == ["offered", "lapsed", "offered", "booked"]


def test_only_who_was_offered_the_place_may_take_it_up(
    make_slot: MakeSlot, claim: Claim, alice: Person, bob: Person, now: datetime
) -> None:
    held = claim(make_slot(1), alice, hold_for=HOUR)
    with pytest.raises(NotFound):
        services.confirm(party=held.party, by_id=bob.pk, now=now)


def test_a_held_place_counts_until_it_lapses(
    make_slot: MakeSlot, claim: Claim, alice: Person, bob: Person, now: datetime
) -> None:
    slot = make_slot(1)
    held = claim(slot, alice, hold_for=HOUR)
    assert held.state == "held"
    with pytest.raises(errors.Full):
        claim(slot, bob)
    services.expire(now=now + HOUR)
    assert claim(slot, bob).state == "booked"
    assert state(held) == "lapsed"


def test_leaving_the_line_lets_the_others_move_up(
    make_slot: MakeSlot, claim: Claim, alice: Person, bob: Person, charlie: Person, now: datetime
) -> None:
    slot = make_slot(1)
    claim(slot, alice)
    second, third = claim(slot, bob, wait=True), claim(slot, charlie, wait=True, now=now + MINUTE)
    services.cancel(booking_id=second.booking_id, by_id=bob.pk, now=now)
    assert selectors.place_in_line(Booking.objects.get(pk=third.booking_id)) == 1


@pytest.mark.parametrize("wait", [True, False])
def test_nobody_overtakes_those_who_wait(
    wait: bool,
    make_slot: MakeSlot,
    claim: Claim,
    alice: Person,
    bob: Person,
    charlie: Person,
    now: datetime,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A place may lie free for a moment, when a promotion was put off; it belongs to the line all the same."""
    slot = make_slot(1)
    first = claim(slot, alice)
    second = claim(slot, bob, wait=True)
    with monkeypatch.context() as broken:
        broken.setattr(promoting, "_promote", lambda *_: (_ for _ in ()).throw(DatabaseError))
        services.cancel(booking_id=first.booking_id, by_id=alice.pk, now=now)
    assert state(second) == "waiting"
    assert selectors.figures([slot.pk])[slot.pk].free == 1
    with nullcontext() if wait else pytest.raises(errors.Full):
        assert claim(slot, charlie, wait=wait).state == "waiting"
    assert state(second) == "booked"


def test_a_promotion_that_was_put_off_is_made_up_for_within_the_minute(
    make_slot: MakeSlot, claim: Claim, alice: Person, bob: Person, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    slot = make_slot(1)
    first = claim(slot, alice)
    second = claim(slot, bob, wait=True)
    with monkeypatch.context() as broken:
        broken.setattr(promoting, "_promote", lambda *_: (_ for _ in ()).throw(DatabaseError))
        services.cancel(booking_id=first.booking_id, by_id=alice.pk, now=now)
    assert services.promote_due(now=now) == 1
    assert state(second) == "booked"
    assert services.promote_due(now=now) == 0


def test_a_group_keeps_its_turn_while_smaller_ones_are_served(
    make_slot: MakeSlot, claim: Claim, alice: Person, bob: Person, charlie: Person, now: datetime
) -> None:
    slot = make_slot(2, max_party=2)
    first = claim(slot, alice, companions=[None])
    pair = claim(slot, bob, companions=[None], wait=True)
    single = claim(slot, charlie, wait=True, now=now + MINUTE)
    guest = selectors.party_of(first.party).exclude(pk=first.booking_id).get()
    services.cancel(booking_id=guest.pk, by_id=alice.pk, now=now)
    assert (state(pair), state(single)) == ("waiting", "booked")
    services.cancel(booking_id=first.booking_id, by_id=alice.pk, now=now)
    services.cancel(booking_id=single.booking_id, by_id=charlie.pk, now=now)
    assert {row.state for row in selectors.party_of(pair.party)} == {"booked"}


@pytest.mark.parametrize("wait", [True, False])
def test_one_person_is_let_in_beside_a_group_that_does_not_fit(
    wait: bool, make_slot: MakeSlot, claim: Claim, alice: Person, bob: Person, charlie: Person
) -> None:
    slot = make_slot(2, max_party=2)
    claim(slot, alice)
    claim(slot, bob, companions=[None], wait=True)
    assert claim(slot, charlie, wait=wait).state == "booked"


def test_who_is_busy_elsewhere_by_now_keeps_the_turn_but_is_passed_over(
    make_slot: MakeSlot, claim: Claim, alice: Person, bob: Person, charlie: Person, now: datetime
) -> None:
    evening, other = make_slot(1), make_slot(1)
    first = claim(evening, alice)
    second, third = claim(evening, bob, wait=True), claim(evening, charlie, wait=True, now=now + MINUTE)
    claim(other, bob)
    services.cancel(booking_id=first.booking_id, by_id=alice.pk, now=now)
    assert (state(second), state(third)) == ("waiting", "booked")


def test_more_places_go_to_those_who_wait(
    make_slot: MakeSlot, claim: Claim, alice: Person, bob: Person, now: datetime
) -> None:
    slot = make_slot(1)
    claim(slot, alice)
    second = claim(slot, bob, wait=True)
    services.set_capacity(slot_id=slot.pk, capacity=2, now=now)
    assert state(second) == "booked"


def test_capacity_is_never_lowered_below_what_is_taken(
    make_slot: MakeSlot, claim: Claim, alice: Person, bob: Person, now: datetime
) -> None:
    slot = make_slot(3)
    claim(slot, alice)
    claim(slot, bob)
    with pytest.raises(errors.CapacityBelowBooked, match="2") as refusal:
        services.set_capacity(slot_id=slot.pk, capacity=1, now=now)
    assert refusal.value.booked == 2
    services.set_capacity(slot_id=slot.pk, capacity=2, now=now)


def test_nobody_is_promoted_once_it_has_begun(
    make_slot: MakeSlot, claim: Claim, alice: Person, bob: Person, now: datetime
) -> None:
    slot = make_slot(1)
    first, second = claim(slot, alice), claim(slot, bob, wait=True)
    services.cancel(booking_id=first.booking_id, by_id=None, now=slot.starts_at, late=True)
    assert state(second) == "waiting"


def test_priority_goes_first_in_line(
    make_slot: MakeSlot, claim: Claim, alice: Person, bob: Person, charlie: Person, now: datetime
) -> None:
    slot = make_slot(1)
    first = claim(slot, alice)
    second, courier = claim(slot, bob, wait=True), claim(slot, charlie, wait=True, priority=True, now=now + MINUTE)
    services.cancel(booking_id=first.booking_id, by_id=alice.pk, now=now)
    assert (state(second), state(courier)) == ("waiting", "booked")


def test_waiting_in_one_quota_does_not_block_another(
    make_slot: MakeSlot, claim: Claim, alice: Person, bob: Person, charlie: Person
) -> None:
    slot = make_slot(2, quotas=[Quota("trade:courier", 1)])
    claim(slot, alice)
    assert claim(slot, bob, wait=True).state == "waiting"
    assert claim(slot, charlie, "trade:courier").pool_key == "trade:courier"


def test_add_ons_have_places_and_a_line_of_their_own(
    make_slot: MakeSlot, claim: Claim, alice: Person, bob: Person, now: datetime, told: list[Event]
) -> None:
    slot = make_slot(5, addons=[AddOn("bus", 1)])
    first = claim(slot, alice, addons=["bus"])
    with pytest.raises(errors.AddOnFull):
        claim(slot, bob, addons=["bus"])
    assert not selectors.mine(bob.pk).exists()
    second = claim(slot, bob, addons=["bus"], wait=True, now=now + MINUTE)
    assert second.state == "booked"
    assert Booking.objects.get(pk=second.booking_id).extras.get().state == "waiting"
    services.drop_extra(booking_id=first.booking_id, by_id=alice.pk, key="bus", now=now + HOUR)
    assert Booking.objects.get(pk=second.booking_id).extras.get().state == "taken"
    assert [(event.what, event.person_ids) for event in told] == [("extra_taken", (bob.pk,))]
    services.drop_extra(booking_id=second.booking_id, by_id=bob.pk, key="bus", now=now + HOUR)
    assert selectors.pools_of(slot.pk, addons=True).get().taken == 0


def test_the_line_for_an_add_on_can_be_left(
    make_slot: MakeSlot, claim: Claim, alice: Person, bob: Person, charlie: Person, now: datetime
) -> None:
    slot = make_slot(5, addons=[AddOn("bus", 1)])
    first, second, third = (claim(slot, one, addons=["bus"], wait=True) for one in (alice, bob, charlie))
    services.drop_extra(booking_id=second.booking_id, by_id=bob.pk, key="bus", now=now)
    services.cancel(booking_id=first.booking_id, by_id=alice.pk, now=now + MINUTE)
    assert Booking.objects.get(pk=third.booking_id).extras.get().state == "taken"


def test_an_add_on_goes_with_the_place(
    make_slot: MakeSlot, claim: Claim, alice: Person, bob: Person, now: datetime
) -> None:
    slot = make_slot(5, addons=[AddOn("bus", 1)])
    first = claim(slot, alice, addons=["bus"])
    second = claim(slot, bob, now=now)
    with pytest.raises(errors.AddOnFull):
        services.add_extra(booking_id=second.booking_id, by_id=bob.pk, key="bus", now=now)
    services.cancel(booking_id=first.booking_id, by_id=alice.pk, now=now)
    services.add_extra(booking_id=second.booking_id, by_id=bob.pk, key="bus", now=now)
    with pytest.raises(errors.AlreadyBooked):
        services.add_extra(booking_id=second.booking_id, by_id=bob.pk, key="bus", now=now)
    with pytest.raises(NotFound):
        services.add_extra(booking_id=second.booking_id, by_id=bob.pk, key="balloon", now=now)


def test_a_seat_on_the_bus_for_each_of_the_party_and_never_one_too_many(
    make_slot: MakeSlot, claim: Claim, alice: Person, bob: Person
) -> None:
    slot = make_slot(9, max_party=3, addons=[AddOn("bus", 4), AddOn("photo", 1)])
    claim(slot, alice, companions=[None, None], addons=["bus", "photo"], for_all=["bus"])
    assert [pool.taken for pool in selectors.pools_of(slot.pk, addons=True)] == [3, 1]
    with pytest.raises(errors.AddOnFull):
        claim(slot, bob, companions=[None], addons=["bus"], for_all=["bus"])
    assert not selectors.mine(bob.pk).exists()
    claim(slot, bob, companions=[None], addons=["bus"], for_all=["bus"], wait_for_addons=True)
    assert [pool.taken for pool in selectors.pools_of(slot.pk, addons=True)] == [4, 1]


def test_who_waits_for_the_bus_does_not_thereby_wait_for_a_place(
    make_slot: MakeSlot, claim: Claim, alice: Person, bob: Person
) -> None:
    slot = make_slot(1, addons=[AddOn("bus", 4)])
    claim(slot, alice)
    with pytest.raises(errors.Full):
        claim(slot, bob, addons=["bus"], wait_for_addons=True)
