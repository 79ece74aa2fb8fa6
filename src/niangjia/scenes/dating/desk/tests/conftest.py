"""A centre in Hangzhou with two matchmakers, and a matchmaker of Ningbo who must see nothing of it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import pytest

from niangjia.core.access import Actor
from niangjia.core.access.selectors import grants_of
from niangjia.core.accounts.models import Person
from niangjia.core.orgs.models import Org
from niangjia.scenes.dating.desk import introducing, registering
from niangjia.scenes.dating.desk.models import Introduction, MeetingRoom, Record, Station, StationMember
from niangjia.scenes.dating.models import Profile
from niangjia.scenes.dating.tests.conftest import (  # noqa: F401  # fixtures
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
from niangjia.scenes.dating.venues.tests.conftest import actor, book, evening, hall, officer  # noqa: F401  # fixtures


@dataclass
class Centre:
    """Words for what happens at the desk, all at one moment."""

    station: Station
    branch: Station
    room: MeetingRoom
    hong: Actor  # a matchmaker of Hangzhou
    lan: Actor  # her colleague
    stranger: Actor  # a matchmaker of Ningbo
    officer: Actor
    boss: Actor  # a second officer
    cashier: Actor
    now: datetime
    staff: dict[str, Person]

    def record(self, who: Profile, **words: Any) -> Record:
        """Somebody who asked for help on their own phone."""
        return registering.ask_for_help(
            person_id=who.person_id, station_id=self.station.pk, wishes=words.get("wishes", ""), now=self.now
        )

    def introduce(self, one: Record, other: Record) -> Introduction:
        return introducing.introduce(actor=self.hong, record_id=one.pk, other_id=other.pk, now=self.now)

    def found(self, one: Profile, other: Profile) -> Introduction:
        """Two who were introduced and both said yes."""
        row = self.introduce(self.record(one), self.record(other))
        for who in (one, other):
            introducing.answer(person_id=who.person_id, introduction_id=row.pk, yes=True, now=self.now)
        row.refresh_from_db()
        return row


@pytest.fixture
def centre(
    make_person: Callable[..., Person],
    grant: Callable[..., Any],
    tree: dict[str, Org],
    now: datetime,  # noqa: F811  # the fixture imported above
) -> Centre:
    staff: dict[str, Person] = {}

    def staffed(number: int, role: str, org: str) -> Actor:
        person = make_person(number, id_index=b"%d" % number)
        grant(person, role, tree[org])
        staff[str(number)] = person
        return Actor(person_id=person.pk, grants=tuple(grants_of(person.pk)), second_factor_at=now)

    station = Station.objects.create(org=tree["hangzhou"], name="杭州市职工交友中心")
    branch = Station.objects.create(org=tree["xihu"], name="西湖分站", centre=station)
    made = Centre(
        station=station,
        branch=branch,
        room=MeetingRoom.objects.create(station=station, name="桂花厅"),
        hong=staffed(801, "matchmaker", "hangzhou"),
        lan=staffed(802, "matchmaker", "hangzhou"),
        stranger=staffed(803, "matchmaker", "ningbo"),
        officer=staffed(804, "union_officer", "hangzhou"),
        boss=staffed(805, "city_admin", "hangzhou"),
        cashier=staffed(806, "union_officer", "hangzhou"),
        now=now,
        staff=staff,
    )
    StationMember.objects.create(station=station, person=staff["801"], shown_as="红姐")
    return made
