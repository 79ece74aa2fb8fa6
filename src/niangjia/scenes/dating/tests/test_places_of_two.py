"""Where two meet is read by the two: no door of dating shows anybody else the room, the place, or whom they told."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest

from niangjia.scenes.dating.desk import meeting, selectors
from niangjia.scenes.dating.desk.models import Introduction, Meeting
from niangjia.scenes.dating.desk.tests.conftest import Centre, centre
from niangjia.scenes.dating.desk.types import When
from niangjia.scenes.dating.models import Pair, Profile
from niangjia.scenes.dating.safety import dates
from niangjia.scenes.dating.safety.models import Plan
from niangjia.scenes.dating.safety.types import Wanted
from niangjia.scenes.dating.tests.walking import Known, walk

__all__ = ["centre"]  # a fixture
ROOM, PLACE, SISTER = "桂花厅", "湖滨的茶馆", "13911112222"
HOUR = timedelta(hours=1)


@pytest.fixture
def met(centre: Centre, alice: Profile, bob: Profile, charlie: Profile, now: datetime) -> Known:  # the fixture above
    """Alice and bob meet in a room of the desk, and alice told her sister. All ids of it have got about."""
    row = centre.found(alice, bob)
    starts = now + 3 * HOUR
    when = When(kind="room", room_id=centre.room.pk, starts_at=starts, ends_at=starts + HOUR)
    proposed = meeting.propose(actor=centre.hong, introduction_id=row.pk, when=when, now=now)
    for who in (alice, bob):
        meeting.answer(person_id=who.person_id, meeting_id=proposed.pk, fits=True, now=now)
    wanted = Wanted(
        starts_at=starts, until=starts + HOUR, grace=30, contact_name="姐姐", contact_phone=SISTER, place=PLACE
    )
    dates.plan(person_id=alice.person_id, wanted=wanted, now=now)
    centre.record(charlie)
    found = (Introduction, Meeting, Pair, Plan)
    ids = [key for model in found for key in model.objects.values_list("pk", flat=True)]
    return Known({"id": [*ids, alice.pk, bob.pk], "meeting": ids[1:2], "pair": ids[2:3]})


def _told(app: Any, known: Known) -> set[str]:
    text = "".join(one.text for one in walk(app, known))
    text += str([app.get(path) for path in ("home", "inbox", "looks", "me/export")])
    return {mark for mark in (ROOM, PLACE, SISTER, SISTER[:3] + "****" + SISTER[-4:], "姐姐") if mark in text}


def test_the_two_read_their_room_and_only_its_owner_the_plan(
    met: Known, phone: Any, alice: Profile, bob: Profile
) -> None:
    assert {ROOM, PLACE, SISTER, "姐姐"} <= _told(phone(alice), met)
    assert _told(phone(bob), met) == {ROOM}


def test_nobody_else_reads_a_place_a_room_or_a_contact(
    met: Known, phone: Any, charlie: Profile, single: Callable[..., Profile]
) -> None:
    for outsider in (charlie, single(30, "f", firm="port"), single(31, "m", firm="tea")):
        assert _told(phone(outsider), met) == set()


def test_without_the_rule_of_whose_meeting_it_is_the_same_walk_reads_the_room(
    met: Known, phone: Any, alice: Profile, charlie: Profile, monkeypatch: pytest.MonkeyPatch
) -> None:
    mine = selectors.record_of
    monkeypatch.setattr(selectors, "record_of", lambda _person: mine(alice.person_id))
    assert ROOM in _told(phone(charlie), met)
