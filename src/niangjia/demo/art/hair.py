"""Hair, in two layers: what hangs behind the head and what lies over the forehead."""

from collections.abc import Callable
from random import Random
from typing import Final

from niangjia.demo.art.canvas import Canvas, Point, shade, veil

COLOURS: Final = ("#241c20", "#2d2226", "#3b2a27", "#54382c", "#744a36")
GREY: Final = "#615a5c"

# the outline of the skull's hair from the right ear over the top to the left ear
_CROWN: Final[list[Point]] = [
    (121, -8), (130, -70), (112, -136), (62, -176), (0, -186),
    (-62, -176), (-112, -136), (-130, -70), (-121, -8),
]  # fmt: skip
_FLAT: Final[list[Point]] = [
    (117, -14), (122, -70), (102, -128), (56, -160), (0, -168),
    (-56, -160), (-102, -128), (-122, -70), (-117, -14),
]  # fmt: skip
_HIGH: Final[list[Point]] = [
    (119, -12), (127, -76), (118, -150), (78, -196), (10, -212),
    (-58, -190), (-108, -146), (-127, -76), (-119, -12),
]  # fmt: skip

Layer = Callable[[Canvas, str], None]


def _front(crown: list[Point], line: list[Point]) -> Layer:
    """Hair between the crown and a hair line given from left to right."""

    def draw(sheet: Canvas, colour: str) -> None:
        sheet.blob([*crown, *line], colour)

    return draw


def _shine(sheet: Canvas, colour: str, points: list[Point]) -> None:
    sheet.curve(points, 9, veil(shade(colour, 0.5), 60))


_FRINGE: Final[list[Point]] = [
    (-104, -30),
    (-96, -66),
    (-60, -62),
    (-22, -70),
    (16, -64),
    (56, -70),
    (94, -64),
    (104, -30),
]
_SIDE: Final[list[Point]] = [
    (-106, -26),
    (-98, -78),
    (-58, -112),
    (-40, -118),
    (10, -92),
    (64, -84),
    (98, -62),
    (106, -26),
]
_MIDDLE: Final[list[Point]] = [
    (-106, -18),
    (-98, -60),
    (-54, -92),
    (-6, -134),
    (6, -134),
    (54, -92),
    (98, -60),
    (106, -18),
]
_UP: Final[list[Point]] = [(-106, -26), (-99, -80), (-64, -112), (0, -120), (64, -112), (99, -80), (106, -26)]
_SWEEP: Final[list[Point]] = [
    (-106, -16),
    (-100, -70),
    (-72, -104),
    (-54, -122),
    (0, -94),
    (60, -66),
    (100, -34),
    (108, -4),
]

MEN: Final[dict[str, Layer]] = {
    "side": _front(_CROWN, _SIDE),
    "fringe": _front(_CROWN, _FRINGE),
    "quiff": _front(_HIGH, _UP),
    "short": _front(_FLAT, _UP),
    "middle": _front(_CROWN, _MIDDLE),
}
WOMEN: Final[dict[str, Layer]] = {
    "fringe": _front(_CROWN, _FRINGE),
    "middle": _front(_CROWN, _MIDDLE),
    "sweep": _front(_CROWN, _SWEEP),
    "up": _front(_CROWN, _UP),
}


def _long(sheet: Canvas, colour: str) -> None:
    half: list[Point] = [(0, -188), (84, -172), (138, -100), (146, 10), (150, 130), (160, 240), (120, 296), (40, 300)]
    sheet.mirrored(half, shade(colour, -0.12))


def _wavy(sheet: Canvas, colour: str) -> None:
    half: list[Point] = [
        (0, -188), (88, -172), (144, -96), (140, -10), (162, 56), (150, 122), (174, 184), (140, 250), (70, 252),
    ]  # fmt: skip
    sheet.mirrored(half, shade(colour, -0.12))


def _bob(sheet: Canvas, colour: str) -> None:
    half: list[Point] = [(0, -188), (88, -172), (142, -92), (148, 10), (144, 96), (118, 142), (60, 140)]
    sheet.mirrored(half, shade(colour, -0.12))


def _ponytail(sheet: Canvas, colour: str) -> None:
    tail: list[Point] = [(60, -150), (150, -170), (196, -90), (190, 40), (160, 150), (140, 60), (130, -40), (90, -110)]
    sheet.blob(tail, shade(colour, -0.12))
    sheet.ellipse(104, -146, 17, 15, "#e2725b")


def _bun(sheet: Canvas, colour: str) -> None:
    sheet.ellipse(0, -208, 62, 54, shade(colour, -0.12))
    sheet.curve([(-34, -222), (0, -236), (34, -220)], 7, veil(shade(colour, 0.5), 60))


def _nothing(sheet: Canvas, colour: str) -> None:
    """Short hair has no back."""


BACKS: Final[dict[str, Layer]] = {
    "long": _long,
    "wavy": _wavy,
    "bob": _bob,
    "ponytail": _ponytail,
    "bun": _bun,
    "": _nothing,
}


def _locks(sheet: Canvas, colour: str) -> None:
    """Strands beside the cheeks that tie front and back together."""
    for side in (-1, 1):
        sheet.blob(
            [(side * 100, -78), (side * 126, -60), (side * 138, 30), (side * 136, 118), (side * 118, 120),
             (side * 108, 40), (side * 104, -20)],
            colour,
        )  # fmt: skip


class Hair:
    """One head of hair, chosen by sex and age."""

    def __init__(self, dice: Random, *, male: bool, age: int) -> None:
        self.colour = dice.choices(COLOURS, (34, 30, 20, 11, 5) if male or age > 36 else (24, 24, 22, 18, 12))[0]
        if age >= 44 and dice.random() < 0.35:
            self.colour = GREY
        self._shine = dice.choice((-1, 1))
        self._band = "" if male else dice.choices(("", "#e2725b", "#f2d16b", "#7fb5a8", "#f4ede2"), (78, 6, 5, 5, 6))[0]
        if male:
            self.back, self._front = "", MEN[dice.choices(list(MEN), (30, 24, 18, 18, 10))[0]]
        else:
            backs = ("long", "wavy", "bob", "ponytail", "bun")
            self.back = dice.choices(backs, (30, 22, 22, 16, 10) if age < 38 else (14, 20, 34, 14, 18))[0]
            self._front = WOMEN[dice.choices(list(WOMEN), (32, 26, 28, 14))[0]]

    @property
    def hangs(self) -> bool:
        """Over the ears."""
        return self.back in ("long", "wavy", "bob")

    def draw_behind(self, sheet: Canvas) -> None:
        BACKS[self.back](sheet, self.colour)

    def draw_before(self, sheet: Canvas) -> None:
        if self.hangs:
            _locks(sheet, self.colour)
        self._front(sheet, self.colour)
        if self._band:
            sheet.curve([(-126, -84), (-96, -144), (0, -176), (96, -144), (126, -84)], 17, self._band)
        s = self._shine
        _shine(sheet, self.colour, [(s * 88, -118), (s * 58, -146), (s * 20, -158)])
