"""Words, sizes and shapes of planets."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final, Literal
from uuid import UUID

RUN_PLANETS: Final = "dating.run_planets"
SCENE: Final = "dating_planets"  # as the allocation engine knows meet-ups
LOOK_AT_POST: Final = "dating.post"
POST_APPEAL: Final = "dating.post_appeal"
AGREE_MEETUP: Final = "dating.meetup"
MEETUP_APPEAL: Final = "dating.meetup_appeal"

PAGE: Final = 20
MOST_TEXT: Final = 500
MOST_PICTURES: Final = 4
MOST_REPLIES: Final = 200

HELD: Final = "held"  # why a review was opened: words held the post back; else a reason of REPORT_REASONS


@dataclass(frozen=True)
class Home:
    """A planet as a member sees it; how many live there in steps, and only those whose words one may read."""

    id: UUID
    hobby: str
    title: str
    about: str
    joined: bool
    members: str
    closed: bool


@dataclass(frozen=True)
class Said:
    """A post or reply as one member reads it.

    `profile`: by which its author can be opened, if at all; `author` is never shown. `replies`: those that I would
    see. `marks`: only on my own.
    """

    id: UUID
    planet: UUID
    author: UUID
    mine: bool
    profile: UUID | None
    nickname: str
    state: Literal["shown", "held", "down"]
    at: datetime
    topic: UUID | None
    replies: int
    marked: bool
    marks: int | None
    text: str = ""
    photos: tuple[UUID, ...] = ()


@dataclass(frozen=True)
class Page:
    """`tomorrow`: today has no place for some of those who wrote; their words stand without them."""

    rows: list[Said]
    next: str | None
    tomorrow: bool = False


@dataclass(frozen=True)
class Wanted:
    """A meet-up as a member proposes it."""

    title: str
    about: str
    place: str
    starts_at: datetime
    ends_at: datetime
    places: int
    district: str = ""
    named: bool = False


@dataclass(frozen=True)
class Written:
    """What somebody wrote, and the phone's key of it."""

    planet: UUID
    text: str
    key: UUID
    topic: UUID | None = None
    parent: UUID | None = None
    photos: tuple[UUID, ...] = field(default_factory=tuple)


Params = dict[str, Any]
