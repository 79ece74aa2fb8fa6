"""A sheet of 720 x 960 units to draw smooth flat shapes on."""

from collections.abc import Iterable, Sequence
from io import BytesIO
from typing import Final

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw

WIDTH, HEIGHT = 720, 960
_FINE: Final = 2  # drawn this many times larger, then reduced: smooth edges
_STEPS: Final = 10

Point = tuple[float, float]
Colour = str | tuple[int, int, int, int]  # a veil has its alpha as the fourth
_RING = np.stack([np.cos(a := np.linspace(0, 2 * np.pi, 44, endpoint=False)), np.sin(a)], axis=1)
_QUARTER = _RING[:12]  # 44 steps make a ring: steps 0 to 11 are its first quarter
_T = np.linspace(0, 1, _STEPS, endpoint=False)[:, None]
_BLEND = np.hstack([-_T + 2 * _T**2 - _T**3, 2 - 5 * _T**2 + 3 * _T**3, _T + 4 * _T**2 - 3 * _T**3, _T**3 - _T**2]) / 2


def rgb(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def shade(colour: str, by: float) -> str:
    """Darker (by < 0) or lighter (by > 0)."""
    goal = 255 if by > 0 else 0
    return "#" + "".join(f"{round(c + (goal - c) * abs(by)):02x}" for c in rgb(colour))


def veil(colour: str, alpha: int) -> tuple[int, int, int, int]:
    return (*rgb(colour), alpha)


def spline(points: Sequence[Point], *, closed: bool) -> NDArray[np.float64]:
    """A smooth line through the points (Catmull-Rom)."""
    at = np.array(points, dtype=np.float64)
    ends = (at[-1:], at[:2]) if closed else (at[:1], at[-1:])
    padded = np.vstack([ends[0], at, ends[1]])
    pieces = len(padded) - 3
    four = np.stack([padded[i : i + pieces] for i in range(4)], axis=1)
    curve = np.einsum("sk,pkd->psd", _BLEND, four).reshape(-1, 2)
    return curve if closed else np.vstack([curve, at[-1:]])


class Canvas:
    """Shapes are placed relative to `move`, tilted by `tilt` degrees around it."""

    def __init__(self, background: str) -> None:
        self._image = Image.new("RGB", (WIDTH * _FINE, HEIGHT * _FINE), background)
        self._opaque = ImageDraw.Draw(self._image)
        self._veils = ImageDraw.Draw(self._image, "RGBA")  # blends, and is slower
        self.move(0, 0)

    def move(self, x: float, y: float, *, tilt: float = 0, scale: float = 1) -> None:
        turn = np.deg2rad(tilt)
        self._matrix = np.array([[np.cos(turn), np.sin(turn)], [-np.sin(turn), np.cos(turn)]]) * (scale * _FINE)
        self._origin = np.array([x, y]) * _FINE
        self._scale = scale * _FINE

    def _on(self, colour: Colour) -> ImageDraw.ImageDraw:
        return self._opaque if isinstance(colour, str) else self._veils

    def _fill(self, outline: NDArray[np.float64], colour: Colour) -> None:
        self._on(colour).polygon((outline @ self._matrix + self._origin).round(1).ravel().tolist(), fill=colour)

    def polygon(self, points: Iterable[Point], colour: Colour) -> None:
        self._fill(np.array(list(points), dtype=np.float64), colour)

    def blob(self, points: Sequence[Point], colour: Colour) -> None:
        self._fill(spline(points, closed=True), colour)

    def mirrored(self, half: Sequence[Point], colour: Colour) -> None:
        """A blob that is the same left and right; `half` is its right side from top to bottom."""
        self.blob([*half, *((-x, y) for x, y in reversed(half) if x)], colour)

    def ellipse(self, x: float, y: float, rx: float, ry: float, colour: Colour) -> None:
        self._fill(_RING * (rx, ry) + (x, y), colour)

    def curve(self, points: Sequence[Point], width: float, colour: Colour) -> None:
        """A smooth stroke with round ends."""
        path = spline(points, closed=False) @ self._matrix + self._origin
        self._stroke(path, width, colour)

    def line(self, points: Sequence[Point], width: float, colour: Colour) -> None:
        self._stroke(np.array(points, dtype=np.float64) @ self._matrix + self._origin, width, colour)

    def _stroke(self, path: NDArray[np.float64], width: float, colour: Colour) -> None:
        thick = max(1, round(width * self._scale))
        self._on(colour).line(path.round(1).ravel().tolist(), fill=colour, width=thick, joint="curve")
        if not isinstance(colour, str):
            return  # round ends would show twice through a veil
        for x, y in (path[0], path[-1]):
            r = thick / 2
            self._opaque.ellipse((x - r, y - r, x + r, y + r), fill=colour)

    def ring(self, x: float, y: float, rx: float, ry: float, width: float, colour: Colour) -> None:
        path = np.vstack([_RING, _RING[:2]]) * (rx, ry) + (x, y)
        self._stroke(path @ self._matrix + self._origin, width, colour)

    def box(self, x: float, y: float, w: float, h: float, colour: Colour, *, round_by: float = 0) -> None:
        if not round_by:
            return self.polygon([(x, y), (x + w, y), (x + w, y + h), (x, y + h)], colour)
        quarter = _QUARTER * round_by
        corners = [(x + w, y + h, 1, 1), (x, y + h, -1, 1), (x, y, -1, -1), (x + w, y, 1, -1)]
        outline = []
        for at, (cx, cy, sx, sy) in enumerate(corners):
            arc = quarter if at % 2 == 0 else quarter[::-1]
            outline.append(arc * (sx, sy) + (cx - sx * round_by, cy - sy * round_by))
        self._fill(np.vstack(outline), colour)

    def jpeg(self, *, quality: int = 84) -> bytes:
        out = BytesIO()
        self._image.reduce(_FINE).save(out, "JPEG", quality=quality)
        return out.getvalue()
