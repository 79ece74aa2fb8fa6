"""What planets there are, and what is said there."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from pydantic import BaseModel

from niangjia.core import access
from niangjia.engines.workflow.models import Step
from niangjia.kernel import clock
from niangjia.scenes.dating.api.frame import answer, person_of, router
from niangjia.scenes.dating.planets import looking, meetups, selectors
from niangjia.scenes.dating.planets.api import shapes
from niangjia.scenes.dating.planets.models import Meetup, Review
from niangjia.scenes.dating.selectors.people import own, seeker
from niangjia.scenes.dating.selectors.safety import in_time


class Planets(BaseModel):
    items: list[shapes.PlanetOut]


class PlanetTopic(BaseModel):
    id: UUID
    title: str


class PlanetPage(BaseModel):
    """A planet with its topics and what is ahead there."""

    planet: shapes.PlanetOut
    topics: list[PlanetTopic]
    meetups: list[shapes.MeetupOut]


class PlanetPosts(BaseModel):
    """`tomorrow`: some who wrote are not named today, for I have been shown enough people."""

    items: list[shapes.PostOut]
    next: str | None
    tomorrow: bool


class PostThread(BaseModel):
    """A post and what was replied, the first first. `planet` is where it was said; `tomorrow` as of posts."""

    planet: UUID
    post: shapes.PostOut
    replies: list[shapes.PostOut]
    tomorrow: bool


class PlanetTold(BaseModel):
    """What was decided about something of mine: why, and whether another person may be asked to look again."""

    receipt: str
    title: str
    outcome: str
    reason: str
    at: datetime | None
    may_appeal: bool


class MyPlanetWords(BaseModel):
    posts: list[shapes.PostOut]
    meetups: list[shapes.MeetupOut]
    decided: list[PlanetTold]


@router.get("/planets", response=Planets)
@access.signed_in
def planets(request: HttpRequest) -> Any:
    """All planets open to me; those around my hobbies first."""
    now = clock.now()
    me = seeker(person_of(request), now)
    return answer(Planets(items=[shapes.planet(row) for row in selectors.homes_of(me, now)]))


@router.get("/planets/one", response=PlanetPage)
@access.signed_in
def planet(request: HttpRequest, id: UUID) -> Any:
    """One planet."""
    now = clock.now()
    me = seeker(person_of(request), now)
    page = PlanetPage(
        planet=shapes.planet(selectors.home(me, id, now)),
        topics=[PlanetTopic(id=row.pk, title=row.title) for row in selectors.topics_of(id)],
        meetups=shapes.meetups(looking.ahead(me, id, now)),
    )
    return answer(page)


@router.get("/planets/posts", response=PlanetPosts)
@access.signed_in
def posts(request: HttpRequest, planet: UUID, topic: UUID | None = None, cursor: str | None = None) -> Any:
    """What is said there, the latest first."""
    now = clock.now()
    me = seeker(person_of(request), now)
    selectors.home(me, planet, now)
    page = looking.posts(me, planet, topic, cursor, now)
    rows = [shapes.post(me, row, now) for row in page.rows]
    return answer(PlanetPosts(items=rows, next=page.next, tomorrow=page.tomorrow))


@router.get("/planets/post", response=PostThread)
@access.signed_in
def thread(request: HttpRequest, id: UUID) -> Any:
    """A post and what was replied."""
    now = clock.now()
    me = seeker(person_of(request), now)
    page = looking.thread(me, id, now)
    top, *replies = [shapes.post(me, row, now) for row in page.rows]
    return answer(PostThread(planet=page.rows[0].planet, post=top, replies=replies, tomorrow=page.tomorrow))


@router.get("/planets/mine", response=MyPlanetWords)
@access.signed_in
def mine(request: HttpRequest) -> Any:
    """What I said and proposed, and what was decided about it."""
    now = clock.now()
    me = own(person_of(request))
    rows = Meetup.objects.filter(proposer=me).order_by("-starts_at", "pk")[:50]
    return answer(
        MyPlanetWords(
            posts=[shapes.post(me, row, now) for row in selectors.mine(me, now)],
            meetups=shapes.meetups(meetups.ideas(me, list(rows), now)),
            decided=_decided(person_of(request), now),
        )
    )


def _decided(person_id: UUID, now: datetime) -> list[PlanetTold]:
    """About my posts and meet-ups; what I reported of others is not among it."""
    posts = Review.objects.filter(case__about_id=person_id, case__closed_at__isnull=False).select_related("case")
    ideas = Meetup.objects.filter(case__about_id=person_id, case__closed_at__isnull=False).select_related("case")
    found = [(row.receipt, row.case, row.said[:40]) for row in posts]
    found += [(row.case.receipt, row.case, row.title) for row in ideas if row.case]
    cases = [case for _receipt, case, _title in found]
    steps = Step.objects.filter(case__in=cases).order_by("at", "pk")
    reasons = {step.case_id: step.reason for step in steps if step.reason}
    appealed = {case.pk for case in cases if case.appeals.filter(opened_by_id=person_id).exists()}
    told = [
        PlanetTold(
            receipt=receipt,
            title=title,
            outcome=case.outcome,
            reason=reasons.get(case.pk, ""),
            at=case.closed_at,
            may_appeal=case.outcome in ("take_down", "refuse") and case.pk not in appealed and in_time(case, now),
        )
        for receipt, case, title in found
    ]
    return sorted(told, key=lambda row: (row.at is None, row.at), reverse=True)
