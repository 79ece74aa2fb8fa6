"""Whether a picture holds a QR code: by the three squares in its corners, not by what it says.

Plain Python on a small picture, so that web processes need no more than they have. It only asks for a human look.
"""

import io
from collections.abc import Iterator, Sequence
from itertools import combinations, groupby
from math import dist
from typing import NamedTuple

from PIL import Image, ImageChops, ImageFilter, ImageOps

_SHAPE = (1, 1, 3, 1, 1)
_SIZES = (240, 420)  # the longer side: a code that fills the picture, and a small one in it


class _Square(NamedTuple):
    x: float
    y: float
    module: float


def holds_code(picture: bytes) -> bool:
    with Image.open(io.BytesIO(picture)) as image:
        grey = ImageOps.grayscale(image)
    return any(_is_code(_squares(_dark(ImageOps.contain(grey, (size, size))))) for size in _SIZES)


def _dark(grey: Image.Image) -> list[bytes]:
    """Rows of 1 for what is darker than what is around it."""
    around = grey.filter(ImageFilter.BoxBlur(max(4, max(grey.size) // 12)))
    raw = ImageChops.subtract(around, grey, offset=-8).point(lambda value: 1 if value else 0).tobytes()
    width = grey.width
    return [raw[start : start + width] for start in range(0, len(raw), width)]


def _squares(rows: Sequence[bytes]) -> list[_Square]:
    """Places where a row and the column through it both go dark, light, dark, light, dark as 1:1:3:1:1."""
    columns = [bytes(column) for column in zip(*rows, strict=True)]
    found: list[list[_Square]] = []
    for y, row in enumerate(rows):
        for x, module in _middles(row):
            here = [(at, unit) for at, unit in _middles(columns[int(x)]) if abs(at - y) <= unit * 1.6]
            if any(unit < module * 1.7 and module < unit * 1.7 for _at, unit in here):
                _gather(found, _Square(x, y, module))
    return [_mean(group) for group in found if len(group) >= 2]


def _middles(line: bytes) -> Iterator[tuple[float, float]]:
    """(middle, width of one module) of every such run of five."""
    runs = [(value, len(list(group))) for value, group in groupby(line)]
    start = 0
    for at, (value, length) in enumerate(runs):
        five = [run for _value, run in runs[at : at + 5]]
        if value and len(five) == 5:
            unit = sum(five) / 7
            if unit >= 1 and all(
                abs(run - unit * part) <= unit * 0.7 for run, part in zip(five, (1, 1, 3, 1, 1), strict=True)
            ):
                yield start + sum(five) / 2, unit
        start += length


def _gather(groups: list[list[_Square]], one: _Square) -> None:
    for group in groups:
        if dist(group[0][:2], one[:2]) < one.module * 3:
            group.append(one)
            return
    groups.append([one])


def _mean(group: Sequence[_Square]) -> _Square:
    return _Square(*(sum(part) / len(group) for part in zip(*group, strict=True)))


def _is_code(squares: Sequence[_Square]) -> bool:
    """Three of one size at the corners of half a square, as far apart as codes have them."""
    return any(_corners(three) for three in combinations(sorted(squares, key=lambda one: -one.module)[:12], 3))


def _corners(three: tuple[_Square, ...]) -> bool:
    modules = sorted(one.module for one in three)
    one, other, far = sorted(dist(a[:2], b[:2]) for a, b in combinations(three, 2))
    apart = one / modules[1]
    return modules[2] < modules[0] * 1.5 and other < one * 1.3 and 1.2 < far / one < 1.65 and 11 < apart < 180
