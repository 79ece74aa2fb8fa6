"""What a scene hands to the engine, and what it gets back. Persons are ids and positions here, nothing more."""

import logging
import resource
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import numpy as np
import numpy.typing as npt

Ids = npt.NDArray[np.bytes_]  # uuids as they are, 16 bytes each ("S16")
F32 = npt.NDArray[np.float32]
I32 = npt.NDArray[np.int32]
I64 = npt.NDArray[np.int64]

log = logging.getLogger(__name__)

# likes(i, j) for arrays of pairs: (p, q), how likely i says yes to j and j to i.
Likes = Callable[[I32, I32], tuple[F32, F32]]


@dataclass(frozen=True, slots=True)
class Plan:
    """How much is computed. `candidates` of everybody are weighed, the best `length` of them are listed."""

    candidates: int = 100
    length: int = 100
    steps: int = 30


@dataclass(frozen=True, slots=True)
class Figures:
    """How one side fared, expected under the lists that were made. Gini: 0 is everybody alike.

    `with_one`: share of list owners with at least one expected match; `envy`: share of sampled pairs in which one
    would rather hold the other's list; `unlisted`: people of the other side who stand in nobody's list.
    """

    matches: float
    gini: float
    gini_shown: float
    with_one: float
    envy: float
    unlisted: int


@dataclass(frozen=True, slots=True, eq=False)
class Cleared:
    """The lists of one side as CSR: owner i holds targets[indptr[i]:indptr[i+1]], first shown first.

    `prices` are those of everybody who could be shown.
    """

    side: str
    owners: Ids
    indptr: I64
    targets: Ids
    scores: F32
    prices: "Prices"
    edges: int
    figures: Figures


@dataclass(frozen=True, slots=True, eq=False)
class Prices:
    """What it takes to meet somebody: with these a newcomer is ranked without clearing the whole market again.

    attention: of what one's eyes would give an applicant alone, the share that an applicant really gets (1: no crowd).
    liked: how likely a yes to this person is, on average; likes: how likely this person's own yes is.
    """

    people: Ids
    attention: F32
    liked: F32
    likes: F32


@dataclass(slots=True)
class Progress:
    """The seconds of every phase, and what a run wants to tell staff besides."""

    seconds: dict[str, float] = field(default_factory=dict)
    people: int = 0
    card: str = ""

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        begun = time.perf_counter()
        try:
            yield
        finally:
            spent, peak = time.perf_counter() - begun, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
            self.seconds[name] = round(self.seconds.get(name, 0.0) + spent, 3)
            log.info("%s: %.1f s, at most %d MB until here", name, spent, peak, extra={"stage": name, "peak_mb": peak})


@dataclass(frozen=True, slots=True)
class PoolTitle:
    """How staff read of a pool and its sides."""

    code: str
    title: object
    sides: Mapping[str, object]


POOLS: dict[str, PoolTitle] = {}


def register(*pools: PoolTitle) -> None:
    """Called once apps are ready."""
    for pool in pools:
        POOLS[pool.code] = pool


def as_ids(uuids: Any) -> Ids:
    """Uuids as an array of their bytes."""
    return np.array([uuid.bytes for uuid in uuids], dtype="S16")


def as_uuids(ids: Ids) -> list[UUID]:
    """The way back. An array of bytes hides zeros at the end; they are put back here."""
    return [UUID(bytes=key.ljust(16, b"\0")) for key in ids.tolist()]
