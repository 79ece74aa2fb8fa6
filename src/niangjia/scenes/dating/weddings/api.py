"""Group weddings on the phone: what is on, applying together, and the list."""

from datetime import date, datetime
from typing import Any, Literal
from uuid import UUID

from django.http import HttpRequest
from ninja import Field, Schema
from pydantic import BaseModel

from niangjia.core import access
from niangjia.core.accounts.models import Person
from niangjia.core.endpoints import Empty, Text, answer, person_of
from niangjia.kernel import clock
from niangjia.scenes.dating.api.frame import router
from niangjia.scenes.dating.weddings import applying, selectors
from niangjia.scenes.dating.weddings.models import Couple, Wedding

Shows = Literal["", "full", "masked", "none"]


class WeddingCoupleOut(BaseModel):
    """My application. `shows` is how I myself stand on the list; "" is no consent."""

    id: UUID
    receipt: str
    state: Literal["asked", "joined", "seen", "confirmed"]
    married_on: date | None
    shows: Shows


class WeddingOut(BaseModel):
    id: UUID
    title: str
    about: str
    how: str
    place: str
    organiser: str
    held_at: datetime
    apply_until: datetime
    places: int
    free: int
    open: bool
    listed: bool
    mine: WeddingCoupleOut | None


class WeddingAsked(BaseModel):
    """Somebody applied with my number; who it was they told me themselves."""

    id: UUID
    title: str


class WeddingsOut(BaseModel):
    items: list[WeddingOut]
    asked: list[WeddingAsked]


class WeddingListOut(BaseModel):
    """Names as each chose; "" for one who does not wish to be named."""

    title: str
    couples: list[tuple[str, str]]


class WeddingApplyIn(Schema):
    wedding: UUID
    partner_phone: Text = Field(max_length=20)


class WeddingJoinIn(Schema):
    couple: UUID
    yes: bool


class WeddingShowIn(Schema):
    couple: UUID
    how: Shows


class WeddingCoupleKey(Schema):
    couple: UUID


@router.get("/weddings", response=WeddingsOut)
@access.signed_in
def weddings(request: HttpRequest) -> Any:
    """What is on, how I stand with each, and whether somebody applied with me."""
    now, person_id = clock.now(), person_of(request)
    rows = selectors.on_offer(now)
    mine = selectors.mine(person_id, rows)
    asked = applying.asked_of(Person.objects.get(pk=person_id), now)
    return answer(
        WeddingsOut(
            items=[_wedding(row, mine.get(row.pk), person_id, now) for row in rows],
            asked=[WeddingAsked(id=row.pk, title=row.wedding.title) for row in asked],
        )
    )


@router.get("/weddings/list", response=WeddingListOut)
@access.public(reason="a list that the union publishes, of those who both agreed to it")
def wedding_list(request: HttpRequest, wedding: UUID) -> Any:
    row = selectors.published(wedding)
    return answer(WeddingListOut(title=row.title, couples=selectors.couples_on_list(row, clock.now())))


@router.post("/weddings/apply", response=WeddingCoupleOut)
@access.signed_in
def apply(request: HttpRequest, given: WeddingApplyIn) -> Any:
    """Apply for the two of us; the other confirms on their own phone."""
    me = person_of(request)
    row = applying.apply(person_id=me, wedding_id=given.wedding, partner_phone=given.partner_phone, now=clock.now())
    return _couple(row, me)


@router.post("/weddings/join", response=Empty)
@access.signed_in
def join(request: HttpRequest, given: WeddingJoinIn) -> Any:
    applying.join(person_id=person_of(request), couple_id=given.couple, yes=given.yes, now=clock.now())
    return {}


@router.post("/weddings/show", response=WeddingCoupleOut)
@access.signed_in
def show(request: HttpRequest, given: WeddingShowIn) -> Any:
    """How my name stands on the list, or not at all."""
    me = person_of(request)
    return _couple(applying.show(person_id=me, couple_id=given.couple, how=given.how, now=clock.now()), me)


@router.post("/weddings/leave", response=Empty)
@access.signed_in
def leave(request: HttpRequest, given: WeddingCoupleKey) -> Any:
    """Take the application back, for both."""
    applying.leave(person_id=person_of(request), couple_id=given.couple, now=clock.now())
    return {}


def _wedding(row: Wedding, mine: Couple | None, me: UUID, now: datetime) -> WeddingOut:
    return WeddingOut(
        id=row.pk,
        title=row.title,
        about=row.about,
        how=row.how,
        place=row.place,
        organiser=row.org.name,
        held_at=row.held_at,
        apply_until=row.apply_until,
        places=row.places,
        free=row.places - row.taken,
        open=row.apply_until > now,
        listed=row.list_published_at is not None,
        mine=_couple(mine, me) if mine else None,
    )


def _couple(row: Couple, me: UUID) -> WeddingCoupleOut:
    return WeddingCoupleOut(
        id=row.pk,
        receipt=row.receipt,
        state="confirmed" if row.confirmed_at else "seen" if row.seen_at else "joined" if row.other_id else "asked",
        married_on=row.married_on,
        shows=row.one_shows if row.one_id == me else row.other_shows,  # type: ignore[arg-type]  # a choice
    )
