"""A two-sided market on eligible pairs only, and the same edges seen from the reactive side.

Axes: i = proactive person (row, 0 .. C-1), j = reactive person (column, 0 .. J-1), e = edge (i, j) in row order.
Units: p, q are probabilities; x is exposure (the v(k) of the rank at which j stands in i's list).
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from niangjia.engines.matching.kernels.checks import as_indices, as_matrix, as_probabilities
from niangjia.engines.matching.kernels.compiled import compiled, compiled_parallel, prange
from niangjia.engines.matching.kernels.errors import BadShape, DuplicateId

F32 = npt.NDArray[np.float32]
I32 = npt.NDArray[np.int32]
I64 = npt.NDArray[np.int64]
U64 = npt.NDArray[np.uint64]


@dataclass(frozen=True, slots=True, eq=False)
class Market:
    """Eligible pairs as CSR: row i owns edges indptr[i] .. indptr[i+1]-1, columns rising.

    p[e]: i likes j when shown. q[e]: j likes i back.
    """

    indptr: I64
    indices: I32
    p: F32
    q: F32
    n_reactive: int

    @property
    def n_proactive(self) -> int:
        return int(self.indptr.size - 1)

    @property
    def n_edges(self) -> int:
        return int(self.indices.size)

    @property
    def longest_list(self) -> int:
        return int(np.diff(self.indptr).max(initial=0))

    def rows(self) -> I32:
        """i of every edge."""
        return np.repeat(np.arange(self.n_proactive, dtype=np.int32), np.diff(self.indptr))

    @classmethod
    def from_dense(cls, p: npt.ArrayLike, q: npt.ArrayLike, *, eligible: npt.ArrayLike | None = None) -> "Market":
        """p is C x J, q is J x C (each side's own view), eligible is C x J or absent (everybody may meet)."""
        p_, q_ = as_matrix(p, name="p"), as_matrix(q, name="q")
        if p_.shape != q_.T.shape:
            raise BadShape(f"p is {p_.shape}, so q must be {p_.shape[::-1]}, not {q_.shape}")
        mask = np.ones(p_.shape, dtype=bool) if eligible is None else as_matrix(eligible, name="eligible").astype(bool)
        if mask.shape != p_.shape:
            raise BadShape(f"eligible must be {p_.shape}, not {mask.shape}")
        return cls.from_edges(
            indptr=np.concatenate([[0], np.cumsum(mask.sum(axis=1))]),
            indices=np.nonzero(mask)[1],
            p=p_[mask],
            q=q_.T[mask],
            n_reactive=p_.shape[1],
        )

    @classmethod
    def from_edges(
        cls, *, indptr: npt.ArrayLike, indices: npt.ArrayLike, p: npt.ArrayLike, q: npt.ArrayLike, n_reactive: int
    ) -> "Market":
        """Candidates of each row in CSR form. Rows whose columns do not rise are sorted."""
        indptr_ = np.ascontiguousarray(indptr, dtype=np.int64)
        indices_ = as_indices(indices, below=n_reactive, name="indices")
        p_, q_ = as_probabilities(p, name="p"), as_probabilities(q, name="q")
        if indptr_.ndim != 1 or indptr_.size < 1 or indptr_[0] != 0 or (np.diff(indptr_) < 0).any():
            raise BadShape("indptr must rise from 0")
        if not (indptr_[-1] == indices_.size == p_.size == q_.size):
            raise BadShape("indptr, indices, p and q speak of different numbers of edges")
        if not _rows_rise(indptr_, indices_):
            order = np.lexsort((indices_, np.repeat(np.arange(indptr_.size - 1), np.diff(indptr_))))
            indices_, p_, q_ = indices_[order], p_[order], q_[order]
            if not _rows_rise(indptr_, indices_):
                raise DuplicateId("the same pair is listed twice")
        return cls(indptr=indptr_, indices=indices_, p=p_, q=q_, n_reactive=n_reactive)


@dataclass(frozen=True, slots=True, eq=False)
class Columns:
    """The edges as the reactive side sees them: column j owns positions indptr[j] .. indptr[j+1]-1,
    applicants by falling q (ties by rising i). edge[c] leads back to the row order."""

    indptr: I64
    edge: I32
    p: F32
    q: F32

    @classmethod
    def of(cls, market: Market) -> "Columns":
        if market.n_edges >= 2**31:
            raise BadShape("a market holds at most 2^31 - 1 edges; cut it into partitions")
        indptr = np.zeros(market.n_reactive + 1, dtype=np.int64)
        np.cumsum(np.bincount(market.indices, minlength=market.n_reactive), out=indptr[1:])
        edge = np.empty(market.n_edges, dtype=np.int32)
        _scatter(market.indices, indptr[:-1].copy(), edge)
        _sort_columns(indptr, market.q, edge)
        return cls(indptr=indptr, edge=edge, p=market.p[edge], q=market.q[edge])


@compiled
def _rows_rise(indptr: I64, indices: I32) -> bool:
    for i in range(indptr.size - 1):
        for e in range(indptr[i] + 1, indptr[i + 1]):
            if indices[e] <= indices[e - 1]:
                return False
    return True


@compiled
def _scatter(indices: I32, free: I64, edge: I32) -> None:
    """Counting sort of the edges by column; within a column rows stay in rising order."""
    for e in range(indices.size):
        j = indices[e]
        edge[free[j]] = e
        free[j] += 1


@compiled_parallel
def _sort_columns(indptr: I64, q: F32, edge: I32) -> None:
    """Each column by falling q: one unsigned key, the bits of q inverted above the edge number."""
    bits = q.view(np.uint32)
    for j in prange(indptr.size - 1):
        start, stop = indptr[j], indptr[j + 1]
        keys = np.empty(stop - start, np.uint64)
        for c in range(start, stop):
            falling = np.uint64(np.uint32(0xFFFFFFFF) - bits[edge[c]])
            keys[c - start] = (falling << np.uint64(32)) | np.uint64(edge[c])
        keys.sort()
        for c in range(start, stop):
            edge[c] = np.int32(keys[c - start] & np.uint64(0xFFFFFFFF))
