"""Whatever people and clocks do, in whatever order: counters equal rows, nothing is oversold, nobody is there twice."""

from datetime import datetime, timedelta
from typing import Any, Final

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from niangjia.core.accounts.models import Person
from niangjia.engines.allocation import selectors, services
from niangjia.engines.allocation.models import Booking, Pool, Resource, Slot
from niangjia.engines.allocation.types import LIVE, TAKING, AddOn, Claimant, Quota, SlotPlan, Way
from niangjia.kernel.errors import DomainError
from niangjia.kernel.ids import new_id

pytestmark = pytest.mark.django_db
T0: Final = datetime.fromisoformat("2026-11-22T02:00Z")
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
WAYS: Final[tuple[Way, ...]] = ("first_come", "approval", "lottery")
WHO, WHERE = st.integers(0, 5), st.integers(0, 2)


class House(RuleBasedStateMachine):
    """Three slots (two at the same time), six people, and a clock that only goes forward."""

    slots: list[Slot]
    people: list[Person]

    @initialize(
        capacities=st.tuples(*[st.integers(1, 4)] * 3),
        ways=st.tuples(*[st.sampled_from(WAYS)] * 3),
        offers=st.booleans(),
    )
    def open(self, capacities: tuple[int, ...], ways: tuple[Way, ...], offers: bool) -> None:
        self.point = transaction.savepoint()
        self.now = T0
        self.people = list(Person.objects.order_by("pk")[:6])
        resource = Resource.objects.create(scene="test")
        self.slots = [
            services.create_slot(
                resource=resource,
                plan=SlotPlan(
                    way=way,
                    starts_at=T0 + (7 if number < 2 else 8) * DAY,
                    ends_at=T0 + (7 if number < 2 else 8) * DAY + HOUR,
                    opens_at=T0,
                    closes_at=T0 + 5 * DAY,
                    capacity=capacity + 1,
                    quotas=(Quota("q", 1, flows_back_at=T0 + 2 * DAY),),
                    addons=(AddOn("bus", 1),),
                    max_party=2,
                    offer_for=6 * HOUR if offers else None,
                ),
                now=T0,
            )
            for number, (capacity, way) in enumerate(zip(capacities, ways, strict=True))
        ]

    def attempt(self, service: Any, **arguments: Any) -> None:
        """Refusals are fine; anything else is not."""
        try:
            with transaction.atomic():
                service(now=self.now, **arguments)
        except DomainError:
            return

    @rule(who=WHO, where=WHERE, guest=st.booleans(), bus=st.booleans(), wait=st.booleans(), hold=st.booleans())
    def claim(self, who: int, where: int, guest: bool, bus: bool, wait: bool, hold: bool) -> None:
        by = Claimant(self.people[who].pk, keys=("q",) if who % 2 else (), priority=who == 0)
        self.attempt(
            services.claim,
            slot_id=self.slots[where].pk,
            by=by,
            request_key=new_id(),
            companions=[None] if guest else [],
            addons=["bus"] if bus else [],
            wait=wait,
            hold_for=HOUR if hold else None,
        )

    @rule(who=WHO, service=st.sampled_from(["cancel", "confirm", "approve", "refuse", "transfer"]), to=WHO)
    def answer(self, who: int, service: str, to: int) -> None:
        me = self.people[who].pk
        booking = selectors.mine(me).order_by("pk").first()
        if booking is None:
            return
        arguments: dict[str, dict[str, Any]] = {
            "cancel": {"booking_id": booking.pk, "by_id": me},
            "confirm": {"party": booking.party, "by_id": me},
            "approve": {"party": booking.party},
            "refuse": {"party": booking.party, "reason": "no"},
            "transfer": {"booking_id": booking.pk, "by_id": me, "to": Claimant(self.people[to].pk)},
        }
        self.attempt(getattr(services, service), **arguments[service])

    @rule(where=WHERE, capacity=st.integers(0, 5), key=st.sampled_from(["", "q"]))
    def resize(self, where: int, capacity: int, key: str) -> None:
        self.attempt(services.set_capacity, slot_id=self.slots[where].pk, capacity=capacity, key=key)

    @rule(where=WHERE, days=st.integers(6, 9))
    def move(self, where: int, days: int) -> None:
        begin = T0 + days * DAY
        self.attempt(services.move_slot, slot_id=self.slots[where].pk, starts_at=begin, ends_at=begin + HOUR)

    @rule(where=WHERE)
    def call_off(self, where: int) -> None:
        if self.now > T0 + 3 * DAY:
            self.attempt(services.call_off, slot_id=self.slots[where].pk, reason="typhoon")

    @rule(hours=st.integers(1, 60))
    def later(self, hours: int) -> None:
        self.now += timedelta(hours=hours)
        for service in (services.expire, services.flow_back, services.draw_due, services.promote_due):
            self.attempt(service)

    @invariant()
    def counters_equal_rows(self) -> None:
        assert selectors.unsound() == []

    @invariant()
    def nobody_is_there_twice(self) -> None:
        live = Booking.objects.filter(state__in=LIVE, person__isnull=False).order_by()
        pairs = list(live.values_list("slot", "person"))
        assert len(pairs) == len(set(pairs))

    @invariant()
    def whoever_fits_does_not_wait(self) -> None:
        """A single person waits only while the common places are gone, or while busy elsewhere."""
        for slot in Slot.objects.filter(called_off_at=None, starts_at__gt=self.now).order_by("pk"):
            common = Pool.objects.get(slot=slot, key="", is_addon=False)
            for row in Booking.objects.filter(slot=slot, state="waiting").order_by("pk"):
                alone = Booking.objects.filter(party=row.party, state="waiting").count() == 1
                there = Booking.objects.filter(
                    person=row.person,
                    person__isnull=False,
                    state__in=TAKING,
                    during__overlap=(slot.starts_at, slot.ends_at),
                )
                assert not (alone and common.free) or there.exists()

    def teardown(self) -> None:
        if hasattr(self, "point"):
            with connection.cursor() as cursor:
                cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            transaction.savepoint_rollback(self.point)


def test_whatever_happens_the_books_are_right(make_person: Any) -> None:
    for number in range(6):
        make_person(80 + number)
    run_state_machine_as_test(
        House,
        settings=settings(
            max_examples=25, stateful_step_count=30, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )
