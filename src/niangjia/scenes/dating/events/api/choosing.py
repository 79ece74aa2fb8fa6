"""A mutual selection on the phone: cards, choosing in secret, and the receipt for it."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Field, Schema
from pydantic import BaseModel

from niangjia.core import access
from niangjia.core.endpoints import answer
from niangjia.kernel import clock
from niangjia.scenes.dating.api.cards import Card, cards
from niangjia.scenes.dating.api.frame import Text, person_of, router
from niangjia.scenes.dating.events import dealing, picking, selectors
from niangjia.scenes.dating.events.types import Picked


class DealtCards(BaseModel):
    """A page of others in the event, in an order of my own. `picked`: those of them I have chosen; `left`: how many
    more I may; `tomorrow`: more people are in it than I am shown today."""

    items: list[Card]
    picked: list[UUID]
    left: int
    next: str | None
    tomorrow: bool


class Chosen(BaseModel):
    """All I have chosen so far."""

    items: list[Card]
    left: int


class PickIn(Schema):
    event: UUID
    id: UUID


class PickOut(Schema):
    picked: bool
    left: int

    @classmethod
    def of(cls, done: Picked) -> "PickOut":
        return cls(picked=done.picked, left=done.left)


class CardsIn(Schema):
    event: UUID
    cursor: Text | None = Field(None, max_length=8)


class Receipt(Schema):
    """Keep it, if you want to check after the close that you were counted. The server forgets it then."""

    event: UUID
    me: UUID
    salt: str
    chosen: list[UUID]
    fingerprint: str


@router.post("/events/cards", response=DealtCards)
@access.signed_in
def dealt(request: HttpRequest, given: CardsIn) -> Any:
    """The others, page by page."""
    now = clock.now()
    me, hand = dealing.deal(person_id=person_of(request), event_id=given.event, cursor=given.cursor, now=now)
    return answer(
        DealtCards(
            items=cards(me, hand.rows, now),
            picked=[row.pk for row in hand.rows if row.pk in hand.chosen],
            left=hand.left,
            next=hand.next,
            tomorrow=hand.tomorrow,
        )
    )


@router.post("/events/pick", response=PickOut)
@access.signed_in
def pick(request: HttpRequest, given: PickIn) -> Any:
    """Choose somebody, in secret."""
    return PickOut.of(
        picking.pick(person_id=person_of(request), event_id=given.event, profile_id=given.id, now=clock.now())
    )


@router.post("/events/unpick", response=PickOut)
@access.signed_in
def unpick(request: HttpRequest, given: PickIn) -> Any:
    """As if it had not been said."""
    return PickOut.of(
        picking.take_back(person_id=person_of(request), event_id=given.event, profile_id=given.id, now=clock.now())
    )


@router.get("/events/chosen", response=Chosen)
@access.signed_in
def chosen(request: HttpRequest, event: UUID) -> Any:
    """Whom I have chosen; shown to nobody but me."""
    now = clock.now()
    me, rows, left = selectors.chosen(person_id=person_of(request), event_id=event, now=now)
    return answer(Chosen(items=cards(me, rows, now), left=left))


@router.get("/events/receipt", response=Receipt)
@access.signed_in
def receipt(request: HttpRequest, event: UUID) -> Any:
    """My salt and my choice, by which I can check later that it was counted as I made it."""
    return Receipt(**selectors.receipt(person_id=person_of(request), event_id=event, now=clock.now()))
