"""Independent verifiers: they share no code with the solvers and trust only the input and the answer."""

import numpy as np
import numpy.typing as npt

from niangjia.engines.matching.kernels.compiled import compiled_parallel, prange
from niangjia.engines.matching.kernels.selection.pairs import Pairs

I32 = npt.NDArray[np.int32]
I64 = npt.NDArray[np.int64]


def everybody_at_most_once(partner: npt.ArrayLike, *, n_reactive: int) -> bool:
    taken = np.asarray(partner)
    taken = taken[taken >= 0]
    return bool((taken < n_reactive).all()) and np.unique(taken).size == taken.size


def blocking_pairs(partner: I32, *, proposers: npt.ArrayLike, receivers: npt.ArrayLike) -> int:
    """How many pairs would both rather have each other than whom they got. Stable: none.

    A partner who is not acceptable (-inf) counts as blocking too.
    """
    wants, wanted = np.ascontiguousarray(proposers), np.ascontiguousarray(receivers)
    holder = np.full(wants.shape[1], -1, dtype=np.int64)
    matched = np.flatnonzero(partner >= 0)
    holder[partner[matched]] = matched
    return int(_count_blocking(partner, holder, wants, wanted))


@compiled_parallel
def _count_blocking(
    partner: I32, holder: I64, wants: npt.NDArray[np.floating], wanted: npt.NDArray[np.floating]
) -> int:
    J = wants.shape[1]
    found = np.zeros(wants.shape[0], np.int64)
    floor = np.full(J, -np.inf)
    for j in range(J):
        if holder[j] >= 0:
            floor[j] = wanted[j, holder[j]]
    for i in prange(wants.shape[0]):
        mine = -np.inf
        if partner[i] >= 0:
            mine = wants[i, partner[i]]
            if mine == -np.inf or wanted[partner[i], i] == -np.inf:
                found[i] += 1
        for j in range(J):
            # the row of i is read in order; the other table only where i would rather have j
            if wants[i, j] > mine and wanted[j, i] > floor[j]:
                found[i] += 1
    return int(found.sum())


def optimality_gap(pairs: Pairs, weights: npt.ArrayLike, *, allowed: npt.ArrayLike | None = None) -> float:
    """Upper bound minus value of a selection, in weight; infinite when the certificate does not hold."""
    w = np.asarray(weights, dtype=np.float64)
    mask = np.ones(w.shape, dtype=bool) if allowed is None else np.asarray(allowed, dtype=bool)
    rows = np.flatnonzero(pairs.partner >= 0)
    columns = pairs.partner[rows]
    if not everybody_at_most_once(pairs.partner, n_reactive=w.shape[1]) or not mask[rows, columns].all():
        return float("inf")
    priced = w + pairs.bonus
    tolerance = 1e-9 * (1 + priced.max(initial=0))
    covered = pairs.u[:, None] + pairs.v[None, :] >= priced - tolerance
    if not covered[mask].all() or min(pairs.u.min(initial=0), pairs.v.min(initial=0)) < -tolerance:
        return float("inf")
    return float(pairs.u.sum() + pairs.v.sum() - priced[rows, columns].sum())
