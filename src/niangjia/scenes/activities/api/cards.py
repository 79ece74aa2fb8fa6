"""Activities as the phone shows them."""

from datetime import datetime
from typing import Literal
from uuid import UUID

from pydantic import BaseModel

from niangjia.core.files.services import photo_url
from niangjia.engines.allocation.models import Booking
from niangjia.engines.allocation.types import LIVE
from niangjia.scenes.activities.models import Activity, State
from niangjia.scenes.activities.selectors.finding import Found
from niangjia.scenes.activities.selectors.mine import MyPlace
from niangjia.scenes.activities.services.passing import may_pass

Window = Literal["soon", "open", "closed", "cancelled", "over"]


class SessionPlace(BaseModel):
    """A part of the programme I chose; `booking` gives it back by itself."""

    session: UUID
    booking: UUID
    title: str
    starts_at: datetime
    ends_at: datetime
    state: str


class MyAddOn(BaseModel):
    """`count` of it for all who come with me, of which `waiting` are not there yet."""

    code: str
    title: str
    count: int
    waiting: int


class MyBooking(BaseModel):
    """My claim. `until`: say yes by then (state "offered"). `in_line`: my place on the waiting list.

    `may_pass`: POST pass gives a link by which somebody else takes my place, or that of one of `guest_places`.
    """

    booking: UUID
    state: str
    until: datetime | None
    in_line: int | None
    guests: int
    guest_places: list[UUID]
    addons: list[MyAddOn]
    may_pass: bool
    arrived: bool
    absent: bool
    reason: str
    may_cancel: bool
    sessions: list[SessionPlace]
    survey_open: bool
    certificate: str


class Card(BaseModel):
    """`free` is how many places nobody has yet; null while a lottery or an approval decides. `why`: why it is shown."""

    id: UUID
    title: str
    topics: list[str]
    organiser: str
    starts_at: datetime
    ends_at: datetime
    place: str
    district: str
    online: bool
    distance_km: float | None
    photo: str | None
    window: Window
    opens_at: datetime
    closes_at: datetime
    way: Literal["first_come", "approval", "lottery"]
    capacity: int
    free: int | None
    waiting: int
    mine: str | None
    series: UUID | None
    why: list[str]


def window_of(activity: Activity, now: datetime) -> Window:
    if activity.state == State.CANCELLED:
        return "cancelled"
    if activity.ends_at <= now:
        return "over"
    if now < activity.opens_at:
        return "soon"
    return "open" if now < activity.closes_at else "closed"


def card(found: Found, viewer_id: UUID, now: datetime) -> Card:
    row, figures = found.activity, found.figures
    return Card(
        id=row.pk,
        title=row.title,
        topics=row.topics,
        organiser=row.org.name,
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        place=row.place,
        district=row.district,
        online=bool(row.stream),
        distance_km=found.km,
        photo=photo_url(found.photo, viewer_id, "thumb", now) if found.photo else None,
        window=window_of(row, now),
        opens_at=row.opens_at,
        closes_at=row.closes_at,
        way=row.way,  # type: ignore[arg-type]  # a choice
        capacity=row.capacity,
        free=max(0, figures.free) if row.way == "first_come" else None,
        waiting=figures.waiting,
        mine=found.mine.state if found.mine else None,
        series=row.series_id,
        why=list(found.why),
    )


def my_booking(place: MyPlace | None, now: datetime, *, in_line: int | None = None) -> MyBooking | None:
    if place is None:
        return None
    row = place.booking
    return MyBooking(
        booking=row.pk,
        state=row.state,
        until=row.until,
        in_line=in_line,
        guests=len(place.guest_places),
        guest_places=list(place.guest_places),
        addons=[MyAddOn(**vars(one)) for one in place.addons],
        may_pass=may_pass(place.activity, row, now),
        arrived=row.arrived_at is not None,
        absent=row.absent_at is not None and row.excused_at is None,
        reason=row.reason,
        may_cancel=may_cancel(place.activity, row, now),
        sessions=[
            SessionPlace(
                session=part.session.pk,
                booking=part.booking.pk,
                title=part.session.title,
                starts_at=part.session.starts_at,
                ends_at=part.session.ends_at,
                state=part.booking.state,
            )
            for part in place.parts
        ],
        survey_open=place.survey_open,
        certificate=place.certificate,
    )


def booking_of(found: MyBooking | None) -> MyBooking:
    assert found is not None  # asked of those who have one
    return found


def may_cancel(activity: Activity, booking: Booking, now: datetime) -> bool:
    """A place until its deadline; a turn in line at any time before the end."""
    takes = booking.state in ("booked", "offered", "held")
    until = min(activity.cancel_until, activity.starts_at) if takes else activity.ends_at
    return booking.state in LIVE and now < until and activity.state == State.PUBLISHED
