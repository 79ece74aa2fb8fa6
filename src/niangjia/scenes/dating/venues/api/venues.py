"""Places to meet: looking, booking, coming along, the ticket."""

import io
from datetime import datetime
from typing import Any, Literal
from uuid import UUID

import segno
from django.http import HttpRequest
from ninja import Schema
from pydantic import BaseModel

from niangjia.core import access
from niangjia.core.endpoints import answer
from niangjia.core.files.services import photo_url
from niangjia.kernel import clock
from niangjia.scenes.dating.api.cards import Card, cards
from niangjia.scenes.dating.api.frame import Empty, person_of, router
from niangjia.scenes.dating.models import Profile
from niangjia.scenes.dating.selectors.people import member
from niangjia.scenes.dating.types import Seen
from niangjia.scenes.dating.venues import booking, selectors
from niangjia.scenes.dating.venues.models import Venue
from niangjia.scenes.dating.venues.types import ANSWER


class VenueLine(BaseModel):
    """One place in the list. `next_at`: when it is open next."""

    id: UUID
    kind: Literal["hall", "centre"]
    name: str
    address: str
    district: str
    organiser: str
    photo: str | None
    next_at: datetime | None


class Venues(BaseModel):
    items: list[VenueLine]


class OpeningOut(BaseModel):
    """A time. `free`: places left; `mine`: I have one; `give_back_until`: so long I may give it back."""

    id: UUID
    starts_at: datetime
    ends_at: datetime
    free: int
    mine: bool
    give_back_until: datetime | None


class Partner(BaseModel):
    """Somebody I found, whom I may ask along."""

    pair: UUID
    nickname: str


class VenuePage(VenueLine):
    about: str
    rules: str
    phone: str
    photos: list[str]
    openings: list[OpeningOut]
    partners: list[Partner]


class VisitOut(BaseModel):
    """A time of mine. `along`: nobody else, waiting for their word, or they come."""

    opening: UUID
    booking: UUID
    venue: str
    name: str
    address: str
    starts_at: datetime
    ends_at: datetime
    give_back_until: datetime | None
    along: Literal["alone", "waiting", "coming"]
    other: Card | None


class AskedAlong(BaseModel):
    id: UUID
    name: str
    address: str
    starts_at: datetime
    ends_at: datetime
    answer_by: datetime
    who: Card
    said: Literal["no"] | None


class Visits(BaseModel):
    visits: list[VisitOut]
    asked: list[AskedAlong]


class BookIn(Schema):
    """`key` is drawn by the phone; the same request sent twice counts once. `pair`: whom I ask along."""

    opening: UUID
    key: UUID
    pair: UUID | None = None


class BookedOut(Schema):
    booking: UUID
    state: str


class OpeningKey(Schema):
    opening: UUID


class AlongAnswer(Schema):
    id: UUID
    yes: bool


class VenueTicket(Schema):
    """`code` is what the QR says; at the door it is scanned, or read out."""

    code: str
    svg: str


@router.get("/venues", response=Venues)
@access.signed_in
def venues(request: HttpRequest) -> Any:
    """Where one can meet."""
    now = clock.now()
    me = member(person_of(request), now)
    rows = list(selectors.published(now)[:100])
    photos = selectors.pictures(venues=[row.pk for row in rows])
    nexts = selectors.next_openings(rows, now)
    return answer(Venues(items=[VenueLine(**_line(me, row, photos, nexts, now)) for row in rows]))


def _line(
    me: Profile, row: Venue, photos: dict[UUID, list[UUID]], nexts: dict[UUID, datetime], now: datetime
) -> dict[str, Any]:
    first = photos.get(row.pk, [None])[0]
    words = {name: getattr(row, name) for name in ("kind", "name", "address", "district")}
    return {
        **words,
        "id": row.pk,
        "organiser": row.org.name,
        "photo": photo_url(first, me.person_id, "full", now) if first else None,
        "next_at": nexts.get(row.pk),
    }


@router.get("/venues/one", response=VenuePage)
@access.signed_in
def venue_page(request: HttpRequest, venue: UUID) -> Any:
    """One place and its times."""
    now = clock.now()
    me, row = member(person_of(request), now), selectors.one(venue)
    photos = selectors.pictures(venues=[row.pk])
    openings = [
        OpeningOut(
            id=free.opening.pk,
            starts_at=free.opening.starts_at,
            ends_at=free.opening.slot.ends_at,
            free=max(0, free.figures.capacity - free.figures.taken),
            mine=free.mine,
            give_back_until=free.opening.slot.cancel_until,
        )
        for free in selectors.openings_of(me, row, now)
    ]
    return answer(
        VenuePage(
            **_line(me, row, photos, selectors.next_openings([row], now), now),
            about=row.about,
            rules=row.rules,
            phone=row.phone,
            photos=[photo_url(photo, me.person_id, "full", now) for photo in photos.get(row.pk, ())],
            openings=openings,
            partners=[Partner(pair=pair.pk, nickname=who.nickname) for pair, who in selectors.partners(me, now)],
        )
    )


@router.post("/venues/book", response=BookedOut)
@access.signed_in
def book(request: HttpRequest, given: BookIn) -> Any:
    """A place for me, or for me and somebody of a pair of mine, who is asked."""
    claimed = booking.book(
        person_id=person_of(request), opening_id=given.opening, key=given.key, pair_id=given.pair, now=clock.now()
    )
    return BookedOut(booking=claimed.booking_id, state=claimed.state)


@router.get("/venues/mine", response=Visits)
@access.signed_in
def mine(request: HttpRequest) -> Any:
    """My times, and who asks me along."""
    now = clock.now()
    me = member(person_of(request), now)
    visits, asked = selectors.visits_of(me, now), selectors.asked_along(me, now)
    seen = _cards(me, [*(row.other for row in visits if row.other), *(row.who for row in asked)], now)
    return answer(
        Visits(
            visits=[_visit(me, row, seen) for row in visits],
            asked=[
                AskedAlong(
                    id=row.together.pk,
                    name=row.opening.venue.name,
                    address=row.opening.venue.address,
                    starts_at=row.opening.starts_at,
                    ends_at=row.opening.slot.ends_at,
                    answer_by=row.opening.starts_at - ANSWER,
                    who=seen[row.who.pk],
                    said="no" if row.together.declined_at else None,
                )
                for row in asked
            ],
        )
    )


def _cards(me: Profile, rows: list[Seen], now: datetime) -> dict[UUID, Card]:
    return dict(zip((row.pk for row in rows), cards(me, rows, now), strict=True))


def _visit(me: Profile, row: selectors.Visit, seen: dict[UUID, Card]) -> VisitOut:
    along: Literal["alone", "waiting", "coming"] = "alone"
    if row.together and row.other:
        along = "coming" if row.together.accepted_at else "waiting"
    venue = row.opening.venue
    return VisitOut(
        opening=row.opening.pk,
        booking=row.booking.pk,
        venue=str(venue.pk),
        name=venue.name,
        address=venue.address,
        starts_at=row.opening.starts_at,
        ends_at=row.booking.slot.ends_at,
        give_back_until=row.booking.slot.cancel_until,
        along=along,
        other=seen.get(row.other.pk) if row.other else None,
    )


@router.post("/venues/along", response=Empty)
@access.signed_in
def come_along(request: HttpRequest, given: AlongAnswer) -> Any:
    """I come along, or I do not; a no is told to nobody."""
    booking.come_along(person_id=person_of(request), together_id=given.id, yes=given.yes, now=clock.now())
    return Empty()


@router.post("/venues/cancel", response=Empty)
@access.signed_in
def cancel(request: HttpRequest, given: OpeningKey) -> Any:
    """Give my place back."""
    booking.cancel(person_id=person_of(request), opening_id=given.opening, now=clock.now())
    return Empty()


@router.get("/venues/ticket", response=VenueTicket)
@access.signed_in
def ticket(request: HttpRequest, booking: UUID) -> Any:
    """What I show at the door."""
    now = clock.now()
    _row, code = selectors.ticket_of(member(person_of(request), now), booking, now)
    out = io.BytesIO()
    segno.make(code, error="m").save(out, kind="svg", border=4, dark="#000", light="#fff", xmldecl=False, omitsize=True)
    return VenueTicket(code=code, svg=out.getvalue().decode())
