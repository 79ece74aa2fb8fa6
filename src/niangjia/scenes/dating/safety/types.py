"""Words, sizes and shapes of safety."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final, Literal
from uuid import UUID

KEPT: Final = timedelta(hours=24)  # after its end a plan is deleted
LONGEST: Final = timedelta(hours=12)  # a date; longer ones are two
AHEAD: Final = timedelta(days=7)
GRACE: Final = (15, 30, 60)  # minutes
WORD_LIFE: Final = timedelta(hours=6)  # so long it is tried to reach the contact
MOST_PLACE: Final = 40
WEEKS: Final = 4

RestFor = Literal["tomorrow", "week"]
REST_DAYS: Final[dict[RestFor, int]] = {"tomorrow": 1, "week": 7}


@dataclass(frozen=True)
class Wanted:
    """What somebody says of a date."""

    starts_at: datetime
    until: datetime
    grace: int
    contact_name: str
    contact_phone: str
    place: str = ""
    district: str = ""
    pair: UUID | None = None


@dataclass(frozen=True)
class WeekOfLooks:
    """So many opened my profile in the week that began on this day: a step, never a number, never a name."""

    monday: date
    step: str
