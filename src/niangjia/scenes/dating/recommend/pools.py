"""One side of dating as a pool of the kernel: what somebody is, what they wish for, whom they must not meet."""

from collections.abc import Sequence
from datetime import datetime

import numpy as np
import numpy.typing as npt

from niangjia.engines.matching.kernels.eligibility import ALWAYS, NEVER, Pool
from niangjia.engines.matching.types import F32, I32, I64
from niangjia.kernel import clock
from niangjia.scenes.dating.selectors.market import OPEN, Between, People

F64 = npt.NDArray[np.float64]
I16 = npt.NDArray[np.int16]
U64 = npt.NDArray[np.uint64]
SHORTEST, TALLEST = 100, 250  # cm; what the table of profiles lets in
ALIKE, CHANCE = 8, 4  # dimensions of likeness and of chance
WEIGHT_OF_CHANCE = 0.75


def pool(people: People, rows: I32, *, tints: F32) -> Pool:
    """The kernel's view of these rows. `tints` as of `tints_of`."""
    age, height = people.age_wish[rows], people.height_wish[rows]
    return Pool(
        ids=people.ids[rows],
        values=np.stack([people.age[rows], _height(people, rows)], axis=1),
        low=np.stack([_low(age), _low(height, least=SHORTEST)], axis=1),
        high=np.stack([_high(age), _high(height, most=TALLEST)], axis=1),
        codes=people.codes[rows],
        wanted=_wanted(people)[rows],
        employer=people.employer[rows],
        sees_colleagues=people.see_colleagues[rows],
        taste=tints[rows],
        offer=tints[rows],
    )


def _height(people: People, rows: I32) -> I16:
    """Nobody who wishes for any height gets somebody who told none: as the rule for profiles has it."""
    height = people.height[rows]
    return np.where(height == OPEN, NEVER, height).astype(np.int16)


def _low(wish: I16, *, least: int = 0) -> I16:
    """Open below; but from `least` when there is an upper end, so that the unknown stay out."""
    stated = (wish != OPEN).any(axis=1)
    otherwise = np.where(stated & (least > 0), least, NEVER)
    return np.where(wish[:, 0] != OPEN, wish[:, 0], otherwise).astype(np.int16)


def _high(wish: I16, *, most: int = int(ALWAYS)) -> I16:
    return np.where(wish[:, 1] != OPEN, wish[:, 1], ALWAYS if most == ALWAYS else most).astype(np.int16)


def _wanted(people: People) -> U64:
    """Bit c is set when code c is welcome; whoever wishes for nothing welcomes all."""
    words = -(-people.n_codes // 64)
    wanted = np.full((people.size, 3, words), np.iinfo(np.uint64).max, dtype=np.uint64)
    row, which, code = people.wishes.T
    wanted[row, which] = 0
    known = code >= 0
    row, which, code = row[known], which[known], code[known]
    np.bitwise_or.at(wanted, (row, which, code >> 6), np.uint64(1) << (code & 63).astype(np.uint64))
    return wanted


def tints_of(people: People, *, now: datetime) -> F32:
    """What candidates are picked by: hobbies alike, and chance, anew every day.

    Not by who is liked: then everybody would get the same few. Chance brings everybody among somebody's candidates.
    """
    rng = np.random.default_rng(clock.today(now).toordinal())
    spread = rng.standard_normal((people.hobbies.shape[1], ALIKE))
    alike = _unit((people.hobbies * rarity(people)) @ spread)
    return np.hstack([alike, WEIGHT_OF_CHANCE * _unit(rng.standard_normal((people.size, CHANCE)))]).astype(np.float32)


def rarity(people: People) -> F64:
    """The rarer a hobby, the more it says: one of one in ten weighs log 10."""
    share = people.hobbies.mean(axis=0) if people.size else np.ones(people.hobbies.shape[1])
    return np.asarray(-np.log(np.clip(share, 1e-6, 1)), dtype=np.float64)


def _unit(vectors: F64) -> F64:
    length = np.linalg.norm(vectors, axis=1, keepdims=True)
    out: F64 = np.divide(vectors, length, out=np.zeros_like(vectors), where=length > 0)
    return out


def excluded(people: People, owners: I32, shown: I32, apart: Sequence[Between]) -> tuple[I64, I32]:
    """Whom each owner must not be shown, as the kernel wants it: places among `shown`, rising."""
    place_of_owner, place_of_shown = _places(people, owners), _places(people, shown)
    one = np.concatenate([place_of_owner[pairs.one] for pairs in apart])
    other = np.concatenate([place_of_shown[pairs.other] for pairs in apart])
    here = (one >= 0) & (other >= 0)
    keys = np.unique(one[here].astype(np.int64) * max(1, shown.size) + other[here])
    row, column = np.divmod(keys, max(1, shown.size))
    indptr = np.searchsorted(row, np.arange(owners.size + 1)).astype(np.int64)
    return indptr, column.astype(np.int32)


def _places(people: People, rows: I32) -> I32:
    places = np.full(people.size, -1, dtype=np.int32)
    places[rows] = np.arange(rows.size, dtype=np.int32)
    return places
