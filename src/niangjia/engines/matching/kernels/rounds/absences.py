"""Rounds when people come late, leave early or miss one: one maximum-weight assignment a round.

A planned meeting is worth more the fewer chances are left for it; whoever would sit idle may meet somebody unplanned.
Exact colouring with absences is NP-hard, so the plan reports the bound beside its value.
"""

import numpy as np
import numpy.typing as npt
from scipy.optimize import linear_sum_assignment

from niangjia.engines.matching.kernels.rounds.evening import Evening

I64 = npt.NDArray[np.int64]
F64 = npt.NDArray[np.float64]


def split_by_attendance(given: Evening, *, i: I64, j: I64) -> tuple[I64, I64, I64]:
    """Meetings (i, j, round) that respect who is there when."""
    open_ = np.where(given.forbidden, 0.0, given.weights)
    planned = np.zeros(open_.shape, dtype=bool)
    planned[i, j] = True
    held: list[tuple[I64, I64, I64]] = []
    for r in range(given.rounds):
        here = given.attends_proactive[:, r, None] & given.attends_reactive[None, :, r]
        urgency = np.where(planned, 2.0 / _chances_left(given, r), 1.0)
        score = np.where(here, open_ * urgency, 0.0)
        rows, columns = linear_sum_assignment(score, maximize=True)
        gain = score[rows, columns]
        best = np.argsort(-gain, kind="stable")[: given.tables]
        best = best[gain[best] > 0]
        rows, columns = rows[best], columns[best]
        open_[rows, columns] = 0
        planned[rows, columns] = False
        held.append((rows, columns, np.full(rows.size, r)))
    if not held:
        return i[:0], j[:0], i[:0]
    a, b, c = (np.concatenate(part) for part in zip(*held, strict=True))
    return a, b, c


def _chances_left(given: Evening, r: int) -> F64:
    """In how many rounds from r on both are there (at least 1, so that it divides)."""
    mine = given.attends_proactive[:, r:].astype(np.float64)
    theirs = given.attends_reactive[:, r:].astype(np.float64)
    left: F64 = np.maximum(mine @ theirs.T, 1)
    return left
