"""What people also show: the mountain they climbed, their cat, the dish they cooked."""

from collections.abc import Callable
from random import Random
from typing import Final

from niangjia.demo.art.canvas import HEIGHT, WIDTH, Canvas, Point, shade, veil

SKIES: Final = ("#cfe4f2", "#fbd9bd", "#f6cfc9", "#d9e9e4", "#f9e6b8", "#d8d3ee")
CLOTHS: Final = ("#e9b89a", "#9cc3b2", "#a9c1dd", "#e6cf94", "#d3b8cf")


def _ridge(sheet: Canvas, dice: Random, base: float, swing: float, colour: str) -> None:
    points: list[Point] = [(x, base + dice.uniform(-swing, swing)) for x in range(-120, WIDTH + 240, 110)]
    sheet.blob([(-300, HEIGHT + 300), *points, (WIDTH + 300, HEIGHT + 300)], colour)


def _cloud(sheet: Canvas, x: float, y: float, size: float) -> None:
    for dx, dy, r in ((-46, 8, 30), (0, -8, 44), (46, 6, 32), (84, 14, 20)):
        sheet.ellipse(x + dx * size, y + dy * size, r * size, r * size * 0.8, "#fdfaf5")
    sheet.box(x - 72 * size, y + 8 * size, 172 * size, 26 * size, "#fdfaf5", round_by=13 * size)


def _mountain(sheet: Canvas, dice: Random) -> None:
    sky = dice.choice(SKIES)
    sheet.box(0, 0, WIDTH, HEIGHT, sky)
    sheet.ellipse(dice.uniform(140, 580), 230, 82, 82, "#fff3d6")
    _cloud(sheet, dice.uniform(120, 500), 330, 1.1)
    peak = dice.uniform(230, 470)
    sheet.polygon([(peak - 360, 760), (peak, 330), (peak + 380, 760)], "#8aa3ad")
    sheet.polygon(
        [(peak - 88, 435), (peak, 330), (peak + 93, 435), (peak + 40, 418), (peak + 8, 452), (peak - 40, 420)],
        "#f7f5ef",
    )
    _ridge(sheet, dice, 620, 40, "#7aa08f")
    _ridge(sheet, dice, 730, 36, "#5f8d78")
    _ridge(sheet, dice, 840, 24, "#47735f")
    for _ in range(9):
        x, y, s = dice.uniform(20, 700), dice.uniform(800, 900), dice.uniform(0.7, 1.3)
        sheet.polygon([(x - 30 * s, y), (x, y - 96 * s), (x + 30 * s, y)], "#38604f")
        sheet.box(x - 4, y - 4, 8, 26, "#6b4f3d")


def _sea(sheet: Canvas, dice: Random) -> None:
    sheet.box(0, 0, WIDTH, HEIGHT, dice.choice(SKIES))
    sheet.ellipse(dice.uniform(200, 520), 400, 120, 120, "#ffdf9e")
    _cloud(sheet, dice.uniform(100, 260), 190, 1.2)
    _cloud(sheet, dice.uniform(430, 600), 270, 0.8)
    for y, colour in ((430, "#7db7cf"), (520, "#64a5c3"), (610, "#4f93b6")):
        sheet.box(0, y, WIDTH, HEIGHT, colour)
        for _ in range(7):
            x, w = dice.uniform(0, 640), dice.uniform(40, 110)
            sheet.line([(x, y + 40), (x + w, y + 40)], 5, veil("#ffffff", 110))
    x = dice.uniform(180, 520)
    sheet.polygon([(x, 350), (x, 506), (x + 104, 506)], "#fdf6ea")
    sheet.polygon([(x - 10, 384), (x - 10, 506), (x - 74, 506)], "#e2725b")
    sheet.blob([(x - 96, 522), (x + 120, 522), (x + 84, 566), (x - 62, 566)], "#6d4a3a")
    sheet.blob([(-200, 1200), (-100, 760), (240, 742), (520, 800), (860, 770), (900, 1200)], "#f2dcb3")
    sheet.blob([(-200, 1200), (-100, 800), (240, 782), (520, 838), (860, 810), (900, 1200)], "#ecd09d")


def _lake(sheet: Canvas, dice: Random) -> None:
    """Pagoda on the hill, lotus in front: the West Lake."""
    sky = dice.choice(SKIES)
    sheet.box(0, 0, WIDTH, HEIGHT, sky)
    sheet.ellipse(dice.choice((180, 540)), 210, 70, 70, "#fff0cf")
    _ridge(sheet, dice, 430, 34, shade("#8fb0ad", 0.2))
    _ridge(sheet, dice, 480, 26, "#7ba39b")
    x = dice.uniform(240, 480)
    for floor in range(5):
        eaves, w = 426 - floor * 44, 62 - floor * 7
        sheet.box(x - w * 0.6, eaves - 6, w * 1.2, 34, "#b9765a")
        sheet.blob([(x - w, eaves), (x, eaves - 20), (x + w, eaves), (x, eaves - 6)], "#5b4640")
    sheet.line([(x, 240), (x, 200)], 7, "#5b4640")
    sheet.box(0, 520, WIDTH, HEIGHT, "#a5cdd0")
    for _ in range(14):
        a, y = dice.uniform(0, 640), dice.uniform(550, 900)
        sheet.line([(a, y), (a + dice.uniform(40, 120), y)], 4, veil("#ffffff", 100))
    for _ in range(9):
        a, y, s = dice.uniform(0, WIDTH), dice.uniform(720, 930), dice.uniform(0.7, 1.2)
        sheet.ellipse(a, y, 88 * s, 30 * s, "#6ba583")
        sheet.line([(a, y), (a + 80 * s, y - 6)], 3, "#568d6d")
    for _ in range(3):
        a, y = dice.uniform(100, 620), dice.uniform(690, 850)
        for tilt in (-52, -26, 0, 26, 52):
            sheet.move(a, y, tilt=tilt)
            sheet.blob([(0, 0), (19, -38), (0, -86), (-19, -38)], "#f3a9b4" if tilt % 52 else "#f7c3c9")
        sheet.move(0, 0)


def _badminton(sheet: Canvas, dice: Random) -> None:
    court = dice.choice(("#5fa58b", "#6b9fc6", "#79a86b"))
    sheet.box(0, 0, WIDTH, HEIGHT, court)
    sheet.line([(70, 0), (70, HEIGHT)], 12, "#f6f4ec")
    sheet.line([(0, 760), (WIDTH, 760)], 12, "#f6f4ec")
    sheet.move(390, 400, tilt=dice.uniform(-36, -18))
    sheet.line([(0, 190), (0, 470)], 16, "#463f45")
    sheet.line([(0, 360), (0, 480)], 30, dice.choice(("#e2725b", "#f0c04f", "#3f5f8a")))
    sheet.ellipse(0, 0, 158, 196, veil("#ffffff", 70))
    for step in range(-4, 5):
        x, y = 152 * (1 - (step / 5.2) ** 2) ** 0.5, 188 * (1 - (step / 5.2) ** 2) ** 0.5
        sheet.line([(-x, step * 37), (x, step * 37)], 2.6, veil("#ffffff", 190))
        sheet.line([(step * 30, -y), (step * 30, y)], 2.6, veil("#ffffff", 190))
    sheet.ring(0, 0, 158, 196, 17, "#e9573f")
    sheet.move(dice.uniform(170, 260), dice.uniform(690, 800), tilt=dice.uniform(20, 70))
    sheet.polygon([(-66, -112), (66, -112), (26, 6), (-26, 6)], "#fdfbf4")
    for x in (-44, -16, 16, 44):
        sheet.line([(x * 1.35, -108), (x * 0.5, 2)], 3.4, "#d5d2c6")
    sheet.ellipse(0, 16, 31, 28, "#f1d9a6")
    sheet.box(-30, -4, 60, 12, "#d9534f")


def _room(sheet: Canvas, dice: Random) -> None:
    wall = dice.choice(("#f3e2cf", "#dbe7e0", "#e7def0", "#f6e7bf", "#d8e3f0"))
    sheet.box(0, 0, WIDTH, HEIGHT, wall)
    left = dice.choice((70, 350))
    sheet.box(left, 90, 300, 360, "#fdfaf3", round_by=18)
    sheet.box(left + 18, 108, 264, 324, "#bfdcea", round_by=10)
    _cloud(sheet, left + 120, 220, 0.8)
    sheet.line([(left + 150, 108), (left + 150, 432)], 12, "#fdfaf3")
    sheet.box(0, 740, WIDTH, 220, shade(wall, -0.18))


def _cat(sheet: Canvas, dice: Random) -> None:
    _room(sheet, dice)
    fur = dice.choice(("#e9a052", "#6b6468", "#f3ebdf", "#a98a72"))
    dark = shade(fur, -0.2)
    sheet.ellipse(360, 852, 290, 66, dice.choice(CLOTHS))
    sheet.curve([(530, 800), (640, 770), (650, 650), (600, 590)], 46, dark)
    sheet.blob([(360, 470), (480, 540), (540, 700), (530, 840), (360, 864), (190, 840), (180, 700), (240, 540)], fur)
    sheet.ellipse(360, 770, 96, 92, shade(fur, 0.4))
    for side in (-1, 1):
        sheet.move(360, 430)
        sheet.polygon([(side * 148, -20), (side * 136, -186), (side * 34, -112)], fur)
        sheet.polygon([(side * 124, -60), (side * 120, -146), (side * 64, -106)], "#f2b3a6")
        sheet.move(0, 0)
        sheet.ellipse(360 + side * 70, 846, 50, 30, shade(fur, 0.25))
    sheet.ellipse(360, 430, 166, 140, fur)
    for x in (-40, 0, 40):
        sheet.line([(360 + x, 300), (360 + x * 0.8, 346)], 14, dark)
    _animal_face(sheet, 360, 430, shade(fur, 0.45))
    for side in (-1, 1):
        for dy in (-8, 12):
            sheet.line([(360 + side * 84, 478 + dy / 2), (360 + side * 196, 470 + dy * 2)], 3.4, "#fffaf0")


def _animal_face(sheet: Canvas, x: float, y: float, muzzle: str) -> None:
    sheet.ellipse(x, y + 52, 66, 46, muzzle)
    for side in (-1, 1):
        sheet.ellipse(x + side * 68, y - 6, 19, 24, "#33272a")
        sheet.ellipse(x + side * 68 + 6, y - 14, 6, 7, "#ffffff")
    sheet.blob([(x - 17, y + 28), (x + 17, y + 28), (x, y + 48)], "#5a3a3a")
    sheet.curve([(x - 30, y + 62), (x - 15, y + 74), (x, y + 58)], 5, "#5a3a3a")
    sheet.curve([(x, y + 58), (x + 15, y + 74), (x + 30, y + 62)], 5, "#5a3a3a")


def _dog(sheet: Canvas, dice: Random) -> None:
    sheet.box(0, 0, WIDTH, HEIGHT, dice.choice(SKIES))
    _cloud(sheet, dice.uniform(120, 480), 190, 1.2)
    _ridge(sheet, dice, 620, 26, "#a9cc9d")
    _ridge(sheet, dice, 760, 20, "#8fba83")
    fur = dice.choice(("#d99a55", "#8a6a52", "#efe4d2", "#c7a27a"))
    sheet.blob([(360, 480), (470, 560), (520, 720), (510, 880), (360, 900), (210, 880), (200, 720), (250, 560)], fur)
    sheet.ellipse(360, 760, 84, 120, shade(fur, 0.45))
    sheet.ellipse(360, 420, 158, 148, fur)
    for side in (-1, 1):
        sheet.blob(
            [(360 + side * 112, 300), (360 + side * 190, 330), (360 + side * 206, 460), (360 + side * 150, 490)],
            shade(fur, -0.25),
        )
        sheet.ellipse(360 + side * 66, 886, 48, 30, shade(fur, 0.3))
    _animal_face(sheet, 360, 420, shade(fur, 0.5))
    sheet.blob([(340, 492), (380, 492), (376, 536), (360, 548), (344, 536)], "#ea8585")
    sheet.curve([(252, 540), (360, 586), (468, 540)], 24, dice.choice(("#d9534f", "#3f79a8", "#e3a63d")))
    sheet.ellipse(360, 596, 20, 20, "#f3cf65")


def _table(sheet: Canvas, dice: Random) -> str:
    wood = dice.choice(("#d9b48c", "#c99c74", "#e5cba5"))
    sheet.box(0, 0, WIDTH, HEIGHT, wood)
    for x in range(90, WIDTH, 150):
        sheet.line([(x, 0), (x, HEIGHT)], 4, shade(wood, -0.1))
    cloth = dice.choice(CLOTHS)
    sheet.move(360, 480, tilt=dice.uniform(-14, 14))
    sheet.box(-310, -360, 620, 720, cloth, round_by=16)
    for step in range(-240, 300, 120):
        sheet.line([(step, -350), (step, 350)], 8, veil("#ffffff", 80))
    sheet.move(0, 0)
    return cloth


def _dish(sheet: Canvas, dice: Random) -> None:
    """Red-braised pork, greens, an egg: Sunday's lunch."""
    _table(sheet, dice)
    sheet.ellipse(360, 500, 262, 262, veil("#5a3c28", 60))
    sheet.ellipse(360, 486, 262, 262, "#fbf8f1")
    sheet.ring(360, 486, 238, 238, 6, "#7fa3c7")
    sheet.ellipse(360, 486, 190, 190, dice.choice(("#b0683c", "#a5562f", "#d49a52")))
    for _ in range(15):
        turn, far = dice.uniform(0, 360), dice.uniform(0, 128)
        sheet.move(360, 486, tilt=turn)
        sheet.box(far - 26, -26, 56, 50, dice.choice(("#8b3f22", "#9c4a28", "#7a3519")), round_by=12)
        sheet.box(far - 22, -22, 48, 13, veil("#f2c79a", 190), round_by=6)
    for _ in range(12):
        sheet.move(360 + dice.uniform(-130, 130), 486 + dice.uniform(-130, 130), tilt=dice.uniform(0, 180))
        sheet.blob([(0, -30), (13, 0), (0, 30), (-13, 0)], dice.choice(("#6ca35a", "#87b86a")))
    sheet.move(0, 0)
    for x in (640, 668):
        sheet.line([(x, 200), (x - 46, 820)], 12, "#7a4b32")
    sheet.ellipse(150, 836, 96, 96, "#fbf8f1")
    sheet.ellipse(150, 836, 76, 76, "#fffdf7")


def _coffee(sheet: Canvas, dice: Random) -> None:
    _table(sheet, dice)
    cup = dice.choice(("#f7f1e6", "#7fa69b", "#d98c6f", "#5d7391"))
    sheet.ellipse(360, 540, 246, 246, veil("#5a3c28", 50))
    sheet.ellipse(360, 528, 246, 246, shade(cup, 0.25))
    sheet.ellipse(360, 528, 168, 168, cup)
    sheet.curve([(510, 450), (596, 420), (604, 500), (528, 540)], 32, cup)
    sheet.ellipse(360, 528, 142, 142, "#8a5635")
    sheet.blob([(360, 626), (268, 530), (288, 458), (360, 486), (432, 458), (452, 530)], "#f0dcc0")
    sheet.blob([(360, 590), (304, 528), (318, 484), (360, 504), (402, 484), (416, 528)], "#a8744c")
    sheet.move(150, 790, tilt=24)
    sheet.box(-90, -64, 190, 130, "#fbf6ea", round_by=8)
    sheet.box(-90, -64, 18, 130, "#d9665f")
    sheet.move(0, 0)


def _books(sheet: Canvas, dice: Random) -> None:
    _room(sheet, dice)
    y = 826.0
    for _ in range(6):
        high, wide = dice.uniform(44, 70), dice.uniform(330, 470)
        colour, x = dice.choice(("#c8604f", "#4f7f8c", "#e0b04c", "#6b8f71", "#7a6a94", "#f2e6d2")), 360 - wide / 2
        y -= high
        sheet.box(x + dice.uniform(-24, 24), y, wide, high - 3, colour, round_by=8)
        sheet.line([(x + 46, y + high / 2), (x + 150, y + high / 2)], 7, veil("#ffffff", 150))
    sheet.box(300, y - 96, 112, 94, "#f9f4ea", round_by=20)
    sheet.ring(420, y - 50, 26, 28, 13, "#f9f4ea")
    for x in (330, 372):
        sheet.curve([(x, y - 120), (x + 14, y - 146), (x - 8, y - 172), (x + 8, y - 200)], 6, veil("#ffffff", 170))


def _flowers(sheet: Canvas, dice: Random) -> None:
    _room(sheet, dice)
    glass = dice.choice(("#8fb7a1", "#e3b28f", "#8fa9cf", "#d9c7e3"))
    bloom = dice.choice(("#e86f6f", "#f2a65a", "#f3c7d0", "#f5d76e", "#b48bd0"))
    heads = [
        (360 + dx + dice.uniform(-18, 18), y + dice.uniform(-24, 24))
        for dx, y in ((-150, 360), (-70, 270), (20, 330), (90, 250), (160, 370))
    ]
    for x, y in heads:
        sheet.curve([(360, 640), ((x + 360) / 2 + 12, 500), (x, y)], 9, "#6a9a6b")
        sheet.ellipse((x + 360) / 2 - 26, (y + 640) / 2, 34, 14, "#7cab78")
    for at, (x, y) in enumerate(heads):
        colour = bloom if at % 2 else shade(bloom, 0.35)
        for petal in range(7):
            sheet.move(x, y, tilt=petal * 360 / 7)
            sheet.ellipse(0, -42, 25, 36, colour)
        sheet.move(0, 0)
        sheet.ellipse(x, y, 24, 24, "#f6cf5f")
    sheet.move(360, 0)
    sheet.mirrored([(0, 590), (62, 590), (70, 650), (112, 740), (92, 830), (0, 842)], glass)
    sheet.move(0, 0)


def _guitar(sheet: Canvas, dice: Random) -> None:
    _room(sheet, dice)
    wood = dice.choice(("#d08a4a", "#b5683a", "#e0b071"))
    sheet.move(360, 620, tilt=dice.uniform(-16, 16))
    sheet.box(-24, -470, 48, 420, "#5a3d2e", round_by=8)
    sheet.box(-36, -540, 72, 100, "#4a3226", round_by=14)
    sheet.mirrored([(0, -150), (104, -128), (118, -30), (102, 20), (168, 110), (140, 234), (0, 262)], wood)
    sheet.mirrored([(0, -136), (92, -116), (104, -30), (90, 22), (152, 112), (126, 220), (0, 246)], shade(wood, 0.16))
    sheet.ellipse(0, 20, 58, 58, "#3d2a22")
    sheet.ring(0, 20, 68, 68, 6, "#f2d9ad")
    sheet.box(-70, 150, 140, 22, "#4a3226", round_by=8)
    for x in (-15, -9, -3, 3, 9, 15):
        sheet.line([(x, -450), (x * 1.4, 158)], 2, "#f5ead6")
    sheet.move(0, 0)


def _bicycle(sheet: Canvas, dice: Random) -> None:
    sheet.box(0, 0, WIDTH, HEIGHT, dice.choice(SKIES))
    _cloud(sheet, dice.uniform(120, 500), 180, 1.1)
    _ridge(sheet, dice, 480, 40, "#a7c9b4")
    _ridge(sheet, dice, 580, 24, "#86b296")
    sheet.box(0, 700, WIDTH, 260, "#c9bfb2")
    for x in range(20, WIDTH, 170):
        sheet.line([(x, 870), (x + 90, 870)], 12, "#f4efe4")
    frame = dice.choice(("#d9534f", "#3f79a8", "#e3a63d", "#4d8a6f"))
    for x in (200, 520):
        sheet.ring(x, 640, 122, 122, 15, "#3d3a40")
        for spoke in ((0, 114), (80, 80), (114, 0), (80, -80)):
            sheet.line([(x - spoke[0], 640 - spoke[1]), (x + spoke[0], 640 + spoke[1])], 2.6, "#8c8890")
    sheet.line([(200, 640), (290, 460), (470, 460), (360, 640), (200, 640)], 15, frame)
    sheet.line([(278, 430), (360, 640)], 15, frame)
    sheet.line([(520, 640), (458, 400)], 15, frame)
    sheet.curve([(420, 396), (462, 384), (512, 402)], 15, "#3d3a40")
    sheet.box(226, 408, 104, 26, "#4a3226", round_by=13)
    sheet.ellipse(360, 640, 28, 28, "#3d3a40")


SCENES: Final[dict[str, Callable[[Canvas, Random], None]]] = {
    "mountain": _mountain, "sea": _sea, "lake": _lake, "badminton": _badminton, "cat": _cat, "dog": _dog, "dish": _dish,
    "coffee": _coffee, "books": _books, "flowers": _flowers, "guitar": _guitar, "bicycle": _bicycle,
}  # fmt: skip

_HOBBIES: Final = {
    "mountain": "hiking camping climbing skiing road_trip",
    "sea": "travel swimming paddle_boarding",
    "lake": "fishing city_walk running photography old_towns",
    "badminton": "badminton tennis",
    "cat": "cats",
    "dog": "dogs volunteering",
    "dish": "cooking eating_out barbecue",
    "coffee": "baking coffee tea",
    "books": "reading writing history languages",
    "flowers": "gardening flowers tidying painting",
    "guitar": "guitar karaoke concerts",
    "bicycle": "cycling motorcycling",
}
OF_HOBBY: Final[dict[str, str]] = {code: kind for kind, codes in _HOBBIES.items() for code in codes.split()}


def draw_scene(*, seed: int, kind: str) -> bytes:
    sheet = Canvas("#ffffff")
    SCENES[kind](sheet, Random(seed))
    return sheet.jpeg()
