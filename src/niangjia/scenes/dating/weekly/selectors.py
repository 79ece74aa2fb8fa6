"""Reading of lists. Every form of a list, on the phone, printed and at the desk, reads the consent at that moment."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Count, Q, QuerySet

from niangjia.core.accounts.models import Person
from niangjia.kernel import clock
from niangjia.scenes.dating.models import Profile
from niangjia.scenes.dating.selectors.people import read
from niangjia.scenes.dating.types import Seen
from niangjia.scenes.dating.weekly import errors
from niangjia.scenes.dating.weekly.models import Entry, Interest, Line, WeeklyList
from niangjia.scenes.dating.weekly.models.lists import State
from niangjia.scenes.dating.weekly.policies import agreed, listable
from niangjia.scenes.dating.weekly.types import LISTED, PUBLIC, Shown, band_of


def open_lists(now: datetime) -> QuerySet[WeeklyList]:
    return WeeklyList.objects.filter(state=State.PUBLISHED, until__gt=now).select_related("org").order_by("town")


def open_list(town: str, now: datetime) -> WeeklyList | None:
    return open_lists(now).filter(town=town).first()


_ON_LIST = """
  FROM dating_weekly_line l JOIN dating_profile p ON p.id = l.profile_id
 WHERE {rule} AND l.list_id = %(list)s AND l.out_at IS NULL AND {where}
 ORDER BY l.number
"""


def seen_on(me: Profile, row: WeeklyList, now: datetime) -> list[tuple[Shown, Seen]]:
    """Those on the list whom I may see: colleagues, and who blocked or is blocked, are not there. Three queries."""
    where, given = agreed(LISTED)
    found = read(me, "listed", now, where=where, tail=_ON_LIST, more=", l.id", list=row.pk, **given)
    lines = Line.objects.in_bulk([seen.place[0] for seen in found])
    mine = Interest.objects.filter(line__list=row, asker=me).exclude(way="yes")
    asked = set(mine.exclude(confirmed_at=None).values_list("line_id", flat=True))
    return [(_shown(lines[s.place[0]], s, now, _state(s, asked)), s) for s in found if s.place[0] in lines]


def _state(seen: Seen, asked: set[UUID]) -> Any:
    if seen.mutual:
        return "mutual"
    return "asked" if seen.yes or seen.place[0] in asked else "none"


def seen_one(me: Profile, line_id: UUID, now: datetime) -> tuple[Line, Seen]:
    """One line of an open list that I may see, or NotFound."""
    line = Line.objects.filter(pk=line_id, list__state=State.PUBLISHED, list__until__gt=now).first()
    where, given = agreed(LISTED)
    tail = _ON_LIST.replace("ORDER BY l.number", "AND l.id = %(line)s")
    given |= {"list": line.list_id if line else None, "line": line_id}
    found = read(me, "listed", now, where=where, tail=tail, more=", l.id", **given) if line else []
    if line is None or not found:
        raise errors.missing()
    return line, found[0]


def _shown(line: Line, row: Seen | Profile, now: datetime, state: Any = "none", *, side: str = "") -> Shown:
    age = clock.age_on(row.birth_date, clock.today(now)) if row.birth_date else 0
    return Shown(
        line=line.pk,
        number=line.number or 0,
        side=side,
        nickname=line.nickname,
        band=band_of(age),
        district=row.district,
        trade=row.trade,
        says=line.says,
        wishes=line.wishes,
        photo=line.photo_id,
        state=state,
    )


_STANDING_LINES = """
SELECT l.id FROM dating_weekly_line l JOIN dating_profile p ON p.id = l.profile_id
 WHERE l.list_id = %(list)s AND {listable}
"""


def lines_of(row: WeeklyList, now: datetime, *, public: bool = False) -> list[Line]:
    """Those on the list who agree to this form of it now, by number; for staff also those taken out."""
    condition, given = listable(now, [LISTED, PUBLIC] if public else [LISTED])
    with connection.cursor() as cursor:
        cursor.execute(_STANDING_LINES.format(listable=condition), {**given, "list": row.pk})
        ids = [found for (found,) in cursor.fetchall()]
    lines = Line.objects.filter(pk__in=ids).select_related("profile").order_by("number", "pk")
    return list(lines.filter(out_at=None) if public else lines)


def public_list(town: str, now: datetime) -> tuple[WeeklyList | None, list[Shown]]:
    """What anybody may read: no nickname, no photo, nothing that leads to somebody."""
    row = open_list(town, now)
    lines = lines_of(row, now, public=True) if row else []
    return row, [_bare(_shown(line, line.profile, now, side=line.profile.sex)) for line in lines if line.number]


def _bare(shown: Shown) -> Shown:
    return Shown(**{**shown.__dict__, "nickname": "", "photo": None})


def desk_lines(row: WeeklyList, now: datetime) -> list[tuple[Line, Shown]]:
    return [(line, _shown(line, line.profile, now, side=line.profile.sex)) for line in lines_of(row, now)]


@dataclass(frozen=True)
class Mine:
    """What I said for the list, and my place on this week's one."""

    entry: Entry | None
    line: Line | None


def mine(me: Profile, now: datetime) -> Mine:
    here = Line.objects.filter(profile=me).exclude(list__state=State.CLOSED).select_related("list")
    return Mine(Entry.objects.filter(profile=me).first(), here.order_by("-list__monday").first())


@dataclass(frozen=True)
class Asked:
    """Somebody who would like to know me, as I see them."""

    interest: Interest
    who: Seen


def asked_of(me: Profile, now: datetime) -> list[Asked]:
    """Who confirmed that they would like to know me, and whom I may see. Two queries."""
    rows = Interest.objects.filter(line__profile=me, until__gt=now, confirmed_at__isnull=False, paired_at=None)
    rows = rows.exclude(way="yes").select_related("line__list").order_by("-confirmed_at", "pk")
    found = list(rows)
    ids = [row.asker_id for row in found if row.asker_id]
    people = _by_id(read(me, "listed", now, where="p.id = ANY (%(ids)s::uuid[])", ids=ids) if ids else [])
    return [Asked(row, people[row.asker_id]) for row in found if row.asker_id in people]


def _by_id(rows: Sequence[Seen]) -> Mapping[UUID | None, Seen]:
    return {row.pk: row for row in rows}


def called(person_id: UUID, now: datetime) -> list[Interest]:
    """Calls from my phone that wait for my word that it was me."""
    mark = Person.objects.filter(pk=person_id).values_list("phone_index", flat=True).first()
    if not mark:
        return []
    rows = Interest.objects.filter(phone_mark=bytes(mark), confirmed_at=None, until__gt=now)
    return list(rows.select_related("line__list").order_by("-at", "pk"))


def waiting_calls(rows: QuerySet[WeeklyList]) -> QuerySet[Interest]:
    """What the desk wrote down; whether anybody answered does not stand there."""
    return Interest.objects.filter(line__list__in=rows, way="hotline").select_related("line__list").order_by("-at")


def figures(rows: Sequence[WeeklyList]) -> dict[UUID, dict[str, int]]:
    """How many stand on a draft or list, and how many are out of it. One query."""
    counted = Line.objects.filter(list__in=[row.pk for row in rows]).order_by().values("list_id")
    found = counted.annotate(there=Count("pk", filter=Q(out_at=None)), out=Count("pk", filter=Q(out_at__isnull=False)))
    return {row["list_id"]: {"there": row["there"], "out": row["out"]} for row in found}
