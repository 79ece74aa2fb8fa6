"""Reading a file of speed-dating evenings (the format of Fisman et al., QJE 2006): one row per person met."""

import csv
import gzip
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

# their 17 activities, rated 1 to 10, as the nearest word of our taxonomy
HOBBIES = {
    "sports": "basketball", "tvsports": "football", "exercise": "gym", "dining": "eating_out", "museums": "museums",
    "art": "painting", "hiking": "hiking", "gaming": "console_games", "clubbing": "street_dance", "reading": "reading",
    "tv": "series", "theater": "theatre", "movies": "films", "concerts": "concerts", "music": "concerts",
    "shopping": "city_walk", "yoga": "yoga",
}  # fmt: skip
WISHES = {
    "attr1_1": "attractive", "sinc1_1": "sincere", "intel1_1": "intelligent", "fun1_1": "fun",
    "amb1_1": "ambitious", "shar1_1": "shared interests",
}  # fmt: skip
LIKED = 7.0  # a hobby is one rated at least this


@dataclass
class Guest:
    """A person of one evening. `number` is `iid`; someone who has no rows of their own is known by those they met."""

    number: str
    wave: str
    sex: str
    age: int | None = None
    study: str = ""
    career: str = ""
    likes: list[str] = field(default_factory=list)
    weights: dict[str, float] = field(default_factory=dict)


@dataclass(frozen=True)
class Meeting:
    """What the two said of one another, and what the file says came of it."""

    her: str
    him: str
    she_said: bool
    he_said: bool
    matched: bool


@dataclass
class Evenings:
    guests: dict[str, Guest] = field(default_factory=dict)
    meetings: dict[tuple[str, str], Meeting] = field(default_factory=dict)


def read(path: Path) -> Evenings:
    """Every guest and every meeting of the file, gzipped or plain."""
    evenings = Evenings()
    rows = list(_rows(path))
    for row in rows:
        evenings.guests.setdefault(_number(row["iid"]), _guest(row))
    for row in rows:
        _add_meeting(evenings, row)
    return evenings


def _rows(path: Path) -> Iterator[Mapping[str, str]]:
    data = path.read_bytes()
    text = (gzip.decompress(data) if path.suffix == ".gz" else data).decode("latin-1")
    yield from csv.DictReader(io.StringIO(text, newline=""))


def _number(text: str) -> str:
    return text.split(".")[0].strip()


def _guest(row: Mapping[str, str]) -> Guest:
    return Guest(
        number=_number(row["iid"]),
        wave=_number(row["wave"]),
        sex="m" if _number(row["gender"]) == "1" else "f",
        age=_whole(row.get("age", "")),
        study=row.get("field", "").strip(),
        career=row.get("career", "").strip(),
        likes=sorted({ours for theirs, ours in HOBBIES.items() if (_real(row.get(theirs, "")) or 0) >= LIKED}),
        weights={word: value for column, word in WISHES.items() if (value := _real(row.get(column, "")))},
    )


def _add_meeting(evenings: Evenings, row: Mapping[str, str]) -> None:
    me = evenings.guests[_number(row["iid"])]
    other = evenings.guests.setdefault(*_other(me, row))
    mine, theirs = _number(row["dec"]) == "1", _number(row["dec_o"]) == "1"
    her, him, she, he = (me, other, mine, theirs) if me.sex == "f" else (other, me, theirs, mine)
    meeting = Meeting(her.number, him.number, she, he, _number(row["match"]) == "1")
    before = evenings.meetings.setdefault((her.number, him.number), meeting)
    if before != meeting:
        raise ValueError(f"the two rows of {her.number} and {him.number} do not agree")


def _other(me: Guest, row: Mapping[str, str]) -> tuple[str, Guest]:
    """The one met. Where the file names nobody, they are known by their table number of that evening."""
    number = _number(row["pid"]) or f"w{me.wave}-{_number(row['partner'])}"
    sex = "f" if me.sex == "m" else "m"
    return number, Guest(number=number, wave=me.wave, sex=sex, age=_whole(row.get("age_o", "")))


def _real(text: str) -> float | None:
    try:
        return float(text.replace(",", ""))
    except ValueError:
        return None


def _whole(text: str) -> int | None:
    value = _real(text)
    return int(value) if value is not None else None
