"""How good a learner is on groups it never saw, and the choice of its settings without looking at them.

A learner takes features, answers and groups (the evening, or the person, that is held out together) and gives back
what predicts. Settings are chosen inside the training groups only: a learner made by `best_of` is one like any other,
so `held_out` of it is nested validation.
"""

from collections.abc import Callable, Sequence

import numpy as np
import numpy.typing as npt

from niangjia.engines.matching.kernels.errors import BadShape, TooFewDecisions
from niangjia.engines.matching.kernels.preferences.measures import auc

F64 = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]
Groups = npt.NDArray[np.int64]
Predict = Callable[[F64], F64]
Learner = Callable[[F64, Bools, Groups], Predict]


def held_out(learn: Learner, *, features: npt.ArrayLike, yes: npt.ArrayLike, group: npt.ArrayLike) -> F64:
    """Every group is predicted by what has seen nothing of it (never random rows: that is leakage)."""
    x, truth = np.asarray(features, dtype=np.float64), np.asarray(yes, dtype=bool)
    groups = np.unique(np.asarray(group), return_inverse=True)[1].reshape(-1)
    if x.ndim != 2 or not (x.shape[0] == truth.size == groups.size):
        raise BadShape("features, answers and groups do not fit together")
    if groups.size == 0 or groups.max() == 0:
        raise TooFewDecisions("grouped validation needs at least two groups")
    out = np.zeros(truth.size)
    for fold in range(int(groups.max()) + 1):
        away = groups == fold
        out[away] = learn(x[~away], truth[~away], groups[~away])(x[away])
    return out


def best_of(learners: Sequence[Learner], *, folds: int = 4) -> Learner:
    """The learner that ranks best on inner folds of whole groups, fitted anew on everything it was given."""

    def learn(x: F64, yes: Bools, group: Groups) -> Predict:
        inner = np.unique(group, return_inverse=True)[1].reshape(-1) % folds
        scores = [auc(yes, held_out(one, features=x, yes=yes, group=inner)) for one in learners]
        return learners[int(np.argmax(scores))](x, yes, group)

    return learn
