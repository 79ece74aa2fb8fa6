"""Words, sizes and shapes of dating that no table holds."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final, Literal, NamedTuple
from uuid import UUID

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from niangjia.kernel import clock
from niangjia.scenes.dating.taxonomy import CHILDREN, DRINKING, EDUCATIONS, HOBBIES, MARITAL, SMOKING

ADULT: Final = 18
PAGE: Final = 20
MOST_HOBBIES: Final = 20
MOST_PHOTOS: Final = 9
POOL: Final = "dating"  # of the matching engine
DELETE_WORD: Final = "删除"
PASS_LIFE: Final = timedelta(days=180)  # then whom I passed may come again: people change

HANDLE_REPORTS: Final = "dating.handle_reports"
SEE_FIGURES: Final = "dating.see_figures"
REPORT: Final = "dating.report"
APPEAL: Final = "dating.appeal"
LOOK_AT_TEXT: Final = "dating.text"
TEXT_APPEAL: Final = "dating.text_appeal"

FACTS: Final[tuple[Literal["real_person", "employer", "single"], ...]] = ("real_person", "employer", "single")

Order = Literal["newest", "active", "for_you"]
State = Literal["none", "yes_said", "passed", "mutual"]

CODES: Final[Mapping[str, frozenset[str]]] = {
    name: frozenset(term.code for term in terms)
    for name, terms in {
        "hobbies": HOBBIES,
        "education": EDUCATIONS,
        "marital": MARITAL,
        "children": CHILDREN,
        "smoking": SMOKING,
        "drinking": DRINKING,
    }.items()
}

REPORT_REASONS: Final[Mapping[str, object]] = {
    "not_single": _("Is not single"),
    "not_the_person": _("Is not the person in the photos or facts"),
    "money": _("Asks for money, sells or lures to invest"),
    "harassment": _("Harasses, insults or threatens"),
    "indecent": _("Indecent words or pictures"),
    "advertising": _("Advertising"),
    "other": _("Something else"),
}


MONTH: Final = timedelta(days=30)
OF_THE_POOL: Final = 100  # one person sees at most one in so many of all in thirty days


def profiles_a_day() -> int:
    """How many distinct profiles one person is shown on any day (check G1, docs/adr/0012)."""
    return int(getattr(settings, "DATING_PROFILES_A_DAY", 120))


def profiles_a_month() -> int:
    """How many in thirty days where one in a hundred of all would be fewer: enough to get to know a small city."""
    return int(getattr(settings, "DATING_PROFILES_A_MONTH", 900))


def week_of(now: datetime) -> date:
    """The Monday of this week: as finely as we note that somebody was here."""
    day = clock.today(now)
    return day - timedelta(days=day.weekday())


@dataclass(frozen=True)
class Filters:
    """What somebody looks for. Empty means: anything."""

    hobbies: tuple[str, ...] = ()
    age_from: int | None = None
    age_to: int | None = None
    height_from: int | None = None
    height_to: int | None = None
    educations: tuple[str, ...] = ()
    districts: tuple[str, ...] = ()
    home_town: str | None = None
    marital: tuple[str, ...] = ()
    order: Order = "newest"


@dataclass(frozen=True)
class Answer:
    """What came of a yes, a pass or a taking back."""

    state: State
    pair_id: UUID | None = None


class Seen(NamedTuple):
    """A profile as one viewer reads it: columns of the table as it names them, then what there is between the two."""

    pk: UUID
    person_id: UUID
    nickname: str
    birth_date: date | None
    real_person_since: datetime | None
    employer_since: datetime | None
    single_since: datetime | None
    trade: str
    height_cm: int | None
    education: str
    home_town: str
    district: str
    marital: str
    children: str
    smoking: str
    drinking: str
    about: str
    wish_text: str
    hobbies: list[str]
    wish_age_from: int | None
    wish_age_to: int | None
    wish_height_from: int | None
    wish_height_to: int | None
    wish_educations: list[str]
    wish_districts: list[str]
    wish_marital: list[str]
    photos_to: str
    joined_on: date
    active_week: date
    turn: int
    mutual: bool  # both said yes
    yes: bool  # the viewer did
    face: UUID | None  # the first photo
    steady: bool  # nothing speaks against how they behaved (selectors.tiers)
    place: tuple[Any, ...] = ()  # where in the list it was read from, for lists in an order of their own
