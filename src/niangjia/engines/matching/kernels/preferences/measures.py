"""How good probabilities are: ranking (AUC), honesty (calibration error), both (log loss)."""

import numpy as np
import numpy.typing as npt
from scipy.stats import rankdata

from niangjia.engines.matching.kernels.errors import TooFewDecisions

F64 = npt.NDArray[np.float64]


def auc(yes: npt.ArrayLike, score: npt.ArrayLike) -> float:
    """Probability that a yes is scored above a no (Mann-Whitney; ties count half)."""
    truth = np.asarray(yes, dtype=bool)
    n, m = int(truth.sum()), int((~truth).sum())
    if n == 0 or m == 0:
        raise TooFewDecisions("an AUC needs both a yes and a no")
    ranks = rankdata(np.asarray(score, dtype=np.float64))
    return float((ranks[truth].sum() - n * (n + 1) / 2) / (n * m))


def log_loss(yes: npt.ArrayLike, probability: npt.ArrayLike) -> float:
    truth = np.asarray(yes, dtype=bool)
    p = np.clip(np.asarray(probability, dtype=np.float64), 1e-9, 1 - 1e-9)
    return float(-np.where(truth, np.log(p), np.log1p(-p)).mean()) if truth.size else 0.0


def calibration_error(yes: npt.ArrayLike, probability: npt.ArrayLike, *, bins: int = 10) -> float:
    """Mean distance between what was said and what came, over `bins` equally filled bins."""
    truth, p = np.asarray(yes, dtype=np.float64), np.asarray(probability, dtype=np.float64)
    order = np.argsort(p, kind="stable")
    parts = [part for part in np.array_split(order, bins) if part.size]
    return float(sum(abs(truth[b].mean() - p[b].mean()) * b.size for b in parts) / max(1, truth.size))
