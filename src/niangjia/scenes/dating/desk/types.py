"""Words, spans and sizes of the matchmakers' desk."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final
from uuid import UUID

from django.utils.translation import gettext_lazy as _

REGISTER: Final = "dating.register_for_help"
MATCHMAKE: Final = "dating.matchmake"
LEAD: Final = "dating.lead_centre"
PURPOSE: Final = "matchmaker_record"

WAITS_FOR: Final = timedelta(days=30)  # for the person concerned; then what was written down is gone
FROZEN_FOR: Final = timedelta(days=30)  # after taking the consent back, in case it was a slip; then it is deleted
ANSWER_WITHIN: Final = timedelta(days=7)
DAY: Final = timedelta(days=1)
STEPS: Final[Mapping[str, timedelta]] = {"3d": 3 * DAY, "3w": 21 * DAY, "3m": 91 * DAY}
REWARD_FEN: Final = 200_000  # 2,000 yuan, once for each couple

YES, NO = "y", "n"  # as long as each other: not even their length tells which

SOURCES: Final[Mapping[str, object]] = {
    "self": _("asked for it on the phone"),
    "desk": _("came to the desk"),
    "parent": _("a parent came to the desk"),
    "firm": _("staff visited the firm"),
}
STORIES: Final[Mapping[str, object]] = {
    "meeting": _("still meeting"),
    "in_love": _("in love"),
    "registered": _("married"),
    "sweets": _("wedding sweets received"),
    "ended": _("ended"),
}
COUPLES: Final = ("in_love", "registered", "sweets")
WHY_ENDED: Final[Mapping[str, object]] = {
    "character": _("Did not fit in character"),
    "distance": _("Live too far apart"),
    "time": _("No time for each other"),
    "family": _("The families do not agree"),
    "someone": _("Found somebody else"),
    "unsaid": _("Would rather not say"),
}
STEP_WORDS: Final[Mapping[str, object]] = {
    "3d": _("three days after"),
    "3w": _("three weeks after"),
    "3m": _("three months after"),
}
PLACES: Final[Mapping[str, object]] = {
    "room": _("A room of ours"),
    "evening": _("An evening session"),
    "online": _("Online"),
    "outside": _("Somewhere else"),
}


@dataclass(frozen=True)
class Asked:
    """What somebody says when they ask for help, for themselves or for somebody else."""

    phone: str
    name: str = ""
    wishes: str = ""


@dataclass(frozen=True)
class When:
    """A proposed meeting."""

    kind: str
    starts_at: datetime
    ends_at: datetime
    place: str = ""
    room_id: UUID | None = None


@dataclass(frozen=True)
class StationPlan:
    name: str
    place: str = ""
    hours: str = ""
    story: str = ""


@dataclass(frozen=True)
class Figures:
    """What a station did in a span of time; it counts itself."""

    visits: int = 0
    records: int = 0
    introductions: int = 0
    pairs: int = 0
    couples: int = 0
    marriages: int = 0
    salons: int = 0
    answers: int = 0
    content: int = 0


@dataclass(frozen=True)
class Span:
    since: date
    until: date
