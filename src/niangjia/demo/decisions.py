"""A history of yes and no over the last weeks, as people of differing charm and choosiness would have made it.

Two people meet as the app lets them meet: by age, wishes, district and hobbies. Each side may then decide. A yes grows
with how likeable the other is, with shared and neighbouring hobbies and with wishes met, and shrinks with how choosy
one is.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np

from niangjia.demo.dice import Bools, Floats, Ints, bell, stream
from niangjia.demo.people import People
from niangjia.demo.tastes import NEAR_MASKS
from niangjia.scenes.dating.taxonomy import EDUCATIONS

WEEKS: Final = 26
DAY: Final = 24 * 60
MEETINGS_EACH: Final = 34  # people whom one active person came across, before wishes sort some of them out
_HOUR_WEIGHTS = (8, 3, 1, 1, 1, 2, 8, 14, 18, 16, 14, 18, 40, 30, 16, 14, 14, 20, 34, 48, 62, 74, 60, 30)
_AGE_WINDOW = 0.09  # of all possible partners, sorted by age, this share on either side is met


@dataclass(frozen=True, slots=True)
class Decisions:
    """Row i of every column is one decision, oldest first. Nobody decides twice about the same person."""

    chooser: Ints  # row in People
    chosen: Ints  # row in People
    yes: Bools
    minutes_ago: Ints  # before midnight at the beginning of People.today

    def __len__(self) -> int:
        return len(self.chooser)


@dataclass(frozen=True, slots=True)
class Pairs:
    """Two people who both said yes; mutual since the later of the two."""

    a: Ints  # the smaller row in People
    b: Ints
    minutes_ago: Ints

    def __len__(self) -> int:
        return len(self.a)


def make_decisions(people: People, *, seed: int, meetings_each: int = MEETINGS_EACH) -> Decisions:
    rng = stream(seed=seed, purpose="decisions")
    first, second = _meetings(rng, people, meetings_each)
    charm, choosy = _temper(rng, people)
    shared = _shared_hobbies(people.hobby_bits, first, second)
    sides = [
        _side(rng, people, chooser=a, chosen=b, liking=charm[b] - choosy[a] + shared)
        for a, b in ((first, second), (second, first))
    ]
    chooser, chosen, yes, minutes = (np.concatenate(column) for column in zip(*sides, strict=True))
    order = np.argsort(-minutes, kind="stable")
    return Decisions(chooser[order], chosen[order], yes[order], minutes[order])


def mutual_pairs(decisions: Decisions) -> Pairs:
    said = decisions.yes
    a, b, when = decisions.chooser[said], decisions.chosen[said], decisions.minutes_ago[said]
    key = np.minimum(a, b) * (1 << 32) + np.maximum(a, b)
    order = np.argsort(key, kind="stable")  # within a key the older yes stays first
    twice = np.flatnonzero(key[order][1:] == key[order][:-1])
    later = order[twice + 1]
    found = key[later]
    return Pairs(found >> 32, found & 0xFFFFFFFF, when[later])


def _present(people: People) -> tuple[Ints, Ints, Ints]:
    """Days ago: seen since, came last, seen until. Whoever never was verified has -1 as the first."""
    facts = people.facts
    was_verified = np.isin(facts.single, ("verified", "fallen")) & np.isin(facts.employer, ("verified", "fallen"))
    since = np.minimum(facts.registered_days_ago, WEEKS * 7)
    last = facts.last_active_days_ago
    return (
        np.where(was_verified & facts.has_profile, since, -1),
        last,
        np.where(facts.verified & ~facts.paused, 0, last),
    )


def _meetings(rng: np.random.Generator, people: People, each: int) -> tuple[Ints, Ints]:
    """Unordered pairs of a woman and a man of like age who suit each other well enough to be shown."""
    since, last, _ = _present(people)
    women, men = (_by_age(people, sex, since > last) for sex in ("f", "m"))
    if not len(women) or not len(men):
        return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64)
    count = each * (len(women) + len(men)) // 2
    at = rng.integers(0, len(women), count)
    centre = np.searchsorted(people.age[men], people.age[women[at]] + rng.integers(-2, 6, count))
    reach = max(1.0, _AGE_WINDOW * len(men))
    to = np.abs(centre + (bell(rng, count) * reach).astype(np.int64))
    to = np.clip(np.where(to < len(men), to, 2 * len(men) - 2 - to), 0, len(men) - 1)  # thrown back at both ends
    key = np.unique(women[at] * (1 << 32) + men[to])
    a, b = key >> 32, key & 0xFFFFFFFF
    shown = rng.random(len(key)) < 0.18 + 0.82 * _fits(people, a, b) * _fits(people, b, a)
    apart = people.employer[a] != people.employer[b]  # colleagues do not see each other
    keep = shown & apart
    return a[keep], b[keep]


def _by_age(people: People, sex: str, present: Bools) -> Ints:
    rows = np.flatnonzero((np.array(people.sex) == sex) & present)
    return rows[np.argsort(people.age[rows], kind="stable")]


def _fits(people: People, chooser: Ints, chosen: Ints) -> Floats:
    """Share of the chooser's countable wishes that the chosen meets."""
    wishes, age, height = people.wishes, people.age[chosen], people.height_cm[chosen]
    top = np.where(wishes.age_to > 0, wishes.age_to, 99)[chooser]
    tall = np.where(wishes.height_to > 0, wishes.height_to, 250)[chooser]
    met = ((age >= wishes.age_from[chooser]) & (age <= top)).astype(np.float64)
    met += (height >= wishes.height_from[chooser]) & (height <= tall)
    met += _level(people)[chosen] >= wishes.education_from[chooser]
    return met / 3


def _level(people: People) -> Ints:
    rank = {term.code: at for at, term in enumerate(EDUCATIONS)}
    return np.array([rank[code] for code in people.education], dtype=np.int64)


def _temper(rng: np.random.Generator, people: People) -> tuple[Floats, Floats]:
    """How likeable and how choosy: charm is partly chance, partly photos and hobbies; women choose more narrowly."""
    count = len(people)
    charm = bell(rng, count) + 0.25 * people.photos - 0.4
    female = np.array(people.sex) == "f"
    choosy = bell(rng, count, spread=0.8) + np.where(female, 1.5, 0.55)
    return charm, choosy


def _shared_hobbies(bits: np.ndarray[tuple[int, int], np.dtype[np.uint64]], a: Ints, b: Ints) -> Floats:
    """One for each shared hobby, a third for each that is only a neighbour; at most three in all."""
    same = np.bitwise_count(bits[a] & bits[b]).sum(axis=1)
    near = np.bitwise_count(_neighbourhood(bits)[a] & bits[b]).sum(axis=1)
    return np.asarray(np.minimum(3.0, same + near / 3), dtype=np.float64)


def _neighbourhood(
    bits: np.ndarray[tuple[int, int], np.dtype[np.uint64]],
) -> np.ndarray[tuple[int, int], np.dtype[np.uint64]]:
    around = np.zeros_like(bits)
    for at, mask in enumerate(NEAR_MASKS):
        has = (bits[:, at // 64] >> np.uint64(at % 64)) & np.uint64(1) > 0
        around[has] |= mask
    return around & ~bits


def _side(
    rng: np.random.Generator, people: People, *, chooser: Ints, chosen: Ints, liking: Floats
) -> tuple[Ints, Ints, Bools, Ints]:
    """Seven in ten look at the card and decide. The odds are algebraic, so that they are equal on every machine."""
    since, last, until = _present(people)
    begin, end = np.minimum(since[chooser], since[chosen]), np.maximum(last[chooser], until[chosen])
    seen = (rng.random(len(chooser)) < 0.7) & (begin > end)
    a, b = chooser[seen], chosen[seen]
    score = liking[seen] + 1.6 * _fits(people, a, b) - 2.0
    odds = 0.5 + 0.5 * score / (1 + np.abs(score))
    yes = rng.random(len(a)) < odds * odds  # squared: most cards are passed
    return a, b, yes, _minutes(rng, begin[seen], end[seen])


def _minutes(rng: np.random.Generator, begin: Ints, end: Ints) -> Ints:
    """A day when both were there, more often late than early; an hour when people hold their phones."""
    days = end + ((begin - end) * rng.random(len(begin)) ** 1.4).astype(np.int64)
    edges = np.cumsum(_HOUR_WEIGHTS)
    hours = np.searchsorted(edges, rng.integers(0, edges[-1], len(begin)), side="right")
    return days * DAY + DAY - 1 - hours * 60 - rng.integers(0, 60, len(begin))
