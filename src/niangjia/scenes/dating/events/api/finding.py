"""What is on, one event, coming in and going, and what came of it."""

from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from django.http import HttpRequest
from ninja import Schema
from pydantic import BaseModel

from niangjia.core import access
from niangjia.core.endpoints import answer
from niangjia.kernel import clock
from niangjia.scenes.dating.api.cards import Card, card
from niangjia.scenes.dating.api.frame import Empty, person_of, router
from niangjia.scenes.dating.events import answering, entering, selectors
from niangjia.scenes.dating.events.policies import lacks
from niangjia.scenes.dating.models import Event, Profile
from niangjia.scenes.dating.selectors.people import member


class EventLine(BaseModel):
    """One event in the list. `mine`: whether I have a place; `free`: places left for my sex; `lacks`: why not me."""

    id: UUID
    kind: Literal["selection", "evening", "online"]
    title: str
    place: str
    organiser: str
    opens_at: datetime
    closes_at: datetime
    state: Literal["ahead", "open", "closed", "cancelled"]
    gig_only: bool
    picks: int
    rounds: int
    minutes: int
    mine: Literal["none", "waiting", "booked"]
    number: int | None
    free: int
    lacks: str


class Events(BaseModel):
    items: list[EventLine]


class SecondAsked(BaseModel):
    """Somebody the engine has in mind for me. `said` is my own answer so far."""

    id: UUID
    who: Card
    said: Literal["yes", "no"] | None
    until: datetime


class EventPage(EventLine):
    """After the close: how many took part and paired, those I found, and perhaps somebody for a second round."""

    about: str
    entrants: int
    pairs: int
    found: list[UUID]
    commitment: str
    second: SecondAsked | None


class Entry(Schema):
    """`key` is drawn by the phone; the same request sent twice counts once."""

    event: UUID
    key: UUID
    wait: bool = False


class Entered(Schema):
    state: Literal["booked", "waiting"]


class EventKey(Schema):
    event: UUID


class SecondAnswer(Schema):
    proposal: UUID
    yes: bool


class Joined(Schema):
    """Whether we are a pair now."""

    pair: bool


class Proof(Schema):
    """What anybody may read of a closed event; docs/selection/recompute.py checks it. Empty before the close."""

    event: UUID
    title: str
    closed_at: datetime | None
    entrants: int
    pairs: int
    commitment: str
    fingerprints: list[str]


@router.get("/events", response=Events)
@access.signed_in
def events(request: HttpRequest) -> Any:
    """What is on, and what closed lately."""
    now = clock.now()
    me = member(person_of(request), now)
    rows = list(selectors.on_offer(now)[:60])
    places = selectors.places_of(me, rows)
    return answer(Events(items=[EventLine(**_line(me, row, places[row.pk], now)) for row in rows]))


@router.get("/events/one", response=EventPage)
@access.signed_in
def event_page(request: HttpRequest, event: UUID) -> Any:
    """One event."""
    now = clock.now()
    me, row = member(person_of(request), now), selectors.one_on_offer(event)
    found = [pair.pk for pair in selectors.found_at(me, row)]
    return answer(
        EventPage(
            **_line(me, row, selectors.places_of(me, [row])[row.pk], now),
            about=row.about,
            entrants=row.entrants,
            pairs=row.pairs,
            found=found,
            commitment=row.proof.get("commitment", ""),
            second=_second(me, row, now),
        )
    )


def _line(me: Profile, row: Event, place: selectors.Place, now: datetime) -> dict[str, Any]:
    columns = ("kind", "title", "place", "opens_at", "closes_at", "gig_only", "picks", "rounds", "minutes")
    return {
        "id": row.pk,
        **{name: getattr(row, name) for name in columns},
        "organiser": row.org.name,
        "state": _state(row, now),
        "mine": place.state if place.state in ("none", "waiting") else "booked",
        "number": place.number,
        "free": place.free,
        "lacks": lacks(me, row, now),
    }


def _state(row: Event, now: datetime) -> str:
    if row.state == "cancelled":
        return "cancelled"
    return "closed" if row.closed_at or row.closes_at <= now else "open" if row.opens_at <= now else "ahead"


def _second(me: Profile, row: Event, now: datetime) -> SecondAsked | None:
    found = selectors.proposal_to(me, row, now)
    if found is None or row.second_until is None:
        return None
    proposal, other, said = found
    told: Literal["yes", "no"] | None = None if not said else "yes" if said == "y" else "no"
    return SecondAsked(id=proposal.pk, who=card(me, other, now), said=told, until=row.second_until)


@router.post("/events/enter", response=Entered)
@access.signed_in
def enter(request: HttpRequest, given: Entry) -> Any:
    """Take part. With `wait`, in line when all places are taken."""
    claimed = entering.enter(
        person_id=person_of(request), event_id=given.event, key=given.key, wait=given.wait, now=clock.now()
    )
    return Entered(state="booked" if claimed.state == "booked" else "waiting")


@router.post("/events/withdraw", response=Empty)
@access.signed_in
def withdraw(request: HttpRequest, given: EventKey) -> Any:
    """Not after all; what I chose is gone, and my place goes to the next."""
    entering.withdraw(person_id=person_of(request), event_id=given.event, now=clock.now())
    return Empty()


@router.post("/events/second", response=Joined)
@access.signed_in
def second(request: HttpRequest, given: SecondAnswer) -> Any:
    """What I say to whom the engine has in mind. Told to nobody unless they say yes too."""
    person = person_of(request)
    return Joined(pair=answering.answer(person_id=person, proposal_id=given.proposal, yes=given.yes, now=clock.now()))


@router.get("/events/proof", response=Proof)
@access.public(reason="whoever wants to may check that all sealed choices were counted; it names nobody")
def proof(request: HttpRequest, event: UUID) -> Any:
    """The commitment and the fingerprints under it, once the event has closed."""
    row = selectors.one_on_offer(event)
    empty: dict[str, Any] = {"closed_at": None, "entrants": 0, "pairs": 0, "commitment": "", "fingerprints": []}
    return Proof(**{"event": row.pk, "title": row.title, **empty, **row.proof})
