"""One person, drawn."""

from collections.abc import Callable
from random import Random
from typing import Final

from niangjia.demo.art.canvas import HEIGHT, WIDTH, Canvas, shade, veil
from niangjia.demo.art.clothes import draw_clothes, draw_neck
from niangjia.demo.art.face import draw_features, draw_head, make_face
from niangjia.demo.art.hair import Hair

GROUNDS: Final = (
    "#f7dccb", "#d7e8de", "#d3e3f1", "#f8e6b9", "#e6dcf0", "#f5d2d0", "#dfe7cf", "#cfe6e6", "#f1e3d6", "#cbd9ec",
    "#f2b8a0", "#9fcabd", "#a9c3e3", "#f0cf7f", "#c9b6df")  # fmt: skip


def draw_portrait(*, seed: int, male: bool, age: int, outfit: str) -> bytes:
    dice = Random(seed)
    ground = dice.choice(GROUNDS)
    sheet = Canvas(ground)
    dice.choice(_BACKDROPS)(sheet, ground, dice)
    face, hair = make_face(dice, male=male, age=age), Hair(dice, male=male, age=age)
    size = dice.uniform(1.2, 1.32)
    x, y = WIDTH / 2 + dice.uniform(-16, 16), 410 + dice.uniform(-14, 20)
    tilt = dice.uniform(-5, 5)
    sheet.move(x, y, tilt=tilt, scale=size)
    hair.draw_behind(sheet)
    sheet.move(x, y + 214 * size, scale=size)
    draw_neck(sheet, face.skin, male=male)
    draw_clothes(sheet, dice, outfit=outfit, male=male, skin=face.skin)
    sheet.move(x, y, tilt=tilt, scale=size)
    draw_head(sheet, face, ears=not hair.hangs)
    draw_features(sheet, face, hair.colour)
    hair.draw_before(sheet)
    return sheet.jpeg()


def _sun(sheet: Canvas, ground: str, dice: Random) -> None:
    sheet.ellipse(WIDTH / 2, 430, 316, 316, shade(ground, 0.42))


def _hills(sheet: Canvas, ground: str, dice: Random) -> None:
    sheet.ellipse(dice.choice((150, 570)), 190, 74, 74, shade(ground, 0.6))
    for base, dark in ((560, -0.05), (660, -0.11)):
        points = [(x, base + dice.uniform(-60, 60)) for x in range(-120, WIDTH + 240, 140)]
        sheet.blob([(-260, HEIGHT + 200), *points, (WIDTH + 260, HEIGHT + 200)], shade(ground, dark))


def _window(sheet: Canvas, ground: str, dice: Random) -> None:
    left = dice.choice((60, 330))
    sheet.box(left, 90, 330, 470, shade(ground, 0.55), round_by=150)
    sheet.line([(left + 165, 96), (left + 165, 556)], 9, ground)
    sheet.line([(left + 4, 330), (left + 326, 330)], 9, ground)


def _leaves(sheet: Canvas, ground: str, dice: Random) -> None:
    green = shade(ground, -0.13)
    for side in (-1, 1):
        for step in range(5):
            x, y = WIDTH / 2 + side * (300 + 14 * step), 330 + step * 120 + dice.uniform(-16, 16)
            sheet.move(x, y, tilt=side * (38 + 9 * step))
            sheet.blob([(0, -84), (30, -26), (24, 38), (0, 74), (-24, 38), (-30, -26)], green)
            sheet.line([(0, -64), (0, 66)], 4, ground)
    sheet.move(0, 0)
    sheet.ellipse(WIDTH / 2, 400, 250, 250, shade(ground, 0.35))


def _dots(sheet: Canvas, ground: str, dice: Random) -> None:
    for _ in range(14):
        size = dice.uniform(10, 46)
        sheet.ellipse(dice.uniform(0, WIDTH), dice.uniform(0, HEIGHT * 0.8), size, size, veil("#ffffff", 90))


def _city(sheet: Canvas, ground: str, dice: Random) -> None:
    x = -20.0
    while x < WIDTH:
        wide, top = dice.uniform(70, 130), dice.uniform(330, 600)
        sheet.box(x, top, wide, HEIGHT, shade(ground, -0.07), round_by=10)
        for row in range(3):
            sheet.box(x + wide / 2 - 9, top + 34 + row * 58, 18, 26, shade(ground, 0.45), round_by=4)
        x += wide + dice.uniform(4, 26)


_BACKDROPS: Final[tuple[Callable[[Canvas, str, Random], None], ...]] = (
    _sun,
    _sun,
    _hills,
    _window,
    _leaves,
    _dots,
    _city,
)
