"""How expected matches are shared out. To be read beside every total."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_array

from niangjia.engines.matching.kernels.checks import as_weights, check_count
from niangjia.engines.matching.kernels.clearing.base import INV, Clearing, expected_matches
from niangjia.engines.matching.kernels.exposure import Exposure
from niangjia.engines.matching.kernels.market import Market

F64 = npt.NDArray[np.float64]
ENVY_TOLERANCE = 1e-6  # relative; less than this is rounding, not envy


@dataclass(frozen=True, slots=True)
class Side:
    """One side's figures. Envious pairs are counted among `asked` sampled persons against each other."""

    gini: float
    share_with_one: float  # share of people with at least one expected match
    least: float  # the smallest expectation, in matches
    envious_pairs: int
    asked: int


@dataclass(frozen=True, slots=True)
class Fairness:
    total: float  # expected mutual matches
    proactive: Side
    reactive: Side


def gini(values: npt.ArrayLike) -> float:
    """0: everybody the same; towards 1: one has everything. Nobody, or nothing to share: 0."""
    v = np.sort(as_weights(values, name="values"))
    if v.size == 0 or v.sum() == 0:
        return 0.0
    ranks = np.arange(1, v.size + 1)
    return float(((2 * ranks - v.size - 1) @ v) / (v.size * v.sum()))


def share_with_one(values: npt.ArrayLike) -> float:
    v = as_weights(values, name="values")
    return float((v >= 1).mean()) if v.size else 0.0


def envious_pairs(value: "csr_array[np.float64]", x: "csr_array[np.float64]", *, people: npt.NDArray[np.int64]) -> int:
    """Pairs (i, i') of `people` where i would expect more matches from the list of i' than from i's own.

    value[i, j]: matches i expects per unit of exposure of j; x[i, j]: exposure of j in i's list.
    """
    wish = (value[people] @ x[people].T).toarray()
    own = np.diagonal(wish)[:, None]
    return int((wish > own * (1 + ENVY_TOLERANCE) + 1e-12).sum())


def fairness(
    market: Market, clearing: Clearing, *, exposure: Exposure = INV, sample: int = 1000, seed: int = 0
) -> Fairness:
    """Figures of protocol A. The reactive side has no lists of its own, hence no one else's to envy."""
    check_count(sample, name="sample")
    matches = expected_matches(market, clearing.x, exposure=exposure)
    mine = np.bincount(market.rows(), weights=matches, minlength=market.n_proactive).astype(np.float64)
    theirs = np.bincount(market.indices, weights=matches, minlength=market.n_reactive).astype(np.float64)
    people = np.arange(market.n_proactive)
    if sample < people.size:
        people = np.sort(np.random.default_rng(seed).choice(people, sample, replace=False))
    return Fairness(
        total=float(matches.sum()),
        proactive=_side(mine, envious=_envy(market, clearing, matches, people), asked=people.size),
        reactive=_side(theirs, envious=0, asked=0),
    )


def _envy(market: Market, clearing: Clearing, matches: F64, people: npt.NDArray[np.int64]) -> int:
    shape = (market.n_proactive, market.n_reactive)
    x = clearing.x.astype(np.float64)
    per_exposure = np.divide(matches, x, out=np.zeros_like(matches), where=x > 0)
    value = csr_array((per_exposure, market.indices, market.indptr), shape=shape)
    return envious_pairs(value, csr_array((x, market.indices, market.indptr), shape=shape), people=people)


def _side(values: F64, *, envious: int, asked: int) -> Side:
    return Side(
        gini=gini(values),
        share_with_one=share_with_one(values),
        least=float(values.min(initial=np.inf)) if values.size else 0.0,
        envious_pairs=envious,
        asked=asked,
    )
