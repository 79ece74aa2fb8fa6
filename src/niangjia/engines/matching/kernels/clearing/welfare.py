"""Protocol A: expected mutual matches of exposure x, exactly, with the exact gradient.

i applies to j with probability a = p x; j answers the l-th best of its applicants with probability q v(l). With
`v(k) = sum_m w_m t_m^(k-1)` and u_m = 1 - t_m, for the applicants of one j in order of falling q,

    P_m[l] = prod_{l' < l} (1 - a_l' u_m)              (someone ahead steals attention)
    S_m[l] = r_l a_l + (1 - a_l u_m) S_m[l + 1]        (what this applicant and those behind bring)
    W_j    = sum_m w_m S_m[0]
    dW_j / da_l = sum_m w_m P_m[l] (r_l - u_m S_m[l + 1])

where r = q counts matches (any other value of a match may stand in its place). Time O(edges x nodes).
"""

from typing import Any

import numpy as np
import numpy.typing as npt

from niangjia.engines.matching.kernels.compiled import compiled_parallel, prange
from niangjia.engines.matching.kernels.market import I32, I64

Array = npt.NDArray[Any]

PARTS = 64  # columns are cut into this many parts whatever the number of threads, so that sums never change


@compiled_parallel
def gradient(indptr: I64, edge: I32, p: Array, r: Array, x: Array, t: Array, w: Array, out: Array) -> float:
    """dW/dx of every edge into `out` (row order); returns W. p, r in column order, x in row order."""
    n, one = indptr.size - 1, t.dtype.type(1)
    total = np.zeros(PARTS, np.float64)
    longest = 1
    for j in range(n):
        longest = max(longest, indptr[j + 1] - indptr[j])
    for part in prange(PARTS):
        ahead = np.empty((longest, 8), t.dtype)
        a = np.empty(longest, t.dtype)
        behind = np.empty(8, t.dtype)
        u = np.empty(8, t.dtype)
        for j in range(n * part // PARTS, n * (part + 1) // PARTS):
            start, size = indptr[j], indptr[j + 1] - indptr[j]
            for k in range(size):
                a[k] = p[start + k] * x[edge[start + k]]
            for lane in range(0, t.size, 8):
                for m in range(8):
                    u[m] = one - t[lane + m]
                    behind[m] = w[lane + m]  # runs as the product ahead, first; zeroed below
                for k in range(size):
                    for m in range(8):
                        ahead[k, m] = behind[m]
                        behind[m] *= one - a[k] * u[m]
                for m in range(8):
                    behind[m] = 0
                for k in range(size - 1, -1, -1):
                    c = start + k
                    ra = r[c] * a[k]
                    slope = t.dtype.type(0)
                    for m in range(8):
                        slope += ahead[k, m] * (r[c] - u[m] * behind[m])
                        behind[m] = ra + (one - a[k] * u[m]) * behind[m]
                    if lane == 0:
                        out[edge[c]] = slope * p[c]
                    else:
                        out[edge[c]] += slope * p[c]
                for m in range(8):
                    total[part] += w[lane + m] * behind[m]
    return float(total.sum())


@compiled_parallel
def edge_matches(indptr: I64, edge: I32, p: Array, q: Array, x: Array, t: Array, w: Array, out: Array) -> None:
    """Expected matches of every edge, a q E[v(1 + N)], into `out` (row order)."""
    one = t.dtype.type(1)
    for j in prange(indptr.size - 1):
        ahead = w.copy()
        for c in range(indptr[j], indptr[j + 1]):
            a = p[c] * x[edge[c]]
            seen = t.dtype.type(0)
            for m in range(t.size):
                seen += ahead[m]
                ahead[m] *= one - a * (one - t[m])
            out[edge[c]] = a * q[c] * seen
