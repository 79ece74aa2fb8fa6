"""Whom my matchmaker has in mind, when we meet, and how we two are."""

from datetime import date, datetime
from typing import Any, Literal
from uuid import UUID

from django.http import HttpRequest
from ninja import Field, Schema
from pydantic import BaseModel

from niangjia.core import access
from niangjia.core.endpoints import Code, Empty, Text, answer, person_of
from niangjia.kernel import clock
from niangjia.scenes.dating.api.cards import Card, cards
from niangjia.scenes.dating.api.frame import router
from niangjia.scenes.dating.desk import calls, following, introducing, meeting, rewarding, selectors
from niangjia.scenes.dating.desk.models import Follow, Meeting, Record
from niangjia.scenes.dating.desk.selectors import Mine
from niangjia.scenes.dating.desk.types import NO, STEP_WORDS, STORIES, WHY_ENDED, YES
from niangjia.scenes.dating.events.api.evening import SeatOut, SignalOut, Signals
from niangjia.scenes.dating.selectors.people import profile_of


class HelpMeetingOut(BaseModel):
    """`fits` is my own answer."""

    id: UUID
    kind: Literal["room", "evening", "online", "outside"]
    place: str
    starts_at: datetime
    ends_at: datetime
    state: Literal["proposed", "agreed", "another"]
    fits: bool | None


class HelpIntroductionOut(BaseModel):
    """`says` is my own answer, shown to nobody else. `counsel`: a counsellor was offered; `wants`: my own answer to it;
    `counsellor`: who it is, once both wish it.
    `married`: "none", "mine" (I said so), "theirs" (the other did; I may confirm), "both"."""

    id: UUID
    other: Card
    words: str
    station: str
    state: Literal["asked", "both_yes"]
    says: Literal["yes", "no"] | None
    until: datetime
    story: str
    meetings: list[HelpMeetingOut]
    counsel: bool
    wants: bool | None
    counsellor: str
    married: Literal["none", "mine", "theirs", "both"]
    married_on: date | None


class HelpQuestionOut(BaseModel):
    id: UUID
    introduction: UUID
    step: str


class HelpChoice(BaseModel):
    code: str
    title: str


class HelpPeopleOut(BaseModel):
    items: list[HelpIntroductionOut]
    questions: list[HelpQuestionOut]
    stories: list[HelpChoice]
    why_ended: list[HelpChoice]


class HelpAnswered(Schema):
    introduction: UUID
    yes: bool


class HelpPaired(Schema):
    """Whether both said yes by now."""

    pair: bool


class HelpFits(Schema):
    meeting: UUID
    fits: bool


class HelpMeetingKey(Schema):
    meeting: UUID


class HelpSignal(Schema):
    meeting: UUID
    body: Text = Field(min_length=1, max_length=20_000)


class HelpHow(Schema):
    question: UUID
    says: Code
    why: Code = ""
    stars: int | None = Field(None, ge=1, le=5)


class HelpMarried(Schema):
    introduction: UUID
    on: date


@router.get("/help/people", response=HelpPeopleOut)
@access.signed_in
def people(request: HttpRequest) -> Any:
    """Those who wait for my answer, those I met, and what I am asked."""
    now, person_id = clock.now(), person_of(request)
    record, me = selectors.record_of(person_id), profile_of(person_id)
    found = selectors.mine(me, record, now) if record else []
    shown = cards(me, [one.other for one in found], now) if me else []
    meetings = selectors.meetings_of(found, now) if found else []
    return answer(
        HelpPeopleOut(
            items=[_introduction(one, card, meetings) for one, card in zip(found, shown, strict=True)],
            questions=_questions(record, found, now) if record else [],
            stories=[HelpChoice(code=code, title=str(title)) for code, title in STORIES.items()],
            why_ended=[HelpChoice(code=code, title=str(title)) for code, title in WHY_ENDED.items()],
        )
    )


@router.post("/help/people/answer", response=HelpPaired)
@access.signed_in
def say(request: HttpRequest, given: HelpAnswered) -> Any:
    """Yes or no, for me alone. Two yeses open it to both."""
    row = introducing.answer(
        person_id=person_of(request), introduction_id=given.introduction, yes=given.yes, now=clock.now()
    )
    return {"pair": row.state == "both_yes"}


@router.post("/help/meeting", response=Empty)
@access.signed_in
def fits(request: HttpRequest, given: HelpFits) -> Any:
    meeting.answer(person_id=person_of(request), meeting_id=given.meeting, fits=given.fits, now=clock.now())
    return {}


@router.post("/help/meeting/seat", response=SeatOut)
@access.signed_in
def seat(request: HttpRequest, given: HelpMeetingKey) -> Any:
    """My place in the room of a meeting online."""
    found = calls.seat(person_id=person_of(request), meeting_id=given.meeting, now=clock.now())
    return SeatOut(kind=found.kind, url=found.url, token=found.token, first=found.first)


@router.post("/help/meeting/signal", response=Empty)
@access.signed_in
def signal(request: HttpRequest, given: HelpSignal) -> Any:
    """A word from my browser to the other's."""
    calls.signal(person_id=person_of(request), meeting_id=given.meeting, body=given.body, now=clock.now())
    return {}


@router.get("/help/meeting/signals", response=Signals)
@access.signed_in
def signals(request: HttpRequest, meeting: UUID, after: datetime | None = None) -> Any:
    """What the other's browser said since."""
    rows = calls.signals(person_id=person_of(request), meeting_id=meeting, after=after, now=clock.now())
    return answer(Signals(items=[SignalOut(body=row.body, at=row.at) for row in rows]))


@router.post("/help/how", response=Empty)
@access.signed_in
def how(request: HttpRequest, given: HelpHow) -> Any:
    """How are you two? My matchmaker reads it, the other does not."""
    following.tell(
        person_id=person_of(request),
        follow_id=given.question,
        says=given.says,
        why=given.why,
        stars=given.stars,
        now=clock.now(),
    )
    return {}


@router.post("/help/counsel", response=Empty)
@access.signed_in
def counsel(request: HttpRequest, given: HelpAnswered) -> Any:
    """Whether I would like to talk to a counsellor, the two of us."""
    following.take_counsel(
        person_id=person_of(request), introduction_id=given.introduction, yes=given.yes, now=clock.now()
    )
    return {}


@router.post("/help/married", response=Empty)
@access.signed_in
def married(request: HttpRequest, given: HelpMarried) -> Any:
    """We married; or yes, we did."""
    rewarding.say_married(
        person_id=person_of(request), introduction_id=given.introduction, married_on=given.on, now=clock.now()
    )
    return {}


def _introduction(one: Mine, card: Card, meetings: list[Meeting]) -> HelpIntroductionOut:
    row = one.row
    offer, wedding = getattr(row, "counsel", None), getattr(row, "marriage", None)
    theirs = "other" if one.side == "one" else "one"
    mine_said = wedding is not None and getattr(wedding, f"{one.side}_said_at") is not None
    other_said = wedding is not None and getattr(wedding, f"{theirs}_said_at") is not None
    state = {(False, False): "none", (True, False): "mine", (False, True): "theirs", (True, True): "both"}
    says: dict[str, Literal["yes", "no"]] = {YES: "yes", NO: "no"}
    return HelpIntroductionOut(
        id=row.pk,
        other=card,
        words=row.words,
        station=row.station.name,
        state=row.state,  # type: ignore[arg-type]  # the selector reads these two only
        says=says.get(one.says),
        until=row.until,
        story=row.story,
        meetings=[_meeting(m, one.side) for m in meetings if m.introduction_id == row.pk],
        counsel=offer is not None,
        wants=getattr(offer, f"{one.side}_wants") if offer else None,
        counsellor=offer.who if offer and offer.accepted_at else "",
        married=state[(mine_said, other_said)],  # type: ignore[arg-type]  # one of the four
        married_on=wedding.married_on if wedding else None,
    )


def _meeting(row: Meeting, side: str) -> HelpMeetingOut:
    return HelpMeetingOut(
        id=row.pk,
        kind=row.kind,  # type: ignore[arg-type]  # a choice
        place=row.place,
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        state=row.state,  # type: ignore[arg-type]  # those called off are not read
        fits=getattr(row, f"{side}_fits"),
    )


def _questions(record: Record, found: list[Mine], now: datetime) -> list[HelpQuestionOut]:
    """One question for each two: the latest that is due."""
    here = {one.row.pk for one in found}
    latest: dict[UUID, Follow] = {row.introduction_id: row for row in selectors.questions(record, now)}
    return [
        HelpQuestionOut(id=row.pk, introduction=key, step=str(STEP_WORDS[row.step]))
        for key, row in latest.items()
        if key in here
    ]
