"""While it is on and afterwards: the stream, questions, the survey, certificates, absences."""

from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from ninja import Field, Schema
from pydantic import BaseModel

from niangjia.core import access
from niangjia.engines.workflow.selectors import process_of, reason_given
from niangjia.kernel import clock
from niangjia.scenes.activities.api.frame import Empty, Target, Text, answer, person_of, router
from niangjia.scenes.activities.selectors import finding, mine, programme, public
from niangjia.scenes.activities.services import absences, after


class Stream(BaseModel):
    """An address of an allowed host, to be shown in a frame or opened."""

    url: str


class QuestionIn(Schema):
    activity: UUID
    text: Text = Field(max_length=200)


class QuestionOut(BaseModel):
    """`mine` marks my own; nobody else's name is known here."""

    id: UUID
    text: str
    state: Literal["waiting", "shown", "answered", "left"]
    answer: str
    mine: bool


class Questions(BaseModel):
    items: list[QuestionOut]


class SurveyIn(Schema):
    activity: UUID
    answers: dict[Text, str | int | bool | list[str]]


class MissedOut(BaseModel):
    """A place I had and did not use. `may_appeal`: say what happened, and a person looks at it."""

    booking: UUID
    title: str
    at: datetime
    excused: bool
    may_appeal: bool


class ConsequenceOut(BaseModel):
    """What came of it, why, until when, and what to do. `receipt`, `outcome`: of the second look, once asked for."""

    id: UUID
    since: datetime
    until: datetime
    what: str
    reason: str
    remedy: str
    over: bool
    may_ask: bool
    receipt: str
    state: str
    outcome: str
    may_appeal: bool


class Absences(BaseModel):
    missed: list[MissedOut]
    consequences: list[ConsequenceOut]


class SecondLook(Schema):
    """About one absence, or about what came of several."""

    booking: UUID | None = None
    consequence: UUID | None = None
    text: Text = Field(max_length=1000)


class AppealIn(Schema):
    receipt: Text = Field(max_length=16)
    text: Text = Field(max_length=2000)


class Receipt(BaseModel):
    receipt: str
    due: datetime


@router.post("/attend", response=Stream)
@access.signed_in
def attend(request: HttpRequest, given: Target) -> Any:
    """Enter a lecture that is on: counts as having come, and gives the address of the stream."""
    return answer(Stream(url=after.attend(person_id=person_of(request), activity_id=given.activity, now=clock.now())))


@router.get("/questions", response=Questions)
@access.signed_in
def questions(request: HttpRequest, activity: UUID) -> Any:
    """What was let through, and my own."""
    me = person_of(request)
    place = after.my_place(me, activity, clock.now())
    rows = programme.questions(place.activity, me)
    return answer(
        Questions(
            items=[
                QuestionOut(
                    id=row.pk,
                    text=row.text,
                    state=row.state,  # type: ignore[arg-type]  # a choice
                    answer=row.answer,
                    mine=row.person_id == me,
                )
                for row in rows
            ]
        )
    )


@router.post("/questions/ask", response=Empty)
@access.signed_in
def ask(request: HttpRequest, given: QuestionIn) -> Any:
    after.ask(person_id=person_of(request), activity_id=given.activity, text=given.text, now=clock.now())
    return Empty()


@router.post("/survey", response=Empty)
@access.signed_in
def survey(request: HttpRequest, given: SurveyIn) -> Any:
    """Kept without name and time."""
    after.answer_survey(
        person_id=person_of(request), activity_id=given.activity, answers=given.answers, now=clock.now()
    )
    return Empty()


@router.get("/certificate")
@access.signed_in
def certificate(request: HttpRequest, activity: UUID) -> HttpResponse:
    """My certificate of attendance, to print or keep."""
    row = after.certificate_of(person_id=person_of(request), activity_id=activity)
    shown = public.certificate_page(row, request.build_absolute_uri("/"))
    return render(request, "activities/certificate.html", {**shown, "nonce": getattr(request, "csp_nonce", "")})


@router.get("/absences", response=Absences)
@access.signed_in
def my_absences(request: HttpRequest) -> Any:
    me, now = person_of(request), clock.now()
    missed = [
        MissedOut(
            booking=row.booking.pk,
            title=row.title,
            at=row.booking.slot.starts_at,
            excused=row.booking.excused_at is not None,
            may_appeal=row.may_appeal,
        )
        for row in mine.missed(me)
    ]
    return answer(Absences(missed=missed, consequences=[_consequence(row, now) for row in mine.consequences(me)]))


def _consequence(held: mine.Held, now: datetime) -> ConsequenceOut:
    row, case = held.row, held.case
    closed = case is not None and case.closed_at is not None
    return ConsequenceOut(
        id=row.pk,
        since=row.since,
        until=row.lifted_at or row.until,
        what=held.what,
        reason=held.reason,
        remedy=held.remedy,
        over=row.lifted_at is not None or row.until <= now,
        may_ask=case is None and row.lifted_at is None and row.until > now,
        receipt=case.receipt if case else "",
        state=str(process_of(case).title_of(case.state)) if case else "",
        outcome=reason_given(case) if case and closed else "",
        may_appeal=bool(case and closed and case.outcome == "keep" and process_of(case).appeal),
    )


@router.post("/absences/ask", response=Receipt)
@access.signed_in
def ask_again(request: HttpRequest, given: SecondLook) -> Any:
    """Say what happened; a person decides."""
    case = absences.ask_again(
        person_id=person_of(request),
        text=given.text,
        booking_id=given.booking,
        consequence_id=given.consequence,
        now=clock.now(),
    )
    return answer(Receipt(receipt=case.receipt, due=case.due_at))


@router.post("/absences/appeal", response=Receipt)
@access.signed_in
def appeal(request: HttpRequest, given: AppealIn) -> Any:
    """Ask that another person looks at what was decided."""
    case = absences.appeal(person_id=person_of(request), receipt=given.receipt, text=given.text, now=clock.now())
    return answer(Receipt(receipt=case.receipt, due=case.due_at))


@router.get("/lottery")
@access.signed_in
def lottery(request: HttpRequest, activity: UUID) -> dict[str, Any]:
    """What everybody may read of a draw: the commitment from the start, all of it afterwards. No names."""
    row = finding.activity_for(person_of(request), activity, clock.now())
    return public.draw_of(row)
