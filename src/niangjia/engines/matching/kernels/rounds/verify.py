"""Is this a plan for that evening, and is it the best one? Shares no code with the planner."""

import numpy as np

from niangjia.engines.matching.kernels.rounds.evening import Evening
from niangjia.engines.matching.kernels.rounds.plan import Plan


def faults(plan: Plan, given: Evening) -> list[str]:
    """Codes of broken rules; an honest plan has none."""
    r, table, i, j = plan.meetings.T
    found = []
    if r.size and not ((r >= 0).all() and (r < given.rounds).all()):
        return ["no_such_round"]
    if given.forbidden[i, j].any():
        found.append("forbidden_pair_meets")
    if not (given.attends_proactive[i, r].all() and given.attends_reactive[j, r].all()):
        found.append("absent_person_meets")
    for code, what in (("twice_in_a_round", (r, i)), ("twice_in_a_round", (r, j)), ("pair_meets_twice", (i, j))):
        if len(set(zip(*(x.tolist() for x in what), strict=True))) != r.size and code not in found:
            found.append(code)
    if r.size and (table.max() >= given.tables or len(set(zip(r.tolist(), table.tolist(), strict=True))) != r.size):
        found.append("too_few_tables")
    if not np.isclose(given.weights[i, j].sum(), plan.value):
        found.append("wrong_value")
    return found


def proven_gap(plan: Plan, given: Evening) -> float:
    """Upper bound by the plan's prices, summed here anew, minus its value. Infinite for negative prices."""
    y_i, y_j, room = plan.prices.proactive, plan.prices.reactive, plan.prices.room
    if min(y_i.min(initial=0), y_j.min(initial=0), room) < 0:
        return float("inf")
    bound = room * given.tables * given.rounds
    bound += float((given.attends_proactive.sum(axis=1) * y_i).sum() + (given.attends_reactive.sum(axis=1) * y_j).sum())
    for person in range(given.weights.shape[0]):
        surplus = given.weights[person] - y_i[person] - y_j - room
        bound += float(surplus[(surplus > 0) & ~given.forbidden[person]].sum())
    _, _, i, j = plan.meetings.T
    return bound - float(given.weights[i, j].sum())
