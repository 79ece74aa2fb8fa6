"""A room that members book too has one calendar: meetings of the desk and bookings take the same places."""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from itertools import pairwise
from typing import Any

import pytest

from niangjia.core.access import Actor
from niangjia.core.audit.models import Event
from niangjia.core.messages.models import Note as Message
from niangjia.engines.allocation import selectors as calendar
from niangjia.engines.allocation.errors import Full
from niangjia.engines.allocation.tests.storm import at_once
from niangjia.kernel.clock import SHANGHAI
from niangjia.kernel.errors import NotFound
from niangjia.scenes.dating.desk import errors, keeping, meeting, rooms
from niangjia.scenes.dating.desk.models import Introduction, Meeting, MeetingRoom
from niangjia.scenes.dating.desk.tests.conftest import Centre
from niangjia.scenes.dating.desk.types import When
from niangjia.scenes.dating.models import Profile
from niangjia.scenes.dating.venues import publishing
from niangjia.scenes.dating.venues.models import Opening, Venue
from niangjia.scenes.dating.venues.types import Hours


def _tie(centre: Centre, hall: Venue) -> MeetingRoom:
    return rooms.tie(actor=centre.officer, room_id=centre.room.pk, venue_id=hall.pk, now=centre.now)


def _untie(centre: Centre) -> MeetingRoom:
    return rooms.untie(actor=centre.officer, room_id=centre.room.pk, now=centre.now)


def _propose(centre: Centre, row: Introduction, at: datetime, minutes: int = 60) -> Meeting:
    when = When(kind="room", room_id=centre.room.pk, starts_at=at, ends_at=at + timedelta(minutes=minutes))
    return meeting.propose(actor=centre.hong, introduction_id=row.pk, when=when, now=centre.now)


def _free(opening: Opening) -> int:
    return calendar.figures([opening.slot_id])[opening.slot_id].free


def test_what_members_booked_is_not_given_to_a_couple(
    centre: Centre,
    hall: Venue,
    evening: Opening,
    alice: Profile,
    bob: Profile,
    charlie: Profile,
    book: Any,
) -> None:
    row = centre.found(alice, bob)
    _tie(centre, hall)
    book(charlie)
    with pytest.raises(errors.RoomTaken):
        _propose(centre, row, evening.starts_at)
    assert not Meeting.objects.exists()
    assert _free(evening) == 1


def test_what_the_desk_arranged_is_not_booked_and_a_no_gives_it_back(
    centre: Centre,
    hall: Venue,
    evening: Opening,
    alice: Profile,
    bob: Profile,
    charlie: Profile,
    book: Any,
) -> None:
    row = centre.found(alice, bob)
    _tie(centre, hall)
    proposed = _propose(centre, row, evening.starts_at)
    with pytest.raises(Full):
        book(charlie)
    meeting.answer(person_id=bob.person_id, meeting_id=proposed.pk, fits=False, now=centre.now)
    book(charlie)
    assert calendar.unsound() == []


@pytest.mark.parametrize("ends", ["called off", "consent", "erased"])
def test_however_a_meeting_ends_its_places_fall_free(
    ends: str,
    centre: Centre,
    hall: Venue,
    evening: Opening,
    alice: Profile,
    bob: Profile,
) -> None:
    row = centre.found(alice, bob)
    _tie(centre, hall)
    proposed = _propose(centre, row, evening.starts_at)
    assert _free(evening) == 0
    if ends == "called off":
        meeting.call_off(actor=centre.hong, meeting_id=proposed.pk, now=centre.now)
    elif ends == "consent":
        keeping.consent_withdrawn(alice.person_id, "matchmaker_record", centre.now)
    else:
        keeping.erase(alice.person_id, centre.now)
    assert _free(evening) == 2
    assert calendar.unsound() == []


def test_who_would_have_met_at_a_place_that_does_not_open_is_told(
    centre: Centre,
    hall: Venue,
    evening: Opening,
    alice: Profile,
    bob: Profile,
    actor: Actor,
) -> None:
    row = centre.found(alice, bob)
    _tie(centre, hall)
    proposed = _propose(centre, row, evening.starts_at)
    publishing.call_off(actor=actor, opening_id=evening.pk, now=centre.now)
    proposed.refresh_from_db()
    assert (proposed.state, proposed.taken) == ("cancelled", None)
    told = Message.objects.filter(template__in=("help_meeting_off", "help_meeting_another"))
    assert set(told.values_list("person", flat=True)) == {alice.person_id, bob.person_id, centre.hong.person_id}


def test_a_meeting_lies_within_one_opening(
    centre: Centre,
    hall: Venue,
    evening: Opening,
    alice: Profile,
    bob: Profile,
) -> None:
    row = centre.found(alice, bob)
    _tie(centre, hall)
    for at, minutes in ((evening.starts_at, 61), (evening.starts_at - timedelta(minutes=5), 60)):
        with pytest.raises(errors.NotOpenThen):
            _propose(centre, row, at, minutes)
    assert _propose(centre, row, evening.starts_at + timedelta(minutes=10), 40).taken


def test_a_room_is_tied_by_who_leads_both_when_nothing_is_arranged(
    centre: Centre,
    hall: Venue,
    evening: Opening,
    alice: Profile,
    bob: Profile,
) -> None:
    row = centre.found(alice, bob)
    with pytest.raises(NotFound):
        rooms.tie(actor=centre.stranger, room_id=centre.room.pk, venue_id=hall.pk, now=centre.now)
    arranged = _propose(centre, row, evening.starts_at)
    with pytest.raises(errors.StillInUse):
        _tie(centre, hall)
    meeting.call_off(actor=centre.hong, meeting_id=arranged.pk, now=centre.now)
    _tie(centre, hall)
    assert Event.objects.get(action="dating.room_shared").actor_id == centre.officer.person_id
    with pytest.raises(NotFound):
        _tie(centre, hall)


def test_a_tie_made_by_mistake_is_undone_once_nothing_is_arranged_there(
    centre: Centre, hall: Venue, evening: Opening, alice: Profile, bob: Profile
) -> None:
    _tie(centre, hall)
    with pytest.raises(NotFound):
        rooms.untie(actor=centre.stranger, room_id=centre.room.pk, now=centre.now)
    arranged = _propose(centre, centre.found(alice, bob), evening.starts_at)
    with pytest.raises(errors.StillInUse):
        _untie(centre)
    meeting.call_off(actor=centre.hong, meeting_id=arranged.pk, now=centre.now)
    assert _untie(centre).venue is None
    assert Event.objects.get(action="dating.room_parted").actor_id == centre.officer.person_id
    with pytest.raises(NotFound):
        _untie(centre)


def test_no_opening_opens_into_another(hall: Venue, evening: Opening, actor: Actor, now: datetime) -> None:
    begins = (evening.starts_at + timedelta(minutes=30)).astimezone(tz=None)
    from_then = Hours(begins.date(), begins.date(), frozenset(range(7)), begins.time(), 60, 3, 2)
    assert publishing.open_hours(actor=actor, venue_id=hall.pk, hours=from_then, now=now) in (1, 2)
    spans = sorted(Opening.objects.filter(venue=hall).values_list("slot__starts_at", "slot__ends_at"))
    assert all(one[1] <= other[0] for one, other in pairwise(spans))


def test_the_pages_tie_a_room_and_say_when_two_could_meet_there(
    centre: Centre, hall: Venue, evening: Opening, alice: Profile, bob: Profile, api: Callable[..., Any]
) -> None:
    row = centre.found(alice, bob)
    leader = api(centre.staff["804"], staff=True).client
    page = f"/console/dating/centre/station?key={centre.station.pk}"
    assert hall.name in leader.get(page).content.decode()
    said = {"key": centre.station.pk, "do": "tie", "room": centre.room.pk, "venue": hall.pk}
    parts = {**said, "do": "untie"}
    for act in (said, parts, said):
        assert leader.post("/console/dating/centre/station", act).status_code == 302
    matchmaker = api(centre.staff["801"], staff=True).client
    two = f"/console/dating/desk/two?key={row.pk}"
    shown = f"{evening.starts_at.astimezone(SHANGHAI):%H:%M}–"
    assert shown in matchmaker.get(two).content.decode()
    _propose(centre, row, evening.starts_at)
    assert shown not in matchmaker.get(two).content.decode().split("</select>")[1]
    door = leader.get(f"/console/dating/venues/door?opening={evening.pk}").content.decode()
    assert door.count("matchmakers&#x27; desk") + door.count("红娘台") == 2


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("tied", [False, True])
def test_a_couple_and_a_member_ask_at_once(
    tied: bool,
    centre: Centre,
    hall: Venue,
    evening: Opening,
    alice: Profile,
    bob: Profile,
    charlie: Profile,
    book: Callable[..., Any],
) -> None:
    """With the guard off, two calendars for one room, both have it. With one calendar, one of them."""
    row = centre.found(alice, bob)
    if tied:
        _tie(centre, hall)
    answers = at_once([partial(_propose, centre, row, evening.starts_at), partial(book, charlie)])
    refused = [type(answer) for answer in answers if isinstance(answer, Exception)]
    assert len(refused) == int(tied), answers
    assert set(refused) <= {errors.RoomTaken, Full}
