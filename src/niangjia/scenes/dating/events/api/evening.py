"""An evening of short talks on the phone, at tables or online."""

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
from niangjia.scenes.dating.events import calls, evening, picking, selectors
from niangjia.scenes.dating.models import Event, Profile
from niangjia.scenes.dating.selectors.people import member


class TalkOut(BaseModel):
    """A talk of mine. `other` is empty when they cannot be seen any more; `yes`: I would like to meet again."""

    id: UUID
    round: int
    table: int
    other: Card | None
    yes: bool
    left: bool


class Evening(BaseModel):
    """Where I am to be. `talk` is the one of this round, `next` the one after the bell, `before` what lies behind."""

    state: Literal["waiting", "talking", "between", "over"]
    round: int
    rounds: int
    minutes: int
    ends_at: datetime | None
    now: datetime
    word: str
    number: int | None
    talk: TalkOut | None
    next: TalkOut | None
    before: list[TalkOut]


class TalkAnswer(Schema):
    talk: UUID
    yes: bool


class TalkKey(Schema):
    talk: UUID


class SeatOut(Schema):
    """How to join the call: `livekit` with url and token, or `peer`, browser to browser; `first` begins."""

    kind: str
    url: str
    token: str
    first: bool


class SignalIn(Schema):
    talk: UUID
    body: Text = Field(min_length=1, max_length=20_000)


class SignalOut(Schema):
    body: str
    at: datetime


class Signals(Schema):
    items: list[SignalOut]


@router.get("/events/now", response=Evening)
@access.signed_in
def where_now(request: HttpRequest, event: UUID) -> Any:
    """My table, and how long still. Asked every few seconds."""
    now = clock.now()
    me, row = member(person_of(request), now), selectors.one_on_offer(event)
    return answer(_evening(me, row, now))


def _evening(me: Profile, row: Event, now: datetime) -> Evening:
    talks = _talks(me, selectors.talks_of(me, row, now), now)
    current = next((talk for talk in talks if talk.round == row.round), None)
    ends = evening.ends_at(row)
    over = row.closed_at is not None or row.state == "cancelled"
    return Evening(
        state="over" if over else "waiting" if ends is None else "talking" if now < ends else "between",
        round=row.round,
        rounds=row.rounds,
        minutes=row.minutes,
        ends_at=ends,
        now=now,
        word=row.word,
        number=selectors.places_of(me, [row])[row.pk].number,
        talk=current,
        next=next((talk for talk in talks if talk.round > row.round), None),
        before=[talk for talk in talks if talk.round < row.round],
    )


def _talks(me: Profile, seats: list[selectors.Seat], now: datetime) -> list[TalkOut]:
    seen = [seat.other for seat in seats if seat.other]
    shown = dict(zip((row.pk for row in seen), cards(me, seen, now), strict=True))
    return [
        TalkOut(
            id=seat.talk.pk,
            round=seat.talk.round,
            table=seat.talk.table,
            other=shown.get(seat.other.pk) if seat.other else None,
            yes=seat.yes,
            left=seat.talk.ended_at is not None,
        )
        for seat in seats
    ]


@router.post("/events/say", response=Empty)
@access.signed_in
def say(request: HttpRequest, given: TalkAnswer) -> Any:
    """Would I like to meet them again? Told to nobody unless they say so too."""
    picking.say(person_id=person_of(request), talk_id=given.talk, yes=given.yes, now=clock.now())
    return Empty()


@router.post("/events/leave-talk", response=Empty)
@access.signed_in
def leave_talk(request: HttpRequest, given: TalkKey) -> Any:
    """Out of this talk, now and without a reason."""
    evening.leave_talk(person_id=person_of(request), talk_id=given.talk, now=clock.now())
    return Empty()


@router.post("/events/seat", response=SeatOut)
@access.signed_in
def seat(request: HttpRequest, given: TalkKey) -> Any:
    """My place in the video room of this talk, while it lasts."""
    found = calls.seat(person_id=person_of(request), talk_id=given.talk, now=clock.now())
    return SeatOut(kind=found.kind, url=found.url, token=found.token, first=found.first)


@router.post("/events/signal", response=Empty)
@access.signed_in
def signal(request: HttpRequest, given: SignalIn) -> Any:
    """A word from my browser to the other's, so that the two find each other."""
    calls.signal(person_id=person_of(request), talk_id=given.talk, body=given.body, now=clock.now())
    return Empty()


@router.get("/events/signals", response=Signals)
@access.signed_in
def signals(request: HttpRequest, talk: UUID, after: datetime | None = None) -> Any:
    """What the other's browser said since."""
    rows = calls.signals(person_id=person_of(request), talk_id=talk, after=after, now=clock.now())
    return Signals(items=[SignalOut(body=row.body, at=row.at) for row in rows])
