"""Districts to work in and towns to come from, by GB/T 2260. Never anything finer than a district (check G3)."""

import csv
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final

_TAILS: Final = ("特别行政区", "维吾尔自治区", "壮族自治区", "回族自治区", "自治区", "自治州", "地区", "省", "市", "盟")


@dataclass(frozen=True, slots=True)
class Place:
    code: str
    name: str
    level: str
    parent: str


@cache
def places() -> dict[str, Place]:
    text = files("niangjia.core.orgs").joinpath("data/divisions.csv").read_text(encoding="utf-8")
    return {row["code"]: Place(**row) for row in csv.DictReader(text.splitlines())}


@cache
def districts(regions: frozenset[str]) -> tuple[Place, ...]:
    """The counties and districts within these cities and provinces."""
    return tuple(p for p in places().values() if p.level == "county" and _above(p) & regions)


def _above(place: Place) -> set[str]:
    parent = places().get(place.parent)
    return {place.code, *(_above(parent) if parent else ())}


def city_of(district: Place) -> str:
    above = places().get(district.parent)
    return above.name if above else ""


def is_district(code: str) -> bool:
    place = places().get(code)
    return place is not None and place.level == "county"


@cache
def _towns() -> dict[str, str]:
    """What people write for where they come from, and the code it means: 金华, 浙江金华, 浙江省金华市, 330700."""
    found: dict[str, str] = {}
    for place in places().values():
        if place.level not in ("city", "province"):
            continue
        above = places().get(place.parent)
        regions = (above.name, _short(above.name)) if above else ()
        for name in (place.name, _short(place.name)):
            for spelling in (name, *(region + name for region in regions)):
                found.setdefault(spelling, place.code)
        found[place.code] = place.code
    return found


def town_code(text: str) -> str:
    """The code of the town meant; raises LookupError for one we do not know."""
    return _towns()["".join(text.split())] if text.strip() else ""


def asked_town(text: str) -> str | None:
    """The same for a search: None for no town, and for one we do not know a code that nobody comes from."""
    try:
        return town_code(text) or None
    except LookupError:
        return "------"


@cache
def town_title(code: str) -> str:
    """330700 -> 浙江金华"""
    place = places().get(code)
    if place is None:
        return ""
    above = places().get(place.parent)
    return (_short(above.name) if above else "") + _short(place.name)


def _short(name: str) -> str:
    for tail in _TAILS:
        if name.endswith(tail) and len(name) - len(tail) >= 2:
            return name.removesuffix(tail)
    return name
