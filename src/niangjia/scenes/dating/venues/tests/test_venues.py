"""Places that members book, alone or with somebody they found."""

import threading
from datetime import datetime, time, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, connections, transaction
from django.test.utils import CaptureQueriesContext

from niangjia.core.access import Actor
from niangjia.core.messages.models import Note
from niangjia.engines.allocation.errors import Full
from niangjia.engines.allocation.models import Booking
from niangjia.engines.allocation.services import count_absent
from niangjia.kernel.errors import Conflict, Invalid, NotFound
from niangjia.scenes.dating.models import Pair, Profile
from niangjia.scenes.dating.scene import scene
from niangjia.scenes.dating.services import blocking, leaving
from niangjia.scenes.dating.venues import booking, metrics, publishing, selectors
from niangjia.scenes.dating.venues.models import Opening, Together, Venue
from niangjia.scenes.dating.venues.types import ANSWER, Hours

MINE = "dating/venues/mine"


def test_a_member_books_an_hour_and_has_a_ticket(
    hall: Venue, evening: Opening, alice: Profile, phone: Any, api: Any, make_person: Any
) -> None:
    told = phone(alice).get("dating/venues/one", venue=str(hall.pk))
    assert (told["rules"], len(told["openings"]), told["openings"][0]["free"]) == ("请准时到。", 2, 2)
    made = phone(alice).post("dating/venues/book", opening=str(evening.pk), key=str(uuid4()))
    assert made["state"] == "booked"
    (visit,) = phone(alice).get(MINE)["visits"]
    assert (visit["name"], visit["along"]) == ("西湖恋爱体验馆", "alone")
    assert phone(alice).get("dating/venues/ticket", booking=visit["booking"])["code"].startswith("NJT")
    newcomer = api(make_person(60))
    newcomer.get("dating/venues")
    assert newcomer.status == 404


def test_the_same_request_sent_twice_is_one_booking(evening: Opening, alice: Profile, phone: Any) -> None:
    key = str(uuid4())
    first = phone(alice).post("dating/venues/book", opening=str(evening.pk), key=key)
    assert phone(alice).post("dating/venues/book", opening=str(evening.pk), key=key) == first
    assert Booking.objects.count() == 1


def test_a_full_hour_is_full(evening: Opening, alice: Profile, bob: Profile, charlie: Profile, book: Any) -> None:
    book(alice)
    book(bob)
    with pytest.raises(Full):
        book(charlie)


def test_a_draft_venue_cannot_be_booked(
    hall: Venue, evening: Opening, alice: Profile, phone: Any, actor: Actor, now: datetime
) -> None:
    Venue.objects.filter(pk=hall.pk).update(state="draft")
    told = phone(alice)
    told.post("dating/venues/book", opening=str(evening.pk), key=str(uuid4()))
    assert told.status == 404
    assert told.get("dating/venues")["items"] == []


def test_two_of_a_pair_come_together_once_the_other_says_so(
    pair: Pair, evening: Opening, alice: Profile, bob: Profile, charlie: Profile, book: Any, phone: Any
) -> None:
    book(alice, pair=pair)
    (visit,) = phone(alice).get(MINE)["visits"]
    assert (visit["along"], visit["other"]["nickname"]) == ("waiting", "阿波")
    with pytest.raises(Full):
        book(charlie)
    (asked,) = phone(bob).get(MINE)["asked"]
    assert asked["who"]["nickname"] == "小爱"
    outsider = phone(charlie)
    outsider.post("dating/venues/along", id=asked["id"], yes=True)
    assert outsider.status == 404
    phone(bob).post("dating/venues/along", id=asked["id"], yes=True)
    (theirs,) = phone(bob).get(MINE)["visits"]
    assert phone(alice).get(MINE)["visits"][0]["along"] == theirs["along"] == "coming"
    codes = {
        phone(p).get("dating/venues/ticket", booking=phone(p).get(MINE)["visits"][0]["booking"])["code"]
        for p in (alice, bob)
    }
    assert len(codes) == 2


def test_a_no_to_coming_along_is_told_to_nobody(
    pair: Pair, evening: Opening, alice: Profile, bob: Profile, book: Any, phone: Any, now: datetime
) -> None:
    book(alice, pair=pair)
    before = phone(alice).get(MINE)["visits"][0]
    notes = Note.objects.filter(person=alice.person_id).count()
    (asked,) = phone(bob).get(MINE)["asked"]
    phone(bob).post("dating/venues/along", id=asked["id"], yes=False)
    after = phone(alice).get(MINE)["visits"][0]
    before["other"]["photo"] = after["other"]["photo"]
    assert before == after
    assert Note.objects.filter(person=alice.person_id).count() == notes
    assert booking.free_unanswered(now=evening.starts_at - ANSWER) == 1
    (visit,) = selectors.visits_of(alice, now)
    assert visit.together is None
    assert Booking.objects.filter(state="booked").count() == 1


def test_nobody_asks_along_whom_they_did_not_find(
    pair: Pair, evening: Opening, alice: Profile, charlie: Profile, bob: Profile, book: Any, now: datetime
) -> None:
    with pytest.raises(Conflict):
        book(charlie, pair=pair)
    blocking.block(person_id=bob.person_id, profile_id=alice.pk, now=now)
    with pytest.raises(Conflict):
        book(alice, pair=pair)
    assert not Booking.objects.exists()


def test_who_blocks_is_asked_nothing_and_not_named_any_more(
    pair: Pair, evening: Opening, alice: Profile, bob: Profile, book: Any, phone: Any, now: datetime
) -> None:
    book(alice, pair=pair)
    row = Together.objects.get()
    blocking.block(person_id=bob.person_id, profile_id=alice.pk, now=now)
    assert phone(bob).get(MINE)["asked"] == []
    assert phone(alice).get(MINE)["visits"][0]["other"] is None
    with pytest.raises(NotFound):
        booking.come_along(person_id=bob.person_id, together_id=row.pk, yes=True, now=now)


def test_giving_back_takes_the_company_with_it_and_they_are_told(
    pair: Pair, evening: Opening, alice: Profile, bob: Profile, charlie: Profile, book: Any, phone: Any, now: datetime
) -> None:
    book(alice, pair=pair)
    booking.come_along(person_id=bob.person_id, together_id=Together.objects.get().pk, yes=True, now=now)
    phone(alice).post("dating/venues/cancel", opening=str(evening.pk))
    assert not Booking.objects.filter(state="booked").exists()
    assert Note.objects.filter(person=bob.person_id, template="dating_venue_off").exists()
    book(charlie)


def test_the_door_lets_tickets_in_and_visits_count_themselves(
    hall: Venue,
    evening: Opening,
    alice: Profile,
    bob: Profile,
    book: Any,
    api: Any,
    officer: Any,
    now: datetime,
    make_person: Any,
    grant: Any,
    tree: Any,
) -> None:
    code = selectors.ticket_of(alice, book(alice).booking_id, now)[1]
    book(bob)
    desk = api(officer, staff=True).client
    page = "/console/dating/venues/door"
    assert desk.post(page, {"opening": str(evening.pk), "code": "NJTfalse"}).status_code == 422
    desk.post(page, {"opening": str(evening.pk), "code": code})
    span = (now, now + timedelta(days=30))
    assert metrics.bookings(*span) == {hall.org_id: 2}
    assert metrics.visits(*span) == {hall.org_id: 1}
    outsider = make_person(901)
    grant(outsider, "union_officer", tree["ningbo"])
    assert api(outsider, staff=True).client.get(page, {"opening": str(evening.pk)}).status_code == 404


def test_who_did_not_come_hears_a_kind_word_and_may_book_again(
    hall: Venue, evening: Opening, alice: Profile, bob: Profile, book: Any, api: Any, officer: Any, now: datetime
) -> None:
    desk = api(officer, staff=True).client
    code = selectors.ticket_of(alice, book(alice).booking_id, now)[1]
    book(bob)
    desk.post("/console/dating/venues/door", {"opening": str(evening.pk), "code": code})
    count_absent(slot_id=evening.slot_id, now=evening.slot.ends_at + timedelta(days=1))
    assert list(Note.objects.filter(template="dating_venue_missed").values_list("person_id", flat=True)) == [
        bob.person_id
    ]
    later = Opening.objects.filter(venue=hall).order_by("starts_at")[1]
    assert book(bob, opening=later).state == "booked"


def test_an_opening_that_is_called_off_is_told_to_everybody(
    evening: Opening, pair: Pair, alice: Profile, bob: Profile, book: Any, actor: Actor, phone: Any, now: datetime
) -> None:
    book(alice, pair=pair)
    publishing.call_off(actor=actor, opening_id=evening.pk, now=now)
    assert phone(alice).get(MINE)["visits"] == []
    assert phone(bob).get(MINE)["asked"] == []
    assert Note.objects.filter(person=alice.person_id, template="dating_venue_off").exists()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("guarded", [False, True])
def test_the_last_place_goes_to_one_of_two_at_once(
    evening: Opening, single: Any, book: Any, now: datetime, guarded: bool, alice: Profile
) -> None:
    """With the counter's check taken away and the counter read first, both would get it."""
    book(alice)
    rivals = [single(30 + n, "m", firm="port") for n in range(2)]
    both, won = threading.Barrier(2), []

    def claim(profile: Profile) -> None:
        try:
            if guarded:
                both.wait()
                won.append(book(profile))
            else:
                free = selectors.openings_of(profile, evening.venue, now)[0].figures
                both.wait()
                if free.taken < free.capacity:
                    won.append(profile)
        except Full:
            pass
        finally:
            connections.close_all()

    threads = [threading.Thread(target=claim, args=(rival,)) for rival in rivals]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(won) == (1 if guarded else 2)


def test_openings_are_made_once(hall: Venue, now: datetime) -> None:
    row = Opening.objects.filter(venue=hall).first()
    assert row is not None
    with pytest.raises(IntegrityError), transaction.atomic():
        Opening.objects.create(venue=hall, slot=row.slot, starts_at=row.starts_at)


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"last": timedelta(days=-1)}, "last"),
        ({"last": timedelta(days=4000)}, "last"),
        ({"weekdays": frozenset()}, "weekdays"),
        ({"minutes": 5}, "minutes"),
        ({"capacity": 0}, "capacity"),
    ],
)
def test_hours_that_cannot_be_are_refused_with_a_word_at_their_field(
    hall: Venue, actor: Actor, now: datetime, wrong: dict[str, Any], field: str
) -> None:
    first = now.date() + timedelta(days=2)
    fits = {"last": timedelta(days=7), "weekdays": frozenset(range(7)), "minutes": 60, "capacity": 4, **wrong}
    hours = Hours(first=first, begins=time(18), count=1, **{**fits, "last": first + fits["last"]})
    with pytest.raises(Invalid) as refused:
        publishing.open_hours(actor=actor, venue_id=hall.pk, hours=hours, now=now)
    assert set(refused.value.fields) == {field}
    assert str(refused.value.fields[field])


def test_as_many_queries_for_three_visits_as_for_one(
    evening: Opening, hall: Venue, alice: Profile, book: Any, phone: Any, actor: Actor, now: datetime
) -> None:
    def queries(path: str) -> int:
        caller = phone(alice)
        with CaptureQueriesContext(connection) as seen:
            caller.get(path)
        return len(seen)

    from datetime import time  # noqa: PLC0415  # only here

    from niangjia.kernel import clock  # noqa: PLC0415
    from niangjia.scenes.dating.venues.types import Hours  # noqa: PLC0415

    book(alice)
    one = queries(MINE)
    day = clock.today(now) + timedelta(days=5)
    publishing.open_hours(
        actor=actor, venue_id=hall.pk, hours=Hours(day, day, frozenset(range(7)), time(9), 60, 2, 2), now=now
    )
    for opening in Opening.objects.filter(venue=hall).exclude(pk=evening.pk).order_by("-starts_at")[:2]:
        book(alice, opening=opening)
    assert len(selectors.visits_of(alice, now)) == 3
    assert queries(MINE) == one


def test_who_leaves_dating_gives_their_places_back(
    pair: Pair, evening: Opening, alice: Profile, bob: Profile, book: Any, now: datetime
) -> None:
    book(alice, pair=pair)
    leaving.leave(person_id=alice.person_id, confirm="删除", now=now)
    assert not Booking.objects.filter(state="booked").exists()
    assert Note.objects.filter(person=bob.person_id, template="dating_venue_off").exists()


def test_export_and_erase_of_visits(
    pair: Pair, evening: Opening, alice: Profile, bob: Profile, book: Any, now: datetime
) -> None:
    book(alice, pair=pair)
    assert scene.export is not None
    assert scene.erase is not None
    told = scene.export(alice.person_id)["venues"]
    assert told["visits"][0]["venue"] == "西湖恋爱体验馆"
    assert "阿波" not in str(told)
    scene.erase(alice.person_id, now)
    assert not Together.objects.exists()
    assert not Booking.objects.filter(state="booked").exists()
    assert Note.objects.filter(person=bob.person_id, template="dating_venue_off").exists()
