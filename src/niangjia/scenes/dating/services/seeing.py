"""Being shown people: so many distinct ones a day, and what is noted of it."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, time
from typing import NamedTuple
from uuid import UUID

from django.db import transaction
from django.db.models import F, Func, UUIDField, Value
from django.utils.translation import gettext_lazy as _

from niangjia.core import prepared
from niangjia.core.audit import services as audit
from niangjia.core.consent import purposes
from niangjia.core.consent import selectors as consent
from niangjia.engines.matching.selectors import list_of
from niangjia.kernel import clock
from niangjia.kernel.errors import TooMany
from niangjia.kernel.ids import new_id
from niangjia.scenes.dating.models import Profile, SeenOfDay
from niangjia.scenes.dating.models.profiles import deal
from niangjia.scenes.dating.selectors.for_you import browse_for_you
from niangjia.scenes.dating.selectors.people import Page, browse, member, one, seeker
from niangjia.scenes.dating.services.asking import ask_for_list
from niangjia.scenes.dating.types import POOL, Filters, Seen, profiles_a_day, week_of

# Adds what is new, in its order, up to the limit; two pages asked for at once cannot pass it together.
_SHOW = """
INSERT INTO dating_seenofday AS s (id, person_id, day, profiles, opened)
VALUES (%(id)s, %(person)s, %(day)s, (%(shown)s::uuid[])[1:%(limit)s::int], '{}')
ON CONFLICT (person_id, day) DO UPDATE SET profiles = s.profiles || ARRAY(
    SELECT id FROM unnest(%(shown)s::uuid[]) WITH ORDINALITY AS shown (id, place)
     WHERE NOT id = ANY (s.profiles) ORDER BY place LIMIT greatest(0, %(limit)s::int - cardinality(s.profiles)))
RETURNING greatest(0, %(limit)s::int - cardinality(profiles)),
          ARRAY(SELECT unnest(%(shown)s::uuid[]) EXCEPT SELECT unnest(profiles)), opened && %(shown)s::uuid[]
"""
# A page that was only looked at need not wait for the disk: at worst a crash forgets the last half second of counting.
_LIGHTLY = ", set_config('synchronous_commit', 'off', true)"


def look_around(*, person_id: UUID, filters: Filters, cursor: str | None, now: datetime) -> tuple[Profile, Page, int]:
    """A page of people, cut where the day's number is used up: (me, page, how many are left today)."""
    me = seeker(person_id, now)
    page = _page(me, filters, cursor, now)
    counted = show(me, [row.pk for row in page.rows], now, lightly=True)
    note_week(me, now)
    if counted.refused:
        page = replace(page, rows=[row for row in page.rows if row.pk not in counted.refused], next=None)
    return me, page, counted.left


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
    if counted.refused:
        raise _enough(now)
    if not counted.opened:
        _note_look(me, other, now)
    return me, other, counted.left


class Counted(NamedTuple):
    """How many more of today's number are left, whom it has no place for, and whether any was opened before."""

    left: int
    refused: list[UUID]
    opened: bool


def show(me: Profile, ids: Sequence[UUID], now: datetime, *, lightly: bool = False) -> Counted:
    """Count these as shown today, as far as today's number reaches."""
    given = {"id": new_id(), "person": me.person_id, "day": clock.today(now), "limit": profiles_a_day()}
    row = prepared.fetch_one(_SHOW + _LIGHTLY * lightly, {**given, "shown": list(ids)})
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


def _enough(now: datetime) -> TooMany:
    tomorrow = datetime.combine(clock.today(now), time.max, clock.SHANGHAI)
    return TooMany(
        _("That was today's number of new people."),
        retry_after=int((tomorrow - now).total_seconds()) + 1,
        next_step=_("Take your time with those you have seen; tomorrow there are more."),
        code="enough_for_today",
    )


def forget_days(*, now: datetime) -> int:
    """Whom somebody was shown is nobody's business the day after."""
    return SeenOfDay.objects.filter(day__lt=clock.today(now)).delete()[0]
