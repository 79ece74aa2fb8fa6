"""Who did not come: counted with care, a gentle consequence, and a way back."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from niangjia.core.accounts.models import Person
from niangjia.engines.allocation import errors, selectors, services
from niangjia.engines.allocation.models import Booking, CheckInList, Slot
from niangjia.engines.allocation.types import Claimed, Event, ScanIn
from niangjia.kernel.errors import NotFound
from niangjia.kernel.ids import new_id

pytestmark = pytest.mark.django_db
Claim = Callable[..., Claimed]
MakeSlot = Callable[..., Slot]
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def come(slot: Slot, claimed: Claimed, by: Person, at: datetime | None = None) -> None:
    door = CheckInList.objects.get(slot=slot, is_entrance=True)
    one = ScanIn(new_id(), slot.starts_at, booking_id=claimed.booking_id)
    services.check_in(list_id=door.pk, scans=[one], by_id=by.pk, now=at or slot.starts_at)


@pytest.fixture
def miss(make_slot: MakeSlot, claim: Claim, bob: Person) -> Callable[[Person, int], tuple[Slot, Claimed]]:
    """`miss(alice, 2)`: in week 2 Alice has a place and does not come; Bob does."""

    def one(person: Person, week: int) -> tuple[Slot, Claimed]:
        slot = make_slot(2, week=week)
        missed, attended = claim(slot, person), claim(slot, bob)
        come(slot, attended, bob)
        services.count_absent(slot_id=slot.pk, now=slot.ends_at)
        return slot, missed

    return one


Miss = Callable[[Person, int], tuple[Slot, Claimed]]


def test_absences_are_counted_once_after_the_end(
    make_slot: MakeSlot, claim: Claim, alice: Person, bob: Person, told: list[Event]
) -> None:
    slot = make_slot(2)
    claim(slot, alice)
    come(slot, claim(slot, bob), bob)
    assert services.count_absent(slot_id=slot.pk, now=slot.starts_at) == 0
    assert services.count_absent(slot_id=slot.pk, now=slot.ends_at) == 1
    assert services.count_absent(slot_id=slot.pk, now=slot.ends_at) == 0
    assert [(event.what, event.person_ids) for event in told] == [("absent", (alice.pk,))]
    assert selectors.figures([slot.pk])[slot.pk].absent == 1


def test_where_nobody_was_scanned_nobody_was_absent(make_slot: MakeSlot, claim: Claim, alice: Person) -> None:
    slot = make_slot(1)
    claim(slot, alice)
    assert services.count_due(now=slot.ends_at + 2 * DAY) == 0
    assert not Booking.objects.filter(absent_at__isnull=False).exists()


def test_one_absence_has_no_consequence(alice: Person, miss: Miss) -> None:
    slot, _ = miss(alice, 1)
    assert selectors.consequences_of(alice.pk, slot.ends_at) == []


def test_after_two_absences_others_go_first_for_a_while_and_never_longer(
    alice: Person, miss: Miss, make_slot: MakeSlot, claim: Claim, told: list[Event]
) -> None:
    miss(alice, 1)
    slot, _ = miss(alice, 2)
    at = slot.ends_at
    (standing,) = selectors.consequences_of(alice.pk, at)
    assert standing.until == at + 30 * DAY
    assert (len(standing.causes), "2" in standing.reason, bool(str(standing.remedy))) == (2, True, True)
    assert told[-1].what == "consequence"
    assert told[-1].detail == {"consequence": str(standing.id)}
    later = make_slot(1, week=9, opens_at=at, closes_at=at + 60 * DAY, delay=HOUR)
    with pytest.raises(errors.NotOpenYet):
        claim(later, alice, now=at)
    assert claim(later, alice, now=at + HOUR).tier == 2
    assert claim(make_slot(1, week=8, closes_at=at + 60 * DAY), alice, now=at + 30 * DAY).tier == 1


def test_an_absence_leads_to_a_consequence_only_once(alice: Person, miss: Miss) -> None:
    miss(alice, 1)
    miss(alice, 2)
    slot, _ = miss(alice, 8)
    assert selectors.consequences_of(alice.pk, slot.ends_at) == []


def test_old_absences_are_forgotten(alice: Person, miss: Miss) -> None:
    miss(alice, 1)
    slot, _ = miss(alice, 15)
    assert selectors.consequences_of(alice.pk, slot.ends_at) == []


def test_a_good_reason_takes_the_consequence_back(alice: Person, miss: Miss) -> None:
    miss(alice, 1)
    slot, missed = miss(alice, 2)
    services.excuse(booking_id=missed.booking_id, reason="in hospital", now=slot.ends_at)
    assert selectors.consequences_of(alice.pk, slot.ends_at) == []
    assert Booking.objects.get(pk=missed.booking_id).reason == "in hospital"


def test_an_appeal_that_was_right_takes_it_back(alice: Person, miss: Miss, make_slot: MakeSlot, claim: Claim) -> None:
    miss(alice, 1)
    slot, _ = miss(alice, 2)
    (standing,) = selectors.consequences_of(alice.pk, slot.ends_at)
    services.lift_consequence(consequence_id=standing.id, reason="the list was wrong", now=slot.ends_at)
    later = make_slot(1, week=4, closes_at=slot.ends_at + DAY)
    assert claim(later, alice, now=slot.ends_at).tier == 1
    with pytest.raises(NotFound):
        services.lift_consequence(consequence_id=standing.id, reason="again", now=slot.ends_at)


def test_a_late_scan_from_a_phone_without_network_clears_the_name(alice: Person, bob: Person, miss: Miss) -> None:
    miss(alice, 1)
    slot, missed = miss(alice, 2)
    come(slot, missed, bob, at=slot.ends_at + DAY)
    assert Booking.objects.get(pk=missed.booking_id).absent_at is None
    assert selectors.consequences_of(alice.pk, slot.ends_at + DAY) == []


def test_the_scenes_do_not_hear_of_one_another(alice: Person, miss: Miss) -> None:
    miss(alice, 1)
    slot, _ = miss(alice, 2)
    assert selectors.consequences_of(alice.pk, slot.ends_at, scene="other") == []
    assert len(selectors.consequences_of(alice.pk, slot.ends_at, scene="test")) == 1
