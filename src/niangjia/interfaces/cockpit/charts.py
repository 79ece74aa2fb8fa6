"""Charts drawn on the server: plain SVG, readable aloud, no script, no inline style."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

WIDTH, HEIGHT, LEFT, TOP, BOTTOM = 640, 230, 14, 34, 36


@dataclass(frozen=True)
class Point:
    x: float
    y: float
    week: date
    count: int


@dataclass(frozen=True)
class Line:
    """A course over weeks. A hidden week is a gap: the line is broken there, not drawn through."""

    points: tuple[Point, ...]
    strokes: tuple[str, ...]
    area: str
    ticks: tuple[tuple[float, date], ...]
    width: int = WIDTH
    height: int = HEIGHT
    floor: int = HEIGHT - BOTTOM


def line(weeks: Sequence[date], counts: Sequence[int | None]) -> Line | None:
    """None when there is nothing to show."""
    known = [count for count in counts if count is not None]
    if not any(known):
        return None
    top, step = max(known) * 1.08, (WIDTH - 2 * LEFT) / max(len(weeks) - 1, 1)
    points = [
        Point(round(LEFT + at * step, 1), round(TOP + (HEIGHT - TOP - BOTTOM) * (1 - count / top), 1), week, count)
        if count is not None
        else None
        for at, (week, count) in enumerate(zip(weeks, counts, strict=True))
    ]
    runs = _runs(points)
    every = max(1, len(weeks) // 4)
    return Line(
        points=tuple(point for point in points if point),
        strokes=tuple(" ".join(f"{point.x},{point.y}" for point in run) for run in runs),
        area=" ".join(_area(run) for run in runs),
        ticks=tuple((round(LEFT + at * step, 1), weeks[at]) for at in range(0, len(weeks), every)),
    )


def _runs(points: Sequence[Point | None]) -> list[list[Point]]:
    runs: list[list[Point]] = [[]]
    for point in points:
        if point is None:
            runs.append([])
        else:
            runs[-1].append(point)
    return [run for run in runs if run]


def _area(run: Sequence[Point]) -> str:
    floor = HEIGHT - BOTTOM
    path = " L".join(f"{point.x} {point.y}" for point in run)
    return f"M{run[0].x} {floor} L{path} L{run[-1].x} {floor} Z"
