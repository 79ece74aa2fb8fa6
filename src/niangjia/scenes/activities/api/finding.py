"""What is on, one activity, one festival, and what I like."""

from datetime import date, datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from django.http import HttpRequest
from ninja import Field, Schema
from pydantic import BaseModel

from niangjia.core import access
from niangjia.core.files.services import photo_url
from niangjia.kernel import clock
from niangjia.scenes.activities import audience
from niangjia.scenes.activities.api.cards import Card, MyBooking, card, my_booking
from niangjia.scenes.activities.api.frame import Code, answer, person_of, read_cursor, router, write_cursor
from niangjia.scenes.activities.audience import Audience
from niangjia.scenes.activities.forms import Question
from niangjia.scenes.activities.models import Activity, Taste, Way
from niangjia.scenes.activities.selectors import addons, finding, mine, programme
from niangjia.scenes.activities.selectors.finding import Found, Search
from niangjia.scenes.activities.services import tastes
from niangjia.scenes.activities.types import PRIORITIES, TOPICS


class Coded(Schema):
    code: str
    title: str


class FestivalLine(BaseModel):
    id: UUID
    title: str
    organiser: str
    starts_on: date | None
    ends_on: date | None


class Options(Schema):
    """Every list to choose from, in the reader's language."""

    topics: list[Coded]
    ways: list[Coded]
    districts: list[Coded]


class Wish(Schema):
    """`order` "near" needs `lat` and `lon` (GCJ-02, two decimals are enough); they are not kept."""

    order: Literal["soon", "near", "for_me"] = "soon"
    topics: Annotated[list[Code], Field(max_length=20)] = []
    district: Code = ""
    online: bool | None = None
    from_day: date | None = None
    to_day: date | None = None
    lat: Annotated[float, Field(ge=-90, le=90)] | None = None
    lon: Annotated[float, Field(ge=-180, le=180)] | None = None
    cursor: str | None = Field(None, max_length=400)


class Cards(BaseModel):
    """`personal` tells whether the consent for “for me” stands; without it the order is that of time."""

    items: list[Card]
    next: str | None
    festivals: list[FestivalLine]
    personal: bool


class Lack(BaseModel):
    words: str
    next: str


class SessionOut(BaseModel):
    """`capacity` null: no booking needed, it belongs to the activity."""

    id: UUID
    title: str
    speaker: str
    place: str
    starts_at: datetime
    ends_at: datetime
    capacity: int | None
    free: int | None


class AddOnOut(BaseModel):
    """Something beside a place. `each`: everybody who comes with me gets one; otherwise one for all of us."""

    code: str
    title: str
    note: str
    each: bool
    places: int
    free: int
    waiting: int


class Whole(Card):
    """Everything of one activity. `lacking` is empty when I may come. `stream_open`: POST attend lets me in now."""

    about: str
    address: str
    lat: float | None
    lon: float | None
    photos: list[str]
    audience: str
    audience_note: str
    lacking: list[Lack]
    first: list[str]
    cancel_until: datetime
    keeps_waiting: bool
    max_party: int
    passes_on: bool
    addons: list[AddOnOut]
    form: list[Question]
    survey: list[Question]
    programme: list[SessionOut]
    yuan_each: int
    certificate: str
    cancel_reason: str
    series_title: str
    stream_open: bool
    rotating: bool
    my: MyBooking | None


class Festival(BaseModel):
    id: UUID
    title: str
    about: str
    organiser: str
    starts_on: date | None
    ends_on: date | None
    items: list[Card]


class Likes(Schema):
    """What I like to be told of; used only to put activities in order, and only with my consent."""

    topics: Annotated[list[Code], Field(max_length=20)] = []
    district: Code = ""


@router.get("/options", response=Options)
@access.signed_in
def options(request: HttpRequest) -> Any:
    return Options(
        topics=[Coded(code=code, title=str(title)) for code, title in TOPICS.items()],
        ways=[Coded(code=way.value, title=str(way.label)) for way in Way],
        districts=[Coded(code=code, title=name) for code, name in finding.districts()],
    )


@router.post("/find", response=Cards)
@access.signed_in
def find(request: HttpRequest, wish: Wish) -> Any:
    """What lies ahead. A POST, so that no address holds where somebody is."""
    me, now = person_of(request), clock.now()
    search = Search(**wish.dict(exclude={"cursor", "topics"}), topics=tuple(wish.topics))
    found, then = finding.find(person_id=me, search=search, offset=read_cursor(wish.cursor, search), now=now)
    return answer(
        Cards(
            items=[card(row, me, now) for row in found],
            next=write_cursor(then, search),
            festivals=[_line(series) for series in programme.festivals(me, now)],
            personal=finding.is_personal(me),
        )
    )


def _line(series: Any) -> FestivalLine:
    return FestivalLine(
        id=series.pk,
        title=series.title,
        organiser=series.org.name,
        starts_on=series.starts_on,
        ends_on=series.ends_on,
    )


@router.get("/one", response=Whole)
@access.signed_in
def one(request: HttpRequest, activity: UUID) -> Any:
    """One activity, with my own place in it."""
    me, now = person_of(request), clock.now()
    return answer(_whole(finding.activity_for(me, activity, now), me, now))


def _whole(row: Activity, me: UUID, now: datetime) -> Whole:
    (found,) = finding.dressed(me, [(row, None, ())])
    asked = Audience.read(row.audience)
    place = mine.place_at(me, row, now)
    shown = card(found, me, now).model_dump()
    return Whole(
        **{**shown, "mine": place.booking.state if place else None},
        **{name: getattr(row, name) for name in _PLAIN},
        photos=[photo_url(key, me, "full", now) for key in programme.photos_of(row)],
        audience=audience.in_words(asked, now),
        lacking=[Lack(words=lack.words, next=lack.lacking) for lack in audience.lacking(asked, person_id=me, now=now)],
        first=[str(PRIORITIES[group]) for group in row.priority if group in PRIORITIES],  # type: ignore[index]
        form=row.form.get("questions", []),
        survey=row.survey.get("questions", []) if place and place.survey_open else [],
        addons=[_addon(one) for one in addons.left_of(row)],
        programme=[_session(line) for line in programme.programme(row)],
        yuan_each=round(row.cost_fen / max(1, row.capacity) / 100),
        series_title=row.series.title if row.series else "",
        stream_open=_stream_open(row, place, now),
        my=my_booking(place, now, in_line=mine.place_in_line(place) if place else None),
    )


_PLAIN = (
    "about", "address", "lat", "lon", "audience_note", "cancel_until", "keeps_waiting", "max_party", "certificate",
    "cancel_reason", "rotating", "passes_on",
)  # fmt: skip


def _addon(left: addons.Left) -> AddOnOut:
    one = left.offer
    return AddOnOut(
        code=one.code,
        title=one.title,
        note=one.note,
        each=one.each,
        places=left.capacity,
        free=left.free,
        waiting=left.waiting,
    )


def _stream_open(row: Activity, place: mine.MyPlace | None, now: datetime) -> bool:
    return bool(row.stream) and place is not None and place.booking.state == "booked" and mine.is_on(row, now)


def _session(line: programme.Line) -> SessionOut:
    row = line.session
    return SessionOut(
        id=row.pk,
        title=row.title,
        speaker=row.speaker,
        place=row.place,
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        capacity=row.capacity,
        free=max(0, line.figures.free) if line.figures else None,
    )


@router.get("/festival", response=Festival)
@access.signed_in
def festival(request: HttpRequest, id: UUID) -> Any:
    """One page over everything that belongs together."""
    me, now = person_of(request), clock.now()
    series, rows = programme.festival(me, id, now)
    items: list[Found] = rows
    return answer(
        Festival(**_line(series).model_dump(), about=series.about, items=[card(row, me, now) for row in items])
    )


@router.get("/taste", response=Likes)
@access.signed_in
def taste(request: HttpRequest) -> Any:
    row = Taste.objects.filter(person_id=person_of(request)).first()
    return Likes(topics=row.topics, district=row.district) if row else Likes()


@router.post("/taste", response=Likes)
@access.signed_in
def save_taste(request: HttpRequest, given: Likes) -> Any:
    row = tastes.save(person_id=person_of(request), topics=given.topics, district=given.district)
    return Likes(topics=row.topics, district=row.district)
