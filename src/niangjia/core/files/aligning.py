"""Where in our original a picture from outside lies: cut, scaled, squeezed, mirrored, or with a frame around it.

First roughly, by correlation over many scales on small pictures; then by least squares (Lucas and Kanade's way) to a
small part of a pixel. Both pictures are grey arrays, rows first.
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
from PIL import Image
from scipy import fft, ndimage

Array = npt.NDArray[np.float32]

COARSE: Final = 192  # pixels along the longer side of the original, for the first search
STEP: Final = 1.03  # between two scales
SMALLEST_CUT: Final = 0.25  # of a side: what is left of the original at least
KEPT: Final = 3  # first guesses of each kind that are followed up
MIDDLE: Final = 0.6  # of a picture with a frame around it: this much of its middle belongs to the photo
ROUNDS: Final = 12
ENOUGH: Final = 0.45  # correlation of fine detail from which on two pictures are the same


@dataclass(frozen=True)
class Place:
    """A point of the original, in pixels of a size in which its longer side is 1, leads to a point of the other."""

    matrix: npt.NDArray[np.float64]  # 2 x 3
    mirrored: bool = False


def lay_over(original: Image.Image, found: Image.Image, side: int) -> tuple[Array, Array, Array] | None:
    """(original, what was found, where it covers), all `side` long and on top of each other; None if they differ."""
    best: tuple[float, tuple[Array, Array, Array]] | None = None
    for turned in (found, found.transpose(Image.Transpose.FLIP_LEFT_RIGHT)):
        for guess in _guesses(original, turned):
            score, laid = _refined(original, turned, guess, side)
            if best is None or score > best[0]:
                best = (score, laid)
            if score > 0.95:
                return laid
    return best[1] if best and best[0] > ENOUGH else None


def _guesses(original: Image.Image, found: Image.Image) -> list[npt.NDArray[np.float64]]:
    """The likeliest places, as matrices from unit coordinates of the original to pixels of what was found."""
    small = _fit(original, COARSE)
    shape = [fft.next_fast_len(2 * side, real=True) for side in small.shape]
    waves, squares = fft.rfft2(small, shape), np.cumsum(np.cumsum(np.pad(small, ((1, 0), (1, 0))) ** 2, 0), 1)
    sums = np.cumsum(np.cumsum(np.pad(small, ((1, 0), (1, 0))), 0), 1)
    rated = []
    for box in (_whole(found), _middle(found)):
        for scale in _scales(small.shape, box, found):
            rated.append(_best_at(small, waves, sums, squares, shape, found, box, scale))
    orders = (
        lambda one: -one[0] * one[1],
        lambda one: -one[0],
    )  # a large piece is surer, a small one may be all there is
    kept = [one for order in orders for one in sorted(rated, key=order)[:KEPT]]
    return [matrix for _score, _size, matrix in {id(one): one for one in kept}.values()]


Box = tuple[float, float, float, float]


def _whole(found: Image.Image) -> Box:
    return (0, 0, found.width, found.height)


def _middle(found: Image.Image) -> Box:
    across, down = (side * (1 - MIDDLE) / 2 for side in found.size)
    return (across, down, found.width - across, found.height - down)


def _scales(shape: tuple[int, ...], box: Box, found: Image.Image) -> Iterator[float]:
    """Pixels of the small original for each pixel of what was found."""
    width, height = box[2] - box[0], box[3] - box[1]
    most = min(shape[1] / width, shape[0] / height)
    scale = most
    while scale > most * SMALLEST_CUT:
        yield scale
        scale /= STEP


def _best_at(
    small: Array, waves: npt.NDArray[np.complexfloating], sums: Array, squares: Array,
    shape: list[int], found: Image.Image, box: Box, scale: float,
) -> tuple[float, int, npt.NDArray[np.float64]]:  # fmt: skip
    """The best place for this scale: how sure a pixel of it makes us, how many there are, and where."""
    size = (
        min(small.shape[1], round((box[2] - box[0]) * scale)),
        min(small.shape[0], round((box[3] - box[1]) * scale)),
    )
    if min(size) < 12:
        return 0.0, 0, np.zeros((2, 3))
    piece = np.asarray(found.resize(size, Image.Resampling.BILINEAR, box=box, reducing_gap=2.0), np.float32)
    piece = piece - piece.mean()
    across = fft.irfft2(waves * np.conj(fft.rfft2(piece, shape)), shape)
    rows, columns = small.shape[0] - size[1] + 1, small.shape[1] - size[0] + 1
    total, square = (_boxes(table, size) for table in (sums, squares))
    spread = np.sqrt(np.maximum(square - total**2 / piece.size, 1.0) * float((piece**2).sum()) + 1e-6)
    rated = across[:rows, :columns] / spread
    y, x = np.unravel_index(int(rated.argmax()), rated.shape)
    per = ((box[2] - box[0]) / size[0], (box[3] - box[1]) / size[1])
    matrix = np.array(
        [[per[0] * COARSE, 0, box[0] - x * per[0]], [0, per[1] * COARSE, box[1] - y * per[1]]], dtype=np.float64
    )
    sure = -math.log(max(1e-4, 1 - max(0.0, float(rated[y, x])) ** 2))  # of two pictures that vary alike
    return sure, piece.size, matrix


def _boxes(table: Array, size: tuple[int, int]) -> Array:
    """Sums over every box of this size."""
    width, height = size
    return np.asarray(
        table[height:, width:] - table[:-height, width:] - table[height:, :-width] + table[:-height, :-width]
    )


def _fit(image: Image.Image, side: int) -> Array:
    """Grey, `side` along the longer side."""
    scale = side / max(image.size)
    size = (max(1, round(image.width * scale)), max(1, round(image.height * scale)))
    way = Image.Resampling.BOX if scale < 1 else Image.Resampling.BICUBIC
    return np.asarray(image.convert("L").resize(size, way), np.float32)


def _refined(
    original: Image.Image, found: Image.Image, matrix: npt.NDArray[np.float64], side: int
) -> tuple[float, tuple[Array, Array, Array]]:
    """Follow a guess at growing sizes."""
    for size, rounds in ((COARSE, ROUNDS), (2 * COARSE, ROUNDS), (side, ROUNDS // 2)):
        ours = _fit(original, size)
        theirs, unit = _at_scale(found, matrix, size)
        for _round in range(rounds):
            matrix, moved = _closer(ours, theirs, unit, matrix, size)
            if moved < 0.01:
                break
        if size == COARSE and _alike(ours, *_warp(theirs, unit, matrix, ours, size)) < ENOUGH / 2:
            return 0.0, (ours, ours, ours)
    warped, covered = _warp(theirs, unit, matrix, ours, side)
    return _alike(ours, warped, covered), (ours, warped, covered)


def _at_scale(found: Image.Image, matrix: npt.NDArray[np.float64], side: int) -> tuple[Image.Image, float]:
    """What was found, made as fine as the original is at `side`, so that no detail folds over; and by how much."""
    ratio = float(np.sqrt(abs(np.linalg.det(matrix[:, :2])))) / side  # its pixels for one of the original
    if ratio <= 1.0:
        return found.convert("L"), 1.0
    size = (max(1, round(found.width / ratio)), max(1, round(found.height / ratio)))
    return found.convert("L").resize(size, Image.Resampling.BOX), size[0] / found.width


def _warp(
    theirs: Image.Image, unit: float, matrix: npt.NDArray[np.float64], ours: Array, side: int
) -> tuple[Array, Array]:
    """What was found, in the original's place; and 1 where it covers the original."""
    a, b, c = matrix[0] * [unit / side, unit / side, unit]
    d, e, f = matrix[1] * [unit / side, unit / side, unit]
    size = (ours.shape[1], ours.shape[0])
    way = {"method": Image.Transform.AFFINE, "data": (a, b, c, d, e, f)}
    warped = theirs.convert("F").transform(size, **way, resample=Image.Resampling.BICUBIC)  # type: ignore[arg-type]
    there = Image.new("L", theirs.size, 1).transform(size, **way)  # type: ignore[arg-type]
    return np.asarray(warped, np.float32), ndimage.minimum_filter(np.asarray(there, np.float32), 5, mode="constant")


def _closer(
    ours: Array, theirs: Image.Image, unit: float, matrix: npt.NDArray[np.float64], side: int
) -> tuple[npt.NDArray[np.float64], float]:
    """One step of least squares: six numbers of place, two of brightness; and how far it moved, in pixels."""
    warped, covered = _warp(theirs, unit, matrix, ours, side)
    if covered.sum() < 400:
        return matrix, 0.0
    here = covered > 0
    gy, gx = np.asarray(np.gradient((ours + warped) / 2))[:, here]
    y, x = (np.mgrid[0 : ours.shape[0], 0 : ours.shape[1]].astype(np.float32) / side)[:, here]
    theirs_here = warped[here]
    columns = np.stack([gx * x, gx * y, gx, gy * x, gy * y, gy, theirs_here, np.ones_like(x)], 1).astype(np.float64)
    target = ours[here].astype(np.float64)
    rest = np.abs(target - theirs_here - np.median(target - theirs_here))
    weight = 1 / (1 + rest / (3 * np.median(rest) + 1))
    weighed = columns * weight[:, None]
    shift: npt.NDArray[np.float64] = np.linalg.lstsq(weighed.T @ columns, weighed.T @ target, rcond=None)[0]
    move = shift[:6].reshape(2, 3) / side
    together = np.vstack([matrix, [0, 0, 1]]) @ (np.eye(3) + np.vstack([move, [0, 0, 0]]))
    return together[:2], float(np.abs(shift[:6].reshape(2, 3)).sum(1).max())


def _alike(ours: Array, warped: Array, covered: Array) -> float:
    """Correlation of fine detail where both are."""
    here = covered > 0
    if here.sum() < 400:
        return 0.0
    filled = np.where(here, warped, ours)  # or the edge of what is covered would count as detail
    one, other = (picture - ndimage.gaussian_filter(picture, 4) for picture in (ours, filled))
    return float(np.corrcoef(one[here], other[here])[0, 1])
