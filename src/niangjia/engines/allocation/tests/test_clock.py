"""Clocks that are wrong, or are put right, release nothing early and take nothing back."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from niangjia.core.accounts.models import Person
from niangjia.engines.allocation import jobs, services, statements
from niangjia.engines.allocation.models import Booking, Draw, Slot
from niangjia.engines.allocation.types import Claimed, Quota
from niangjia.kernel import clock

pytestmark = pytest.mark.django_db
Claim = Callable[..., Claimed]
MakeSlot = Callable[..., Slot]
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def test_a_clock_put_back_undoes_nothing_and_repeats_nothing(
    make_slot: MakeSlot, claim: Claim, alice: Person, bob: Person, now: datetime
) -> None:
    slot = make_slot(2, quotas=[Quota("org:tea", 1, flows_back_at=now + HOUR)])
    held = claim(slot, alice, hold_for=2 * HOUR)
    assert services.flow_back(now=now + HOUR) == 1
    services.confirm(party=held.party, by_id=alice.pk, now=now + HOUR)
    for moment in (now - DAY, now + HOUR, now + 9 * DAY):
        assert (services.expire(now=moment), services.flow_back(now=moment)) == (0, 0)
    assert Booking.objects.get().state == "booked"


def test_a_drawn_lottery_stays_drawn_when_the_clock_goes_back(make_slot: MakeSlot, claim: Claim, alice: Person) -> None:
    slot = make_slot(1, way="lottery")
    claim(slot, alice)
    services.draw_due(now=slot.closes_at)
    assert services.draw_due(now=slot.closes_at - DAY) == 0
    assert services.draw(slot_id=slot.pk, now=slot.closes_at - DAY).drawn_at == slot.closes_at
    assert Draw.objects.count() == 1


def test_jobs_go_by_the_clock_of_the_database(
    make_slot: MakeSlot, claim: Claim, alice: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The server that runs them believes that it is next year."""
    there = statements.database_now()
    slot = make_slot(1, opens_at=there - DAY, closes_at=there + DAY, starts_at=there + DAY, ends_at=there + 2 * DAY)
    claim(slot, alice, hold_for=HOUR, now=None)
    monkeypatch.setattr(clock, "now", lambda: there + 365 * DAY)
    jobs.every_minute(timestamp=0)
    jobs.every_hour(timestamp=0)
    assert Booking.objects.get().state == "held"
    Booking.objects.update(until=there - HOUR)
    jobs.every_minute(timestamp=0)
    assert Booking.objects.get().state == "lapsed"


def test_on_leap_day_and_at_new_year_windows_are_as_long_as_they_say(
    make_slot: MakeSlot, claim: Claim, alice: Person, bob: Person
) -> None:
    for year, month, day in ((2028, 2, 29), (2027, 12, 31)):
        opens = datetime(year, month, day, 15, 59, 59, tzinfo=clock.SHANGHAI)
        slot = make_slot(2, opens_at=opens, closes_at=opens + DAY, starts_at=opens + 2 * DAY, ends_at=opens + 3 * DAY)
        assert claim(slot, alice, now=opens).state == "booked"
        assert claim(slot, bob, now=opens + DAY - timedelta(microseconds=1)).state == "booked"
