"""Who may be shown to whom (hard wishes of both sides), and each one's k best candidates.

A pool is columnar: one array per attribute, one row per person. A pair is eligible when each lies within every range
the other wishes, each one's codes are among those the other wishes, and the pair is not excluded (blocked, already
passed) nor colleagues of whom one would rather not see colleagues.
Nothing of size C x J is ever held: rows are walked in parallel, columns sorted by their first attribute, so that a
wish of age skips everybody outside it.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from niangjia.engines.matching.kernels.checks import check_count, check_sides, check_unique
from niangjia.engines.matching.kernels.compiled import compiled, compiled_parallel, prange
from niangjia.engines.matching.kernels.errors import BadIndex, BadShape, BadWeight

I16 = npt.NDArray[np.int16]
I32 = npt.NDArray[np.int32]
I64 = npt.NDArray[np.int64]
U64 = npt.NDArray[np.uint64]
F32 = npt.NDArray[np.float32]
Bools = npt.NDArray[np.bool_]
PARTS = 256
TILE = 8192  # columns
NO_EMPLOYER = -1
NEVER, ALWAYS = np.int16(-(2**15)), np.int16(2**15 - 1)  # open ends of a range


@dataclass(frozen=True, slots=True, eq=False)
class Pool:
    """One side. n persons, a ranges (age in years first, height in cm, ...), b codes (education, district, ...).

    values[n, a]; low[n, a] .. high[n, a] wished, both ends included. codes[n, b] in 0 .. 63 times words;
    wanted[n, b, words]: bit c set when code c is welcome. taste[n, d] . offer[m, d] scores a candidate m for n.
    """

    ids: npt.NDArray[np.generic]
    values: I16
    low: I16
    high: I16
    codes: I16
    wanted: U64
    employer: I32
    sees_colleagues: Bools
    taste: F32
    offer: F32

    @property
    def size(self) -> int:
        return int(self.ids.size)

    def __post_init__(self) -> None:
        """A pool that cannot be is refused when it is made."""
        check_unique(self.ids, name="pool")
        n, a, b = self.size, self.values.shape[-1], self.codes.shape[-1]
        shapes = {
            "values": (self.values.shape, (n, a)),
            "low": (self.low.shape, (n, a)),
            "high": (self.high.shape, (n, a)),
            "codes": (self.codes.shape, (n, b)),
            "wanted": (self.wanted.shape[:2], (n, b)),
            "employer": (self.employer.shape, (n,)),
            "sees_colleagues": (self.sees_colleagues.shape, (n,)),
            "taste": (self.taste.shape[:1], (n,)),
            "offer": (self.offer.shape[:1], (n,)),
        }
        for name, (found, right) in shapes.items():
            if found != right:
                raise BadShape(f"{name} is {found}, not {right}")
        if a == 0:
            raise BadShape("a pool needs at least one range, by which it is sorted")
        if self.codes.size and (self.codes.min() < 0 or self.codes.max() >= 64 * self.wanted.shape[2]):
            raise BadIndex("a code lies outside the words of wanted")
        if not (np.isfinite(self.taste).all() and np.isfinite(self.offer).all()):
            raise BadWeight("taste and offer must be finite")


@dataclass(frozen=True, slots=True, eq=False)
class Candidates:
    """CSR of the best candidates of every proactive person, columns rising; score[e] as in `candidates`."""

    indptr: I64
    indices: I32
    score: F32


def pack_codes(welcome: npt.ArrayLike) -> U64:
    """Bits of welcome[n, b, code] as words of 64."""
    flags = np.asarray(welcome, dtype=bool)
    words = max(1, -(-flags.shape[-1] // 64))
    padded = np.zeros((*flags.shape[:-1], words * 64), dtype=bool)
    padded[..., : flags.shape[-1]] = flags
    return np.packbits(padded, axis=-1, bitorder="little").view(np.uint64)


def no_exclusions(n: int) -> tuple[I64, I32]:
    return np.zeros(n + 1, dtype=np.int64), np.zeros(0, dtype=np.int32)


def candidates(*, proactive: Pool, reactive: Pool, k: int, excluded: tuple[I64, I32] | None = None) -> Candidates:
    """The k eligible candidates of greatest mutual score for every proactive person.

    score(i, j) = taste_i . offer_j + taste_j . offer_i; ties to the earlier person. excluded: CSR of the columns that
    each row must not meet, rising within the row.
    """
    check_count(k, name="k")
    check_sides(proactive.ids.tolist(), reactive.ids.tolist())
    _check_alike(proactive, reactive)
    apart = excluded or no_exclusions(proactive.size)
    if apart[0].size != proactive.size + 1:
        raise BadShape("excluded needs one row per proactive person")
    by_age = np.argsort(reactive.values[:, 0], kind="stable").astype(np.int32)
    found = np.zeros(proactive.size, dtype=np.int64)
    columns = np.full((proactive.size, k), -1, dtype=np.int32)
    scores = np.zeros((proactive.size, k), dtype=np.float32)
    if k and proactive.size and reactive.size:
        _walk(
            (proactive.values, proactive.low, proactive.high),
            proactive.codes,
            _planes(proactive.wanted),
            (proactive.employer, proactive.sees_colleagues),
            (proactive.taste, proactive.offer),
            _by_column(reactive, by_age),
            reactive.codes[by_age],
            _planes(reactive.wanted[by_age]),
            (reactive.employer[by_age], reactive.sees_colleagues[by_age]),
            (reactive.taste[by_age], reactive.offer[by_age]),
            by_age,
            apart[0],
            apart[1],
            found,
            columns,
            scores,
        )
    kept = np.arange(k)[None, :] < found[:, None]
    return Candidates(
        indptr=np.concatenate([[0], np.cumsum(found)]).astype(np.int64), indices=columns[kept], score=scores[kept]
    )


def _check_alike(one: Pool, other: Pool) -> None:
    same = (
        one.values.shape[1] == other.values.shape[1]
        and one.codes.shape[1] == other.codes.shape[1]
        and one.wanted.shape[1:] == other.wanted.shape[1:]
        and one.taste.shape[1] == other.offer.shape[1]
        and one.offer.shape[1] == other.taste.shape[1]
    )
    if not same:
        raise BadShape("the two pools speak of different attributes")


def _by_column(pool: Pool, order: I32) -> tuple[I16, I16, I16]:
    values, low, high = (np.ascontiguousarray(x[order].T) for x in (pool.values, pool.low, pool.high))
    return values, low, high


def _planes(wanted: U64) -> npt.NDArray[np.uint8]:
    """planes[b, c, n] = 1 when person n welcomes code c of attribute b: rows to read in order."""
    bits = np.unpackbits(wanted.view(np.uint8), axis=-1, bitorder="little")
    used = max(1, int(np.flatnonzero(bits.any(axis=(0, 1))).max(initial=0)) + 1)
    return np.ascontiguousarray(bits[:, :, :used].transpose(1, 2, 0))


@compiled
def _sift_down(scores: F32, columns: I32, n: int) -> None:
    """Restore the heap whose root is the worst kept candidate (lowest score, then latest column)."""
    k = 0
    while 2 * k + 1 < n:
        child = 2 * k + 1
        if child + 1 < n and _worse(scores, columns, child + 1, child):
            child += 1
        if not _worse(scores, columns, child, k):
            return
        scores[k], scores[child] = scores[child], scores[k]
        columns[k], columns[child] = columns[child], columns[k]
        k = child


@compiled
def _worse(scores: F32, columns: I32, a: int, b: int) -> bool:
    return bool(scores[a] < scores[b] or (scores[a] == scores[b] and columns[a] > columns[b]))


@compiled
def _keep(scores: F32, columns: I32, n: int, score: np.float32, column: int) -> int:
    """Offer one candidate to the heap of the k best; returns its new size."""
    if n < columns.size:
        scores[n], columns[n] = score, column
        k = n
        while k > 0 and _worse(scores, columns, k, (k - 1) // 2):
            up = (k - 1) // 2
            scores[k], scores[up] = scores[up], scores[k]
            columns[k], columns[up] = columns[up], columns[k]
            k = up
        return n + 1
    if score > scores[0] or (score == scores[0] and column < columns[0]):
        scores[0], columns[0] = score, column
        _sift_down(scores, columns, n)
    return n


@compiled
def _eligible(
    ok: npt.NDArray[np.uint8],
    first: int,
    values: I16,
    low: I16,
    high: I16,
    codes: I16,
    values_: I16,
    low_: I16,
    high_: I16,
    planes_: npt.NDArray[np.uint8],
) -> None:
    """ok[j - first] = 1 where ranges fit both ways and j welcomes every code of i. Plain loops: they become SIMD."""
    ok[:] = 1
    last = first + ok.size
    for a in range(values.size):
        _and_between(ok, values_[a, first:last], low[a], high[a])
        _and_between(ok, low_[a, first:last], NEVER, values[a])
        _and_between(ok, high_[a, first:last], values[a], ALWAYS)
    for b in range(codes.size):
        if codes[b] >= planes_.shape[1]:
            ok[:] = 0
            return
        _and(ok, planes_[b, codes[b], first:last])


@compiled
def _and_between(ok: npt.NDArray[np.uint8], x: I16, low: np.int16, high: np.int16) -> None:
    for j in range(ok.size):
        ok[j] &= np.uint8((x[j] >= low) & (x[j] <= high))


@compiled
def _and(ok: npt.NDArray[np.uint8], flags: npt.NDArray[np.uint8]) -> None:
    for j in range(ok.size):
        ok[j] &= flags[j]


@compiled
def _apart(out: I32, column: int) -> bool:
    place = np.searchsorted(out, column)
    return bool(place < out.size and out[place] == column)


@compiled_parallel
def _walk(
    ranges: tuple[I16, I16, I16],
    codes: I16,
    planes: npt.NDArray[np.uint8],
    ties: tuple[I32, Bools],
    tastes: tuple[F32, F32],
    ranges_: tuple[I16, I16, I16],
    codes_: I16,
    planes_: npt.NDArray[np.uint8],
    ties_: tuple[I32, Bools],
    tastes_: tuple[F32, F32],
    number: I32,
    start: I64,
    apart: I32,
    found: I64,
    columns: I32,
    scores: F32,
) -> None:
    """Names with a trailing underscore are the reactive side's, in the order of `number`; ranges_ by column."""
    values, low, high = ranges
    values_, low_, high_ = ranges_
    employer, sees = ties
    employer_, sees_ = ties_
    taste, offer = tastes
    taste_, offer_ = tastes_
    n, m = values.shape[0], number.size
    for part in prange(PARTS):
        buffer = np.empty(TILE, np.uint8)
        for tile in range(0, m, TILE):  # a tile of columns stays in the cache while all rows of the part pass over it
            for i in range(n * part // PARTS, n * (part + 1) // PARTS):
                first = max(tile, np.searchsorted(values_[0], low[i, 0], side="left"))
                last = min(tile + TILE, np.searchsorted(values_[0], high[i, 0], side="right"))
                if first >= last:
                    continue
                ok = buffer[: last - first]
                _eligible(ok, first, values[i], low[i], high[i], codes[i], values_, low_, high_, planes_)
                out, kept = apart[start[i] : start[i + 1]], found[i]
                for k in range(ok.size):
                    if ok[k] == 0:
                        continue
                    j = first + k
                    fits = employer[i] != employer_[j] or employer[i] < 0 or (sees[i] and sees_[j])
                    for b in range(codes.shape[1]):
                        fits = fits and codes_[j, b] < planes.shape[1] and planes[b, codes_[j, b], i] == 1
                    if not fits:
                        continue
                    score = np.float32(0)
                    for d in range(taste.shape[1]):
                        score += taste[i, d] * offer_[j, d]
                    for d in range(offer.shape[1]):
                        score += taste_[j, d] * offer[i, d]
                    full = kept == columns.shape[1]
                    if (not full or score >= scores[i, 0]) and not (out.size and _apart(out, number[j])):
                        kept = _keep(scores[i], columns[i], kept, score, number[j])
                found[i] = kept
        for i in range(n * part // PARTS, n * (part + 1) // PARTS):
            order = np.argsort(columns[i, : found[i]])
            columns[i, : found[i]] = columns[i, : found[i]][order]
            scores[i, : found[i]] = scores[i, : found[i]][order]
