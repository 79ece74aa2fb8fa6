"""Stable pairs (Gale and Shapley 1962), proposers best off, without sorting whole preference lists.

On average a proposer makes about log n proposals, so each one's next few favourites are picked from the row of scores
when they are needed. Receivers compare two scores directly. Ties go to the smaller number.
"""

from typing import Any

import numpy as np
import numpy.typing as npt

from niangjia.engines.matching.kernels.checks import Floats, as_matrix
from niangjia.engines.matching.kernels.compiled import compiled, compiled_parallel, prange
from niangjia.engines.matching.kernels.errors import BadShape, BadWeight
from niangjia.engines.matching.kernels.market import I32

FAVOURITES = 24  # picked at a time; a second scan of the row is rare
NOBODY = -1


def stable_pairs(*, proposers: npt.ArrayLike, receivers: npt.ArrayLike) -> I32:
    """partner[i] of every proposer, or NOBODY.

    proposers[i, j]: how much i wants j; receivers[j, i]: how much j wants i; any real numbers, -inf: not at all.
    """
    wants, wanted = preference_tables(proposers=proposers, receivers=receivers)
    return _propose(wants, wanted)


def preference_tables(*, proposers: npt.ArrayLike, receivers: npt.ArrayLike) -> tuple[Floats, Floats]:
    """Both tables, checked: shapes transposed to one another, no NaN."""
    wants, wanted = as_matrix(proposers, name="proposers"), as_matrix(receivers, name="receivers")
    if wants.shape != wanted.T.shape:
        raise BadShape(f"proposers is {wants.shape}, so receivers must be {wants.shape[::-1]}, not {wanted.shape}")
    return _floats(wants, "proposers"), _floats(wanted, "receivers")


def _floats(table: npt.NDArray[Any], name: str) -> Floats:
    kind = np.float32 if table.dtype == np.float32 else np.float64
    out: Floats = np.ascontiguousarray(table, dtype=kind)
    if not _comparable(out):
        raise BadWeight(f"{name} must hold numbers below infinity, or -inf for never")
    return out


@compiled_parallel
def _comparable(table: Floats) -> bool:
    bad = np.zeros(table.shape[0], np.int64)
    for i in prange(table.shape[0]):
        for j in range(table.shape[1]):
            # fails for NaN as well as for +inf
            if not table[i, j] < np.inf:
                bad[i] = 1
    return bool(bad.sum() == 0)


@compiled
def _pick(scores: Floats, last: int, picked: I32) -> int:
    """The best columns behind `last` (all, when NOBODY) into `picked`, best first; returns how many."""
    n = 0
    for j in range(scores.size):
        s = scores[j]
        if s == -np.inf:
            continue
        if last >= 0 and (s > scores[last] or (s == scores[last] and j <= last)):
            continue
        if n == picked.size and s <= scores[picked[n - 1]]:
            continue
        k = n if n < picked.size else n - 1
        while k > 0 and scores[picked[k - 1]] < s:
            picked[k] = picked[k - 1]
            k -= 1
        picked[k] = j
        n = min(n + 1, picked.size)
    return n


@compiled
def _propose(wants: Floats, wanted: Floats) -> I32:
    C, J = wants.shape
    partner, holder = np.full(C, NOBODY, np.int32), np.full(J, NOBODY, np.int32)
    favourites = np.empty((C, FAVOURITES), np.int32)
    known, asked = np.zeros(C, np.int64), np.zeros(C, np.int64)
    last = np.full(C, NOBODY, np.int64)
    for first in range(C):
        i = first
        while i >= 0:
            if asked[i] == known[i]:
                known[i], asked[i] = _pick(wants[i], last[i], favourites[i]), 0
                if known[i] == 0:
                    break  # nobody is left to ask
            j = favourites[i, asked[i]]
            asked[i] += 1
            last[i] = j
            if wanted[j, i] == -np.inf:
                continue
            rival = holder[j]
            if rival < 0 or wanted[j, i] > wanted[j, rival] or (wanted[j, i] == wanted[j, rival] and i < rival):
                holder[j], partner[i] = i, j
                if rival >= 0:
                    partner[rival] = NOBODY
                i = rival
    return partner
