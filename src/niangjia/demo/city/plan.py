"""Everything the loaders share: the made-up columns, the ids of their rows, and moments in time."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from functools import cached_property
from uuid import NAMESPACE_DNS, UUID, uuid5

import numpy as np

from niangjia.demo.decisions import DAY, MEETINGS_EACH, Decisions, Pairs, make_decisions, mutual_pairs
from niangjia.demo.dice import Ints, stream
from niangjia.demo.employers import Employers, make_employers
from niangjia.demo.facts import YEAR
from niangjia.demo.named import Named, name_people
from niangjia.demo.people import People, make_people
from niangjia.kernel import clock

SEED = 20261122
EMPLOYERS = 2000
LARGE = 20_000  # people; from here on a city is for measuring, not for looking at
_MEETINGS_IN_LARGE = 8
_HOME = uuid5(NAMESPACE_DNS, "demo.niangjia")


def id_of(kind: str, number: int) -> UUID:
    """The same row has the same id in every city of the seed."""
    return uuid5(_HOME, f"{SEED}/{kind}/{number}")


@dataclass(frozen=True)
class Steps:
    """Minutes before midnight at which each person took the steps of being verified, in this order."""

    registered: list[int]
    proven: list[int]
    employed: list[int]
    pledged: list[int]


@dataclass(frozen=True)
class City:
    now: datetime
    employers: Employers
    people: People
    decisions: Decisions
    pairs: Pairs
    named: Named

    @property
    def large(self) -> bool:
        return len(self.people) > LARGE

    @cached_property
    def midnight(self) -> datetime:
        """At the beginning of today, in China."""
        return datetime.combine(self.people.today, time(), clock.SHANGHAI)

    def ago(self, minutes: int) -> datetime:
        return self.midnight - timedelta(minutes=minutes)

    @cached_property
    def person_ids(self) -> list[UUID]:
        return [id_of("person", row) for row in range(len(self.people))]

    @cached_property
    def profile_ids(self) -> list[UUID]:
        """Of every person; only those `with_profile` have one."""
        return [id_of("profile", row) for row in range(len(self.people))]

    @cached_property
    def employer_ids(self) -> list[UUID]:
        return [id_of("employer", row) for row in range(len(self.employers))]

    def with_profile(self) -> Iterator[int]:
        return iter(np.flatnonzero(self.people.facts.has_profile).tolist())

    @cached_property
    def steps(self) -> Steps:
        facts = self.people.facts
        minute = stream(seed=SEED, purpose="minutes").integers(0, 600, len(self.people))
        over = np.where(facts.single == "fallen", YEAR + 3, 0)  # an old pledge is older than a year
        most = np.where(facts.single == "verified", YEAR - 5, facts.single_days_ago)  # and no living one ends today

        def at(days: Ints, later: int) -> list[int]:
            minutes: list[int] = (np.maximum(days, over) * DAY + DAY // 2 - minute - later).tolist()
            return minutes

        return Steps(
            at(facts.registered_days_ago, 0),
            at(facts.real_person_days_ago, 7),
            at(facts.employer_days_ago, 15),
            at(np.minimum(facts.single_days_ago, most), 21),
        )


def make_city(*, people: int, now: datetime) -> City:
    employers = make_employers(count=min(EMPLOYERS, max(60, people)), seed=SEED)
    crowd = make_people(count=people, seed=SEED, today=clock.today(now), employers=employers)
    meetings = MEETINGS_EACH if people <= LARGE else _MEETINGS_IN_LARGE
    decisions = make_decisions(crowd, seed=SEED, meetings_each=meetings)
    named = name_people(crowd, employers=employers, pairs=mutual_pairs(decisions))
    decisions = _still_to_come(decisions, crowd, named)
    return City(now, employers, crowd, decisions, mutual_pairs(decisions), named)


def _still_to_come(decisions: Decisions, people: People, named: Named) -> Decisions:
    """Without what the two of the demo's story would say of each other, and of people who have no profile now."""
    has = people.facts.has_profile
    both = np.isin(decisions.chooser, (named.woman, named.man)) & np.isin(decisions.chosen, (named.woman, named.man))
    keep = has[decisions.chooser] & has[decisions.chosen] & ~both
    return Decisions(decisions.chooser[keep], decisions.chosen[keep], decisions.yes[keep], decisions.minutes_ago[keep])
