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


def arch(start: Point, top: Point, end: Point) -> NDArray[np.float64]:
    """An even arc from start to end that passes through `top` half way."""
    a, b, c = np.array(start), np.array(top), np.array(end)
    t = np.linspace(0, 1, 2 * _STEPS)[:, None]
    return np.asarray((1 - t) ** 2 * a + 2 * t * (1 - t) * (2 * b - (a + c) / 2) + t**2 * c)


def _rounded(x: float, y: float, w: float, h: float, by: float) -> NDArray[np.float64]:
    left, top, right, low = x + by, y + by, x + w - by, y + h - by
    corners = ((right, low, 1, 1), (left, low, -1, 1), (left, top, -1, -1), (right, top, 1, -1))
    arcs = [_QUARTER if sx * sy > 0 else _QUARTER[::-1] for _, _, sx, sy in corners]
    return np.vstack([arc * (sx * by, sy * by) + (cx, cy) for arc, (cx, cy, sx, sy) in zip(arcs, corners, strict=True)])


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
        """A smooth stroke with round ends; three points make an arc."""
        path = arch(*points) if len(points) == 3 else spline(points, closed=False)
        self._stroke(path @ self._matrix + self._origin, width, colour)

    def line(self, points: Sequence[Point], width: float, colour: Colour) -> None:
        self._stroke(np.array(points, dtype=np.float64) @ self._matrix + self._origin, width, colour)

    def _stroke(self, path: NDArray[np.float64], width: float, colour: Colour) -> None:
        thick = max(1, round(width * self._scale))
        if isinstance(colour, str):
            self._opaque.line(path.round(1).ravel().tolist(), fill=colour, width=thick, joint="curve")
            for x, y in (path[0], path[-1]):
                r = thick / 2
                self._opaque.ellipse((x - r, y - r, x + r, y + r), fill=colour)
        else:
            self._band(path, thick, colour)

    def _band(self, path: NDArray[np.float64], thick: float, colour: Colour) -> None:
        """One polygon, curves pointed at both ends: a veil drawn piece by piece would show its seams."""
        along = np.gradient(path, axis=0)
        across = np.stack([-along[:, 1], along[:, 0]], axis=1)
        across /= np.maximum(np.hypot(*across.T), 1e-9)[:, None]
        at = np.linspace(0, 1, len(path))[:, None]
        taper = np.minimum(1, 8 * at * (1 - at)) if len(path) > 2 else 1
        side = across * taper * thick / 2
        outline = np.vstack([path + side, (path - side)[::-1]])
        self._veils.polygon(outline.round(1).ravel().tolist(), fill=colour)

    def ring(self, x: float, y: float, rx: float, ry: float, width: float, colour: Colour) -> None:
        path = np.vstack([_RING, _RING[:2]]) * (rx, ry) + (x, y)
        self._stroke(path @ self._matrix + self._origin, width, colour)

    def box(self, x: float, y: float, w: float, h: float, colour: Colour, *, round_by: float = 0) -> None:
        if not round_by:
            return self.polygon([(x, y), (x + w, y), (x + w, y + h), (x, y + h)], colour)
        self._fill(_rounded(x, y, w, h, round_by), colour)

    def frame(self, x: float, y: float, w: float, h: float, width: float, colour: str, *, round_by: float) -> None:
        outline = _rounded(x, y, w, h, round_by)
        self._stroke(np.vstack([outline, outline[:2]]) @ self._matrix + self._origin, width, colour)

    def jpeg(self, *, quality: int = 84) -> bytes:
        out = BytesIO()
        self._image.reduce(_FINE).save(out, "JPEG", quality=quality)
        return out.getvalue()
