"""Meet-ups: proposing one, taking a place, giving it back."""

from typing import Any, Literal
from uuid import UUID

from django.http import HttpRequest
from ninja import Field, Schema
from pydantic import AwareDatetime

from niangjia.core import access
from niangjia.kernel import clock
from niangjia.scenes.dating.api.frame import Code, Empty, Text, answer, person_of, router
from niangjia.scenes.dating.planets import meeting, meetups
from niangjia.scenes.dating.planets.api import shapes
from niangjia.scenes.dating.planets.types import Wanted
from niangjia.scenes.dating.selectors.people import own


class NewMeetup(Schema):
    """`key` is drawn by the phone: sent twice, it counts once. `named`: shown as the host, once it is agreed."""

    planet: UUID
    key: UUID
    title: Text = Field(max_length=80)
    about: Text = Field("", max_length=1000)
    place: Text = Field(max_length=120)
    district: Code = ""
    starts_at: AwareDatetime
    ends_at: AwareDatetime
    places: int = Field(ge=0, le=10_000)
    named: bool = False


class MeetupEntry(Schema):
    meetup: UUID
    key: UUID
    wait: bool = False


class MeetupKey(Schema):
    meetup: UUID


class MeetupEntered(Schema):
    state: Literal["booked", "waiting"]


@router.post("/planets/meetups/propose", response=shapes.MeetupOut)
@access.signed_in
def propose(request: HttpRequest, given: NewMeetup) -> Any:
    """An idea for the union to agree to; nobody else sees it before."""
    now, words = clock.now(), given.dict()
    planet, key = words.pop("planet"), words.pop("key")
    row = meeting.propose(person_id=person_of(request), planet_id=planet, wanted=Wanted(**words), key=key, now=now)
    return answer(shapes.meetups(meetups.ideas(own(person_of(request)), [row], now))[0])


@router.post("/planets/meetups/enter", response=MeetupEntered)
@access.signed_in
def enter(request: HttpRequest, given: MeetupEntry) -> Any:
    """Take a place. With `wait`, in line when all are taken."""
    claimed = meeting.enter(
        person_id=person_of(request), meetup_id=given.meetup, key=given.key, wait=given.wait, now=clock.now()
    )
    return MeetupEntered(state="booked" if claimed.state == "booked" else "waiting")


@router.post("/planets/meetups/withdraw", response=Empty)
@access.signed_in
def withdraw(request: HttpRequest, given: MeetupKey) -> Any:
    """Not after all; the place goes to the next."""
    meeting.withdraw(person_id=person_of(request), meetup_id=given.meetup, now=clock.now())
    return Empty()
