"""Reading of the circle: my links, how many each leads to, and who they are. The rule is that of looking around."""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from niangjia.core import prepared
from niangjia.engines.allocation import selectors as allocation
from niangjia.kernel import clock
from niangjia.scenes.dating import cursors
from niangjia.scenes.dating.circle.models import Ties
from niangjia.scenes.dating.circle.types import OUTINGS, TOGETHER, Group, Link
from niangjia.scenes.dating.models import Profile
from niangjia.scenes.dating.policies import Sight
from niangjia.scenes.dating.selectors.people import NOT_PASSED, profile_of, read
from niangjia.scenes.dating.steps import MOST, step_of
from niangjia.scenes.dating.types import PAGE, Seen

_LINKED = {
    "town": "p.home_town = %(town)s",
    "trade": "p.trade = %(trade)s AND p.trade <> ''",
    "school": """EXISTS (SELECT FROM dating_circle_ties t WHERE t.profile_id = p.id AND t.school_key = %(school)s
                           AND t.school_key <> '')""",
    "outing": """p.person_id = ANY (%(companions)s::uuid[])
                 AND EXISTS (SELECT FROM dating_circle_ties t WHERE t.profile_id = p.id AND t.by_outings)""",
    "hobby": """EXISTS (SELECT FROM dating_shelf s
                         WHERE s.profile_id = p.id AND s.hobby = {hobby} AND s.sex = p.sex)""",
}
_COUNT = (
    f"(SELECT count(*) FROM (SELECT FROM dating_profile p WHERE {{rule}} AND {NOT_PASSED} AND {{link}} LIMIT {MOST}) n)"  # noqa: S608  # our own text
)
_IN_ORDER = f"""
  FROM dating_profile p WHERE {{rule}} AND {NOT_PASSED} AND {{where}}
 ORDER BY p.active_week DESC, p.turn DESC LIMIT %(size)s
"""  # our own text


def key_of(school: str) -> str:
    """浙江 工业大学 and 浙江工业大学 are one."""
    return "".join(unicodedata.normalize("NFKC", school).split()).lower()


def ties_of(me: Profile) -> Ties:
    return Ties.objects.filter(profile=me).first() or Ties(profile=me)


@dataclass(frozen=True)
class Circle:
    """What links me to others, with what a query needs to know of it."""

    links: tuple[Link, ...]
    params: Mapping[str, Any]
    met_on: Mapping[UUID, datetime]

    def link(self, key: str) -> Link | None:
        return next((link for link in self.links if link.key == key), None)


def circle_of(me: Profile) -> Circle:
    """My own facts; one that I have not said links me to nobody. Two queries, four for who is linked by outings."""
    ties = ties_of(me)
    met_on = _companions(me) if ties.by_outings else {}
    said = (
        (me.home_town, Link("town", me.home_town)),
        (me.trade, Link("trade", me.trade)),
        (ties.school_key, Link("school", ties.school)),
        (met_on, Link("outing", "", stated=False)),
    )
    links = [link for fact, link in said if fact] + [Link("hobby", code) for code in me.hobbies]
    params = {
        "town": me.home_town,
        "trade": me.trade,
        "school": ties.school_key,
        "companions": list(met_on),
        **{f"hobby_{at}": code for at, code in enumerate(me.hobbies)},
    }
    return Circle(tuple(links), params, met_on)


def _companions(me: Profile) -> dict[UUID, datetime]:
    least, most = TOGETHER
    return allocation.companions(me.person_id, at_least=least, at_most=most, slots=OUTINGS)


def groups_of(me: Profile, now: datetime) -> list[Group]:
    """All my links, in one query whatever their number. Nobody is counted whom I could not see."""
    circle = circle_of(me)
    if not circle.links:
        return []
    rule = Sight(me, now).sql("meet")
    counts = [_COUNT.replace("{rule}", rule.sql).replace("{link}", _sql(me, link)) for link in circle.links]
    row = prepared.fetch_one("SELECT " + ", ".join(counts), {**rule.params, **circle.params})
    assert row is not None  # a SELECT without FROM answers with one row
    return [Group(link, step_of(count)) for link, count in zip(circle.links, row, strict=True) if count]


def _sql(me: Profile, link: Link) -> str:
    if link.kind != "hobby":
        return _LINKED[link.kind]
    return _LINKED["hobby"].replace("{hobby}", f"%(hobby_{me.hobbies.index(link.value)})s")


@dataclass(frozen=True)
class Linked:
    """A page of those whom one fact links to me; `met_on` tells when we were at the same place.

    `tomorrow`: there are more, but not today.
    """

    link: Link
    rows: list[Seen]
    met_on: Mapping[UUID, date]
    next: str | None
    tomorrow: bool = False


def linked(me: Profile, key: str, cursor: str | None, now: datetime) -> Linked | None:
    """None for a link that is not mine: one cannot ask for a town one does not come from."""
    circle = circle_of(me)
    link = circle.link(key)
    if link is None:
        return None
    kind, where, params = f"circle-{key}", _sql(me, link), dict(circle.params)
    after = cursors.read(kind, cursor)
    if after:
        where += " AND (p.active_week, p.turn) < (%(day)s, %(turn)s)"
        params |= {"day": date.fromisoformat(after[0]), "turn": int(after[1])}
    found = read(me, "meet", now, where=where, tail=_IN_ORDER, size=PAGE + 1, **params)
    last = found[PAGE - 1] if len(found) > PAGE else None
    days = {row.pk: clock.today(circle.met_on[row.person_id]) for row in found if row.person_id in circle.met_on}
    more = cursors.write(kind, last.active_week, last.turn) if last else None
    return Linked(link, found[:PAGE], days if link.kind == "outing" else {}, more)


def export(person_id: UUID) -> Mapping[str, Any]:
    me = profile_of(person_id)
    ties = ties_of(me) if me else Ties()
    return {"school": ties.school, "by_outings": ties.by_outings}
