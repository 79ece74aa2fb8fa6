"""How often somebody says yes (selectivity) and hears yes (desirability), shrunk towards everybody's mean.

Beta-binomial, empirical Bayes: after n decisions with k yes, the estimate is (k + s m) / (n + s), m the mean of all and
s the weight of the prior in decisions. Two decisions say little; two hundred speak for themselves.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from niangjia.engines.matching.kernels.checks import as_indices
from niangjia.engines.matching.kernels.errors import BadParameter, BadShape

F64 = npt.NDArray[np.float64]
I32 = npt.NDArray[np.int32]


@dataclass(frozen=True, slots=True, eq=False)
class Decisions:
    """Decision d: chooser[d] met chosen[d] and said yes or no; group[d]: the evening (or person) held out together."""

    chooser: I32
    chosen: I32
    yes: npt.NDArray[np.bool_]
    group: I32
    n_people: int

    @classmethod
    def of(
        cls,
        *,
        chooser: npt.ArrayLike,
        chosen: npt.ArrayLike,
        yes: npt.ArrayLike,
        group: npt.ArrayLike,
        n_people: int,
    ) -> "Decisions":
        made = cls(
            chooser=as_indices(chooser, below=n_people, name="chooser"),
            chosen=as_indices(chosen, below=n_people, name="chosen"),
            yes=np.asarray(yes).astype(bool),
            group=np.asarray(group, dtype=np.int32),
            n_people=n_people,
        )
        if not (made.chooser.size == made.chosen.size == made.yes.size == made.group.size):
            raise BadShape("every decision needs a chooser, a chosen, an answer and a group")
        return made


def smoothed_rate(yes: npt.ArrayLike, asked: npt.ArrayLike, *, mean: float, strength: float) -> F64:
    """(yes + strength mean) / (asked + strength)."""
    if not (0 <= mean <= 1 and strength > 0):
        raise BadParameter("mean lies within [0, 1] and strength above 0")
    rate: F64 = (np.asarray(yes, dtype=np.float64) + strength * mean) / (np.asarray(asked, dtype=np.float64) + strength)
    return rate


@dataclass(frozen=True, slots=True, eq=False)
class Rates:
    selectivity: F64  # per person: probability of saying yes
    desirability: F64  # per person: probability of hearing yes
    mean: float


def rates(decisions: Decisions, *, strength: float = 8.0) -> Rates:
    """Both rates of everybody; people without decisions get the mean."""
    d, n = decisions, decisions.n_people
    mean = float(d.yes.mean()) if d.yes.size else 0.5
    said, asked = _counts(d.chooser, d.yes, n)
    heard, shown = _counts(d.chosen, d.yes, n)
    return Rates(
        selectivity=smoothed_rate(said, asked, mean=mean, strength=strength),
        desirability=smoothed_rate(heard, shown, mean=mean, strength=strength),
        mean=mean,
    )


def leave_one_out(decisions: Decisions, *, strength: float = 8.0, mean: float | None = None) -> tuple[F64, F64]:
    """Per decision: the chooser's selectivity and the chosen's desirability from their *other* decisions only.

    mean: everybody's share of yes from elsewhere (earlier evenings); absent, that of these decisions, all of them.
    """
    d, n = decisions, decisions.n_people
    if mean is None:
        mean = float(d.yes.mean()) if d.yes.size else 0.5
    said, asked = _counts(d.chooser, d.yes, n)
    heard, shown = _counts(d.chosen, d.yes, n)
    return (
        smoothed_rate(said[d.chooser] - d.yes, asked[d.chooser] - 1, mean=mean, strength=strength),
        smoothed_rate(heard[d.chosen] - d.yes, shown[d.chosen] - 1, mean=mean, strength=strength),
    )


def _counts(people: I32, yes: npt.NDArray[np.bool_], n: int) -> tuple[F64, F64]:
    return (
        np.bincount(people, weights=yes, minlength=n).astype(np.float64),
        np.bincount(people, minlength=n).astype(np.float64),
    )
