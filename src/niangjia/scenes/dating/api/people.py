"""Looking around and deciding."""

from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from django.http import HttpRequest
from ninja import Field, Schema
from pydantic import BaseModel

from niangjia.core import access
from niangjia.core.attestations.models import Method
from niangjia.core.attestations.selectors import living
from niangjia.core.endpoints import answer
from niangjia.kernel import clock
from niangjia.scenes.dating import places
from niangjia.scenes.dating.api.cards import Card, blurred, card, cards, picture, state_of
from niangjia.scenes.dating.api.frame import Age, Codes, Height, Target, Text, person_of, router
from niangjia.scenes.dating.models import Profile
from niangjia.scenes.dating.selectors.people import member, photos_of, said_yes_to
from niangjia.scenes.dating.services import decisions, seeing
from niangjia.scenes.dating.types import Answer, Filters, Order, Seen, State


class Search(Schema):
    """What to look for; what is left out may be anything."""

    hobbies: Codes = []
    age_from: Age | None = None
    age_to: Age | None = None
    height_from: Height | None = None
    height_to: Height | None = None
    educations: Codes = []
    districts: Codes = []
    home_town: Text | None = Field(None, max_length=40)
    marital: Codes = []
    order: Order = "newest"
    cursor: Text | None = Field(None, max_length=200)

    def filters(self) -> Filters:
        return Filters(
            hobbies=tuple(self.hobbies),
            age_from=self.age_from,
            age_to=self.age_to,
            height_from=self.height_from,
            height_to=self.height_to,
            educations=tuple(self.educations),
            districts=tuple(self.districts),
            home_town=places.asked_town(self.home_town or ""),
            marital=tuple(self.marital),
            order=self.order,
        )


class CardPage(BaseModel):
    """A page of people; `next` is null at the end."""

    items: list[Card]
    next: str | None


class Browsed(CardPage):
    """`for_you`: in a personal order. False also when one was asked for and is switched off or not there yet."""

    left_today: int
    for_you: bool


class OtherFact(BaseModel):
    """What is verified of somebody else. The employer is not named."""

    kind: Literal["real_person", "employer", "single"]
    state: Literal["verified"] = "verified"
    source: str = ""
    method: str = ""
    since: datetime | None = None
    until: datetime | None = None
    why: str = ""
    next: str = ""


class ShownPhoto(BaseModel):
    url: str
    blurred: bool


class FullProfile(BaseModel):
    """A card and all the rest that its owner shows."""

    id: UUID
    nickname: str
    age: int
    height_cm: int | None
    education: str
    district: str
    home_town: str
    trade: str
    hobbies: list[str]
    photo: str | None
    photo_blurred: bool
    facts: list[OtherFact]
    why: list[str]
    said: Literal["yes"] | None
    tier: Literal["triple", "at_ease"] | None = None
    about: str
    wish_text: str
    marital: str
    children: str
    smoking: str
    drinking: str
    photos: list[ShownPhoto]
    state: State
    left_today: int


class SaidState(Schema):
    """What there is between the two now, as far as I may know."""

    state: State
    pair: UUID | None = None

    @classmethod
    def of(cls, answer: Answer) -> "SaidState":
        return cls(state=answer.state, pair=answer.pair_id)


@router.post("/browse", response=Browsed)
@access.signed_in
def browse(request: HttpRequest, search: Search) -> Any:
    """A page of people who fit the filters. So many new ones a day; those seen already do not count again."""
    now = clock.now()
    me, page, left = seeing.look_around(
        person_id=person_of(request), filters=search.filters(), cursor=search.cursor, now=now
    )
    return answer(Browsed(items=cards(me, page.rows, now), next=page.next, left_today=left, for_you=page.for_you))


@router.post("/open", response=FullProfile)
@access.signed_in
def open_profile(request: HttpRequest, target: Target) -> Any:
    """One profile in full."""
    now = clock.now()
    me, row, left = seeing.open_profile(person_id=person_of(request), profile_id=target.id, now=now)
    return answer(_full(me, row, left, now))


def _full(me: Profile, row: Seen, left: int, now: datetime) -> FullProfile:
    photos = photos_of(row)
    short = card(me, row, now)
    told = {name: getattr(row, name) for name in ("about", "wish_text", "marital", "children", "smoking", "drinking")}
    return FullProfile(
        **{**short.model_dump(), "facts": _facts(row, now)},
        **told,
        photos=[ShownPhoto(url=picture(me, row, photo, now, large=True), blurred=blurred(row)) for photo in photos],
        state=state_of(row),
        left_today=left,
    )


def _facts(row: Seen, now: datetime) -> list[OtherFact]:
    facts = living(now).filter(person_id=row.person_id).order_by("kind")
    return [
        OtherFact(
            kind=fact.kind,  # type: ignore[arg-type]  # a choice of the model, the same three
            source=str(Method(fact.method).label),
            method=fact.method,
            since=fact.made_at,
            until=fact.expires_at,
        )
        for fact in facts
    ]


@router.post("/yes", response=SaidState)
@access.signed_in
def yes(request: HttpRequest, target: Target) -> Any:
    """Say yes. It stays my secret until they say yes too."""
    return SaidState.of(decisions.say_yes(person_id=person_of(request), profile_id=target.id, now=clock.now()))


@router.post("/pass", response=SaidState)
@access.signed_in
def pass_by(request: HttpRequest, target: Target) -> Any:
    """Not this one; they do not come again, and are not told."""
    return SaidState.of(decisions.pass_by(person_id=person_of(request), profile_id=target.id, now=clock.now()))


@router.post("/take-back", response=SaidState)
@access.signed_in
def take_back(request: HttpRequest, target: Target) -> Any:
    """As if nothing had been said."""
    return SaidState.of(decisions.take_back(person_id=person_of(request), profile_id=target.id, now=clock.now()))


@router.get("/said", response=CardPage)
@access.signed_in
def said(request: HttpRequest, cursor: str | None = None) -> Any:
    """Those I said yes to and who have not said anything I may know of."""
    now = clock.now()
    me = member(person_of(request), now)
    page = said_yes_to(me, cursor, now)
    return answer(CardPage(items=cards(me, page.rows, now), next=page.next))
