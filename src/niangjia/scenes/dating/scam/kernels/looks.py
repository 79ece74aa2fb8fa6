"""What a picture looks like, in 64 bits: near copies share nearly all of them, also after a crop or in a mirror.

The lowest waves of a small grey picture, each above or below the median. Nothing of a face is measured.
"""

import io
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
from PIL import Image
from scipy.fft import dctn

SIDE, KEPT = 32, 8
MIDDLE: Final = 0.7  # of each side
NEAR: Final = 10  # of 64 bits
FLAT: Final = 6.0  # a picture with less contrast looks like any other


@dataclass(frozen=True)
class Looks:
    """The whole picture and its middle; the same in a mirror. None of a picture with nothing in it."""

    whole: int
    middle: int
    mirrored_whole: int
    mirrored_middle: int

    def any_way(self) -> tuple[int, ...]:
        return (self.whole, self.middle, self.mirrored_whole, self.mirrored_middle)


def looks(data: bytes) -> Looks | None:
    with Image.open(io.BytesIO(data)) as opened:
        grey = opened.convert("L")
    if np.asarray(grey, dtype=np.float64).std() < FLAT:
        return None
    (whole, mirrored), (middle, mirrored_middle) = _bits(grey), _bits(_middle(grey))
    return Looks(whole, middle, mirrored, mirrored_middle)


def _middle(image: Image.Image) -> Image.Image:
    cut = (1 - MIDDLE) / 2
    width, height = image.size
    return image.crop((int(width * cut), int(height * cut), int(width * (1 - cut)), int(height * (1 - cut))))


def _bits(image: Image.Image) -> tuple[int, int]:
    """The picture, and it in a mirror: there the odd waves from left to right turn over."""
    small = np.asarray(image.resize((SIDE, SIDE), Image.Resampling.LANCZOS), dtype=np.float64)
    waves: npt.NDArray[np.float64] = np.asarray(dctn(small, norm="ortho"))[:KEPT, :KEPT]
    turned = waves * np.where(np.arange(KEPT) % 2, -1.0, 1.0)
    return _number(waves), _number(turned)


def _number(waves: npt.NDArray[np.float64]) -> int:
    """Signed, as the database stores it. The first wave is brightness and says nothing."""
    flat = waves.ravel()
    bits = flat > np.median(flat[1:])
    bits[0] = False
    return int.from_bytes(np.packbits(bits).tobytes(), "big", signed=True)


def apart(one: int, other: int) -> int:
    """In how many of 64 bits two differ."""
    return ((one ^ other) & (1 << 64) - 1).bit_count()
