"""Those who both said yes, and how they reach each other."""

from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from django.http import HttpRequest
from ninja import Field, Schema
from pydantic import BaseModel

from niangjia.core import access
from niangjia.core.endpoints import answer
from niangjia.kernel import clock
from niangjia.scenes.dating.api.cards import Card, card, somebody_gone
from niangjia.scenes.dating.api.frame import Text, person_of, router
from niangjia.scenes.dating.models import ContactOffer, Profile
from niangjia.scenes.dating.selectors.pairs import Met, met
from niangjia.scenes.dating.selectors.people import member
from niangjia.scenes.dating.services import contacts

Kind = Literal["phone", "wechat", "other"]


class Contact(BaseModel):
    kind: Kind
    value: str


class PairOut(BaseModel):
    """`their_contact` is opened only when both have offered one; `they_offered` tells that mine is awaited."""

    id: UUID
    other: Card
    since: datetime
    my_contact: Contact | None
    their_contact: Contact | None
    they_offered: bool


class Pairs(BaseModel):
    items: list[PairOut]


class Offer(Schema):
    pair: UUID
    kind: Kind
    value: Text = Field(max_length=80)


class Withdrawal(Schema):
    pair: UUID


@router.get("/pairs", response=Pairs)
@access.signed_in
def pairs(request: HttpRequest) -> Any:
    """Everybody with whom it was yes on both sides, the latest first."""
    now = clock.now()
    me = member(person_of(request), now)
    return answer(Pairs(items=_shown(me, met(me, now), now)))


@router.post("/contact/offer", response=PairOut)
@access.signed_in
def offer(request: HttpRequest, given: Offer) -> Any:
    """Offer a way to be reached. They see it when they have offered one too."""
    now = clock.now()
    me, row = contacts.offer(
        person_id=person_of(request), pair_id=given.pair, kind=given.kind, value=given.value, now=now
    )
    return _shown(me, [row], now)[0]


@router.post("/contact/withdraw", response=PairOut)
@access.signed_in
def withdraw(request: HttpRequest, given: Withdrawal) -> Any:
    """Take my contact back; theirs closes too."""
    now = clock.now()
    me, row = contacts.withdraw(person_id=person_of(request), pair_id=given.pair, now=now)
    return _shown(me, [row], now)[0]


def _shown(me: Profile, rows: list[Met], now: datetime) -> list[PairOut]:
    return [
        PairOut(
            id=row.pair.pk,
            other=card(me, row.other, now) if row.other else somebody_gone(row.pair.pk),
            since=row.pair.since,
            my_contact=_contact(row.mine),
            their_contact=_contact(row.theirs) if row.open and row.other else None,
            they_offered=row.theirs is not None,
        )
        for row in rows
    ]


def _contact(offer: ContactOffer | None) -> Contact | None:
    return Contact(kind=offer.kind, value=offer.value) if offer else None  # type: ignore[arg-type]  # a choice
