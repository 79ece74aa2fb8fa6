"""The phone app's part of the scam guard, under /api/v1/dating/scam."""

from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from django.http import HttpRequest
from ninja import Field, Schema

from niangjia.core import access
from niangjia.kernel import clock
from niangjia.scenes.dating.api.frame import Empty, Text, person_of, router
from niangjia.scenes.dating.scam import cooling_off, services
from niangjia.scenes.dating.scam.types import POLICE
from niangjia.scenes.dating.selectors.people import own


class ScamPause(Schema):
    """Until when I begin no new conversation, why, and how it ends. Conversations I have go on."""

    receipt: str
    reason: str
    remedy: str
    until: datetime


class ScamGuard(Schema):
    police: str
    pause: ScamPause | None


class ScamSaid(Schema):
    message: UUID
    said: Literal["fine", "afraid"]


class ScamObjection(Schema):
    receipt: Text = Field(max_length=16)
    text: Text = Field(max_length=1000)


class ScamHeard(Schema):
    """Quote `receipt` when asking; a person answers by `due`."""

    receipt: str
    due: datetime


@router.get("/scam", response=ScamGuard)
@access.signed_in
def guard(request: HttpRequest) -> Any:
    """The number to call, and my own pause if there is one. Nothing is decided in secret."""
    held = cooling_off.of(person_of(request), clock.now())
    pause = ScamPause(receipt=held.receipt, reason=held.reason, remedy=held.remedy, until=held.until) if held else None
    return ScamGuard(police=POLICE, pause=pause)


@router.post("/scam/said", response=Empty)
@access.signed_in
def said(request: HttpRequest, given: ScamSaid) -> Any:
    """What I make of a warning about a message that I received."""
    services.answer(receiver=own(person_of(request)), message_id=given.message, said=given.said)
    return Empty()


@router.post("/scam/appeal", response=ScamHeard)
@access.signed_in
def appeal(request: HttpRequest, given: ScamObjection) -> Any:
    """Say that my pause is a mistake: a person reads it."""
    case = cooling_off.appeal(
        person_id=person_of(request), receipt=given.receipt.strip(), text=given.text, now=clock.now()
    )
    return ScamHeard(receipt=given.receipt.strip(), due=case.due_at)
