"""The people of the demo city, column by column: 2,600 registered, 1,447 of them active, or as many as are asked."""

from dataclasses import dataclass
from datetime import date

import numpy as np

from niangjia.demo import words as speech
from niangjia.demo.dice import Bools, Ints, Words, bell, chance, stream, weighted, weighted_in_group, words
from niangjia.demo.employers import Employers
from niangjia.demo.facts import Facts, make_facts
from niangjia.demo.names import legal_names, nicknames
from niangjia.demo.numbers import id_numbers, phones
from niangjia.demo.places import HANGZHOU, Place, children, districts, home_towns, places, short
from niangjia.demo.tastes import HOBBY_WEIGHTS, taste_group
from niangjia.demo.trades import INDUSTRIES, TRADES
from niangjia.demo.wishes import Wishes, make_wishes
from niangjia.scenes.dating.taxonomy import CHILDREN, DRINKING, EDUCATIONS, HOBBIES, MARITAL, SMOKING

REGISTERED = 2600  # as the real system reported (mission D1)
ACTIVE = 1447
MOST_HOBBIES = 7
_CROWDED = 20

_AGE_WEIGHTS = (  # 22 to 52, most of them 26 to 33
    14, 22, 34, 46, 60, 68, 74, 76, 74, 68, 60, 52, 42, 35, 30, 25,
    22, 19, 16, 14, 12, 11, 10, 9, 8, 8, 7, 6, 5, 4, 3,
)  # fmt: skip
_HOME_PROVINCES = {  # percent of workers by the province they come from; Zhejiang itself is two lines below
    "34": 14, "36": 8, "41": 9, "42": 4, "43": 4, "32": 5, "51": 3, "52": 4, "50": 2, "37": 3, "35": 2, "45": 1,
    "61": 1, "53": 1, "14": 1, "62": 1, "23": 1, "13": 1, "21": 1,
}  # fmt: skip
_HOME_HANGZHOU, _HOME_ZHEJIANG_CITY = 30, 3
# by age band: under 28, 33, 40, above
_MARITAL_WEIGHTS = ((985, 14, 1), (900, 98, 2), (640, 348, 12), (330, 610, 60))
_CHILD_WEIGHTS = ((70, 20, 10, 0), (45, 33, 22, 0), (25, 42, 33, 0), (15, 30, 25, 30))  # for the once married
_SMOKING_WEIGHTS = ((95, 4, 1, 0), (58, 22, 13, 7))  # women, men
_DRINKING_WEIGHTS = ((66, 32, 2), (34, 56, 10))
_HEIGHT = (162.0, 5.0), (174.0, 5.6)


@dataclass(frozen=True, slots=True)
class People:
    """Row i of every column is person i. Codes are those of `scenes.dating.taxonomy` and the divisions."""

    today: date
    legal_name: list[str]
    sex: list[str]  # f, m
    birth_date: list[date]
    age: Ints
    id_number: list[str]
    phone: list[str]
    employer: Ints  # row in Employers
    trade: list[str]  # 快递员 ...
    outfit: list[str]  # what the avatar wears
    home_town: list[str]  # code of a city, or of a province without cities
    district: list[str]  # code of the county worked in
    height_cm: Ints
    education: Words
    marital: Words
    children: Words
    smoking: Words
    drinking: Words
    hobbies: list[tuple[str, ...]]
    hobby_bits: np.ndarray[tuple[int, int], np.dtype[np.uint64]]  # the same as two 64-bit sets, by HOBBY_INDEX
    nickname: list[str]
    about: list[str]
    wish_text: list[str]
    wishes: Wishes
    facts: Facts
    visibility: Words  # verified, fitting, paused
    see_colleagues: Bools
    photos_to: Words  # mutual, verified
    photos: Ints  # 1: a portrait; more: scenes of hobbies too
    avatar_seed: Ints
    large_type: Bools
    language: Words  # zh-hans, en

    def __len__(self) -> int:
        return len(self.legal_name)


def make_people(
    *, count: int = REGISTERED, active: int | None = None, seed: int, today: date, employers: Employers
) -> People:
    """`active` defaults to the share of the real system: exactly 1,447 of 2,600."""
    rng = stream(seed=seed, purpose="people")
    age = 22 + weighted(rng, _AGE_WEIGHTS, count)
    employer = weighted(rng, employers.size, count)
    trade, male = _trades(rng, employers.industry[employer])
    birth = _birth_dates(rng, age, today)
    home = _homes(rng, count)
    region, birth, turn = _birth_places(rng, home, birth, male)
    names, surnames = legal_names(rng, male=male, birth_year=birth.astype("datetime64[Y]").astype(np.int64) + 1970)
    band = np.searchsorted([28, 33, 40], age, side="right")
    sexes = male.astype(np.int64)
    marital = weighted_in_group(rng, _MARITAL_WEIGHTS, band)
    child = np.where(marital > 0, weighted_in_group(rng, _CHILD_WEIGHTS, band), 0)
    education = weighted_in_group(rng, [t.schooling for t in TRADES.values()], trade)
    hobbies, bits = _hobbies(rng, taste_group(male=male, age=age))
    district = _districts(rng, words(employers.district, employer))
    mean, spread = np.array(_HEIGHT).T[:, sexes]
    height = np.rint(bell(rng, count, mean=mean) + bell(rng, count) * (spread - 1)).astype(np.int64)
    titles = words(list(TRADES), trade).tolist()
    facts = make_facts(seed=seed, count=count, active=_active(count, active), gig=_gig(employers)[employer])
    tongue = _Tongue(home, titles, words([t.code for t in MARITAL], marital), words([t.code for t in CHILDREN], child))
    about, wish_text = _texts(stream(seed=seed, purpose="texts"), tongue, hobbies, age)
    return People(
        today=today,
        legal_name=names,
        sex=words(("f", "m"), sexes).tolist(),
        birth_date=birth.tolist(),
        age=age,
        id_number=id_numbers(region=region, birth_date=birth, male=sexes, turn=turn),
        phone=phones(np.arange(count)),
        employer=employer,
        trade=titles,
        outfit=words([t.outfit for t in TRADES.values()], trade).tolist(),
        home_town=[place.code for place in home],
        district=district,
        height_cm=height.clip(148, 196),
        education=words([t.code for t in EDUCATIONS], education),
        marital=tongue.marital,
        children=tongue.children,
        smoking=words([t.code for t in SMOKING], weighted_in_group(rng, _SMOKING_WEIGHTS, sexes)),
        drinking=words([t.code for t in DRINKING], weighted_in_group(rng, _DRINKING_WEIGHTS, sexes)),
        hobbies=hobbies,
        hobby_bits=bits,
        nickname=nicknames(rng, legal_name=names, surname=surnames, male=male, age=age),
        about=about,
        wish_text=wish_text,
        wishes=make_wishes(
            seed=seed, male=male, age=age, height=height, education=education, marital=marital, district=district
        ),
        facts=facts,
        visibility=np.where(
            facts.paused, "paused", words(("verified", "fitting"), weighted(rng, (80, 20), count))
        ).astype(object),
        see_colleagues=chance(rng, 8, count),
        photos_to=words(("verified", "mutual"), weighted(rng, (70, 30), count)),
        photos=1 + weighted(rng, (45, 35, 20), count),
        avatar_seed=rng.integers(0, 1 << 40, count),
        large_type=chance(rng, np.where(age >= 45, 22.0, 1.0), count),
        language=words(("zh-hans", "en"), weighted(rng, (99, 1), count)),
    )


def _active(count: int, active: int | None) -> int:
    return round(count * ACTIVE / REGISTERED) if active is None else active


def _gig(employers: Employers) -> Bools:
    """Couriers, riders, drivers: fewer of them stand on a member roll yet."""
    return np.array([bool(i.union) for i in INDUSTRIES])[employers.industry]


def _trades(rng: np.random.Generator, industry: Ints) -> tuple[Ints, Bools]:
    titles = list(TRADES)
    table = np.zeros((len(INDUSTRIES), len(titles)), dtype=np.int64)
    for row, made in enumerate(INDUSTRIES):
        for one in made.trades:
            table[row, titles.index(one.title)] = one.weight
    trade = weighted_in_group(rng, table, industry)
    women = np.array([one.women for one in TRADES.values()], dtype=np.int64)
    return trade, chance(rng, 100 - women[trade], len(trade))


def _birth_dates(rng: np.random.Generator, age: Ints, today: date) -> Words:
    """Between the last birthday and a year before it, for someone of this age today."""
    day = np.array([_years_before(today, years) for years in range(23, 54)], dtype="datetime64[D]")[age - 22]
    return day + 1 + rng.integers(0, 365, len(age))


def _years_before(today: date, years: int) -> date:
    return today.replace(year=today.year - years, day=min(today.day, 28))


def _homes(rng: np.random.Generator, count: int) -> list[Place]:
    towns = home_towns()
    share = {p: weight * 60 // sum(t.code[:2] == p for t in towns) for p, weight in _HOME_PROVINCES.items()}
    share["33"] = _HOME_ZHEJIANG_CITY * 60
    weights = [share.get(town.code[:2], 1) if town.code != HANGZHOU else _HOME_HANGZHOU * 60 for town in towns]
    return words(towns, weighted(rng, weights, count)).tolist()  # type: ignore[no-any-return]


def _birth_places(rng: np.random.Generator, home: list[Place], birth: Words, male: Bools) -> tuple[Ints, Words, Ints]:
    """County of the ID number, birth date, and which of two sequence codes: together nobody's but theirs."""
    count = len(home)
    picks, turn = rng.random(count), rng.integers(0, 2, count)
    counties = [children(place.code) or (place,) for place in home]
    region = np.array([int(c[int(at * len(c))].code) for c, at in zip(counties, picks.tolist(), strict=True)])
    anywhere = np.array([int(place.code) for place in places().values() if place.level == "county"])
    for attempt in range(64):
        key = (region * 40_000 + birth.astype(np.int64)) * 4 + turn * 2 + male
        first = np.zeros(count, dtype=bool)
        first[np.unique(key, return_index=True)[1]] = True
        if first.all():
            break
        birth = np.where(first, birth, birth + rng.integers(-3, 1, count))
        turn = np.where(first, turn, 1 - turn)
        if attempt > _CROWDED:  # a city of a million has more people of a county and day than there are numbers
            region = np.where(first, region, anywhere[rng.integers(0, len(anywhere), count)])
    return region, birth, turn


def _hobbies(
    rng: np.random.Generator, group: Ints
) -> tuple[list[tuple[str, ...]], np.ndarray[tuple[int, int], np.dtype[np.uint64]]]:
    count = len(group)
    wanted = 2 + weighted(rng, (10, 22, 26, 20, 12, 6), count)
    draws = np.stack([weighted_in_group(rng, HOBBY_WEIGHTS, group) for _ in range(MOST_HOBBIES)], axis=1)
    bits = np.zeros((count, 2), dtype=np.uint64)
    for turn in range(MOST_HOBBIES):
        at = draws[:, turn]
        bit = np.where(turn < wanted, np.uint64(1) << (at % 64).astype(np.uint64), np.uint64(0))
        bits[np.arange(count), at // 64] |= bit
    codes = [hobby.code for hobby in HOBBIES]
    rows = zip(draws.tolist(), wanted.tolist(), strict=True)
    return [tuple(dict.fromkeys(codes[at] for at in row[:most])) for row, most in rows], bits


def _districts(rng: np.random.Generator, of_employer: Words) -> list[str]:
    """Most work where the employer is registered, some at a site elsewhere in the city."""
    codes = [place.code for place in districts()]
    elsewhere = words(codes, rng.integers(0, len(codes), len(of_employer)))
    return [str(code) for code in np.where(chance(rng, 12, len(of_employer)), elsewhere, of_employer)]


@dataclass(frozen=True, slots=True)
class _Tongue:
    home: list[Place]
    trade: list[str]
    marital: Words
    children: Words


def _texts(
    rng: np.random.Generator, tongue: _Tongue, hobbies: list[tuple[str, ...]], age: Ints
) -> tuple[list[str], list[str]]:
    titles = {hobby.code: hobby.zh for hobby in HOBBIES}
    turns = rng.integers(0, 1 << 20, (len(hobbies), 16)).tolist()
    about, wish = [], []
    rows = zip(tongue.home, tongue.trade, tongue.marital, tongue.children, hobbies, age.tolist(), turns, strict=True)
    for home, trade, marital, child, liked, years, dice in rows:
        me = speech.Self(
            town=_town_name(home),
            local=home.code[:2] == "33",
            years=1 + dice[2] % max(1, min(years - 20, 18)),
            trade=trade,
            marital=marital,
            children=child,
            hobbies=liked,
            titles=tuple(titles[code] for code in liked),
            turns=dice,
        )
        about.append(speech.about(me))
        wish.append(speech.wish(me))
    return about, wish


def _town_name(place: Place) -> str:
    province = places().get(place.parent)
    if province is None or province.code == "330000":
        return short(place.name)
    return short(province.name) + short(place.name)
