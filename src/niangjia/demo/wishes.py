"""What people wish for in the other: ages, heights, schooling, districts. Most leave something open."""

from dataclasses import dataclass

import numpy as np

from niangjia.demo.dice import Bools, Ints, chance, stream, weighted
from niangjia.demo.places import districts
from niangjia.scenes.dating.taxonomy import EDUCATIONS, MARITAL


@dataclass(frozen=True, slots=True)
class Wishes:
    """Row i of every column is person i. 0 and the empty tuple mean: no wish."""

    age_from: Ints
    age_to: Ints
    height_from: Ints
    height_to: Ints
    education_from: Ints  # index in EDUCATIONS, 0 = no wish
    educations: list[tuple[str, ...]]
    districts: list[tuple[str, ...]]
    marital: list[tuple[str, ...]]


def make_wishes(
    *, seed: int, male: Bools, age: Ints, height: Ints, education: Ints, marital: Ints, district: list[str]
) -> Wishes:
    rng = stream(seed=seed, purpose="wishes")
    count = len(age)
    older, younger = rng.integers(2, 8, count), rng.integers(1, 6, count)
    age_from = np.maximum(20, age - np.where(male, older + 1, younger))
    age_to = age + np.where(male, younger, older + 1)
    some_age = chance(rng, 90, count)
    shorter = np.where(male, 155 + 2 * rng.integers(0, 3, count), np.maximum(168, height + rng.integers(3, 12, count)))
    some_height = chance(rng, np.where(male, 25.0, 58.0), count)
    least = np.maximum(0, education - rng.integers(0, 3, count))
    least = np.where(chance(rng, 45, count), least, 0)
    return Wishes(
        age_from=np.where(some_age, age_from, 0),
        age_to=np.where(some_age, np.minimum(age_to, 60), 0),
        height_from=np.where(some_height, np.minimum(shorter, 180), 0),
        height_to=np.where(some_height & male, height - 1, 0),
        education_from=least,
        educations=[_from_level(level) for level in least.tolist()],
        districts=_districts(rng, district),
        marital=_marital(rng, marital),
    )


def _from_level(level: int) -> tuple[str, ...]:
    return tuple(term.code for term in EDUCATIONS[level:]) if level else ()


def _districts(rng: np.random.Generator, district: list[str]) -> list[tuple[str, ...]]:
    """One in five wants someone near: the own district and perhaps two more."""
    codes = [place.code for place in districts()]
    more = weighted(rng, (80, 7, 7, 6), len(district)).tolist()
    picks = rng.integers(0, len(codes), (len(district), 2)).tolist()
    rows = zip(district, more, picks, strict=True)
    return [tuple(sorted({own, *(codes[p] for p in pick[: n - 1])})) if n else () for own, n, pick in rows]


def _marital(rng: np.random.Generator, marital: Ints) -> list[tuple[str, ...]]:
    """Half of the never married ask for the same; hardly anyone else asks."""
    only_never = chance(rng, np.where(marital == 0, 50.0, 3.0), len(marital))
    never = (MARITAL[0].code,)
    return [never if asked else () for asked in only_never.tolist()]
