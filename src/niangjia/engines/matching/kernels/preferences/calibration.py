"""Platt scaling: a score becomes a probability by one logistic curve, fitted on held-out predictions."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.optimize import minimize
from scipy.special import expit, logit

from niangjia.engines.matching.kernels.errors import TooFewDecisions

F64 = npt.NDArray[np.float64]
EDGE = 1e-6  # probabilities are kept this far from 0 and 1 before the logit


@dataclass(frozen=True, slots=True)
class Platt:
    slope: float
    offset: float

    def __call__(self, probability: npt.ArrayLike) -> F64:
        z = logit(np.clip(np.asarray(probability, dtype=np.float64), EDGE, 1 - EDGE))
        return np.asarray(expit(self.slope * z + self.offset), dtype=np.float64)


def fit_platt(probability: npt.ArrayLike, yes: npt.ArrayLike) -> Platt:
    """Maximum likelihood with Platt's targets, which keep away from certainty."""
    truth = np.asarray(yes, dtype=bool)
    n, m = truth.sum(), (~truth).sum()
    if not (n and m):
        raise TooFewDecisions("calibration needs both a yes and a no")
    target = np.where(truth, (n + 1) / (n + 2), 1 / (m + 2))
    z = logit(np.clip(np.asarray(probability, dtype=np.float64), EDGE, 1 - EDGE))

    def loss(theta: F64) -> float:
        u = theta[0] * z + theta[1]
        return float((np.logaddexp(0, u) - target * u).mean())

    best = minimize(loss, np.array([1.0, 0.0]), method="BFGS")
    # A falling curve would turn the order around: then the score says nothing and only the mean is kept.
    if best.x[0] <= 0:
        return Platt(slope=0.0, offset=float(logit(np.clip(truth.mean(), EDGE, 1 - EDGE))))
    return Platt(slope=float(best.x[0]), offset=float(best.x[1]))
