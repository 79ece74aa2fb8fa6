"""How far each person has come with being verified, and how lately they were here."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from niangjia.demo.dice import Bools, Ints, Words, chance, stream, weighted, words

# what keeps those who are not active from being so, in percent
_STANDS: Final = (
    ("new", 22),  # signed up, nothing verified yet
    ("desk", 5),  # papers wait at the verification desk
    ("no_employer", 8),  # real person verified, employer not claimed
    ("enterprise_asked", 13),  # waits for the enterprise
    ("union_asked", 5),  # waits for the union
    ("left_job", 6),  # was verified, then the employer or the roll said: no longer
    ("no_pledge", 10),
    ("pledge_expired", 11),
    ("paused", 8),
    ("idle", 12),  # all verified, not seen for weeks
)
ACTIVE_WITHIN: Final = 28  # days: who was here since then counts as active
YEAR: Final = 365  # a pledge of being single lasts a year


@dataclass(frozen=True, slots=True)
class Facts:
    """Row i of every column is person i. `*_days_ago` is 0 where nothing happened."""

    stand: Words  # "active" or one of the reasons above
    active: Bools
    paused: Bools
    verified: Bools  # all three facts stand today: may browse and be seen
    has_profile: Bools
    registered_days_ago: Ints
    last_active_days_ago: Ints
    real_person: Words  # none, waiting, verified
    real_person_method: Words  # "", face, document
    real_person_days_ago: Ints
    employer: Words  # none, waiting, verified, fallen
    employer_method: Words  # "", roll, enterprise, union
    employer_days_ago: Ints
    single: Words  # none, verified, fallen (the pledge is over a year old)
    single_days_ago: Ints
    on_roll: Bools  # stands on the member roll with this employer


def make_facts(*, seed: int, count: int, active: int, gig: Bools) -> Facts:
    rng = stream(seed=seed, purpose="facts")
    stand = _stands(rng, count, active)
    registered = _registered(rng, stand)
    last = _last_active(rng, stand, registered)
    real = np.where(stand == "new", "none", np.where(stand == "desk", "waiting", "verified")).astype(object)
    employer = _employer_states(stand)
    single = _single_states(stand)
    method = _employer_methods(rng, stand, gig)
    proven, employed, pledged = _days(rng, registered, single)
    paper = (stand == "desk") | chance(rng, 7, count)
    return Facts(
        stand=stand,
        active=stand == "active",
        paused=stand == "paused",
        verified=(real == "verified") & (employer == "verified") & (single == "verified"),
        has_profile=(single != "none") | ((real == "verified") & chance(rng, 55, count)),
        registered_days_ago=registered,
        last_active_days_ago=last,
        real_person=real,
        real_person_method=np.where(real == "none", "", np.where(paper, "document", "face")).astype(object),
        real_person_days_ago=np.where(real == "none", 0, proven),
        employer=employer,
        employer_method=np.where(employer == "none", "", method).astype(object),
        employer_days_ago=np.where(employer == "none", 0, employed),
        single=single,
        single_days_ago=np.where(single == "none", 0, pledged),
        on_roll=_on_roll(rng, stand, method),
    )


def _stands(rng: np.random.Generator, count: int, active: int) -> Words:
    names = [name for name, _ in _STANDS]
    stand = words(names, weighted(rng, [weight for _, weight in _STANDS], count))
    stand[rng.permutation(count)[:active]] = "active"
    return stand


def _registered(rng: np.random.Generator, stand: Words) -> Ints:
    """The house opened sixteen months ago and grows; a pledge can only expire after a year."""
    count = len(stand)
    days = (3 + 470 * (1 - rng.random(count) ** 0.62)).astype(np.int64)
    expired = YEAR + 8 + rng.integers(0, 100, count)
    recent = 1 + rng.integers(0, 150, count)
    waits = np.isin(stand, ("desk", "enterprise_asked", "union_asked"))
    return np.where(stand == "pledge_expired", expired, np.where(waits, np.minimum(days, recent), days))


def _last_active(rng: np.random.Generator, stand: Words, registered: Ints) -> Ints:
    """Active people came within four weeks, most within days; the others not."""
    count = len(stand)
    lately = (ACTIVE_WITHIN * rng.random(count) ** 2.2).astype(np.int64)
    idle = ACTIVE_WITHIN + (rng.random(count) ** 1.5 * 150).astype(np.int64)
    return np.where(stand == "active", np.minimum(lately, registered), np.minimum(idle, registered))


def _employer_states(stand: Words) -> Words:
    state = np.full(len(stand), "verified", dtype=object)
    state[np.isin(stand, ("new", "desk", "no_employer"))] = "none"
    state[np.isin(stand, ("enterprise_asked", "union_asked"))] = "waiting"
    state[stand == "left_job"] = "fallen"
    return state


def _single_states(stand: Words) -> Words:
    state = np.full(len(stand), "none", dtype=object)
    state[np.isin(stand, ("active", "paused", "idle", "left_job", "pledge_expired"))] = "verified"
    state[stand == "pledge_expired"] = "fallen"
    return state


def _employer_methods(rng: np.random.Generator, stand: Words, gig: Bools) -> Words:
    """Most stand on the roll; gig workers less often."""
    group = gig.astype(np.int64)
    draw = rng.random(len(stand)) * 100
    roll, firm = np.array((84, 58))[group], np.array((96, 86))[group]
    method = np.where(draw < roll, "roll", np.where(draw < firm, "enterprise", "union")).astype(object)
    method[stand == "enterprise_asked"] = "enterprise"
    method[stand == "union_asked"] = "union"
    return method


def _on_roll(rng: np.random.Generator, stand: Words, method: Words) -> Bools:
    """Whoever is verified by the roll stands on it; of those not asked yet, seven in ten would."""
    unasked = np.isin(stand, ("new", "desk", "no_employer"))
    return np.where(unasked, chance(rng, 70, len(stand)), (method == "roll") & (stand != "left_job"))


def _days(rng: np.random.Generator, registered: Ints, single: Words) -> tuple[Ints, Ints, Ints]:
    """Days since each step: real person soon after registration, then the employer, then the pledge, renewed yearly."""
    count = len(registered)
    proven = np.maximum(0, registered - rng.integers(0, 4, count))
    employed = np.maximum(0, proven - rng.integers(0, 6, count))
    pledged = np.maximum(0, employed - rng.integers(0, 3, count))
    renew = (single == "verified") & (pledged >= YEAR)
    return proven, employed, np.where(renew, pledged - YEAR + 5, pledged)
