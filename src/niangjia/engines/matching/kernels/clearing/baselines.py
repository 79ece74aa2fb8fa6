"""What others do, in the same code base and under the same interface."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_array

from niangjia.engines.matching.kernels.checks import check_count
from niangjia.engines.matching.kernels.clearing.base import INV, Clearing, rank
from niangjia.engines.matching.kernels.errors import BadParameter
from niangjia.engines.matching.kernels.exposure import Exposure
from niangjia.engines.matching.kernels.market import Market

F64 = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Naive:
    """Whom I would like: p alone."""

    def solve(self, market: Market, *, exposure: Exposure = INV, length: int | None = None) -> Clearing:
        return rank(market, market.p, exposure=exposure, length=length)


@dataclass(frozen=True, slots=True)
class Product:
    """Whom I would like and who would like me: p q ("reciprocal recommendation")."""

    def solve(self, market: Market, *, exposure: Exposure = INV, length: int | None = None) -> Clearing:
        return rank(market, market.p * market.q, exposure=exposure, length=length)


@dataclass(frozen=True, slots=True)
class TransferableUtility:
    """Tomita et al. 2022, after Choo and Siow: expected matches mu = K A B of a market with transfers."""

    beta: float = 1.0
    iterations: int = 100
    tolerance: float = 1e-4  # largest relative change of B that counts as standing still

    def solve(self, market: Market, *, exposure: Exposure = INV, length: int | None = None) -> Clearing:
        return rank(market, self.log_mu(market), exposure=exposure, length=length)

    def log_mu(self, market: Market) -> F64:
        """log mu[e]; the logarithm ranks alike and does not overflow."""
        if not 0.005 <= self.beta < np.inf:
            raise BadParameter("beta must be at least 0.005")
        utility = (market.p.astype(np.float64) + market.q) / (2 * self.beta)
        shape = (market.n_proactive, market.n_reactive)
        K = csr_array((np.exp(utility), market.indices, market.indptr), shape=shape)
        A, B = self._fixed_point(K)
        utility += np.log(A)[market.rows()]
        utility += np.log(B)[market.indices]
        return utility

    def _fixed_point(self, K: "csr_array[np.float64]") -> tuple[F64, F64]:
        """A^2 + A (K B) = 1 and B^2 + B (K' A) = 1 in turn."""
        A, B = np.ones(K.shape[0]), np.ones(K.shape[1])
        for _ in range(check_count(self.iterations, name="iterations", least=1)):
            before = B
            A = _positive_root(np.asarray(K @ B) / 2)
            B = _positive_root(np.asarray(K.T @ A) / 2)
            if np.abs(B / before - 1).max(initial=0) <= self.tolerance:
                break
        return A, B


def _positive_root(h: F64) -> F64:
    """sqrt(1 + h^2) - h without cancellation."""
    root: F64 = 1 / (np.hypot(1, h) + h)
    return root
