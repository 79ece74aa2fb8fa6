"""Being shown people: so many distinct ones a day, and what is noted of it."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, time
from typing import NamedTuple
from uuid import UUID

from django.db import connection, transaction
from django.db.models import F, Func, IntegerField, UUIDField, Value
from django.db.models.functions import Greatest
from django.utils.translation import gettext_lazy as _

from niangjia.core import prepared
from niangjia.core.accounts.middleware import noting
from niangjia.core.audit import services as audit
from niangjia.core.consent import purposes
from niangjia.core.consent import selectors as consent
from niangjia.engines.matching.selectors import list_of
from niangjia.kernel import clock
from niangjia.kernel.errors import TooMany
from niangjia.kernel.ids import new_id
from niangjia.scenes.dating.models import PoolOfDay, Profile, SeenOfDay
from niangjia.scenes.dating.models.profiles import deal
from niangjia.scenes.dating.policies import STANDING, born_by
from niangjia.scenes.dating.selectors.for_you import browse_for_you
from niangjia.scenes.dating.selectors.people import Page, browse, member, one, seeker
from niangjia.scenes.dating.services.asking import ask_for_list
from niangjia.scenes.dating.types import (
    ADULT,
    MONTH,
    OF_THE_POOL,
    POOL,
    Filters,
    Seen,
    profiles_a_day,
    profiles_a_month,
    week_of,
)

# Adds what is new, in its order, up to today's number; two pages asked for at once cannot pass it together. Today's
# number is at most an eighth of what is left of thirty days': who looks much sees fewer and fewer, never suddenly none.
_SHOW = """
WITH budget AS (
    SELECT least(%(day_most)s::int, ceil(greatest(0, greatest(%(month_least)s::int,
               COALESCE((SELECT people FROM dating_poolofday ORDER BY day DESC LIMIT 1), 0) / %(share)s::int)
           - COALESCE((SELECT sum(greatest(d.counted, cardinality(d.profiles))) FROM dating_seenofday d
                        WHERE d.person_id = %(person)s AND d.day > %(since)s::date AND d.day < %(day)s::date), 0)
           ) / 8.0)::int) AS most
)
INSERT INTO dating_seenofday AS s (id, person_id, day, profiles, opened)
SELECT %(id)s::uuid, %(person)s::uuid, %(day)s::date, (%(shown)s::uuid[])[1:most], '{}' FROM budget
ON CONFLICT (person_id, day) DO UPDATE SET profiles = s.profiles || ARRAY(
    SELECT id FROM unnest(%(shown)s::uuid[]) WITH ORDINALITY AS shown (id, place)
     WHERE NOT id = ANY (s.profiles) ORDER BY place
     LIMIT greatest(0, (SELECT most FROM budget) - cardinality(s.profiles)))
RETURNING greatest(0, (SELECT most FROM budget) - cardinality(profiles)),
          ARRAY(SELECT unnest(%(shown)s::uuid[]) EXCEPT SELECT unnest(profiles)), opened && %(shown)s::uuid[]
"""
# A page that was only looked at need not wait for the disk: at worst a crash forgets the last half second of counting.
_LIGHTLY = ", set_config('synchronous_commit', 'off', true)"


def look_around(*, person_id: UUID, filters: Filters, cursor: str | None, now: datetime) -> tuple[Profile, Page, int]:
    """A page of people, cut where the day's number is used up: (me, page, how many are left today)."""
    me = seeker(person_id, now)
    page = _page(me, filters, cursor, now)
    refused, left = strangers(me, page.rows, now)
    note_week(me, now)
    if refused:
        page = replace(page, rows=[row for row in page.rows if row.pk not in refused], next=None)
    return me, page, left


def _page(me: Profile, filters: Filters, cursor: str | None, now: datetime) -> Page:
    """In one's own order, if one agreed to it and as soon as it is there; else the newest first."""
    if filters.order != "for_you" or not consent.has(person_id=me.person_id, purpose=purposes.PERSONAL_ORDER):
        return browse(me, filters, cursor, now)
    listed = list_of(pool=POOL, owner=me.pk)
    if listed is None:
        ask_for_list(me.person_id)
        return browse(me, filters, cursor, now)
    return browse_for_you(me, filters, listed, cursor, now)


@transaction.atomic
def open_profile(*, person_id: UUID, profile_id: UUID, now: datetime) -> tuple[Profile, Seen, int]:
    """One profile in full. Its owner will see that somebody looked, by the week and without a name (docs/adr/0005)."""
    me = member(person_id, now)
    other = one(me, profile_id, now)
    counted = show(me, [other.pk], now)
    if counted.refused and not known(other):
        raise enough(now)
    if not counted.opened:
        _note_look(me, other, now)
    return me, other, counted.left


class Counted(NamedTuple):
    """How many more of today's number are left, whom it has no place for, and whether any was opened before."""

    left: int
    refused: list[UUID]
    opened: bool


def known(row: Seen) -> bool:
    """Whom I said yes to was counted then; whom I am paired with agreed to be seen by me."""
    return row.yes or row.mutual


def strangers(me: Profile, rows: Sequence[Seen], now: datetime) -> tuple[frozenset[UUID], int]:
    """Every list of people passes here before it is shown: (whom today has no place for, how many are left today)."""
    counted = show(me, [row.pk for row in rows if not known(row)], now, lightly=True)
    return frozenset(counted.refused), counted.left


def meet(me: Profile, other: Seen, now: datetime) -> None:
    """For what is done about one person by their id alone: nobody gets to know more people by having their ids."""
    if not known(other) and show(me, [other.pk], now).refused:
        raise enough(now)


def show(me: Profile, ids: Sequence[UUID], now: datetime, *, lightly: bool = False) -> Counted:
    """Count these as shown today, as far as today's number reaches; also while a GET is answered."""
    today = clock.today(now)
    given = {
        "id": new_id(),
        "person": me.person_id,
        "day": today,
        "since": today - MONTH,
        "day_most": profiles_a_day(),
        "month_least": profiles_a_month(),
        "share": OF_THE_POOL,
        "shown": list(ids),
    }
    with noting():
        row = prepared.fetch_one(_SHOW + _LIGHTLY * lightly, given)
    assert row is not None  # an upsert always answers
    return Counted(*row[:3])


def _note_look(me: Profile, other: Seen, now: datetime) -> None:
    today = SeenOfDay.objects.filter(person_id=me.person_id, day=clock.today(now))
    added = Func(F("opened"), Value(other.pk, output_field=UUIDField()), function="array_append")
    today.update(opened=added)
    monday = datetime.combine(week_of(now), time(), clock.SHANGHAI).astimezone(UTC)
    audit.record(action="dating.profile_opened", actor_id=None, subject_id=other.person_id, now=monday)


def note_week(me: Profile, now: datetime) -> None:
    """Somebody was here this week; noted once, with a new place in it. Nothing finer is ever kept."""
    week = week_of(now)
    if me.active_week < week:
        Profile.objects.filter(pk=me.pk, active_week__lt=week).update(active_week=week, turn=deal())


def enough(now: datetime) -> TooMany:
    tomorrow = datetime.combine(clock.today(now), time.max, clock.SHANGHAI)
    return TooMany(
        _("That was today's number of new people."),
        retry_after=int((tomorrow - now).total_seconds()) + 1,
        next_step=_("Take your time with those you have seen; tomorrow there are more."),
        code="enough_for_today",
    )


def forget_days(*, now: datetime) -> int:
    """Whom somebody was shown is nobody's business the day after; how many they were counts for thirty days."""
    today = clock.today(now)
    SeenOfDay.objects.filter(day__lte=today - MONTH).delete()
    past = SeenOfDay.objects.filter(day__lt=today).exclude(profiles=[], opened=[])
    many = Func(F("profiles"), function="cardinality", output_field=IntegerField())
    return past.update(counted=Greatest(F("counted"), many), profiles=[], opened=[])


_POOL_NOW = f"""
INSERT INTO dating_poolofday AS n (day, people)
SELECT %(today)s::date, count(*) FROM dating_profile p WHERE {STANDING.format(p="p")} AND p.visibility <> 'paused'
ON CONFLICT (day) DO UPDATE SET people = EXCLUDED.people
"""  # noqa: S608  # our own text


def count_pool(*, now: datetime) -> None:
    """How many can be shown at all; only the latest count is kept."""
    today = clock.today(now)
    with connection.cursor() as cursor:
        cursor.execute(_POOL_NOW, {"today": today, "now": now, "adult": born_by(today, ADULT)})
    PoolOfDay.objects.filter(day__lt=today).delete()
