"""Exposure weights v(k) of rank k = 1, 2, ... and their expansion into powers.

Every v is written `v(k) = sum_m w_m t_m^(k-1)` with nodes t_m in [0, 1]. Then for independent applicants
`E[v(1 + N)] = sum_m w_m prod_i (1 - a_i (1 - t_m))`: one product per node instead of a Poisson-binomial law.
"""

from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

import numpy as np
import numpy.typing as npt
from scipy.optimize import nnls

from niangjia.engines.matching.kernels.errors import BadParameter

Name = Literal["inv", "exp", "log"]
LOG_NODES = 39  # nodes kept by the fit of 1/log2(k+1), found by non-negative least squares
LOG_RANKS = 4096  # the fit is checked against ranks up to here
LANES = 8  # nodes are padded with weight zero to whole SIMD registers


@dataclass(frozen=True, slots=True)
class Nodes:
    """The expansion of v: abscissae `t` and weights `w`, padded to a multiple of LANES."""

    t: npt.NDArray[np.float64]
    w: npt.NDArray[np.float64]

    def values(self, ranks: npt.NDArray[np.int64]) -> npt.NDArray[np.float64]:
        """v(k) as the expansion sees it."""
        return np.power(self.t[None, :], (ranks - 1)[:, None]) @ self.w


@dataclass(frozen=True, slots=True)
class Exposure:
    """How much attention rank k of a list gets.

    inv: 1/k; exp: e^-(k-1); log: 1/log2(k+1).
    """

    name: Name = "inv"

    def weights(self, length: int) -> npt.NDArray[np.float64]:
        """v(1), ..., v(length)."""
        ranks = np.arange(1, length + 1, dtype=np.float64)
        match self.name:
            case "inv":
                return 1 / ranks
            case "exp":
                return np.exp(1 - ranks)
            case "log":
                return 1 / np.log2(ranks + 1)
        raise BadParameter(f"no exposure is called {self.name}")

    def nodes(self, count: int = 24) -> Nodes:
        """The expansion. `count` matters for inv alone: exact up to rank 2 * count, and nearly so beyond."""
        match self.name:
            case "inv":
                return _inverse_nodes(count)
            case "exp":
                return _padded(np.array([np.exp(-1.0)]), np.ones(1))
            case "log":
                return _log_nodes()
        raise BadParameter(f"no exposure is called {self.name}")


def _padded(t: npt.NDArray[np.float64], w: npt.NDArray[np.float64]) -> Nodes:
    lanes = -(-t.size // LANES) * LANES
    return Nodes(t=np.pad(t, (0, lanes - t.size)), w=np.pad(w, (0, lanes - w.size)))


@lru_cache(maxsize=8)
def _inverse_nodes(count: int) -> Nodes:
    """Gauss-Legendre for 1/k = integral of t^(k-1) over [0, 1]."""
    if count < 1:
        raise BadParameter("a quadrature needs at least one node")
    x, w = np.polynomial.legendre.leggauss(count)
    return _padded((x + 1) / 2, w / 2)


@lru_cache(maxsize=1)
def _log_nodes() -> Nodes:
    """Non-negative least squares for 1/log2(k+1), which is completely monotone and so has such weights."""
    ranks = np.unique(np.geomspace(1, LOG_RANKS, 400).round())
    t = np.exp(-np.geomspace(1e-5, 40, 400))
    target = 1 / np.log2(ranks + 1)
    design = np.power(t[None, :], (ranks - 1)[:, None])
    w, _ = nnls(design / target[:, None], np.ones(ranks.size), maxiter=20_000)
    keep = w > 0
    return _padded(t[keep], w[keep])
