"""Places shared out among organisations and trades, reserved for priority groups, and flowing back when unused."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from niangjia.core.accounts.models import Person
from niangjia.engines.allocation import errors, selectors, services
from niangjia.engines.allocation.models import Booking, Slot
from niangjia.engines.allocation.types import PRIORITY, Claimed, Quota
from niangjia.kernel.errors import Invalid

pytestmark = pytest.mark.django_db
Claim = Callable[..., Claimed]
MakeSlot = Callable[..., Slot]
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def test_a_quota_is_only_for_those_who_hold_its_key(
    make_slot: MakeSlot, claim: Claim, alice: Person, bob: Person
) -> None:
    slot = make_slot(1, quotas=[Quota("org:tea", 1)])
    with pytest.raises(errors.NotEntitled) as refusal:
        claim(slot, alice)
    assert refusal.value.open_to_all_at is None
    assert claim(slot, bob, "org:tea", "trade:courier").pool_key == "org:tea"


def test_own_quotas_go_before_the_common_places(make_slot: MakeSlot, claim: Claim, alice: Person, bob: Person) -> None:
    slot = make_slot(2, quotas=[Quota("org:tea", 1)])
    assert claim(slot, alice, "org:tea").pool_key == "org:tea"
    assert claim(slot, bob, "org:tea").pool_key == ""


def test_unused_places_flow_back_once_when_their_time_comes(
    make_slot: MakeSlot, claim: Claim, alice: Person, bob: Person, charlie: Person, now: datetime
) -> None:
    slot = make_slot(3, quotas=[Quota("org:tea", 3, flows_back_at=now + HOUR)])
    claim(slot, alice, "org:tea")
    with pytest.raises(errors.NotEntitled) as refusal:
        claim(slot, bob)
    assert refusal.value.open_to_all_at == now + HOUR
    assert services.flow_back(now=now + HOUR - timedelta(seconds=1)) == 0
    assert services.flow_back(now=now + HOUR) == 2
    assert services.flow_back(now=now + HOUR) == 0
    assert claim(slot, bob).pool_key == ""
    assert selectors.figures([slot.pk])[slot.pk].capacity == 3


def test_what_flows_back_goes_to_those_who_wait(
    make_slot: MakeSlot, claim: Claim, alice: Person, bob: Person, now: datetime
) -> None:
    slot = make_slot(2, quotas=[Quota("org:tea", 1, flows_back_at=now + HOUR)])
    claim(slot, alice)
    waiting = claim(slot, bob, wait=True)
    services.flow_back(now=now + HOUR)
    assert Booking.objects.get(pk=waiting.booking_id).state == "booked"


def test_a_quota_place_given_back_after_the_flow_is_common(
    make_slot: MakeSlot, claim: Claim, alice: Person, bob: Person, now: datetime
) -> None:
    slot = make_slot(1, quotas=[Quota("org:tea", 1, flows_back_at=now + HOUR)])
    got = claim(slot, alice, "org:tea")
    services.flow_back(now=now + HOUR)
    services.cancel(booking_id=got.booking_id, by_id=alice.pk, now=now + HOUR)
    assert claim(slot, bob).pool_key == ""


def test_priority_people_have_their_places_and_begin_earlier(
    make_slot: MakeSlot, claim: Claim, alice: Person, bob: Person, now: datetime
) -> None:
    slot = make_slot(2, quotas=[Quota(PRIORITY, 1)], opens_at=now + HOUR, head_start=HOUR)
    assert claim(slot, alice, priority=True).pool_key == PRIORITY
    with pytest.raises(errors.NotOpenYet):
        claim(slot, bob)
    assert claim(slot, bob, now=now + HOUR).pool_key == ""


def test_quotas_cannot_be_larger_than_the_whole(make_slot: MakeSlot, now: datetime) -> None:
    with pytest.raises(Invalid) as refusal:
        make_slot(2, quotas=[Quota("org:tea", 3)], ends_at=now)
    assert set(refusal.value.fields) == {"capacity", "ends_at"}


def test_the_capacity_of_one_quota_can_change(
    make_slot: MakeSlot, claim: Claim, alice: Person, bob: Person, now: datetime
) -> None:
    slot = make_slot(1, quotas=[Quota("org:tea", 1)])
    claim(slot, alice, "org:tea")
    with pytest.raises(errors.CapacityBelowBooked):
        services.set_capacity(slot_id=slot.pk, key="org:tea", capacity=0, now=now)
    services.set_capacity(slot_id=slot.pk, key="org:tea", capacity=2, now=now)
    assert claim(slot, bob, "org:tea").pool_key == "org:tea"
