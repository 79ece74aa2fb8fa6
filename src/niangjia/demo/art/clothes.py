"""What people wear: by trade, or what they put on at the weekend. Units are relative to the pit of the neck."""

from collections.abc import Callable
from dataclasses import dataclass
from random import Random
from typing import Final

from niangjia.demo.art.canvas import Canvas, Point, shade, veil

SOFT: Final = (
    "#e9a77f",
    "#8fb7a1",
    "#7fa3c7",
    "#d98c8c",
    "#b59ac9",
    "#e3b95b",
    "#6f8f8a",
    "#f1e4d3",
    "#c7b29a",
    "#5d7391",
)
WEEKEND: Final = ("knit", "hoodie", "tee", "shirt", "polo", "linen", "stripes")


@dataclass(frozen=True, slots=True)
class Body:
    male: bool
    skin: str
    colour: str

    def outline(self) -> list[Point]:
        wide = 1.0 if self.male else 0.86
        return [
            (0, 8),
            (58, 0),
            (96 * wide, 18),
            (196 * wide, 52),
            (262 * wide, 116),
            (288 * wide, 240),
            (296 * wide, 420),
        ]

    def torso(self, sheet: Canvas, colour: str) -> None:
        half = self.outline()
        sheet.blob([*half, *((-x, y) for x, y in reversed(half) if x)], colour)
        dark = veil(shade(colour, -0.5), 70)
        wide = 1.0 if self.male else 0.86
        for side in (-1, 1):  # where the arms begin
            sheet.curve([(side * 176 * wide, 190), (side * 190 * wide, 260), (side * 184 * wide, 400)], 5, dark)


def draw_neck(sheet: Canvas, skin: str, *, male: bool) -> None:
    wide = 60 if male else 47
    sheet.polygon([(-wide + 4, -140), (wide - 4, -140), (wide, 26), (-wide, 26)], skin)
    sheet.ellipse(0, 24, wide, 30, skin)
    dark = shade(skin, -0.13)  # the chin's shadow: a crescent as wide as the neck
    sheet.blob(
        [
            (-wide + 3, -120),
            (wide - 3, -120),
            (wide - 2, -52),
            (wide * 0.5, -30),
            (0, -22),
            (-wide * 0.5, -30),
            (-wide + 2, -52),
        ],
        dark,
    )


def _opening(sheet: Canvas, skin: str, *, deep: float, wide: float = 62) -> None:
    sheet.blob(
        [(-wide, 0), (0, -14), (wide, 0), (wide * 0.55, deep * 0.7), (0, deep), (-wide * 0.55, deep * 0.7)], skin
    )


def _collar(sheet: Canvas, colour: str) -> None:
    for side in (-1, 1):
        sheet.polygon([(side * 64, -16), (side * 84, 14), (side * 46, 74), (side * 2, 40), (side * 50, -2)], colour)


def _buttons(sheet: Canvas, colour: str, *, top: int = 70) -> None:
    sheet.line([(0, top - 20), (0, 400)], 3, veil("#2b2b33", 50))
    for y in range(top, 380, 62):
        sheet.ellipse(0, y, 5.4, 5.4, colour)


def _knit(sheet: Canvas, body: Body) -> None:
    body.torso(sheet, body.colour)
    _opening(sheet, body.skin, deep=34)
    sheet.curve([(-68, 0), (-40, 28), (0, 40), (40, 28), (68, 0)], 15, shade(body.colour, -0.14))


def _stripes(sheet: Canvas, body: Body) -> None:
    body.torso(sheet, "#fbf4e9")
    for y in range(86, 360, 46):
        reach = min(250, 120 + y) * (1 if body.male else 0.84)
        sheet.curve([(-reach, y + 12), (0, y + 22), (reach, y + 12)], 14, shade(body.colour, -0.1))
    _opening(sheet, body.skin, deep=44)


def _tee(sheet: Canvas, body: Body) -> None:
    body.torso(sheet, body.colour)
    _opening(sheet, body.skin, deep=46)
    sheet.curve([(-64, 2), (-38, 36), (0, 50), (38, 36), (64, 2)], 7, shade(body.colour, -0.16))


def _shirt(sheet: Canvas, body: Body) -> None:
    pale = shade(body.colour, 0.55)
    body.torso(sheet, pale)
    _opening(sheet, body.skin, deep=52)
    _buttons(sheet, shade(body.colour, -0.1))
    _collar(sheet, shade(body.colour, 0.72))


def _polo(sheet: Canvas, body: Body) -> None:
    body.torso(sheet, body.colour)
    _opening(sheet, body.skin, deep=56)
    sheet.polygon([(-15, 48), (15, 48), (15, 140), (-15, 140)], shade(body.colour, -0.1))
    for y in (78, 112):
        sheet.ellipse(0, y, 4.6, 4.6, shade(body.colour, 0.6))
    _collar(sheet, shade(body.colour, -0.18))


def _hoodie(sheet: Canvas, body: Body) -> None:
    body.torso(sheet, body.colour)
    dark = shade(body.colour, -0.2)
    sheet.blob([(-112, 16), (-70, -40), (70, -40), (112, 16), (60, 66), (0, 84), (-60, 66)], dark)
    _opening(sheet, body.skin, deep=50)
    for side in (-1, 1):
        sheet.curve([(side * 36, 58), (side * 40, 110), (side * 34, 162)], 6, shade(body.colour, 0.65))


def _suit(sheet: Canvas, body: Body) -> None:
    cloth = "#3d4a61" if body.male else "#5a5068"
    body.torso(sheet, cloth)
    sheet.polygon([(-60, -8), (60, -8), (0, 250)], "#fbf7f1")
    _opening(sheet, body.skin, deep=44, wide=52)
    if body.male:
        sheet.polygon([(-13, 44), (13, 44), (20, 180), (0, 214), (-20, 180)], body.colour)
        _collar(sheet, "#ffffff")
    for side in (-1, 1):
        sheet.polygon(
            [(side * 66, -14), (side * 128, 40), (side * 96, 84), (side * 112, 104), (0, 262), (side * 34, 120)],
            shade(cloth, 0.1),
        )


def _uniform(sheet: Canvas, body: Body) -> None:
    cloth = "#5b7fa6"
    body.torso(sheet, cloth)
    _opening(sheet, body.skin, deep=50)
    _buttons(sheet, "#e6edf5")
    _collar(sheet, shade(cloth, -0.22))
    wide = 1.0 if body.male else 0.86
    for side in (-1, 1):
        sheet.polygon(
            [(side * 130 * wide, 22), (side * 214 * wide, 62), (side * 204 * wide, 88), (side * 122 * wide, 46)],
            "#34496a",
        )
        sheet.box(side * 104 - 34, 150, 68, 62, veil("#2d4361", 70), round_by=8)


def _overalls(sheet: Canvas, body: Body) -> None:
    cloth = "#56789c" if body.male else "#6d8db0"
    body.torso(sheet, cloth)
    _opening(sheet, body.skin, deep=58)
    sheet.polygon([(-34, 30), (34, 30), (0, 78)], "#f4efe6")
    sheet.line([(0, 76), (0, 400)], 5, shade(cloth, -0.24))
    _collar(sheet, shade(cloth, -0.16))
    for side in (-1, 1):
        sheet.box(side * 108 - 38, 146, 76, 72, shade(cloth, -0.1), round_by=8)
        sheet.line([(side * 108 - 32, 164), (side * 108 + 32, 164)], 3.5, shade(cloth, 0.3))


def _vest(sheet: Canvas, body: Body) -> None:
    body.torso(sheet, "#4a5568")
    _opening(sheet, body.skin, deep=42)
    bright = body.colour if body.colour in VESTS else VESTS[0]
    wide = 1.0 if body.male else 0.86
    for side in (-1, 1):
        sheet.blob(
            [(side * 74, 4), (side * 150 * wide, 34), (side * 186 * wide, 120), (side * 196 * wide, 420),
             (side * 6, 420), (side * 8, 150)],
            bright,
        )  # fmt: skip
        sheet.line([(side * 118 * wide, 36), (side * 122 * wide, 400)], 22, "#f3f3ea")
        sheet.line([(side * 10, 236), (side * 188 * wide, 230)], 24, "#f3f3ea")
    sheet.line([(0, 140), (0, 400)], 6, shade(bright, -0.3))


def _scrubs(sheet: Canvas, body: Body) -> None:
    cloth = {"#e9a77f": "#f3f6f8", "#d98c8c": "#f6c9cf", "#b59ac9": "#f3f6f8"}.get(body.colour, "#8fcdbd")
    body.torso(sheet, cloth)
    sheet.polygon([(-60, -6), (60, -6), (0, 104)], body.skin)
    for side in (-1, 1):
        sheet.line([(side * 64, -8), (0, 108)], 13, shade(cloth, -0.14))
    sheet.box(70, 150, 74, 66, shade(cloth, -0.08), round_by=8)
    sheet.box(92, 134, 12, 40, "#5b7fc7", round_by=4)


def _chef(sheet: Canvas, body: Body) -> None:
    body.torso(sheet, "#fbfaf6")
    _opening(sheet, body.skin, deep=26)
    sheet.blob([(-70, -14), (-40, 30), (0, 42), (40, 30), (70, -14), (62, 34), (0, 70), (-62, 34)], "#d8584f")
    sheet.line([(-52, 60), (-44, 400)], 4, "#d9d6cd")
    for y in range(100, 360, 64):
        for x in (-18, 44):
            sheet.ellipse(x, y, 8, 8, "#4a4a52")


def _apron(sheet: Canvas, body: Body) -> None:
    body.torso(sheet, "#fbf4e9")
    _opening(sheet, body.skin, deep=44)
    cloth = shade(body.colour, -0.22)
    for side in (-1, 1):
        sheet.line([(side * 76, 8), (side * 92, 130)], 20, cloth)
    sheet.box(-118, 120, 236, 320, cloth, round_by=20)
    sheet.box(-44, 170, 88, 60, shade(cloth, 0.16), round_by=10)


def _linen(sheet: Canvas, body: Body) -> None:
    """A jacket with frog buttons."""
    cloth = shade(body.colour, 0.25)
    body.torso(sheet, cloth)
    _opening(sheet, body.skin, deep=24)
    sheet.blob(
        [(-68, -22), (-40, 14), (0, 26), (40, 14), (68, -22), (64, 10), (30, 40), (0, 46), (-30, 40), (-64, 10)],
        shade(cloth, -0.16),
    )
    sheet.line([(0, 44), (0, 400)], 4, shade(cloth, -0.24))
    for y in (78, 150, 222):
        sheet.line([(-30, y), (30, y)], 7, shade(cloth, -0.4))
        sheet.ellipse(0, y, 8, 8, shade(cloth, -0.4))


VESTS: Final = ("#f2a03d", "#f4cf3a", "#4aa3df", "#63b67c")
OUTFITS: Final[dict[str, Callable[[Canvas, Body], None]]] = {
    "knit": _knit, "stripes": _stripes, "tee": _tee, "shirt": _shirt, "polo": _polo, "hoodie": _hoodie, "suit": _suit,
    "uniform": _uniform, "overalls": _overalls, "vest": _vest, "scrubs": _scrubs, "chef": _chef, "apron": _apron,
    "linen": _linen,
}  # fmt: skip


def draw_clothes(sheet: Canvas, dice: Random, *, outfit: str, male: bool, skin: str) -> None:
    """Six in ten show themselves in what they wear at work."""
    worn = outfit if dice.random() < 0.6 else dice.choice(WEEKEND)
    body = Body(male=male, skin=skin, colour=dice.choice(VESTS if worn == "vest" else SOFT))
    OUTFITS[worn](sheet, body)
