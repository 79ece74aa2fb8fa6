"""The administrative divisions as the demo uses them."""

import csv
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

HANGZHOU = "330100"


@dataclass(frozen=True, slots=True)
class Place:
    code: str
    name: str
    level: str  # province, city, county, town
    parent: str


@cache
def places() -> dict[str, Place]:
    text = files("niangjia.core.orgs").joinpath("data/divisions.csv").read_text(encoding="utf-8")
    return {row["code"]: Place(**row) for row in csv.DictReader(text.splitlines())}


@cache
def children(code: str) -> tuple[Place, ...]:
    return tuple(place for place in places().values() if place.parent == code)


def districts() -> tuple[Place, ...]:
    """The 13 districts and counties of the demo city."""
    return children(HANGZHOU)


def short(name: str) -> str:
    """杭州市 -> 杭州, as people say it."""
    for tail in ("特别行政区", "自治州", "自治区", "地区", "街道", "市", "省", "区", "县", "盟"):
        if name.endswith(tail) and len(name) - len(tail) >= 2:
            return name.removesuffix(tail)
    return name


@cache
def home_towns() -> tuple[Place, ...]:
    """What can be chosen as home town: prefecture-level cities, and provinces that have none (municipalities ...)."""
    whole = [p for p in places().values() if p.level == "province" and not _has_cities(p.code)]
    return (*whole, *(p for p in places().values() if p.level == "city"))


def _has_cities(province: str) -> bool:
    return any(place.level == "city" for place in children(province))
