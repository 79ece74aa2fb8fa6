"""The one door to numba, so that strict typing survives it.

Every kernel is cached on disk, releases the GIL and promises the same result for the same input:
parallel kernels write to disjoint places or add up a fixed number of parts in a fixed order.
"""

from collections.abc import Callable
from functools import wraps
from types import FunctionType
from typing import Any, TypeVar, cast

import numba
import numpy as np

Kernel = TypeVar("Kernel", bound=Callable[..., Any])

# numba's prange is a class to the type checker and a loop to the compiler.
prange = cast(Callable[..., range], numba.prange)

# The compiler may re-associate a sum (the same way every time); NaN and infinity keep their meaning.
FAST = {"reassoc", "contract", "nsz"}
SMALL = 200_000  # elements of the largest array; below, waking threads costs more than they bring


def compiled(kernel: Kernel) -> Kernel:
    """Compile for one thread, cached on disk."""
    return cast(Kernel, numba.njit(cache=True, nogil=True)(kernel))


def compiled_parallel(kernel: Kernel) -> Kernel:
    """Compile twice, with `prange` over threads and without; small input takes the latter."""
    parallel = numba.njit(cache=True, nogil=True, parallel=True, fastmath=FAST)(kernel)
    serial = numba.njit(cache=True, nogil=True, fastmath=FAST)(_namesake(cast(FunctionType, kernel)))

    @wraps(kernel)
    def launch(*arrays: Any) -> Any:
        largest = max((a.size for a in arrays if isinstance(a, np.ndarray)), default=SMALL)
        return (serial if largest < SMALL else parallel)(*arrays)

    return cast(Kernel, launch)


def _namesake(kernel: FunctionType) -> FunctionType:
    """The same code under another name: the cache on disk tells kernels apart by name, not by options."""
    copy = FunctionType(kernel.__code__, kernel.__globals__, kernel.__name__, kernel.__defaults__, kernel.__closure__)
    copy.__qualname__ = f"{kernel.__qualname__}_serial"
    copy.__module__ = kernel.__module__
    return copy
