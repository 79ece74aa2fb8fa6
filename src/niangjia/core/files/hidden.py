"""A mark nobody sees in a photo of a member, different for everybody it is shown to (check G4, ADR 13).

The picture is laid out in cells. Each cell is made a little lighter or darker: by a keyed choice for the photo, turned
over by one of 256 keyed signs of the viewer. Where the picture is busy the steps are larger, where it is calm smaller.
All of it is done by Pillow: web processes need no arrays. `tracing` finds the viewer again.
"""

import hashlib
import hmac
import io
from functools import lru_cache
from pathlib import Path
from typing import Final
from uuid import UUID

from PIL import Image, ImageChops, ImageFilter

from niangjia.core.crypto import keyring

CELLS: Final = 400  # along the longer side
SIGNS: Final = 256  # of a viewer: as many as a byte can choose from
CALM, BUSY, GAIN = 1, 3, 0.8  # grey levels: at least, at most, and for each level by which neighbours differ
QUALITY = 85
DIGIT: Final = 24  # pixels that a digit takes in `quiet.png`
_HALF = bytes(128) + b"\xff" * 128


def hide(jpeg: bytes, *, salt: int, viewer_id: UUID, digits: str = "") -> bytes:
    """The picture with the viewer's mark in it, and a quiet line with their `digits` if there are any.

    `salt` is the photo's `dhash`, to which its owner's own file leads too when ours is gone.
    """
    with Image.open(io.BytesIO(jpeg)) as opened:
        opened.draft("YCbCr", opened.size)  # as it is stored: no colour is computed there and back
        picture = opened if opened.mode == "YCbCr" else opened.convert("YCbCr")
        light, blue, red = picture.split()
    size = grid(light.size)
    step = strength(light.resize(size, Image.Resampling.BOX)).resize(light.size, Image.Resampling.BILINEAR)
    turn = Image.frombytes("L", size, _turns(salt, size, viewer_id)).resize(light.size, Image.Resampling.BILINEAR)
    marked = Image.composite(ImageChops.add(light, step), ImageChops.subtract(light, step), turn)
    if digits:
        _sign(marked, digits)
    out = io.BytesIO()
    Image.merge("YCbCr", (marked, blue, red)).save(out, "JPEG", quality=QUALITY)
    return out.getvalue()


def _sign(light: Image.Image, digits: str) -> None:
    """仅供本人查看 and the digits, small and pale, in the lower right corner."""
    words, numerals = _letters()
    line = Image.new("L", (words.width + len(digits) * numerals[0].width, words.height))
    line.paste(words, (0, 0))
    for at, digit in enumerate(digits):
        line.paste(numerals[int(digit)], (words.width + at * numerals[0].width, 0))
    height = max(13, min(light.size) // 36)
    small = line.resize((round(line.width * height / line.height), height), Image.Resampling.BOX)
    if small.width > light.width:
        return
    corner = (light.width - small.width - height // 2, light.height - round(height * 1.5))
    light.paste(0, (corner[0] + 1, corner[1] + 1), small.point([level * 35 // 100 for level in range(256)]))
    light.paste(255, corner, small.point([level * 60 // 100 for level in range(256)]))


@lru_cache(maxsize=1)
def _letters() -> tuple[Image.Image, list[Image.Image]]:
    """The words, and the ten digits: drawn once, because no machine must have a Chinese font for it."""
    with Image.open(Path(__file__).with_name("quiet.png")) as opened:
        sheet = opened.convert("L")
    left = sheet.width - 10 * DIGIT
    numerals = [sheet.crop((left + n * DIGIT, 0, left + (n + 1) * DIGIT, sheet.height)) for n in range(10)]
    return sheet.crop((0, 0, left, sheet.height)), numerals


def grid(size: tuple[int, int]) -> tuple[int, int]:
    """Cells across and down, each two pixels wide or more."""
    longest = max(size)
    cells = min(CELLS, longest // 2)
    return max(1, round(size[0] * cells / longest)), max(1, round(size[1] * cells / longest))


def strength(light: Image.Image) -> Image.Image:
    """How many grey levels each cell may change: more where its neighbours differ, so that the eye passes over it."""
    busy = ImageChops.difference(light, light.filter(ImageFilter.BoxBlur(2))).filter(ImageFilter.BoxBlur(3))
    return busy.point([min(BUSY, round(CALM + GAIN * level)) for level in range(256)])


def _turns(salt: int, size: tuple[int, int], viewer_id: UUID) -> bytes:
    """Lighter (255) or darker (0), cell by cell."""
    which, sign = stream(salt, size)
    signs = signs_of(viewer_id)
    own = which.translate(bytes(255 * (signs[at // 8] >> at % 8 & 1) for at in range(256)))
    return (int.from_bytes(own) ^ int.from_bytes(sign)).to_bytes(len(own))


@lru_cache(maxsize=8)
def stream(salt: int, size: tuple[int, int]) -> tuple[bytes, bytes]:
    """For each cell: which of the viewer's signs stands in it, and whether it is turned over (0 or 255)."""
    key = keyring().derive("photo-mark", number=1)
    cells = size[0] * size[1]
    drawn = hashlib.shake_256(key + f"{salt}:{size[0]}x{size[1]}".encode()).digest(2 * cells)
    return drawn[:cells], drawn[cells:].translate(_HALF)


def signs_of(viewer_id: UUID) -> bytes:
    """256 bits that are this viewer's, for whoever holds the key."""
    return hmac.digest(keyring().derive("photo-viewer", number=1), viewer_id.bytes, "sha256")
