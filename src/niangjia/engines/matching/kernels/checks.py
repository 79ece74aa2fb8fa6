"""What every solver asks of its input, said once.

Each check returns the array in the dtype the kernels take, or raises an error of `errors`.
"""

from collections.abc import Iterable
from typing import Any

import numpy as np
import numpy.typing as npt

from niangjia.engines.matching.kernels.errors import (
    BadCapacity,
    BadIndex,
    BadProbability,
    BadShape,
    BadWeight,
    DuplicateId,
    SamePersonOnBothSides,
)

Floats = npt.NDArray[np.floating[Any]]
Ints = npt.NDArray[np.integer[Any]]
Bools = npt.NDArray[np.bool_]


def as_probabilities(values: npt.ArrayLike, *, name: str, dtype: npt.DTypeLike = np.float32) -> Floats:
    """`values` as numbers within [0, 1]."""
    array = np.ascontiguousarray(values, dtype=dtype)
    # Written so that NaN fails too: every comparison with NaN is false.
    if array.size and not (array.min() >= 0 and array.max() <= 1):
        raise BadProbability(f"{name} must lie within [0, 1]")
    return array


def as_weights(values: npt.ArrayLike, *, name: str) -> npt.NDArray[np.float64]:
    """`values` as finite, non-negative numbers."""
    array = np.ascontiguousarray(values, dtype=np.float64)
    if array.size and not (np.isfinite(array).all() and array.min() >= 0):
        raise BadWeight(f"{name} must be finite and not negative")
    return array


def as_matrix(values: npt.ArrayLike, *, name: str) -> npt.NDArray[Any]:
    array = np.asarray(values)
    if array.ndim != 2:
        raise BadShape(f"{name} must have two axes, not {array.ndim}")
    return array


def as_indices(values: npt.ArrayLike, *, below: int, name: str) -> npt.NDArray[np.int32]:
    """`values` as positions 0 .. below - 1."""
    array = np.asarray(values)
    if array.size and not np.issubdtype(array.dtype, np.integer):
        raise BadIndex(f"{name} must be whole numbers")
    if array.size and (array.min() < 0 or array.max() >= below):
        raise BadIndex(f"{name} must lie within 0 .. {below - 1}")
    return np.ascontiguousarray(array, dtype=np.int32)


def check_count(value: int, *, name: str, least: int = 0) -> int:
    if isinstance(value, bool) or int(value) != value or value < least:
        raise BadCapacity(f"{name} must be a whole number of at least {least}")
    return int(value)


def check_capacities(values: npt.ArrayLike, *, size: int, name: str) -> npt.NDArray[np.int64]:
    """One count per person; a single number stands for everybody."""
    array = np.asarray(values)
    if array.ndim > 1 or (array.ndim == 1 and array.size != size):
        raise BadShape(f"{name} needs {size} numbers")
    if array.size and not np.issubdtype(array.dtype, np.integer):
        raise BadCapacity(f"{name} must be whole numbers")
    if array.size and array.min() < 0:
        raise BadCapacity(f"{name} must not be negative")
    return np.ascontiguousarray(np.broadcast_to(array, (size,)), dtype=np.int64)


def check_unique(ids: npt.ArrayLike, *, name: str) -> None:
    array = np.asarray(ids)
    if np.unique(array).size != array.size:
        raise DuplicateId(f"{name} lists somebody twice")


def check_sides(proactive_ids: Iterable[object], reactive_ids: Iterable[object]) -> None:
    """Everybody once, and on one side only."""
    proactive, reactive = list(proactive_ids), list(reactive_ids)
    for name, side in (("proactive side", proactive), ("reactive side", reactive)):
        if len(set(side)) != len(side):
            raise DuplicateId(f"the {name} lists somebody twice")
    both = set(proactive) & set(reactive)
    if both:
        raise SamePersonOnBothSides(f"{len(both)} persons stand on both sides")
