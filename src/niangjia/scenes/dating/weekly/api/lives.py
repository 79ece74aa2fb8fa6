"""The live programme on the phone: invitations, the room, and what may be watched."""

from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from django.http import HttpRequest
from ninja import Field, Schema
from pydantic import BaseModel

from niangjia.core import access
from niangjia.core.endpoints import answer
from niangjia.kernel import clock
from niangjia.scenes.dating.api.cards import Card, cards
from niangjia.scenes.dating.api.frame import Empty, Text, person_of, router
from niangjia.scenes.dating.events.api.evening import SeatOut, SignalOut, Signals
from niangjia.scenes.dating.selectors.people import member
from niangjia.scenes.dating.weekly import live_calls, live_selectors, programme
from niangjia.scenes.dating.weekly.api.lists import PairedOut
from niangjia.scenes.dating.weekly.types import AFTER, LIVE

_SAID: dict[str, Literal["yes", "no"]] = {"y": "yes", "n": "no"}


class LiveOut(BaseModel):
    """A talk to which I am invited. `seen`: I agreed that others watch; `watched`: we both did."""

    id: UUID
    organiser: str
    other: Card | None
    starts_at: datetime
    ends_at: datetime
    answer_by: datetime
    state: Literal["invited", "agreed", "over"]
    said: Literal["yes", "no"] | None
    after: Literal["yes", "no"] | None
    after_until: datetime
    streamed: bool
    seen: bool
    watched: bool
    paired: bool


class OnAir(BaseModel):
    """A talk that everybody may watch. Nobody is named before it begins."""

    id: UUID
    organiser: str
    starts_at: datetime
    ends_at: datetime
    url: str


class Programme(BaseModel):
    """`willing`: I agreed to be invited."""

    willing: bool
    mine: list[LiveOut]
    on_air: list[OnAir]


class LiveKey(Schema):
    live: UUID


class LiveAnswer(Schema):
    live: UUID
    yes: bool


class LiveSignalIn(Schema):
    live: UUID
    body: Text = Field(min_length=1, max_length=20_000)


@router.get("/live", response=Programme)
@access.signed_in
def programme_page(request: HttpRequest) -> Any:
    """My invitations, and what is on."""
    now = clock.now()
    me = member(person_of(request), now)
    rows = live_selectors.mine(me, now)
    seen = [row.other for row in rows if row.other]
    shown = dict(zip((row.pk for row in seen), cards(me, seen, now), strict=True))
    willing = live_selectors.agrees(me.person_id, LIVE)
    on_air = [_on_air(live, now) for live in live_selectors.on_air(now)]
    mine = [_mine(row, shown) for row in rows if row.other or row.live.state == "over"]
    return answer(Programme(willing=willing, mine=mine, on_air=on_air))


def _mine(row: live_selectors.MyLive, shown: dict[UUID, Card]) -> LiveOut:
    live = row.live
    ends = live_selectors.ends_at(live)
    return LiveOut(
        id=live.pk,
        organiser=live.org.name,
        other=shown.get(row.other.pk) if row.other else None,
        starts_at=live.starts_at,
        ends_at=ends,
        answer_by=live.answer_by,
        state=live.state,  # type: ignore[arg-type]  # a choice; those that are off are not read
        said=_SAID.get(row.mine.says),
        after=_SAID.get(row.mine.after),
        after_until=ends + AFTER,
        streamed=bool(live.stream_url),
        seen=row.mine.seen,
        watched=row.watched,
        paired=bool(row.other and row.other.mutual),
    )


def _on_air(live: Any, now: datetime) -> OnAir:
    ends = live_selectors.ends_at(live)
    going_on = live.starts_at <= now <= ends
    url = live.stream_url if going_on else ""
    return OnAir(id=live.pk, organiser=live.org.name, starts_at=live.starts_at, ends_at=ends, url=url)


@router.post("/live/answer", response=Empty)
@access.signed_in
def answer_invitation(request: HttpRequest, given: LiveAnswer) -> Any:
    """I come, or I do not. A no is told to nobody."""
    programme.answer(person_id=person_of(request), live_id=given.live, yes=given.yes, now=clock.now())
    return Empty()


@router.post("/live/seen", response=Empty)
@access.signed_in
def be_seen(request: HttpRequest, given: LiveAnswer) -> Any:
    """Others may watch my talk, or not any more."""
    programme.be_seen(person_id=person_of(request), live_id=given.live, seen=given.yes, now=clock.now())
    return Empty()


@router.post("/live/after", response=PairedOut)
@access.signed_in
def say_after(request: HttpRequest, given: LiveAnswer) -> Any:
    """Would I like to meet again?"""
    return PairedOut(
        pair=programme.say_after(person_id=person_of(request), live_id=given.live, yes=given.yes, now=clock.now())
    )


@router.post("/live/seat", response=SeatOut)
@access.signed_in
def seat(request: HttpRequest, given: LiveKey) -> Any:
    """My place in the room of the two."""
    found = live_calls.seat(person_id=person_of(request), live_id=given.live, now=clock.now())
    return SeatOut(kind=found.kind, url=found.url, token=found.token, first=found.first)


@router.post("/live/signal", response=Empty)
@access.signed_in
def signal(request: HttpRequest, given: LiveSignalIn) -> Any:
    """A word from my browser to the other's."""
    live_calls.signal(person_id=person_of(request), live_id=given.live, body=given.body, now=clock.now())
    return Empty()


@router.get("/live/signals", response=Signals)
@access.signed_in
def signals(request: HttpRequest, live: UUID, after: datetime | None = None) -> Any:
    """What the other's browser said since."""
    rows = live_calls.signals(person_id=person_of(request), live_id=live, after=after, now=clock.now())
    return Signals(items=[SignalOut(body=row.body, at=row.at) for row in rows])
