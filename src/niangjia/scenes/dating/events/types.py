"""Words, sizes and shapes of dating events."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from niangjia.scenes.dating.types import Seen

RUN: Final = "dating.run_events"
SCENE: Final = "dating"
SIDES: Final = ("f", "m")

MOST_PICKS: Final = 50
MOST_ROUNDS: Final = 30
MOST_PLACES: Final = 2_000  # of women, and of men
HAND: Final = 200  # so many others one is shown in one event
DEALT: Final = 100  # of these in an order that the engine chose; newcomers come behind
CARDS: Final = 20
SECOND_LASTS: Final = timedelta(days=2)
SIGNAL_LIFE: Final = timedelta(minutes=10)


def key_of(side: str) -> str:
    """The quota of the allocation engine from which women or men draw: there are as many places for each."""
    return f"sex:{side}"


@dataclass(frozen=True)
class Plan:
    """What staff say about an event."""

    kind: str
    title: str
    opens_at: datetime
    closes_at: datetime
    places: int
    about: str = ""
    place: str = ""
    gig_only: bool = False
    age_from: int | None = None
    age_to: int | None = None
    picks: int = 0
    rounds: int = 0
    tables: int = 0
    minutes: int = 0


@dataclass(frozen=True)
class Picked:
    """After a pick: whether this one is chosen now, and how many more may be."""

    picked: bool
    left: int


@dataclass(frozen=True)
class Hand:
    """A page of others in the event, as I see them. `tomorrow`: there are more, but not today."""

    rows: list[Seen]
    chosen: frozenset[UUID]
    left: int
    next: str | None
    tomorrow: bool = False
