"""Words, sizes and shapes of venues and of firms' shows."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final
from uuid import UUID

RUN: Final = "dating.run_venues"
WRITE_SHOWS: Final = "dating.write_shows"
APPROVE_SHOWS: Final = "dating.approve_shows"

SCENE: Final = "dating_venues"  # of the allocation engine: what somebody misses here counts here only
MOST_PLACES: Final = 200
MOST_PHOTOS: Final = 6
MOST_OPENINGS: Final = 200  # made at once
GIVE_BACK: Final = timedelta(hours=2)  # until so long before, a place can be given back in the app
ANSWER: Final = timedelta(hours=2)  # until so long before, the other may say that they come along
AHEAD: Final = timedelta(days=30)


@dataclass(frozen=True)
class Plan:
    """What staff say about a venue."""

    kind: str
    name: str
    address: str
    district: str
    about: str = ""
    rules: str = ""
    phone: str = ""


@dataclass(frozen=True)
class Hours:
    """Openings to be made: on these days of the week, from `begins`, so many one after another."""

    first: date
    last: date
    weekdays: frozenset[int]
    begins: time
    minutes: int
    count: int
    capacity: int


@dataclass(frozen=True)
class Booked:
    """A booking of mine. `with_other`: I asked somebody to come along, or was asked; `came`: they said yes."""

    booking: UUID
    opening: UUID
    state: str
    host: bool
    other: UUID | None
    came: bool


@dataclass(frozen=True)
class ShowPlan:
    """What a firm writes about its event for singles."""

    title: str
    text: str
    place: str
    day: datetime
    link: str = ""
    nobody_named: bool = False
