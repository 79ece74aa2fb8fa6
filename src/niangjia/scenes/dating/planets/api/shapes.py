"""How planets, posts and meet-ups are shown to a member."""

from collections.abc import Sequence
from datetime import datetime
from typing import Literal
from uuid import UUID

from pydantic import BaseModel

from niangjia.core.files.services import photo_url
from niangjia.scenes.dating.models import Profile
from niangjia.scenes.dating.planets.meetups import Idea
from niangjia.scenes.dating.planets.types import Home, Said

Step = Literal["none", "few", "10", "20", "50", "100", "200"]


class PlanetOut(BaseModel):
    """`members`: few (fewer than ten), or at least so many."""

    id: UUID
    hobby: str
    title: str
    about: str
    joined: bool
    members: Step
    closed: bool


class PostPicture(BaseModel):
    url: str
    large: str


class PostOut(BaseModel):
    """`profile`: by which its author can be opened, null when they cannot. `marks`: how many "me too", mine only."""

    id: UUID
    mine: bool
    profile: UUID | None
    nickname: str
    state: Literal["shown", "held", "down"]
    at: datetime
    topic: UUID | None
    text: str
    photos: list[PostPicture]
    replies: int
    marked: bool
    marks: int | None


class MeetupOut(BaseModel):
    """`host`: who had the idea, if they wish to be named. `place_of_mine`: whether I have a place."""

    id: UUID
    planet: UUID
    title: str
    about: str
    district: str
    place: str
    starts_at: datetime
    ends_at: datetime
    places: int
    free: int
    state: Literal["proposed", "agreed", "refused", "cancelled"]
    mine: bool
    named: bool
    host: str
    place_of_mine: Literal["none", "waiting", "booked"]


def planet(row: Home) -> PlanetOut:
    return PlanetOut(**{name: getattr(row, name) for name in PlanetOut.model_fields})


def post(me: Profile, row: Said, now: datetime) -> PostOut:
    plain = {name: getattr(row, name) for name in PostOut.model_fields if name != "photos"}
    return PostOut(**plain, photos=[_picture(me, photo, now) for photo in row.photos])


def _picture(me: Profile, photo: UUID, now: datetime) -> PostPicture:
    small, large = (photo_url(photo, me.person_id, size, now) for size in ("thumb", "full"))
    return PostPicture(url=small, large=large)


def meetups(rows: Sequence[Idea]) -> list[MeetupOut]:
    return [_meetup(row) for row in rows]


_WORDS = ("title", "about", "district", "place", "starts_at", "ends_at", "places", "state", "named")


def _meetup(row: Idea) -> MeetupOut:
    return MeetupOut(
        id=row.meetup.pk,
        planet=row.meetup.planet_id,
        **{name: getattr(row.meetup, name) for name in _WORDS},
        free=row.free,
        mine=row.mine,
        host=row.host,
        place_of_mine="none" if row.state == "none" else "waiting" if row.state == "waiting" else "booked",
    )
