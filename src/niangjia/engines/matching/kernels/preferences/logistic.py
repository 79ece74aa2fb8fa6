"""Logistic regression with a ridge: where data are few and every feature weak, it is steadier than trees."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.special import expit

from niangjia.engines.matching.kernels.errors import BadParameter, BadShape, TooFewDecisions

F64 = npt.NDArray[np.float64]
MOST_STEPS = 50  # of Newton's method; five or six are usual
STANDS_STILL = 1e-7  # largest change of a weight


@dataclass(frozen=True, slots=True, eq=False)
class Logistic:
    """P(yes) = logistic(offset + weights . (x - mean) / scale). What is missing (NaN) counts as the mean."""

    mean: F64
    scale: F64
    weights: F64
    offset: float

    def predict(self, features: npt.ArrayLike) -> F64:
        x = np.asarray(features, dtype=np.float64)
        if x.ndim != 2 or x.shape[1] != self.mean.size:
            raise BadShape(f"{self.mean.size} features are needed")
        return np.asarray(expit(self.offset + _standard(x, self.mean, self.scale) @ self.weights), dtype=np.float64)


def fit_logistic(*, features: npt.ArrayLike, yes: npt.ArrayLike, penalty: float) -> Logistic:
    """Greatest likelihood less `penalty` times half the sum of squared weights (of standardised features)."""
    x, truth = np.asarray(features, dtype=np.float64), np.asarray(yes, dtype=bool)
    if x.ndim != 2 or x.shape[0] != truth.size:
        raise BadShape("features and answers do not fit together")
    if not penalty > 0:
        raise BadParameter("the penalty must be above 0")
    if truth.size == 0 or truth.all() or not truth.any():
        raise TooFewDecisions("learning needs both a yes and a no")
    mean, scale = _moments(x)
    design = np.hstack([np.ones((truth.size, 1)), _standard(x, mean, scale)])
    theta = _newton(design, truth.astype(np.float64), penalty)
    return Logistic(mean=mean, scale=scale, weights=theta[1:], offset=float(theta[0]))


def _moments(x: F64) -> tuple[F64, F64]:
    """Mean and standard deviation of what is known; a column without spread has the scale 1."""
    known = np.isfinite(x)
    count = np.maximum(known.sum(axis=0), 1)
    mean = np.where(known, x, 0).sum(axis=0) / count
    spread = np.sqrt((np.where(known, x - mean, 0) ** 2).sum(axis=0) / count)
    return mean, np.where(spread > 0, spread, 1.0)


def _standard(x: F64, mean: F64, scale: F64) -> F64:
    return np.where(np.isfinite(x), (x - mean) / scale, 0.0)


def _newton(design: F64, target: F64, penalty: float) -> F64:
    """From the share of yes and no weights: there the likelihood is so flat that whole steps do not overshoot."""
    ridge = np.full(design.shape[1], penalty)
    ridge[0] = 0  # the offset is free
    theta = np.zeros(design.shape[1])
    share = target.mean()
    theta[0] = np.log(share / (1 - share))
    for _ in range(MOST_STEPS):
        p = expit(design @ theta)
        slope = design.T @ (p - target) + ridge * theta
        curve = (design * (p * (1 - p))[:, None]).T @ design + np.diag(ridge)
        step = np.linalg.solve(curve, slope)
        theta -= step
        if np.abs(step).max() <= STANDS_STILL:
            break
    return theta
