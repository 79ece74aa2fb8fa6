"""The one door to numba, so that strict typing survives it.

Every kernel is cached on disk, releases the GIL and promises the same result for the same input:
parallel kernels write to disjoint places or add up partial sums in a fixed order.
"""

from collections.abc import Callable
from typing import Any, TypeVar, cast

import numba

Kernel = TypeVar("Kernel", bound=Callable[..., Any])

# numba's prange is a class to the type checker and a loop to the compiler.
prange = cast(Callable[..., range], numba.prange)


def compiled(kernel: Kernel) -> Kernel:
    """Compile for one thread, cached on disk."""
    return cast(Kernel, numba.njit(cache=True, nogil=True)(kernel))


def compiled_parallel(kernel: Kernel) -> Kernel:
    """Compile with `prange` over threads. Sums may be re-associated by the compiler, not by the scheduler."""
    return cast(
        Kernel,
        numba.njit(cache=True, nogil=True, parallel=True, fastmath={"reassoc", "contract", "nsz"})(kernel),
    )
