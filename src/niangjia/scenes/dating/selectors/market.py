"""Dating as a market: everybody who may be shown, in columns, and what they decided. One query for each."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import numpy as np
import numpy.typing as npt
from django.db import connection

from niangjia.core.consent import purposes
from niangjia.core.consent.types import PURPOSES
from niangjia.engines.matching.types import I32, I64, Ids, as_ids
from niangjia.kernel import clock
from niangjia.scenes.dating.policies import STANDING, born_by
from niangjia.scenes.dating.taxonomy import EDUCATIONS, HOBBIES, MARITAL
from niangjia.scenes.dating.types import ADULT

I16 = npt.NDArray[np.int16]
Bools = npt.NDArray[np.bool_]

# Nobody is left out or let in by another rule than the one that shows profiles; wishes are weighed by the kernel.
_PEOPLE = """
SELECT p.id, p.sex, p.birth_date, COALESCE(p.height_cm, 0), p.education, p.district, p.marital, p.home_town, p.hobbies,
       p.employer_id, p.see_colleagues, p.wish_age_from, p.wish_age_to, p.wish_height_from, p.wish_height_to,
       p.wish_educations, p.wish_districts, p.wish_marital, COALESCE(consent.given, false)
  FROM dating_profile p
  LEFT JOIN LATERAL (SELECT c.given AND c.version = %(version)s AS given FROM consent_consentrecord c
                      WHERE c.person_id = p.person_id AND c.purpose = %(purpose)s ORDER BY c.id DESC LIMIT 1) consent
         ON true
 WHERE {standing} AND p.visibility <> 'paused' AND p.sex IN ('f', 'm') AND {which}
 ORDER BY p.id
"""
_DECISIONS = "SELECT chooser_id, chosen_id, said = 'yes' FROM dating_decision"
_BLOCKS = """
SELECT blocker_id, blocked_id, true FROM dating_block WHERE blocked_id IS NOT NULL
UNION ALL SELECT blocked_id, blocker_id, true FROM dating_block WHERE blocked_id IS NOT NULL
"""
_PAIR_ROW = np.dtype(
    [("n", ">i2"), ("l1", ">i4"), ("one", "S16"), ("l2", ">i4"), ("other", "S16"), ("l3", ">i4"), ("flag", "?")]
)
_COPY_HEAD, _COPY_END = 19, 2  # bytes before and after the rows of a binary COPY


@dataclass(frozen=True, slots=True, eq=False)
class People:
    """One row per person, by rising id. wants_order: agreed to be shown people in a personal order.

    codes: education, district, marital. wishes: (row, which of the codes, code) of every welcome one.
    """

    ids: Ids
    is_woman: Bools
    age: I16
    height: I16
    codes: I16
    home_town: I32
    hobbies: Bools
    employer: I32
    see_colleagues: Bools
    age_wish: I16
    height_wish: I16
    wishes: I32
    n_codes: int
    wants_order: Bools

    @property
    def size(self) -> int:
        return int(self.ids.size)

    def rows_of(self, ids: Ids) -> I64:
        """Their rows; -1 for who is not here."""
        if not self.size:
            return np.full(ids.size, -1, dtype=np.int64)
        place = np.minimum(np.searchsorted(self.ids, ids), self.size - 1)
        return np.where(self.ids[place] == ids, place, -1)


@dataclass(frozen=True, slots=True, eq=False)
class Between:
    """Something between two people of `People`, by their rows."""

    one: I32
    other: I32
    flag: Bools


OPEN = 0  # no wish at this end


def people(now: datetime, *, which: str, params: Mapping[str, Any]) -> People:
    """Everybody who stands, takes no break, and meets `which`."""
    given = {
        "now": now,
        "adult": born_by(clock.today(now), ADULT),
        "purpose": purposes.PERSONAL_ORDER,
        "version": PURPOSES[purposes.PERSONAL_ORDER].version,
        **params,
    }
    with connection.cursor() as cursor:
        cursor.execute(_PEOPLE.format(standing=STANDING.format(p="p"), which=which), given)
        rows = cursor.fetchall()
    return _in_columns(rows, now)


def _in_columns(rows: Sequence[tuple[Any, ...]], now: datetime) -> People:
    (
        ids, sex, born, height, education, district, marital, town, hobbies, employer, see_colleagues, age_from, age_to,
        height_from, height_to, educations, districts, maritals, consent,
    ) = zip(*rows, strict=True) if rows else ((),) * 19  # fmt: skip
    today = clock.today(now)
    books = (
        {term.code: at for at, term in enumerate(EDUCATIONS, 1)},
        _numbered([*district, *(code for wished in districts for code in wished)]),
        {term.code: at for at, term in enumerate(MARITAL, 1)},
    )
    return People(
        ids=as_ids(ids),
        is_woman=np.array([one == "f" for one in sex], dtype=bool),
        age=_shorts(clock.age_on(day, today) for day in born),
        height=_shorts(height),
        codes=np.stack(
            [
                _shorts(book.get(code, 0) for code in column)
                for book, column in zip(books, (education, district, marital), strict=True)
            ],
            axis=1,
        ),
        home_town=_numbers(town),
        hobbies=_flags(hobbies),
        employer=_numbers(employer),
        see_colleagues=np.array(see_colleagues, dtype=bool),
        age_wish=_range(age_from, age_to),
        height_wish=_range(height_from, height_to),
        wishes=_welcome(books, (educations, districts, maritals)),
        n_codes=1 + max(len(book) for book in books),
        wants_order=np.array(consent, dtype=bool),
    )


def _numbered(words: Iterable[Any]) -> dict[Any, int]:
    """1, 2, ... in rising order of the words; nothing said has no number."""
    return {word: at for at, word in enumerate(sorted({word for word in words if word}, key=str), 1)}


def _numbers(words: Sequence[Any]) -> I32:
    book = _numbered(words)
    return np.array([book.get(word, -1) for word in words], dtype=np.int32)


def _shorts(values: Iterable[int]) -> I16:
    return np.fromiter(values, dtype=np.int16)


def _range(low: Sequence[int | None], high: Sequence[int | None]) -> I16:
    return np.stack([_shorts(value or OPEN for value in low), _shorts(value or OPEN for value in high)], axis=1)


def _flags(hobbies: Sequence[Sequence[str]]) -> Bools:
    place = {hobby.code: at for at, hobby in enumerate(HOBBIES)}
    flags = np.zeros((len(hobbies), len(place)), dtype=bool)
    pairs = [(row, place[code]) for row, codes in enumerate(hobbies) for code in codes if code in place]
    if pairs:
        flags[tuple(np.array(pairs).T)] = True
    return flags


def _welcome(books: Sequence[dict[Any, int]], wished: Sequence[Sequence[Sequence[str]]]) -> I32:
    """A code we do not know is a wish all the same: 0 stands for it, and is welcome nowhere by itself."""
    triples = [
        (row, which, book.get(code, -1))
        for which, (book, column) in enumerate(zip(books, wished, strict=True))
        for row, codes in enumerate(column)
        for code in codes
    ]
    return np.array(triples, dtype=np.int32).reshape(-1, 3)


def decisions(everybody: People) -> Between:
    """Who said yes (flag) or no to whom."""
    return _between(everybody, _DECISIONS)


def blocks(everybody: People) -> Between:
    """Both ways round: the two do not exist for one another."""
    return _between(everybody, _BLOCKS)


def _between(everybody: People, sql: str) -> Between:
    """By binary COPY into columns: a city has millions of decisions. In a fixed order, whatever the table's."""
    with connection.cursor() as cursor, cursor.copy(f"COPY ({sql}) TO STDOUT (FORMAT BINARY)") as copy:
        told = b"".join(copy)
    rows = np.frombuffer(told[_COPY_HEAD:-_COPY_END], dtype=_PAIR_ROW)
    one, other = everybody.rows_of(rows["one"]), everybody.rows_of(rows["other"])
    known = (one >= 0) & (other >= 0)
    order = np.lexsort((other[known], one[known]))
    return Between(
        one=one[known][order].astype(np.int32),
        other=other[known][order].astype(np.int32),
        flag=rows["flag"][known][order].astype(bool),
    )


_WORDS = "SELECT id, about, wish_text FROM dating_profile WHERE id = ANY(%s::uuid[])"


def words_of(ids: Sequence[UUID]) -> dict[UUID, tuple[str, str]]:
    """What these wrote about themselves, and about whom they wish to meet."""
    with connection.cursor() as cursor:
        cursor.execute(_WORDS, [list(ids)])
        return {row[0]: (row[1], row[2]) for row in cursor.fetchall()}
