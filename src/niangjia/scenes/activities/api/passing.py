"""Passing a place on: the one who has it makes a link, the one who gets it opens it."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Field, Schema
from pydantic import BaseModel

from niangjia.core import access
from niangjia.kernel import clock
from niangjia.scenes.activities import audience, forms, tickets
from niangjia.scenes.activities.api.cards import MyBooking, booking_of, my_booking
from niangjia.scenes.activities.api.finding import Lack
from niangjia.scenes.activities.api.frame import Place, Text, answer, person_of, router
from niangjia.scenes.activities.audience import Audience
from niangjia.scenes.activities.selectors import addons, mine
from niangjia.scenes.activities.services import passing


class PassOut(BaseModel):
    """Show `svg`, or send `link`; whoever opens it first and may come has the place. `until`: not after that."""

    code: str
    link: str
    svg: str
    until: datetime


class PassIn(Schema):
    code: Text = Field(max_length=100)


class Taking(PassIn):
    """`answers`: to the organiser's own questions, as in a registration."""

    answers: dict[Text, str | int | bool | list[str]] = {}


class OnOffer(BaseModel):
    """What the link offers; nobody's name. `lacking` and `form` are for whoever is signed in. `size`: so many come."""

    id: UUID
    title: str
    organiser: str
    starts_at: datetime
    ends_at: datetime
    place: str
    address: str
    online: bool
    audience: str
    until: datetime
    size: int
    addons: list[str]
    signed_in: bool
    lacking: list[Lack]
    form: list[forms.Question]


@router.post("/pass", response=PassOut)
@access.signed_in
def make_pass(request: HttpRequest, given: Place) -> Any:
    """A link for my place, or for that of a guest who comes with me: works once, and not for long."""
    made = passing.offer(person_id=person_of(request), booking_id=given.booking, now=clock.now())
    link = f"{request.build_absolute_uri('/')}#/activities/take?code={made.code}"
    return answer(PassOut(code=made.code, link=link, svg=tickets.qr_svg(link), until=made.until))


@router.post("/take/look", response=OnOffer)
@access.public(reason="whoever was sent a place may read of what it is before signing in; the code is the proof")
def look(request: HttpRequest, given: PassIn) -> Any:
    """What the link offers, or why it offers nothing any more."""
    me, now = access.actor_of(request).person_id, clock.now()
    return answer(_shown(passing.look(code=given.code, person_id=me, now=now), me, now))


def _shown(found: passing.OnOffer, me: UUID | None, now: datetime) -> OnOffer:
    row, asked = found.activity, Audience.read(found.activity.audience)
    lacking = audience.lacking(asked, person_id=me, now=now) if me else []
    named = found.booking.person_id is not None
    return OnOffer(
        id=row.pk,
        title=row.title,
        organiser=row.org.name,
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        place=row.place,
        address=row.address,
        online=bool(row.stream),
        audience=audience.in_words(asked, now),
        until=found.until,
        size=found.size,
        addons=[one.title for one in addons.beside(row, found.booking) if one.count > one.waiting],
        signed_in=me is not None,
        lacking=[Lack(words=lack.words, next=lack.lacking) for lack in lacking],
        form=row.form.get("questions", []) if me and named else [],
    )


@router.post("/take", response=MyBooking)
@access.signed_in
def take(request: HttpRequest, given: Taking) -> Any:
    """The place is mine from now on; the other ticket opens no door any more."""
    me, now = person_of(request), clock.now()
    activity = passing.take(code=given.code, person_id=me, answers=given.answers, now=now)
    return answer(booking_of(my_booking(mine.place_at(me, activity, now), now)))
