"""Rivals at the same row: first the race with the guard off, then that the guard holds."""

import random
import threading
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from functools import partial
from typing import Any
from uuid import UUID

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models import Q

from niangjia.core.accounts.models import Person
from niangjia.engines.allocation import errors, locks, selectors, services, statements
from niangjia.engines.allocation.models import Booking, Pool, Slot
from niangjia.engines.allocation.services import aside
from niangjia.engines.allocation.tests.storm import at_once, wait_until_blocked
from niangjia.engines.allocation.types import Claimant, Claimed, Quota
from niangjia.kernel.errors import DomainError
from niangjia.kernel.ids import new_id

pytestmark = pytest.mark.django_db(transaction=True)
Claim = Callable[..., Claimed]
MakeSlot = Callable[..., Slot]
GUARD = "AND p.taken + cardinality(%(people)s::uuid[]) <= p.capacity"
CHECK = "ALTER TABLE allocation_pool {} CONSTRAINT allocation_never_oversold"


def meet(slot: Slot, claim: Claim, people: list[Person]) -> list[Claimed | Exception]:
    """All have read the counter, and wait for its row, before the first of them may write."""
    answers: list[Claimed | Exception] = []
    calls = [partial(claim, slot, one) for one in people]
    rivals = threading.Thread(target=lambda: answers.extend(at_once(calls)))
    with transaction.atomic():
        locks.pools(slot.pk)
        rivals.start()
        wait_until_blocked(len(people))
    rivals.join()
    return answers


@pytest.fixture
def unguarded(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Neither the statement nor the database looks at the capacity when the counter goes up."""
    assert GUARD in statements._CLAIM
    monkeypatch.setattr(statements, "_CLAIM", statements._CLAIM.replace(GUARD, ""))
    with connection.cursor() as cursor:
        cursor.execute(CHECK.format("DROP"))
        yield
        cursor.execute("UPDATE allocation_pool SET capacity = taken WHERE capacity < taken")
        cursor.execute(CHECK.format("ADD") + " CHECK (taken <= capacity)")


def test_without_the_guard_one_place_is_sold_twice(
    make_slot: MakeSlot, claim: Claim, alice: Person, bob: Person, unguarded: None
) -> None:
    slot = make_slot(1)
    answers = meet(slot, claim, [alice, bob])
    assert [isinstance(answer, Claimed) for answer in answers] == [True, True]
    assert Pool.objects.get(slot=slot).taken == 2


def test_with_the_guard_one_has_the_place_and_the_other_is_told(
    make_slot: MakeSlot, claim: Claim, alice: Person, bob: Person
) -> None:
    slot = make_slot(1)
    answers = meet(slot, claim, [alice, bob])
    assert sorted(type(answer).__name__ for answer in answers) == ["Claimed", "Full"]
    assert Pool.objects.get(slot=slot).taken == 1


def meet_staff(slot: Slot, claim: Claim, who: Person, now: datetime) -> list[Any]:
    """A member books at the moment in which staff put two places aside."""
    answers: list[Any] = []
    calls: list[Callable[[], Any]] = [
        partial(claim, slot, who),
        partial(services.set_aside, slot_id=slot.pk, count=2, now=now),
    ]
    rivals = threading.Thread(target=lambda: answers.extend(at_once(calls)))
    with transaction.atomic():
        locks.pools(slot.pk)
        rivals.start()
        wait_until_blocked(2)
    rivals.join()
    return answers


def test_without_the_guard_what_is_put_aside_is_sold_too(
    make_slot: MakeSlot,
    claim: Claim,
    alice: Person,
    now: datetime,
    unguarded: None,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(aside, "_room_for", lambda _count: Q())
    slot = make_slot(2)
    assert not [one for one in meet_staff(slot, claim, alice, now) if isinstance(one, Exception)]
    assert Pool.objects.get(slot=slot).taken == 3


def test_what_is_put_aside_is_not_sold(make_slot: MakeSlot, claim: Claim, alice: Person, now: datetime) -> None:
    slot = make_slot(2)
    refused = [one for one in meet_staff(slot, claim, alice, now) if isinstance(one, Exception)]
    assert [type(one) for one in refused] == [errors.Full]
    assert Pool.objects.get(slot=slot).taken in (1, 2)


def test_the_database_itself_refuses_to_put_aside_what_is_sold(
    make_slot: MakeSlot, claim: Claim, alice: Person, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(aside, "_room_for", lambda _count: Q())
    slot = make_slot(2)
    claim(slot, alice)
    with pytest.raises(IntegrityError, match="allocation_never_oversold"):
        services.set_aside(slot_id=slot.pk, count=2, now=now)


def test_who_lost_a_race_in_the_own_quota_gets_a_common_place(
    make_slot: MakeSlot, claim: Claim, alice: Person, bob: Person
) -> None:
    slot = make_slot(2, quotas=[Quota("org:tea", 1)])
    answers = meet(slot, lambda where, who: claim(where, who, "org:tea"), [alice, bob])
    assert sorted(answer.pool_key for answer in answers if isinstance(answer, Claimed)) == ["", "org:tea"]  # type: ignore[type-var]  # both have a pool


def test_a_double_tap_is_one_place(make_slot: MakeSlot, claim: Claim, alice: Person) -> None:
    slot = make_slot(5)
    answers = meet(slot, claim, [alice, alice])
    assert sorted(type(answer).__name__ for answer in answers) == ["AlreadyBooked", "Claimed"]
    assert Pool.objects.get(slot=slot).taken == 1


def test_the_same_request_many_times_at_once_is_one_place_and_one_answer(
    make_slot: MakeSlot, claim: Claim, alice: Person
) -> None:
    slot, key = make_slot(5), new_id()
    answers = at_once([lambda: claim(slot, alice, request_key=key)] * 10)
    assert len({answer.booking_id for answer in answers if isinstance(answer, Claimed)}) == 1
    assert [type(answer) for answer in answers] == [Claimed] * 10
    assert sum(answer.is_new for answer in answers if isinstance(answer, Claimed)) == 1


@pytest.mark.parametrize("way", ["lottery", "approval"])
def test_a_double_tap_enters_once(way: str, make_slot: MakeSlot, claim: Claim, alice: Person) -> None:
    slot, key = make_slot(5, way=way), new_id()
    answers = at_once([lambda: claim(slot, alice, request_key=key)] * 6)
    assert [type(answer) for answer in answers] == [Claimed] * 6
    assert Booking.objects.count() == 1


def test_two_places_at_the_same_time_are_never_had_even_when_asked_for_at_once(
    make_slot: MakeSlot, claim: Claim, alice: Person
) -> None:
    one, other = make_slot(1), make_slot(1)
    for _round in range(10):
        answers = at_once([partial(claim, slot, alice) for slot in (one, other)])
        assert sorted(type(answer).__name__ for answer in answers) == ["Claimed", "Overlapping"]
        booking = selectors.mine(alice.pk).get()
        services.cancel(booking_id=booking.pk, by_id=alice.pk, now=booking.asked_at)


def test_who_asked_before_it_moved_is_booked_for_the_new_time(
    make_slot: MakeSlot, claim: Claim, alice: Person, now: datetime
) -> None:
    """The claim has read the old time and waits; it starts over when the rules have changed."""
    slot, later = make_slot(1), make_slot(1, week=3)
    answers: list[Claimed | Exception] = []
    rival = threading.Thread(target=lambda: answers.extend(at_once([lambda: claim(slot, alice)])))
    with transaction.atomic():
        locks.pools(slot.pk)
        rival.start()
        wait_until_blocked(1)
        services.move_slot(slot_id=slot.pk, starts_at=later.starts_at, ends_at=later.ends_at, now=now)
    rival.join()
    assert selectors.mine(alice.pk).get().during.lower == later.starts_at


def test_who_asked_before_it_was_called_off_has_no_place(
    make_slot: MakeSlot, claim: Claim, alice: Person, now: datetime
) -> None:
    slot = make_slot(1)
    answers: list[Claimed | Exception] = []
    rival = threading.Thread(target=lambda: answers.extend(at_once([lambda: claim(slot, alice)])))
    with transaction.atomic():
        locks.pools(slot.pk)
        rival.start()
        wait_until_blocked(1)
        services.call_off(slot_id=slot.pk, reason="typhoon", now=now)
    rival.join()
    assert [type(answer) for answer in answers] == [errors.CalledOff]


def test_nobody_slips_into_a_lottery_while_it_is_drawn(
    make_slot: MakeSlot, claim: Claim, alice: Person, bob: Person
) -> None:
    slot = make_slot(1, way="lottery")
    claim(slot, bob)
    answers: list[Claimed | Exception] = []
    rival = threading.Thread(target=lambda: answers.extend(at_once([lambda: claim(slot, alice)])))
    with transaction.atomic():
        locks.slot(slot.pk)
        rival.start()
        wait_until_blocked(1)
        services.draw(slot_id=slot.pk, now=slot.closes_at)
    rival.join()
    assert [type(answer) for answer in answers] == [errors.Closed]
    assert not Booking.objects.filter(state="entered").exists()


def pass_on_to_both(booking_id: UUID, owner: Person, receivers: list[Person], now: datetime) -> list[Any]:
    """Both have opened the link, and wait for the booking's row, before the first of them may write."""
    answers: list[Any] = []
    calls = [
        partial(services.transfer, booking_id=booking_id, by_id=owner.pk, to=Claimant(one.pk), now=now)
        for one in receivers
    ]
    rivals = threading.Thread(target=lambda: answers.extend(at_once(calls)))
    with transaction.atomic():
        Booking.objects.select_for_update().get(pk=booking_id)
        rivals.start()
        wait_until_blocked(len(receivers))
    rivals.join()
    return answers


def test_without_the_guard_a_place_is_passed_on_to_two(
    make_slot: MakeSlot,
    claim: Claim,
    alice: Person,
    bob: Person,
    charlie: Person,
    now: datetime,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    slot = make_slot(1)
    got = claim(slot, alice)
    monkeypatch.setattr(locks, "pools", lambda _slot: [])
    monkeypatch.setattr(locks, "bookings", lambda ids: list(Booking.objects.filter(pk__in=set(ids))))
    answers = pass_on_to_both(got.booking_id, alice, [bob, charlie], now)
    assert [type(answer) for answer in answers] == [Booking, Booking]
    assert Pool.objects.get(slot=slot).taken == 1
    Booking.objects.filter(pk=answers[0].pk).update(state="cancelled", pool=None)  # the counters are sound again


def test_of_two_receivers_one_has_the_place(
    make_slot: MakeSlot, claim: Claim, alice: Person, bob: Person, charlie: Person, now: datetime
) -> None:
    slot = make_slot(1)
    got = claim(slot, alice)
    answers = pass_on_to_both(got.booking_id, alice, [bob, charlie], now)
    assert sorted(type(answer).__name__ for answer in answers) == ["Booking", "NotFound"]
    assert Booking.objects.filter(slot=slot, state="booked").count() == 1


def test_who_is_let_in_at_this_moment_cannot_pass_the_place_on(
    make_slot: MakeSlot, claim: Claim, alice: Person, bob: Person, now: datetime
) -> None:
    slot = make_slot(1)
    got = claim(slot, alice)
    answers: list[Any] = []
    call = partial(services.transfer, booking_id=got.booking_id, by_id=alice.pk, to=Claimant(bob.pk), now=now)
    rival = threading.Thread(target=lambda: answers.extend(at_once([call])))
    with transaction.atomic():
        locks.bookings([got.booking_id])
        rival.start()
        wait_until_blocked(1)
        Booking.objects.filter(pk=got.booking_id).update(arrived_at=now)
    rival.join()
    assert [type(answer) for answer in answers] == [errors.TooLate]


def test_in_a_storm_of_claims_cancels_and_lapses_every_place_is_accounted_for(
    make_slot: MakeSlot, claim: Claim, make_person: Callable[..., Person], now: datetime
) -> None:
    slots = [
        make_slot(3, max_party=2, offer_for=timedelta(hours=1)),
        make_slot(4, week=2, quotas=[Quota("org:tea", 2, flows_back_at=now)]),
    ]
    people = [make_person(60 + number) for number in range(8)]
    answers = at_once([partial(storm, claim, slots, one, at, now) for at, one in enumerate(people)])
    assert [error for error in answers if isinstance(error, Exception)] == []
    services.expire(now=now + timedelta(hours=2))
    services.promote_due(now=now)
    for slot in slots:
        free = selectors.figures([slot.pk])[slot.pk].free
        lined_up = Booking.objects.filter(slot=slot, state="waiting").values_list("party", flat=True)
        sizes = [list(lined_up).count(party) for party in lined_up]
        assert not [size for size in sizes if size <= free]


def storm(claim: Claim, slots: list[Slot], person: Person, seed: int, now: datetime) -> int:
    """One person's restless fingers; only clear answers may come back."""
    rng, done = random.Random(seed), 0
    for _turn in range(25):
        slot = rng.choice(slots)
        keys: list[Any] = ["org:tea"] if seed % 2 else []
        try:
            if rng.random() < 0.5:
                claim(slot, person, *keys, wait=True, companions=[None] * rng.randrange(slot.max_party))
            elif rng.random() < 0.8:
                booking = selectors.mine(person.pk).order_by("pk").first()
                if booking is not None:
                    services.cancel(booking_id=booking.pk, by_id=person.pk, now=now)
            else:
                services.flow_back(now=now)
                services.promote_due(now=now)
            done += 1
        except DomainError:
            continue
    return done
