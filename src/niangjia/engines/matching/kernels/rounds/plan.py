"""An evening of short meetings: who meets whom, in which round, at which table.

1. The best set of meetings, everybody in at most as many as rounds attended, is a min-cost flow.
2. Its meetings form a bipartite graph; Koenig's edge colouring splits it into rounds, nobody twice in one.
   When everybody is there all evening this reaches the optimum, and prices prove it.
   With absences the split is by one assignment a round; the bound of step 1 tells how much was lost.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from niangjia.engines.matching.kernels.rounds.absences import split_by_attendance
from niangjia.engines.matching.kernels.rounds.colouring import colour_edges
from niangjia.engines.matching.kernels.rounds.evening import Evening
from niangjia.engines.matching.kernels.rounds.meetings import Prices, best_meetings

I64 = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class Plan:
    """meetings[m] = (round, table, i, j), by round and table; bound: no plan whatever is worth more."""

    meetings: I64
    value: float
    bound: float
    prices: Prices

    @property
    def optimal(self) -> bool:
        """The bound is reached, up to the rounding of weights to whole steps."""
        return self.value >= self.bound * (1 - 1e-7)


def plan(given: Evening) -> Plan:
    chosen = best_meetings(
        given.weights,
        allowed=~given.forbidden,
        at_most_proactive=given.attends_proactive.sum(axis=1),
        at_most_reactive=given.attends_reactive.sum(axis=1),
        at_most_in_all=given.tables * given.rounds,
    )
    if given.everybody_stays:
        colour = colour_edges(chosen.i, chosen.j, n_proactive=given.weights.shape[0], colours=given.rounds)
        i, j = chosen.i, chosen.j
    else:
        i, j, colour = split_by_attendance(given, i=chosen.i, j=chosen.j)
    return Plan(
        meetings=_seated(i, j, colour),
        value=float(given.weights[i, j].sum()),
        bound=chosen.prices.bound,
        prices=chosen.prices,
    )


def _seated(i: I64, j: I64, colour: I64) -> I64:
    """Rows (round, table, i, j): within a round tables are numbered by i, so that i moves little."""
    order = np.lexsort((i, colour))
    i, j, colour = i[order], j[order], colour[order]
    table = np.arange(i.size) - np.searchsorted(colour, colour)
    return np.stack([colour, table, i, j], axis=1).astype(np.int64)
