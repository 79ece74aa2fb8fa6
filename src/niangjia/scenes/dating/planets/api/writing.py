"""Joining, saying something, taking it back, reporting and blocking."""

from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Field, Schema

from niangjia.core import access
from niangjia.kernel import clock
from niangjia.scenes.dating.api.frame import Code, Empty, Text, answer, person_of, router
from niangjia.scenes.dating.api.safety import ReportReceipt
from niangjia.scenes.dating.planets import reviewing, writing
from niangjia.scenes.dating.planets.api import shapes
from niangjia.scenes.dating.planets.types import Written
from niangjia.scenes.dating.selectors.people import own


class PlanetKey(Schema):
    planet: UUID


class PostKey(Schema):
    post: UUID


class NewPost(Schema):
    """`key` is drawn by the phone: sent twice, it counts once. With `parent` it is a reply."""

    planet: UUID
    text: Text = Field(max_length=2000)
    key: UUID
    topic: UUID | None = None
    parent: UUID | None = None
    photos: Annotated[list[UUID], Field(max_length=9)] = []


class PostMark(Schema):
    post: UUID
    on: bool


class PostReport(Schema):
    post: UUID
    reason: Code


class PostAppeal(Schema):
    receipt: Text = Field(max_length=16)
    text: Text = Field(max_length=2000)


@router.post("/planets/join", response=Empty)
@access.signed_in
def join(request: HttpRequest, given: PlanetKey) -> Any:
    """Live on a planet. Who does, is shown to nobody."""
    writing.join(person_id=person_of(request), planet_id=given.planet, now=clock.now())
    return Empty()


@router.post("/planets/leave", response=Empty)
@access.signed_in
def leave(request: HttpRequest, given: PlanetKey) -> Any:
    writing.leave(person_id=person_of(request), planet_id=given.planet)
    return Empty()


@router.post("/planets/write", response=shapes.PostOut)
@access.signed_in
def write(request: HttpRequest, given: NewPost) -> Any:
    """Say something under my nickname. State "held": somebody of the union looks at it before others read it."""
    now, words = clock.now(), given.dict()
    written = Written(**{**words, "photos": tuple(words["photos"])})
    row = writing.write(person_id=person_of(request), written=written, now=now)
    return answer(shapes.post(own(person_of(request)), row, now))


@router.post("/planets/take-away", response=Empty)
@access.signed_in
def take_away(request: HttpRequest, given: PostKey) -> Any:
    """Delete what I said, with the replies to it."""
    writing.take_away(person_id=person_of(request), post_id=given.post)
    return Empty()


@router.post("/planets/me-too", response=shapes.PostOut)
@access.signed_in
def me_too(request: HttpRequest, given: PostMark) -> Any:
    """A quiet "me too": its author learns how many, nobody learns who."""
    now = clock.now()
    row = writing.me_too(person_id=person_of(request), post_id=given.post, on=given.on, now=now)
    return answer(shapes.post(own(person_of(request)), row, now))


@router.post("/planets/report", response=ReportReceipt)
@access.signed_in
def report(request: HttpRequest, given: PostReport) -> Any:
    """Tell the union about a post. Its author never learns who did."""
    case = reviewing.report(person_id=person_of(request), post_id=given.post, reason=given.reason, now=clock.now())
    return ReportReceipt(receipt=case.receipt, due=case.due_at)


@router.post("/planets/block", response=Empty)
@access.signed_in
def block(request: HttpRequest, given: PostKey) -> Any:
    """From now on its author and I do not exist for one another, anywhere."""
    reviewing.block(person_id=person_of(request), post_id=given.post, now=clock.now())
    return Empty()


@router.post("/planets/appeal", response=ReportReceipt)
@access.signed_in
def appeal(request: HttpRequest, given: PostAppeal) -> Any:
    """Ask that another person looks again at a post or a meet-up."""
    case = reviewing.appeal(
        person_id=person_of(request), receipt=given.receipt.strip(), text=given.text, now=clock.now()
    )
    return ReportReceipt(receipt=case.receipt, due=case.due_at)
