"""The linear step of Frank-Wolfe: over lists of exposure v the best answer to a gradient is one sort of each row.

By the rearrangement inequality the largest score takes v(1), the next v(2), and so on. Ties go to the smaller column,
so the same scores always give the same lists.
"""

from typing import Any

import numpy as np
import numpy.typing as npt

from niangjia.engines.matching.kernels.compiled import compiled, compiled_parallel, prange
from niangjia.engines.matching.kernels.market import I32, I64, U64

Array = npt.NDArray[Any]
PARTS = 64  # rows are cut into this many parts whatever the number of threads


@compiled
def falling(score: Array, start: int, stop: int, keys: U64) -> U64:
    """Keys whose rising order is the falling order of score[start:stop]; the low half is the place in the row."""
    row = keys[: stop - start]
    bits = score[start:stop].view(np.uint32)
    for k in range(stop - start):
        # Non-negative floats rise with their bits; rounding below zero counts as zero.
        rising = bits[k] if bits[k] < np.uint32(0x80000000) else np.uint32(0)
        row[k] = (np.uint64(np.uint32(0xFFFFFFFF) - rising) << np.uint64(32)) | np.uint64(k)
    row.sort()
    return row


@compiled_parallel
def mix(indptr: I64, score: Array, v: Array, step: float, x: Array) -> float:
    """x <- (1 - step) x + step d, d the best lists for `score`; returns the gap <score, d - x> of the old x."""
    n = indptr.size - 1
    gap = np.zeros(PARTS, np.float64)
    for part in prange(PARTS):
        keys = np.empty(v.size, np.uint64)
        for i in range(n * part // PARTS, n * (part + 1) // PARTS):
            start = indptr[i]
            row = falling(score, start, indptr[i + 1], keys)
            for rank in range(row.size):
                e = start + np.int64(row[rank] & np.uint64(0xFFFFFFFF))
                toward = v[rank] - x[e]
                gap[part] += score[e] * toward
                x[e] += step * toward
    return float(gap.sum())


@compiled_parallel
def assign(indptr: I64, indices: I32, score: Array, v: Array, columns: I32, x: Array) -> None:
    """The lists themselves: `columns` of each row by falling score, and the exposure `x` of every edge."""
    n = indptr.size - 1
    for part in prange(PARTS):
        keys = np.empty(v.size, np.uint64)
        for i in range(n * part // PARTS, n * (part + 1) // PARTS):
            start = indptr[i]
            row = falling(score, start, indptr[i + 1], keys)
            for rank in range(row.size):
                e = start + np.int64(row[rank] & np.uint64(0xFFFFFFFF))
                columns[start + rank] = indices[e]
                x[e] = v[rank]
