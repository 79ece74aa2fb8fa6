"""What scenes hand to the engine and get back."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final, Literal
from uuid import UUID

Way = Literal["first_come", "approval", "lottery"]
State = Literal[
    "asked", "entered", "waiting", "held", "offered", "booked",
    "cancelled", "refused", "lapsed", "passed_on", "unlucky", "called_off",
]  # fmt: skip

TAKING: Final = ("held", "offered", "booked")  # these take a place
LIVE: Final = ("asked", "entered", "waiting", *TAKING)  # one of these a person and slot
COMMON: Final = ""  # the key of the pool that is open to everybody
PRIORITY: Final = "priority"  # the key of places reserved for priority groups
FIRST, USUAL, LATER = 0, 1, 2  # tiers: lower ones go first in line and in the lottery

NOW: Final = timedelta(0)


@dataclass(frozen=True)
class Claimant:
    """Who asks, as the scene knows them: the quotas they may draw on, and whether they are of a priority group."""

    person_id: UUID
    keys: tuple[str, ...] = ()
    priority: bool = False

    @property
    def all_keys(self) -> tuple[str, ...]:
        return (*self.keys, PRIORITY) if self.priority else self.keys


@dataclass(frozen=True)
class Quota:
    """Places kept for those who hold `key`; unused ones flow to the common pool at `flows_back_at`."""

    key: str
    places: int
    flows_back_at: datetime | None = None


@dataclass(frozen=True)
class AddOn:
    """Something small beside the place, with a capacity of its own: a seat on the bus, a lunch."""

    key: str
    places: int


@dataclass(frozen=True)
class SlotPlan:
    """A time with places. `capacity` counts all places, those of the quotas too.

    Registration is from `opens_at` to `closes_at`; priority people may begin `head_start` earlier, those with a
    consequence `delay` later. Without `offer_for` somebody from the waiting list gets a free place at once; with it the
    place is offered for that long. `overlaps_allowed`: this takes up no particular time (an online round of a week).
    """

    way: Way
    starts_at: datetime
    ends_at: datetime
    opens_at: datetime
    closes_at: datetime
    capacity: int
    quotas: tuple[Quota, ...] = ()
    addons: tuple[AddOn, ...] = ()
    head_start: timedelta = NOW
    delay: timedelta = NOW
    max_party: int = 1
    keeps_waiting: bool = True
    offer_for: timedelta | None = None
    cancel_until: datetime | None = None
    transfer_until: datetime | None = None
    rotating: bool = False
    overlaps_allowed: bool = False
    beacon_source: str = ""


@dataclass(frozen=True)
class Claimed:
    """The answer to a claim. `booking_id` is the claimant's own; it names the party too."""

    booking_id: UUID
    slot_id: UUID
    state: str
    pool_key: str | None
    tier: int
    is_new: bool

    @property
    def party(self) -> UUID:
        return self.booking_id


@dataclass(frozen=True)
class Event:
    """What happened to bookings that their owners did not do themselves this moment."""

    what: str
    slot_id: UUID | None
    booking_ids: tuple[UUID, ...]
    person_ids: tuple[UUID, ...]
    now: datetime
    detail: Mapping[str, str] = field(default_factory=dict)


Told = Callable[[Event], None]


@dataclass(frozen=True)
class ScanIn:
    """A scan as a phone at the door made it; `id` is the phone's, so that sending it twice counts once."""

    id: UUID
    at: datetime
    code: str = ""
    booking_id: UUID | None = None  # found by name and phone instead of by a code


Outcome = Literal["welcome", "already", "other_slot", "no_addon", "not_booked", "unknown", "stale"]


@dataclass(frozen=True)
class Scanned:
    """What the door is told. After `already`, when the first scan was."""

    id: UUID
    outcome: str
    booking_id: UUID | None = None
    person_id: UUID | None = None
    first_at: datetime | None = None


@dataclass(frozen=True)
class Figures:
    """How full a slot is."""

    capacity: int = 0
    taken: int = 0
    waiting: int = 0
    asked: int = 0
    entered: int = 0
    arrived: int = 0
    absent: int = 0

    @property
    def free(self) -> int:
        return self.capacity - self.taken


@dataclass(frozen=True)
class AbsenceRule:
    """So many absences within so many days, and for so many days others go first. Never more than that."""

    count: int = 2
    within: timedelta = timedelta(days=90)
    lasts: timedelta = timedelta(days=30)


ABSENCES: Final = AbsenceRule()
