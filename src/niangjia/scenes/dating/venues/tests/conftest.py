"""A hall with one evening of two times, alice and bob who are a pair, and a firm's desk."""

from collections.abc import Callable
from datetime import datetime, time, timedelta
from typing import Any
from uuid import uuid4

import pytest

from niangjia.core.access import Actor
from niangjia.core.access.selectors import grants_of
from niangjia.core.accounts.models import Person
from niangjia.core.orgs.models import Org
from niangjia.kernel import clock
from niangjia.scenes.dating.models import Pair, Profile
from niangjia.scenes.dating.services import decisions
from niangjia.scenes.dating.tests.conftest import (  # noqa: F401  # fixtures of the scene
    alice,
    attest,
    bob,
    carol,
    charlie,
    firms,
    now,
    phone,
    single,
)
from niangjia.scenes.dating.venues import booking, publishing
from niangjia.scenes.dating.venues.models import Opening, Venue
from niangjia.scenes.dating.venues.types import Hours, Plan


@pytest.fixture
def officer(make_person: Callable[..., Person], grant: Callable[..., Any], tree: dict[str, Org]) -> Person:
    staff = make_person(900)
    grant(staff, "union_officer", tree["hangzhou"])
    return staff


@pytest.fixture
def actor(officer: Person, now: datetime) -> Actor:  # noqa: F811  # the fixture above
    return Actor(person_id=officer.pk, grants=tuple(grants_of(officer.pk)), second_factor_at=now)


@pytest.fixture
def hr(make_person: Callable[..., Person], grant: Callable[..., Any], tree: dict[str, Org], now: datetime) -> Actor:  # noqa: F811
    """Runs the personnel desk of the tea factory."""
    staff = make_person(910)
    grant(staff, "enterprise_hr", tree["firm_a"])
    return Actor(person_id=staff.pk, grants=tuple(grants_of(staff.pk)), second_factor_at=now)


@pytest.fixture
def hall(actor: Actor, tree: dict[str, Org], now: datetime) -> Venue:  # noqa: F811  # the fixture above
    plan = Plan("hall", "西湖恋爱体验馆", "杭州市西湖区教工路 88 号", "330106", rules="请准时到。")
    row = publishing.draft(actor=actor, org_id=tree["hangzhou"].pk, plan=plan, now=now)
    day = clock.today(now) + timedelta(days=2)
    hours = Hours(day, day, frozenset(range(7)), time(18), 60, 2, 2)
    publishing.open_hours(actor=actor, venue_id=row.pk, hours=hours, now=now)
    return publishing.publish(actor=actor, venue_id=row.pk, now=now)


@pytest.fixture
def evening(hall: Venue) -> Opening:
    return Opening.objects.filter(venue=hall).select_related("slot").order_by("starts_at")[0]


@pytest.fixture
def pair(alice: Profile, bob: Profile, now: datetime) -> Pair:  # noqa: F811  # the fixtures above
    decisions.say_yes(person_id=alice.person_id, profile_id=bob.pk, now=now)
    decisions.say_yes(person_id=bob.person_id, profile_id=alice.pk, now=now)
    return Pair.objects.get()


@pytest.fixture
def book(evening: Opening, now: datetime) -> Callable[..., Any]:  # noqa: F811  # the fixture above
    def make(profile: Profile, *, pair: Pair | None = None, opening: Opening | None = None) -> Any:
        return booking.book(
            person_id=profile.person_id,
            opening_id=(opening or evening).pk,
            key=uuid4(),
            pair_id=pair.pk if pair else None,
            now=now,
            clock=now,
        )

    return make
