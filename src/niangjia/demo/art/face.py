"""Faces: a shape, ears, eyes, brows, nose, mouth, glasses. Units are relative to the middle of the head."""

from dataclasses import dataclass
from random import Random
from typing import Final

from niangjia.demo.art.canvas import Canvas, shade, veil

SKINS: Final = ("#f9dcc4", "#f6d3b5", "#f1c7a4", "#e9b98f", "#dca67c")
INK: Final = "#33272a"
BLUSH: Final = "#ee8f86"


@dataclass(frozen=True, slots=True)
class Face:
    """What stays the same however the rest is dressed."""

    male: bool
    age: int
    skin: str
    wide: float
    jaw: float
    long: float
    eyes: str  # round, almond, smiling
    mouth: str  # smile, open, soft, grin
    glasses: str  # "", round, square
    nose: int
    brow: float
    freckles: bool
    earrings: str  # colour, or ""


def make_face(dice: Random, *, male: bool, age: int) -> Face:
    return Face(
        male=male,
        age=age,
        skin=dice.choices(SKINS, (20, 34, 26, 14, 6))[0],
        wide=dice.uniform(0.95, 1.06),
        jaw=dice.uniform(0.94, 1.08) if male else dice.uniform(0.78, 0.95),
        long=dice.uniform(0.96, 1.06),
        eyes=dice.choices(("round", "almond", "smiling"), (46, 36, 18))[0],
        mouth=dice.choices(("smile", "open", "soft", "grin"), (42, 20, 24, 14))[0],
        glasses=dice.choices(("", "round", "square"), (64, 20, 16))[0],
        nose=dice.randrange(3),
        brow=dice.uniform(-6, 0),
        freckles=dice.random() < 0.07,
        earrings="" if male else dice.choices(("", "#f6efe2", "#e0a13c", "#d9665f"), (60, 18, 14, 8))[0],
    )


def draw_head(sheet: Canvas, face: Face, *, ears: bool) -> None:
    if ears:
        _ears(sheet, face)
    wide, jaw, long = face.wide, face.jaw, face.long
    sheet.mirrored(
        [(0, -150), (72 * wide, -138), (108 * wide, -84), (114 * wide, -10), (106 * wide * (0.5 + jaw / 2), 58 * long),
         (74 * jaw, 116 * long), (30 * jaw, 144 * long), (0, 149 * long)],
        face.skin,
    )  # fmt: skip
    strength = 70 if not face.male else 42
    for side in (-1, 1):
        sheet.ellipse(side * 66, 50, 25, 16, veil(BLUSH, strength))
    if face.freckles:
        for x, y in ((-72, 40), (-60, 48), (-50, 38), (72, 40), (60, 48), (50, 38)):
            sheet.ellipse(x, y, 2.6, 2.6, veil(shade(face.skin, -0.4), 150))


def _ears(sheet: Canvas, face: Face) -> None:
    for side in (-1, 1):
        x = side * 114 * face.wide
        sheet.ellipse(x, 8, 19, 29, face.skin)
        sheet.curve([(x + side * 6, -6), (x + side * 9, 8), (x + side * 1, 20)], 3.4, shade(face.skin, -0.2))
        if face.earrings:
            sheet.ellipse(x + side * 3, 46, 7, 9, face.earrings)


def draw_features(sheet: Canvas, face: Face, hair: str) -> None:
    for side in (-1, 1):
        _brow(sheet, face, side, hair)
        _eye(sheet, face, side)
    _nose(sheet, face)
    _mouth(sheet, face)
    if face.age >= 40:
        _years(sheet, face)
    if face.glasses:
        _glasses(sheet, face)


def _brow(sheet: Canvas, face: Face, side: int, hair: str) -> None:
    colour = shade(hair, 0.12)
    lift = face.brow
    width = 8.5 if face.male else 5.5
    sheet.curve([(side * 27, -44 + lift / 2), (side * 50, -51 + lift / 2), (side * 75, -40)], width, colour)


def _eye(sheet: Canvas, face: Face, side: int) -> None:
    x, y = side * 50, 2
    if face.eyes == "smiling":
        sheet.curve([(x - 17, y + 4), (x, y - 8), (x + 17, y + 4)], 6.4, INK)
        return
    if face.eyes == "almond":
        sheet.ellipse(x, y + 1, 10.5, 12, INK)
        sheet.curve([(x - side * 15, y - 5), (x, y - 13), (x + side * 20, y - 6)], 5.2, INK)
    else:
        sheet.ellipse(x, y, 11.5, 14.5, INK)
        sheet.curve([(x - side * 12, y - 12), (x + side * 3, y - 18), (x + side * 17, y - 11)], 4.2, INK)
    sheet.ellipse(x + 4, y - 5, 3.8, 4.4, "#ffffff")
    if not face.male:
        sheet.curve([(x + side * 14, y - 10), (x + side * 23, y - 17)], 3.6, INK)


def _nose(sheet: Canvas, face: Face) -> None:
    dark = shade(face.skin, -0.24)
    if face.nose == 0:
        sheet.curve([(-8, 46), (0, 51), (9, 46)], 4.6, dark)
    elif face.nose == 1:
        sheet.curve([(3, 20), (11, 42), (-2, 47)], 4.4, dark)
    else:
        sheet.ellipse(0, 44, 11, 7, veil(shade(face.skin, -0.3), 110))


def _mouth(sheet: Canvas, face: Face) -> None:
    y = 84 * face.long
    lip = "#c25b56" if face.male else "#d2504f"
    if face.mouth == "smile":
        sheet.curve([(-29, y - 4), (0, y + 11), (29, y - 4)], 6, shade(lip, -0.18))
    elif face.mouth == "soft":
        sheet.curve([(-19, y), (0, y + 6), (19, y)], 5.6, shade(lip, -0.18))
    elif face.mouth == "open":
        sheet.blob([(-30, y - 7), (0, y - 4), (30, y - 7), (20, y + 15), (0, y + 22), (-20, y + 15)], "#8e3638")
        sheet.blob([(-24, y - 5), (0, y - 3), (24, y - 5), (19, y + 4), (0, y + 6), (-19, y + 4)], "#ffffff")
    else:
        sheet.curve([(-24, y + 3), (4, y + 9), (28, y - 6)], 6, shade(lip, -0.18))


def _years(sheet: Canvas, face: Face) -> None:
    """Laughter lines: kind, not old."""
    soft = veil(shade(face.skin, -0.34), 120)
    for side in (-1, 1):
        sheet.curve([(side * 34, 52), (side * 45, 66), (side * 44, 80)], 3.4, soft)


def _glasses(sheet: Canvas, face: Face) -> None:
    frame = "#3b3440" if face.glasses == "square" else "#8a5a44"
    for side in (-1, 1):
        if face.glasses == "round":
            sheet.ellipse(side * 50, 3, 33, 32, veil("#ffffff", 40))
            sheet.ring(side * 50, 3, 33, 32, 5, frame)
        else:
            sheet.box(side * 50 - 35, -24, 70, 52, veil("#ffffff", 40), round_by=14)
            sheet.frame(side * 50 - 35, -24, 70, 52, 5.4, frame, round_by=14)
        sheet.line([(side * 84, -4), (side * 112 * face.wide, -8)], 5, frame)
    sheet.curve([(-16, -2), (0, -9), (16, -2)], 5, frame)
