"""Koenig: the edges of a bipartite graph with at most k at each person take k colours, no two alike at one person.

Afterwards the colours are evened out, so that no round needs more tables than the average, rounded up.
"""

import numpy as np
import numpy.typing as npt

from niangjia.engines.matching.kernels.compiled import compiled
from niangjia.engines.matching.kernels.errors import BadCapacity

I64 = npt.NDArray[np.int64]


def colour_edges(i: I64, j: I64, *, n_proactive: int, colours: int) -> I64:
    """colour[e] in 0 .. colours - 1 of every edge (i[e], j[e])."""
    if i.size == 0:
        return np.zeros(0, dtype=np.int64)
    people = int(max(n_proactive, i.max() + 1) + j.max() + 1)
    busiest = max(int(np.bincount(i).max()), int(np.bincount(j).max()))
    if busiest > colours:
        raise BadCapacity(f"somebody has {busiest} meetings, more than {colours} rounds")
    a, b = i.astype(np.int64), (j + people - j.max() - 1).astype(np.int64)
    return _colour(a, b, people, colours)


@compiled
def _colour(a: I64, b: I64, people: int, colours: int) -> I64:
    at = np.full((people, colours), -1, np.int64)  # at[person, colour]: the edge, or -1
    colour = np.full(a.size, -1, np.int64)
    for e in range(a.size):
        free_a, free_b = _free(at[a[e]]), _free(at[b[e]])
        if at[b[e], free_a] >= 0:
            _swap(a, b, at, colour, b[e], free_a, free_b)
        colour[e] = free_a
        at[a[e], free_a] = at[b[e], free_a] = e
    _even_out(a, b, at, colour)
    return colour


@compiled
def _free(row: I64) -> int:
    for k in range(row.size):
        if row[k] < 0:
            return k
    return -1


@compiled
def _swap(a: I64, b: I64, at: I64, colour: I64, person: int, one: int, other: int) -> None:
    """Exchange two colours along the path that leaves `person` by colour `one` (nothing of `other` is there)."""
    path, here, now = [], person, one
    while at[here, now] >= 0:
        e = at[here, now]
        path.append(e)
        here = b[e] if here == a[e] else a[e]
        now = other if now == one else one
    for e in path:
        at[a[e], colour[e]] = at[b[e], colour[e]] = -1
    for e in path:
        colour[e] = other if colour[e] == one else one
        at[a[e], colour[e]] = at[b[e], colour[e]] = e


@compiled
def _even_out(a: I64, b: I64, at: I64, colour: I64) -> None:
    """While two rounds differ by two meetings or more: a path with one more of the larger exists; swap it."""
    sizes = np.zeros(at.shape[1], np.int64)
    for e in range(colour.size):
        sizes[colour[e]] += 1
    while sizes.max() - sizes.min() > 1:
        large, small = int(sizes.argmax()), int(sizes.argmin())
        for person in range(at.shape[0]):
            if at[person, large] >= 0 and at[person, small] < 0 and _ends_in(a, b, at, person, large, small):
                _swap(a, b, at, colour, person, large, small)
                sizes[large] -= 1
                sizes[small] += 1
                break


@compiled
def _ends_in(a: I64, b: I64, at: I64, person: int, large: int, small: int) -> bool:
    """Does the path from `person` begin and end with `large`, that is, hold one more of it?"""
    here, now, length = person, large, 0
    while at[here, now] >= 0:
        e = at[here, now]
        here = b[e] if here == a[e] else a[e]
        now = small if now == large else large
        length += 1
    return length % 2 == 1
