"""What links me to others, and who they are."""

from datetime import date
from typing import Any, Literal

from django.http import HttpRequest
from django.utils.translation import get_language
from ninja import Field, Schema
from pydantic import BaseModel

from niangjia.core import access
from niangjia.kernel import clock
from niangjia.scenes.dating import places
from niangjia.scenes.dating.api.cards import Card, cards
from niangjia.scenes.dating.api.frame import Text, answer, person_of, router
from niangjia.scenes.dating.circle import services
from niangjia.scenes.dating.circle.selectors import groups_of, ties_of
from niangjia.scenes.dating.circle.types import Link
from niangjia.scenes.dating.selectors.people import seeker
from niangjia.scenes.dating.taxonomy import HOBBIES

_HOBBIES = {hobby.code: hobby for hobby in HOBBIES}


class LinkOut(BaseModel):
    """`value` in words. `stated`: both said so themselves, nobody has verified it."""

    key: str
    kind: Literal["town", "trade", "school", "outing", "hobby"]
    value: str
    stated: bool


class GroupOut(LinkOut):
    """`step`: few (fewer than ten), or at least so many; only people whom I may see are counted."""

    step: Literal["few", "10", "20", "50", "100", "200"]


class MyTies(BaseModel):
    """`by_outings`: linked with those who were where I was and wish it too."""

    school: str
    by_outings: bool


class CircleOut(BaseModel):
    groups: list[GroupOut]
    ties: MyTies


class LinkedCard(Card):
    """`met_on`: the day on which both were at the same activity."""

    met_on: date | None = None


class LinkedPage(BaseModel):
    """`tomorrow`: more people are linked to me than I am shown today."""

    link: LinkOut
    items: list[LinkedCard]
    next: str | None
    left_today: int
    tomorrow: bool


class WhichLink(Schema):
    key: Text = Field(max_length=30)
    cursor: Text | None = Field(None, max_length=200)


class TiesIn(Schema):
    school: Text | None = Field(None, max_length=60)
    by_outings: bool | None = None


@router.get("/circle", response=CircleOut)
@access.signed_in
def circle(request: HttpRequest) -> Any:
    """Everything that links me to somebody, and to about how many."""
    now = clock.now()
    me = seeker(person_of(request), now)
    groups = [GroupOut(**_link(group.link), step=group.step) for group in groups_of(me, now)]  # type: ignore[arg-type]  # a step
    ties = ties_of(me)
    return answer(CircleOut(groups=groups, ties=MyTies(school=ties.school, by_outings=ties.by_outings)))


@router.post("/circle/people", response=LinkedPage)
@access.signed_in
def people(request: HttpRequest, which: WhichLink) -> Any:
    """A page of those whom one fact links to me. They count to the day's number like anybody else."""
    now = clock.now()
    me, page, left = services.look_around(person_id=person_of(request), key=which.key, cursor=which.cursor, now=now)
    shown = zip(page.rows, cards(me, page.rows, now), strict=True)
    items = [LinkedCard(**card.model_dump(), met_on=page.met_on.get(row.pk)) for row, card in shown]
    link = LinkOut(**_link(page.link))
    return answer(LinkedPage(link=link, items=items, next=page.next, left_today=left, tomorrow=page.tomorrow))


@router.post("/circle/ties", response=MyTies)
@access.signed_in
def tie(request: HttpRequest, given: TiesIn) -> Any:
    """Which school I went to, and whether having been at the same activity may link me."""
    person = person_of(request)
    row = services.tie(person_id=person, school=given.school, by_outings=given.by_outings, now=clock.now())
    return answer(MyTies(school=row.school, by_outings=row.by_outings))


def _link(link: Link) -> dict[str, Any]:
    return {"key": link.key, "kind": link.kind, "value": _in_words(link), "stated": link.stated}


def _in_words(link: Link) -> str:
    if link.kind == "town":
        return places.town_title(link.value)
    if link.kind == "hobby" and link.value in _HOBBIES:
        return _HOBBIES[link.value].title(get_language() or "")
    return link.value
