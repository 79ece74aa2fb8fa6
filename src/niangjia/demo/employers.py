"""Employers of the demo city and the unions that look after them."""

from collections import Counter
from dataclasses import dataclass

import numpy as np

from niangjia.demo.dice import Ints, stream, weighted
from niangjia.demo.numbers import credit_code
from niangjia.demo.places import HANGZHOU, Place, children, districts, places, short
from niangjia.demo.trades import INDUSTRIES

OWN_UNION_FROM = 25  # workers: the trade union law asks for a committee of their own from here on

_FIRST = "云禾汀沐岚屿桐溪苇朴耘澄棠樟晨枫松榆梧竹浦塘湾闻茂铭甬杭柳橘荷菱榕"  # names of no firm we know
_SECOND = "舟野朵帆畔渡里庐田禾光川山间井汀原石木林桥岸亭坊雨声白知"
_DISTRICT_WEIGHTS = {
    "330102": 13, "330105": 11, "330106": 13, "330108": 10, "330109": 15, "330110": 13, "330111": 5, "330112": 4,
    "330113": 7, "330114": 6, "330122": 2, "330127": 1, "330182": 2,
}  # fmt: skip
_PRIVATE = {"实验学校": "52", "康复医院": "52"}  # privately run ones are registered as such


@dataclass(frozen=True, slots=True)
class Union:
    """A union of many firms. General unions (杭州市总工会 ...) follow the divisions and are not listed here."""

    name: str
    form: str  # joint, industry
    industry: str  # code, for an industry union
    district: str  # code of city, county: where it hangs in the tree
    town: str  # code, for a joint union of a town or street; else ""
    uscc: str


@dataclass(frozen=True, slots=True)
class Employers:
    """Row i of every column is employer i."""

    name: list[str]
    uscc: list[str]
    industry: Ints  # index in trades.INDUSTRIES
    district: list[str]  # 6-digit code
    town: list[str]  # 9-digit code
    size: Ints  # workers
    form: list[str]  # single (a union of its own), joint, industry
    union: Ints  # index in `unions`, or -1 where form is single
    unions: list[Union]

    def __len__(self) -> int:
        return len(self.name)


def make_employers(*, count: int = 2000, seed: int) -> Employers:
    rng = stream(seed=seed, purpose="employers")
    industry = weighted(rng, [i.weight for i in INDUSTRIES], count)
    towns = _towns(rng, count)
    typical = np.array([i.size for i in INDUSTRIES])[industry]
    size = np.maximum(3, (typical * (0.12 + 4.5 * rng.random(count) ** 3)).astype(np.int64))
    kinds, names = _names(rng, industry, towns)
    unions = [*_industry_unions(), *_joint_unions(towns)]
    form = [_form(i, s) for i, s in zip(industry.tolist(), size.tolist(), strict=True)]
    return Employers(
        name=names,
        uscc=[
            credit_code(kind=kind, region=town.parent, serial=seed % 1000 * 800_000 + 1000 + at * 7)
            for at, (kind, town) in enumerate(zip(kinds, towns, strict=True))
        ],
        industry=industry,
        district=[town.parent for town in towns],
        town=[town.code for town in towns],
        size=size,
        form=form,
        union=_union_of(industry, towns, form, unions),
        unions=unions,
    )


def _form(industry: int, size: int) -> str:
    if INDUSTRIES[industry].union:
        return "industry"
    return "single" if size >= OWN_UNION_FROM else "joint"


def _towns(rng: np.random.Generator, count: int) -> list[Place]:
    chosen = weighted(rng, [_DISTRICT_WEIGHTS[d.code] for d in districts()], count)
    turns = rng.random(count) ** 1.6  # the first named towns of a district are its centre
    inside = [children(districts()[d].code) for d in chosen.tolist()]
    return [towns[int(turn * len(towns))] for towns, turn in zip(inside, turns.tolist(), strict=True)]


def _names(rng: np.random.Generator, industry: Ints, towns: list[Place]) -> tuple[list[str], list[str]]:
    count = len(towns)
    first, second = rng.integers(0, len(_FIRST), (8, count)), rng.integers(0, len(_SECOND), (8, count))
    which, local = rng.random(count), rng.random(count) < 0.3
    kinds, names, taken = [], [], set[str]()
    for at, town in enumerate(towns):
        made = INDUSTRIES[industry[at]]
        tail = made.names[int(which[at] * len(made.names))]
        head = "杭州" + (short(places()[town.parent].name) if local[at] else "")
        brands = (_FIRST[a] + _SECOND[b] for a, b in zip(first[:, at].tolist(), second[:, at].tolist(), strict=True))
        name = next((n for n in (head + brand + tail for brand in brands) if n not in taken), None)
        names.append(name or f"{head}{_FIRST[first[0, at]]}{_SECOND[second[0, at]]}{_numeral(at)}{tail}")
        taken.add(names[-1])
        kinds.append(_PRIVATE.get(tail, made.kind))
    return kinds, names


def _numeral(at: int) -> str:
    """A branch number for big cities, where two-character brands run out."""
    return "第" + "".join("〇一二三四五六七八九"[int(digit)] for digit in str(at))


def _industry_unions() -> list[Union]:
    return [
        Union(i.union, "industry", i.code, HANGZHOU, "", credit_code(kind="81", region=HANGZHOU, serial=at + 1))
        for at, i in enumerate(INDUSTRIES)
        if i.union
    ]


def _joint_unions(towns: list[Place]) -> list[Union]:
    unions = []
    for at, (code, _) in enumerate(sorted(Counter(town.code for town in towns).items())):
        town = places()[code]
        uscc = credit_code(kind="81", region=town.parent, serial=at + 101)
        name = f"{places()[town.parent].name}{town.name}小微企业联合工会"
        unions.append(Union(name, "joint", "", town.parent, code, uscc))
    return unions


def _union_of(industry: Ints, towns: list[Place], form: list[str], unions: list[Union]) -> Ints:
    by_industry = {union.industry: at for at, union in enumerate(unions) if union.form == "industry"}
    by_town = {union.town: at for at, union in enumerate(unions) if union.form == "joint"}
    found = {
        "industry": [by_industry.get(INDUSTRIES[i].code, -1) for i in industry.tolist()],
        "joint": [by_town[town.code] for town in towns],
        "single": [-1] * len(towns),
    }
    return np.array([found[f][at] for at, f in enumerate(form)], dtype=np.int64)
