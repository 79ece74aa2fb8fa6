"""Taking part: register, say yes to an offer, give back; my places, the ticket, the calendar."""

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Field, Schema
from pydantic import BaseModel

from niangjia.core import access
from niangjia.engines.allocation import selectors as allocation
from niangjia.engines.allocation.policies import bookings
from niangjia.kernel import clock
from niangjia.scenes.activities import tickets
from niangjia.scenes.activities.api.cards import MyBooking, Window, booking_of, my_booking, window_of
from niangjia.scenes.activities.api.frame import Code, Place, Text, answer, person_of, router
from niangjia.scenes.activities.selectors import finding, mine
from niangjia.scenes.activities.services import beside, registering
from niangjia.scenes.activities.services.registering import Wanted


class Registration(Schema):
    """`key`: made once by the phone for this registration; sent again it never counts twice. `wait`: when it is full,
    the waiting list will do. `guests`: people without an account who come with me. `addons`: what we want beside it;
    `wait_for_addons`: when one is used up, its own waiting list will do."""

    activity: UUID
    key: UUID
    guests: Annotated[int, Field(ge=0, le=19)] = 0
    sessions: Annotated[list[UUID], Field(max_length=30)] = []
    wait: bool = False
    addons: Annotated[list[Code], Field(max_length=6)] = []
    wait_for_addons: bool = False
    answers: dict[Text, str | int | bool | list[str]] = {}


class AddOnWish(Place):
    """`want` false gives it back; `wait`: when it is used up, its waiting list will do."""

    code: Code
    want: bool
    wait: bool = False


class Registered(BaseModel):
    """`state`: booked, held, waiting, asked (somebody approves), entered (a lottery decides)."""

    booking: UUID
    state: str
    is_new: bool


class MyActivity(BaseModel):
    id: UUID
    title: str
    organiser: str
    starts_at: datetime
    ends_at: datetime
    place: str
    address: str
    online: bool
    window: Window
    cancel_until: datetime
    cancel_reason: str
    my: MyBooking


class Mine(BaseModel):
    """`ahead` in the order of time, `past` the latest first."""

    ahead: list[MyActivity]
    past: list[MyActivity]


class Ticket(BaseModel):
    """`code` is what the QR picture says; `rotating` ones change every half minute and must be asked for again."""

    booking: UUID
    code: str
    svg: str
    title: str
    starts_at: datetime
    place: str
    address: str
    rotating: bool


@router.post("/register", response=Registered)
@access.signed_in
def register(request: HttpRequest, given: Registration) -> Any:
    """Ask for a place. When all are taken: 409 with the code "full", and the waiting list as the next step."""
    wanted = Wanted(
        activity=given.activity,
        key=given.key,
        guests=given.guests,
        sessions=tuple(given.sessions),
        wait=given.wait,
        addons=tuple(dict.fromkeys(given.addons)),
        wait_for_addons=given.wait_for_addons,
        answers=given.answers,
    )
    claimed = registering.register(person_id=person_of(request), wanted=wanted, now=clock.now(), clock_of_database=True)
    return answer(Registered(booking=claimed.booking_id, state=claimed.state, is_new=claimed.is_new))


@router.post("/confirm", response=MyBooking)
@access.signed_in
def confirm(request: HttpRequest, given: Place) -> Any:
    """Say yes to a place that is kept for me."""
    me, now = person_of(request), clock.now()
    activity = registering.confirm(person_id=me, booking_id=given.booking, now=now)
    return answer(booking_of(my_booking(mine.place_at(me, activity, now), now)))


@router.post("/cancel", response=Mine)
@access.signed_in
def cancel(request: HttpRequest, given: Place) -> Any:
    """Give a place back, turn an offer down, leave the line or the lottery; or one part of a programme."""
    me, now = person_of(request), clock.now()
    registering.cancel(person_id=me, booking_id=given.booking, now=now)
    return answer(_mine(me, now))


@router.post("/addons", response=MyBooking)
@access.signed_in
def change_addon(request: HttpRequest, given: AddOnWish) -> Any:
    """Ask for a lunch or a seat on the bus after all, or give it back; for all who come with me."""
    me, now = person_of(request), clock.now()
    activity = beside.change(
        person_id=me, booking_id=given.booking, code=given.code, want=given.want, wait=given.wait, now=now
    )
    return answer(booking_of(my_booking(mine.place_at(me, activity, now), now)))


@router.get("/mine", response=Mine)
@access.signed_in
def my_activities(request: HttpRequest) -> Any:
    return answer(_mine(person_of(request), clock.now()))


def _mine(me: UUID, now: datetime) -> Mine:
    places = mine.mine(me, now)
    ahead = [_my_activity(place, now) for place in reversed(places) if place.activity.ends_at > now]
    return Mine(ahead=ahead, past=[_my_activity(place, now) for place in places if place.activity.ends_at <= now])


def _my_activity(place: mine.MyPlace, now: datetime) -> MyActivity:
    row = place.activity
    return MyActivity(
        id=row.pk,
        title=row.title,
        organiser=row.org.name,
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        place=row.place,
        address=row.address,
        online=bool(row.stream),
        window=window_of(row, now),
        cancel_until=row.cancel_until,
        cancel_reason=row.cancel_reason,
        my=booking_of(my_booking(place, now, in_line=mine.place_in_line(place))),
    )


@router.get("/ticket", response=Ticket)
@access.signed_in
def ticket(request: HttpRequest, booking: UUID) -> Any:
    """My ticket, to keep on the phone: at the door it opens without a network."""
    now = clock.now()
    row = bookings.get(access.actor_of(request), "see", pk=booking, state="booked")
    shown = mine.shown_on_ticket(row)
    code = allocation.ticket_code(row, now)
    return answer(Ticket(booking=row.pk, code=code, svg=tickets.qr_svg(code), rotating=row.slot.rotating, **shown))


@router.get("/calendar")
@access.signed_in
def calendar(request: HttpRequest, activity: UUID) -> HttpResponse:
    """The activity as an entry for a calendar (.ics)."""
    now = clock.now()
    row = finding.activity_for(person_of(request), activity, now)
    return HttpResponse(
        tickets.calendar_entry(row, now),
        content_type="text/calendar; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="activity.ics"'},
    )
