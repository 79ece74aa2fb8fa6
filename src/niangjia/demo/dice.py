"""Chance that falls the same on every machine.

Only uniform draws and exact arithmetic are used: no exp, log, BLAS or library distribution, whose last bits differ
between processors and versions. Each purpose has a stream of its own, so a new field moves no other.
"""

from collections.abc import Sequence
from typing import Any, TypeVar
from zlib import crc32

import numpy as np
from numpy.typing import ArrayLike, NDArray

T = TypeVar("T")
Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]
Words = NDArray[Any]  # of object: shared Python strings


def stream(*, seed: int, purpose: str) -> np.random.Generator:
    return np.random.Generator(np.random.PCG64([seed, crc32(purpose.encode())]))


def weighted(rng: np.random.Generator, weights: ArrayLike, count: int) -> Ints:
    """Indices drawn with whole-number weights."""
    edges = np.cumsum(np.asarray(weights, dtype=np.int64))
    return np.searchsorted(edges, rng.integers(0, edges[-1], count), side="right")


def weighted_in_group(rng: np.random.Generator, table: ArrayLike, group: Ints) -> Ints:
    """As `weighted`, with row `group[i]` of the table as the weights of draw i."""
    edges = np.cumsum(np.asarray(table, dtype=np.int64), axis=1)
    at = (rng.random(len(group)) * edges[group, -1]).astype(np.int64)
    return np.asarray((at[:, None] >= edges[group]).sum(axis=1), dtype=np.int64)


def bell(rng: np.random.Generator, count: int, *, mean: ArrayLike = 0.0, spread: float = 1.0) -> Floats:
    """Close to a normal distribution: the sum of six uniforms."""
    total = np.zeros(count)
    for _ in range(6):
        total += rng.random(count)
    return np.asarray(mean) + (total - 3.0) * (spread * 1.4142135623730951)


def chance(rng: np.random.Generator, percent: float | Ints | Floats, count: int) -> Bools:
    return np.asarray(rng.random(count) * 100 < percent)


def words(options: Sequence[T], index: Ints) -> Words:
    """options[index], sharing the option objects."""
    table = np.empty(len(options), dtype=object)
    table[:] = options
    return table[index]
