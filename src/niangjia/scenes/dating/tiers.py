"""How far somebody is trusted: by what is verified and how they behave, and by nothing else.

Never by payment, never by time spent here. Nothing is stored: a tier falls in the moment in which its source does.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, Literal

Tier = Literal["registered", "real", "triple", "at_ease"]
Lack = Literal["real_person", "employer", "single", "days", "conduct", "absence"]

TIERS: Final[tuple[Tier, ...]] = ("registered", "real", "triple", "at_ease")
PROVEN: Final = timedelta(days=90)  # so long verified in all three
REMEMBERED: Final = timedelta(days=365)  # so long a report that was upheld counts


@dataclass(frozen=True)
class Grounds:
    """What a tier rests on. Since when each fact stands (None: it does not), and how somebody behaved.

    `upheld`: a report about them was upheld within a year. `stayed_away`: places were left empty again and again.
    """

    real_person_since: datetime | None
    employer_since: datetime | None
    single_since: datetime | None
    verified_until: datetime | None
    upheld: bool = False
    stayed_away: bool = False


def tier_of(grounds: Grounds, now: datetime) -> Tier:
    """The highest tier of which nothing is lacking."""
    if not lacks(grounds, "at_ease", now):
        return "at_ease"
    if not lacks(grounds, "triple", now):
        return "triple"
    return "real" if not lacks(grounds, "real", now) else "registered"


def lacks(grounds: Grounds, tier: Tier, now: datetime) -> Sequence[Lack]:
    """What is still to be done for a tier, in the order in which one would do it."""
    if tier == "registered":
        return ()
    missing: list[Lack] = ["real_person"] if grounds.real_person_since is None else []
    if tier == "real":
        return missing
    missing += ["employer"] if grounds.employer_since is None else []
    fallen = grounds.verified_until is None or grounds.verified_until <= now
    missing += ["single"] if grounds.single_since is None or (fallen and not missing) else []
    if tier == "triple":
        return missing
    since = proven_on(grounds)
    missing += ["days"] if since is None or since > now else []
    missing += ["conduct"] if grounds.upheld else []
    missing += ["absence"] if grounds.stayed_away else []
    return missing


def proven_on(grounds: Grounds) -> datetime | None:
    """When all three will have stood long enough; None while one is missing."""
    since = (grounds.real_person_since, grounds.employer_since, grounds.single_since)
    standing = [moment for moment in since if moment is not None]
    return max(standing) + PROVEN if len(standing) == len(since) else None
