"""Final pairs of the greatest total weight, with prices that prove it.

Certificate (linear programming duality): prices u[i], v[j] >= 0 with u[i] + v[j] >= w[i, j] on every allowed pair bound
every selection by sum(u) + sum(v). Ours reaches the bound.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.optimize import linear_sum_assignment

from niangjia.engines.matching.kernels.checks import as_matrix, as_weights
from niangjia.engines.matching.kernels.compiled import compiled
from niangjia.engines.matching.kernels.errors import BadShape

F64 = npt.NDArray[np.float64]
I32 = npt.NDArray[np.int32]
NOBODY = -1


@dataclass(frozen=True, slots=True, eq=False)
class Pairs:
    """partner[i] or NOBODY; u, v: prices of the two sides in units of weight (see `priced`)."""

    partner: I32
    u: F64
    v: F64
    bonus: float  # added to the weight of every allowed pair, so that more pairs always win over heavier ones

    def as_list(self) -> list[tuple[int, int]]:
        return [(int(i), int(self.partner[i])) for i in np.flatnonzero(self.partner != NOBODY)]


def mutual(picks: npt.ArrayLike, picks_back: npt.ArrayLike) -> npt.NDArray[np.bool_]:
    """Who picked each other: picks is C x J, picks_back J x C. Nothing else of the sealed picks leaves here."""
    mine, theirs = as_matrix(picks, name="picks").astype(bool), as_matrix(picks_back, name="picks_back").astype(bool)
    if mine.shape != theirs.T.shape:
        raise BadShape(f"picks is {mine.shape}, so picks_back must be {mine.shape[::-1]}, not {theirs.shape}")
    both: npt.NDArray[np.bool_] = mine & theirs.T
    return both


def best_pairs(weights: npt.ArrayLike, *, allowed: npt.ArrayLike | None = None, most_pairs: bool = True) -> Pairs:
    """Everybody at most once, only allowed pairs; as many pairs as possible first unless `most_pairs` is off."""
    w = as_weights(as_matrix(weights, name="weights"), name="weights")
    mask = np.ones(w.shape, dtype=bool) if allowed is None else as_matrix(allowed, name="allowed").astype(bool)
    if mask.shape != w.shape:
        raise BadShape(f"allowed must be {w.shape}, not {mask.shape}")
    bonus = float(w.max(initial=0) * min(w.shape) + 1) if most_pairs else 0.0
    partner = np.full(w.shape[0], NOBODY, dtype=np.int32)
    priced = np.where(mask, w + bonus, 0.0)
    if w.size:
        i, j = linear_sum_assignment(priced, maximize=True)
        kept = priced[i, j] > 0
        partner[i[kept]] = j[kept]
    u, v = _prices(priced, partner)
    return Pairs(partner=partner, u=u, v=v, bonus=bonus)


@compiled
def _prices(w: F64, partner: I32) -> tuple[F64, F64]:
    """The smallest prices v that support the selection: longest paths, Bellman-Ford by sweeps."""
    C, J = w.shape
    v = np.zeros(J)
    slack = 1e-12 * (1 + w.max() if w.size else 1)
    for _ in range(J + 1):
        moved = False
        for i in range(C):
            own = w[i, partner[i]] - v[partner[i]] if partner[i] >= 0 else 0.0
            for j in range(J):
                if w[i, j] - own > v[j] + slack and j != partner[i]:
                    v[j] = w[i, j] - own
                    moved = True
        if not moved:
            break
    u = np.zeros(C)
    for i in range(C):
        if partner[i] >= 0:
            u[i] = w[i, partner[i]] - v[partner[i]]
    return u, v
