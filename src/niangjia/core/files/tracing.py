"""To whom a picture from outside was shown: the marks of `hidden`, read against our original (ADR 13).

No list of who looked at what is needed, and none is kept: the picture itself is asked, for everybody there is.
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final
from uuid import UUID

import numpy as np
import numpy.typing as npt
from PIL import Image
from scipy import ndimage

from niangjia.core.files.aligning import Array, lay_over
from niangjia.core.files.hidden import SIGNS, grid, signs_of, stream, strength

FINE: Final = 2  # pixels a cell when pictures are laid over each other
WRONG: Final = 1e-6  # nobody is named when any other member might look like it more often than this
_LOT: Final = 20_000


@dataclass(frozen=True)
class Named:
    """`by_chance`: how often at most a picture that was never shown to them would fit any of all members so well."""

    viewer_id: UUID
    fits: float
    by_chance: float


def soft_signs(original: Image.Image, found: Image.Image, salt: int) -> npt.NDArray[np.float64] | None:
    """What is left of the 256 signs, each with its weight; None when it is another picture."""
    light = original.convert("YCbCr").getchannel(0)
    size = grid(light.size)
    laid = lay_over(light, found.convert("YCbCr").getchannel(0), FINE * max(size))
    if laid is None:
        return None
    rest = _whitened(*laid)
    cells = _in_cells(rest, size)
    expected = np.asarray(strength(light.resize(size, Image.Resampling.BOX)), np.float64)
    which, sign = (np.frombuffer(part, np.uint8) for part in stream(salt, size))
    turned = (cells * expected).ravel() * np.where(sign > 0, -1.0, 1.0)
    return np.bincount(which, turned, SIGNS).astype(np.float64)


def _whitened(ours: Array, theirs: Array, covered: Array) -> Array:
    """What the found picture has beyond ours: detail only, blur and contrast undone, calm and busy places alike."""
    here = covered > 0
    one, other = _detail(ours), _detail(np.where(here, theirs, ours))
    blurred = [one, *(ndimage.gaussian_filter(one, width) for width in (0.7, 1.4))]
    columns = np.stack([part[here] for part in blurred], 1).astype(np.float64)
    parts = np.linalg.lstsq(columns.T @ columns, columns.T @ other[here], rcond=None)[0]
    rest = other - sum(part * factor for part, factor in zip(blurred, parts, strict=True))
    rest = np.where(here, rest, 0)
    return np.asarray(rest / (ndimage.uniform_filter(rest**2, 13) + 1.0), np.float32)


def _detail(picture: Array) -> Array:
    return picture - ndimage.gaussian_filter(picture, 3)


def _in_cells(rest: Array, size: tuple[int, int]) -> npt.NDArray[np.float64]:
    image = Image.fromarray(rest.astype(np.float32))
    return np.asarray(image.resize(size, Image.Resampling.BOX), np.float64)


def who(signs: npt.NDArray[np.float64], viewers: Iterable[UUID]) -> list[Named]:
    """The likeliest of all `viewers`, best first; nobody when chance alone might do it.

    Somebody who has nothing to do with a picture has signs that are independent of it, whatever was done to it; then
    they fit by more than t with a probability of exp(-t²/2) at most (Hoeffding), for each of those asked.
    """
    length = float(np.sqrt((signs**2).sum())) or 1.0
    asked, best = 0, list[tuple[float, UUID]]()
    for lot in _lots(viewers):
        asked += len(lot)
        bits = np.unpackbits(
            np.frombuffer(b"".join(map(signs_of, lot)), np.uint8).reshape(-1, 32), 1, bitorder="little"
        )
        fits = (bits.astype(np.float32) * 2 - 1) @ (signs / length).astype(np.float32)
        top = np.argsort(-fits)[:5]
        best = sorted([*best, *((float(fits[at]), lot[at]) for at in top)], reverse=True)[:5]
    named = [Named(viewer, fit, min(1.0, asked * math.exp(-(max(fit, 0) ** 2) / 2))) for fit, viewer in best]
    return [one for one in named if one.by_chance < WRONG]


def _lots(viewers: Iterable[UUID]) -> Iterable[Sequence[UUID]]:
    lot: list[UUID] = []
    for viewer in viewers:
        lot.append(viewer)
        if len(lot) == _LOT:
            yield lot
            lot = []
    if lot:
        yield lot
