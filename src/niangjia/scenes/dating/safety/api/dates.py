"""Dates that somebody is told of in case, breaks that end by themselves, and how many looked."""

from datetime import date, datetime
from typing import Any, Literal
from uuid import UUID

from django.http import HttpRequest
from ninja import Field, Schema
from pydantic import AwareDatetime, BaseModel

from niangjia.core import access
from niangjia.kernel import clock
from niangjia.kernel.china import mask_phone
from niangjia.scenes.dating.api.frame import Code, Empty, Text, answer, person_of, router
from niangjia.scenes.dating.safety import dates, resting
from niangjia.scenes.dating.safety.models import Plan
from niangjia.scenes.dating.safety.selectors import looks_at, plan_of, with_whom
from niangjia.scenes.dating.safety.types import Wanted
from niangjia.scenes.dating.selectors.people import own


class DatePlan(BaseModel):
    """A date somebody is told of in case. `told`: the contact has been asked to call."""

    starts_at: datetime
    until: datetime
    alarm_at: datetime
    state: Literal["open", "safe", "told"]
    sos: bool
    district: str
    place: str
    with_nickname: str
    contact_name: str
    contact_phone: str
    deleted_at: datetime


class SafetyNow(BaseModel):
    """What is going on: my date, and until when I rest."""

    plan: DatePlan | None
    resting_until: datetime | None


class LooksWeek(BaseModel):
    """`step`: none, few (fewer than ten), or at least so many."""

    monday: date
    step: Literal["none", "few", "10", "20", "50", "100", "200"]


class LooksAtMe(BaseModel):
    weeks: list[LooksWeek]


class NewPlan(Schema):
    """`grace`: so many minutes after `until` the contact is asked to call."""

    starts_at: AwareDatetime
    until: AwareDatetime
    grace: int = Field(30, ge=0, le=600)
    contact_name: Text = Field(max_length=20)
    contact_phone: Text = Field(max_length=20)
    place: Text = Field("", max_length=80)
    district: Code = ""
    pair: UUID | None = None


class RestWish(Schema):
    how_long: Literal["tomorrow", "week"]


@router.get("/safety", response=SafetyNow)
@access.signed_in
def safety(request: HttpRequest) -> Any:
    """My date and my break."""
    return answer(_shown(person_of(request)))


@router.post("/safety/date", response=SafetyNow)
@access.signed_in
def plan(request: HttpRequest, given: NewPlan) -> Any:
    """Tell of a date. The contact hears nothing unless I do not say in time that I am back, or ask for help."""
    wanted = Wanted(**given.dict())
    dates.plan(person_id=person_of(request), wanted=wanted, now=clock.now())
    return answer(_shown(person_of(request)))


@router.post("/safety/back", response=SafetyNow)
@access.signed_in
def back(request: HttpRequest) -> Any:
    """I am back, all is well."""
    dates.safe(person_id=person_of(request), now=clock.now())
    return answer(_shown(person_of(request)))


@router.post("/safety/help", response=SafetyNow)
@access.signed_in
def help_me(request: HttpRequest) -> Any:
    """Ask my contact to call, now."""
    dates.ask_for_help(person_id=person_of(request), now=clock.now())
    return answer(_shown(person_of(request)))


@router.post("/safety/forget", response=Empty)
@access.signed_in
def forget(request: HttpRequest) -> Any:
    """Delete the date at once."""
    dates.forget(person_id=person_of(request), now=clock.now())
    return Empty()


@router.post("/safety/rest", response=SafetyNow)
@access.signed_in
def rest(request: HttpRequest, wish: RestWish) -> Any:
    """Out of everybody's sight until tomorrow or next week; it ends by itself."""
    resting.rest(person_id=person_of(request), how_long=wish.how_long, now=clock.now())
    return answer(_shown(person_of(request)))


@router.get("/safety/looks", response=LooksAtMe)
@access.signed_in
def looks(request: HttpRequest) -> Any:
    """How many opened my profile, week by week, in steps. Who, nobody knows, we neither."""
    rows = looks_at(own(person_of(request)), clock.now())
    return answer(LooksAtMe(weeks=[LooksWeek(monday=row.monday, step=row.step) for row in rows]))  # type: ignore[arg-type]  # a step


_PLAIN = ("starts_at", "until", "alarm_at", "state", "sos", "district", "place")


def _shown(person_id: UUID) -> SafetyNow:
    me = own(person_id)
    row, rests = plan_of(me), resting.rest_of(me)
    plan = _plan(row, with_whom(me, row, clock.now())) if row else None
    return SafetyNow(plan=plan, resting_until=rests.until if rests else None)


def _plan(row: Plan, nickname: str) -> DatePlan:
    return DatePlan(
        **{name: getattr(row, name) for name in _PLAIN},
        with_nickname=nickname,
        contact_name=row.contact_name,
        contact_phone=mask_phone(row.contact_phone),
        deleted_at=row.delete_at,
    )
