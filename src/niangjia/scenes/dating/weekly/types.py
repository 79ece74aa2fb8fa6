"""Words, sizes and shapes of the weekly list and of the live programme."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final, Literal
from uuid import UUID

RUN: Final = "dating.run_weekly"

LISTED: Final = "dating_weekly_list"
PUBLIC: Final = "dating_weekly_public"
LIVE: Final = "dating_live_invite"
SEEN_LIVE: Final = "dating_live_seen"

HELD: Final = {"says": "list_says", "wishes": "list_wishes"}  # as words that wait are kept by the scene

WORDS: Final = 60  # of a line about oneself, and of a wish
MOST_LISTED: Final = 60  # in one town and week
OPEN_FOR: Final = timedelta(days=14)  # a list may be answered so long, or until the town's next one
MOST_ASKED: Final = 10  # so many of one list may one person ask about
KEPT_FOR: Final = timedelta(days=30)  # what nobody answered is forgotten then
BAND: Final = 5  # years

LIVE_MINUTES: Final = 20
ANSWER_BY: Final = timedelta(days=2)
AFTER: Final = timedelta(days=2)  # so long one may still say yes after a live talk
SIGNAL_LIFE: Final = timedelta(minutes=10)
SUGGESTED: Final = 12

Way = Literal["yes", "request", "hotline"]


def band_of(age: int) -> str:
    """28 -> "25–29": nobody is to be recognised by a birthday."""
    low = age // BAND * BAND
    return f"{low}–{low + BAND - 1}"


@dataclass(frozen=True)
class Words:
    """What somebody wants said of them on the list."""

    says: str
    wishes: str
    with_photo: bool = False
    public: bool = False


@dataclass(frozen=True)
class Shown:
    """One on a list, as somebody else reads it. No id of a profile, no birthday, no way to be reached."""

    line: UUID
    number: int
    side: str
    nickname: str
    band: str
    district: str
    trade: str
    says: str
    wishes: str
    photo: UUID | None
    state: Literal["none", "asked", "mutual"] = "none"


@dataclass(frozen=True)
class Invitation:
    """What staff say about a live talk."""

    woman: UUID
    man: UUID
    starts_at: datetime
    minutes: int = LIVE_MINUTES
    stream_url: str = ""


@dataclass(frozen=True)
class Town:
    """A town with a list that is open."""

    code: str
    monday: date
    count: int
