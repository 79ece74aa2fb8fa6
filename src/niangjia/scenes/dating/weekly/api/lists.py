"""The week's list on the phone: reading it, being on it, asking and answering."""

from datetime import date, datetime
from typing import Any, Literal
from uuid import UUID

from django.http import HttpRequest
from ninja import Field, Schema
from pydantic import BaseModel

from niangjia.core import access
from niangjia.core.consent import selectors as consent
from niangjia.core.endpoints import answer
from niangjia.core.files.services import photo_url
from niangjia.kernel import clock
from niangjia.scenes.dating.api.cards import Card, cards
from niangjia.scenes.dating.api.frame import Code, Empty, Text, person_of, router
from niangjia.scenes.dating.api.profile import HeldWords, held_words
from niangjia.scenes.dating.selectors.people import member, own, seeker
from niangjia.scenes.dating.selectors.safety import held_of
from niangjia.scenes.dating.weekly import interests, listing, selectors
from niangjia.scenes.dating.weekly.models import Line
from niangjia.scenes.dating.weekly.types import HELD, LISTED, PUBLIC, Shown, Words

State = Literal["none", "asked", "mutual"]


class Listed(BaseModel):
    """One on the list. `photo` only where they chose to show one."""

    line: UUID
    number: int
    nickname: str
    band: str
    district: str
    trade: str
    says: str
    wishes: str
    photo: str | None
    state: State


class TownOut(BaseModel):
    code: str
    monday: date
    until: datetime


class Week(BaseModel):
    """The list of one town: mine where there is one, else the first. `town` is empty where no list is open.

    `tomorrow`: more people are on it than I am shown today.
    """

    towns: list[TownOut]
    town: str
    organiser: str
    items: list[Listed]
    tomorrow: bool


class HeldLine(HeldWords):
    """Which of my two lines."""

    field: Literal["says", "wishes"]


class MyPlace(BaseModel):
    """What I said for the list, and what of it is `held`.

    `number` is this week's; `out_reason`: taken out of this week's, and why.
    """

    listed: bool
    public: bool
    says: str
    wishes: str
    with_photo: bool
    held: list[HeldLine]
    district: str
    town: str
    week: date | None
    number: int | None
    out_reason: str
    may_object: bool
    objected: bool


class WordsIn(Schema):
    says: Text = Field(max_length=200)
    wishes: Text = Field("", max_length=200)
    with_photo: bool = False
    public: bool = False


class LineKey(Schema):
    line: UUID


class SaidOut(Schema):
    """`asked`: my interest stands. `mutual`: we are a pair."""

    state: State


class Objection(Schema):
    text: Text = Field(min_length=2, max_length=400)


class AskedOut(BaseModel):
    """Somebody who would like to know me. What I answer is told to nobody unless both say yes."""

    id: UUID
    by_hotline: bool
    who: Card
    until: datetime
    said: Literal["yes", "no"] | None


class CallOut(BaseModel):
    """A call from my number that waits for my word."""

    id: UUID
    number: int
    town: str
    at: datetime


class AskedPage(BaseModel):
    asked: list[AskedOut]
    calls: list[CallOut]


class AskedAnswer(Schema):
    id: UUID
    yes: bool


class PairedOut(Schema):
    """Whether we are a pair now."""

    pair: bool


@router.get("/weekly", response=Week)
@access.signed_in
def week(request: HttpRequest, town: Code = "") -> Any:
    """This week's list of a town."""
    now = clock.now()
    me = seeker(person_of(request), now)
    rows = list(selectors.open_lists(now))
    wanted = (town, me.district)
    row = next((row for code in wanted for row in rows if row.town == code), rows[0] if rows else None)
    shown, tomorrow = interests.look_through(me, row, now) if row else ([], False)
    return answer(
        Week(
            towns=[TownOut(code=r.town, monday=r.monday, until=r.until) for r in rows if r.until],
            town=row.town if row else "",
            organiser=row.org.name if row else "",
            items=[_listed(one, me.person_id, now) for one in shown],
            tomorrow=tomorrow,
        )
    )


def _listed(shown: Shown, viewer: UUID, now: datetime) -> Listed:
    words = {name: getattr(shown, name) for name in Listed.model_fields if name != "photo"}
    return Listed(**words, photo=photo_url(shown.photo, viewer, "thumb", now) if shown.photo else None)


@router.get("/weekly/mine", response=MyPlace)
@access.signed_in
def mine(request: HttpRequest) -> Any:
    """My own place on the list."""
    now = clock.now()
    me = own(person_of(request))
    found = selectors.mine(me, now)
    agreed = {row.purpose.code for row in consent.standing(person_id=me.person_id) if row.given}
    entry, line = found.entry, found.line
    return answer(
        MyPlace(
            listed=entry is not None and LISTED in agreed,
            public=PUBLIC in agreed,
            says=entry.says if entry else me.about[:60].splitlines()[0] if me.about else "",
            wishes=entry.wishes if entry else "",
            with_photo=bool(entry and entry.with_photo),
            held=[HeldLine(field=_FIELD[one.row.field], **held_words(one)) for one in held_of(me, _FIELD, now)],
            district=me.district,
            town=line.list.town if line else "",
            week=line.list.monday if line else None,
            number=line.number if line else None,
            **_taken_out(line),
        )
    )


_FIELD: dict[str, Literal["says", "wishes"]] = {HELD["says"]: "says", HELD["wishes"]: "wishes"}


def _taken_out(line: Line | None) -> dict[str, Any]:
    out = line is not None and line.out_at is not None
    return {
        "out_reason": line.out_reason if line and out else "",
        "may_object": bool(line and out and line.objected_at is None),
        "objected": bool(line and out and line.objected_at is not None and line.kept_out_at is None),
    }


@router.post("/weekly/mine", response=Empty)
@access.signed_in
def put(request: HttpRequest, given: WordsIn) -> Any:
    """On the next list of my district, with these words."""
    words = Words(given.says.strip(), given.wishes.strip(), given.with_photo, given.public)
    listing.put(person_id=person_of(request), words=words, now=clock.now())
    return Empty()


@router.post("/weekly/leave", response=Empty)
@access.signed_in
def leave(request: HttpRequest) -> Any:
    """Off every list, in every form of it, now."""
    listing.leave(person_id=person_of(request), now=clock.now())
    return Empty()


@router.post("/weekly/object", response=Empty)
@access.signed_in
def object_to(request: HttpRequest, given: Objection) -> Any:
    """I was taken out and disagree: another person looks again."""
    listing.object_to(person_id=person_of(request), text=given.text, now=clock.now())
    return Empty()


@router.post("/weekly/interest", response=SaidOut)
@access.signed_in
def show_interest(request: HttpRequest, given: LineKey) -> Any:
    """I would like to know this one."""
    return SaidOut(state=interests.show(person_id=person_of(request), line_id=given.line, now=clock.now()))


@router.post("/weekly/take-back", response=SaidOut)
@access.signed_in
def take_back(request: HttpRequest, given: LineKey) -> Any:
    """As if I had not asked."""
    return SaidOut(state=interests.take_back(person_id=person_of(request), line_id=given.line, now=clock.now()))


@router.get("/weekly/asked", response=AskedPage)
@access.signed_in
def asked(request: HttpRequest) -> Any:
    """Who would like to know me, and calls to the hotline that I may confirm."""
    now = clock.now()
    me = member(person_of(request), now)
    rows = selectors.asked_of(me, now)
    shown = cards(me, [row.who for row in rows], now)
    return answer(
        AskedPage(
            asked=[
                AskedOut(
                    id=row.interest.pk,
                    by_hotline=row.interest.way == "hotline",
                    who=card,
                    until=row.interest.until,
                    said=_SAID.get(row.interest.listed_says),
                )
                for row, card in zip(rows, shown, strict=True)
            ],
            calls=[
                CallOut(id=row.pk, number=row.line.number or 0, town=row.line.list.town, at=row.at)
                for row in selectors.called(me.person_id, now)
            ],
        )
    )


_SAID: dict[str, Literal["yes", "no"]] = {"y": "yes", "n": "no"}


@router.post("/weekly/answer", response=PairedOut)
@access.signed_in
def answer_asked(request: HttpRequest, given: AskedAnswer) -> Any:
    """Yes or no to somebody who asked."""
    pair = interests.answer(person_id=person_of(request), interest_id=given.id, yes=given.yes, now=clock.now())
    return PairedOut(pair=pair)


@router.post("/weekly/confirm-call", response=SaidOut)
@access.signed_in
def confirm_call(request: HttpRequest, given: AskedAnswer) -> Any:
    """It was I who called, or it was not."""
    said = interests.confirm(person_id=person_of(request), interest_id=given.id, it_was_me=given.yes, now=clock.now())
    return SaidOut(state=said)
