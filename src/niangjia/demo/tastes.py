"""Who likes what: how much each hobby draws women and men, the young and the older."""

from typing import Final

import numpy as np

from niangjia.demo.dice import Bools, Ints
from niangjia.scenes.dating.taxonomy import HOBBIES, HOBBY_INDEX, NEAR

# code, how common, percent of women among those who like it, and y(oung), a(ll ages) or o(lder)
_TASTES: Final = """
badminton 70 45 a; table_tennis 28 30 o; basketball 40 8 y; football 22 6 y; tennis 14 50 y; volleyball 12 50 a;
billiards 22 12 a; bowling 6 45 y; running 66 42 a; gym 44 38 y; swimming 42 45 a; yoga 32 94 a; pilates 14 95 y;
boxing 9 35 y; tai_chi 8 40 o; rope_skipping 14 65 a; hiking 74 46 a; cycling 46 32 a; camping 36 46 y;
fishing 38 6 o; climbing 8 38 y; paddle_boarding 10 48 y; skating 9 35 y; skiing 14 45 y; frisbee 14 50 y;
motorcycling 16 8 a; travel 82 62 a; road_trip 42 34 a; city_walk 42 70 y; museums 24 64 y; old_towns 26 58 o;
theme_parks 22 70 y; karaoke 48 52 a; guitar 18 28 y; piano 10 68 y; folk_instruments 7 62 a; concerts 34 64 y;
choir 8 66 o; square_dance 14 90 o; street_dance 7 55 y; ballroom 7 60 o; opera 8 62 o; calligraphy 14 44 o;
painting 16 68 a; photography 34 38 a; hanfu 14 93 y; pottery 10 76 y; knitting 14 96 o; flowers 16 90 a;
models 18 12 y; woodwork 8 8 o; reading 48 56 a; writing 12 58 a; films 68 52 a; series 50 80 a; anime 28 42 y;
theatre 16 62 y; history 24 18 o; cooking 62 54 a; baking 28 88 y; eating_out 52 64 y; tea 36 40 o;
coffee 32 58 y; barbecue 40 44 y; home_brewing 14 24 o; murder_mystery 22 56 y; board_games 22 46 y;
esports 46 16 y; console_games 22 14 y; chess 14 10 o; mahjong 18 42 o; escape_rooms 16 54 y; cats 40 70 y;
dogs 30 54 a; aquarium 9 20 o; gardening 28 58 o; tidying 20 82 a; diy 16 8 o; cars 28 6 a; volunteering 22 54 a;
languages 14 64 y; skills 26 42 a; investing 18 40 o; technology 30 12 y; programming 12 12 y
"""
_AGES: Final = {"y": (12, 9, 5, 2), "a": (8, 8, 8, 8), "o": (2, 4, 9, 14)}  # weight under 28, 33, 40, and above


def _table() -> list[list[int]]:
    """Rows: women of four ages, then men of four ages. Columns: hobbies in the order of the taxonomy."""
    entries = [entry.split() for entry in _TASTES.replace("\n", " ").split(";")]
    by_code = {code: (int(common), int(women), ages) for code, common, women, ages in entries}
    picked = [by_code[hobby.code] for hobby in HOBBIES]
    by_sex = [[(c * w, ages) for c, w, ages in picked], [(c * (100 - w), ages) for c, w, ages in picked]]
    return [[drawn * _AGES[ages][age] for drawn, ages in row] for row in by_sex for age in range(4)]


HOBBY_WEIGHTS: Final = np.array(_table(), dtype=np.int64)


def taste_group(*, male: Bools, age: Ints) -> Ints:
    band = np.searchsorted([28, 33, 40], age, side="right")
    return male.astype(np.int64) * 4 + band


def _near_masks() -> np.ndarray[tuple[int, int], np.dtype[np.uint64]]:
    masks = np.zeros((len(HOBBIES), 2), dtype=np.uint64)
    for a, b in NEAR:
        for one, other in ((a, b), (b, a)):
            at = HOBBY_INDEX[other]
            masks[HOBBY_INDEX[one], at // 64] |= np.uint64(1 << at % 64)
    return masks


NEAR_MASKS: Final = _near_masks()
