"""The lists at the union's desk: drafted on Monday, looked through by a human, published."""

import secrets
from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, connection, transaction
from django.db.models import F, Max
from django.utils.translation import gettext_lazy as _

from niangjia.core.access import Actor
from niangjia.core.audit import services as audit
from niangjia.core.messages import services as messages
from niangjia.core.orgs.models import Level, Org
from niangjia.kernel.errors import Conflict, Invalid
from niangjia.scenes.dating.models import ProfilePhoto
from niangjia.scenes.dating.types import week_of
from niangjia.scenes.dating.weekly import errors
from niangjia.scenes.dating.weekly.models import Entry, Line, WeeklyList
from niangjia.scenes.dating.weekly.models.lists import State
from niangjia.scenes.dating.weekly.policies import listable, lists
from niangjia.scenes.dating.weekly.types import LISTED, MOST_LISTED, OPEN_FOR

_WHO = """
SELECT e.id, p.district FROM dating_weekly_entry e JOIN dating_profile p ON p.id = e.profile_id
 WHERE {listable} AND p.district <> '' AND e.says <> ''
   AND NOT EXISTS (SELECT FROM dating_weekly_line l JOIN dating_weekly_weeklylist w ON w.id = l.list_id
                    WHERE l.profile_id = p.id AND w.monday = %(monday)s)
 ORDER BY e.listed_on NULLS FIRST, random()
"""


@transaction.atomic
def draft_week(*, now: datetime, under: Sequence[str] = ("",)) -> int:
    """A draft for each town in which somebody agreed; who waited longest comes first. Again and again, without harm."""
    condition, given = listable(now, [LISTED])
    with connection.cursor() as cursor:
        cursor.execute(_WHO.format(listable=condition), {**given, "monday": week_of(now)})
        rows = cursor.fetchall()
    towns: dict[str, list[UUID]] = {}
    for entry, town in rows:
        towns.setdefault(town, []).append(entry)
    orgs = _orgs_of(towns)
    return sum(
        _draft(orgs[town], town, entries, now)
        for town, entries in sorted(towns.items())
        if town in orgs and orgs[town].path.startswith(tuple(under))
    )


def _orgs_of(towns: dict[str, list[UUID]]) -> dict[str, Org]:
    """For each town its own union's office, else the city's, else the topmost."""
    offices = Org.objects.filter(form="", ended_at=None, level__in=[Level.PROVINCE, Level.CITY, Level.COUNTY])
    by_region = {org.region: org for org in offices.exclude(region="").order_by("-depth", "path")}
    found = {
        town: next((by_region[code] for code in (town, f"{town[:4]}00", f"{town[:2]}0000") if code in by_region), None)
        for town in towns
    }
    return {town: org for town, org in found.items() if org}


def _draft(org: Org, town: str, entries: Sequence[UUID], now: datetime) -> int:
    row, _new = WeeklyList.objects.get_or_create(town=town, monday=week_of(now), defaults={"org": org})
    if row.state != State.DRAFT:
        return 0
    room = max(0, MOST_LISTED - row.lines.count())
    found = {entry.pk: entry for entry in Entry.objects.filter(pk__in=entries[:room]).select_related("profile")}
    faces = _faces([entry.profile_id for entry in found.values() if entry.with_photo])
    for pk in entries[:room]:
        _line(row, found[pk], faces.get(found[pk].profile_id))
    return len(found)


def _line(row: WeeklyList, entry: Entry, photo: UUID | None) -> None:
    line = Line(list=row, profile=entry.profile, photo_id=photo)
    line.nickname, line.says, line.wishes = entry.profile.nickname, entry.says, entry.wishes
    line.save(force_insert=True)


def _faces(profiles: Sequence[UUID]) -> dict[UUID, UUID]:
    """The first photo of each that nobody need look at any more."""
    shown = ProfilePhoto.objects.filter(profile__in=profiles, waits=False).order_by("profile_id", "-place")
    return dict(shown.values_list("profile_id", "photo_id"))


@transaction.atomic
def publish(*, actor: Actor, list_id: UUID, now: datetime) -> WeeklyList:
    """Numbers are drawn by chance; the town's list before it closes; everybody on it learns their number."""
    row = _locked(actor, list_id)
    if row.state != State.DRAFT:
        raise Conflict(_("It is published already."), next_step=_("Have a look at its page."))
    lines = list(Line.objects.select_for_update().filter(list=row, out_at=None).order_by("pk"))
    if not lines:
        raise Conflict(_("Nobody is on this list."), next_step=_("Wait until somebody agrees to be on it."))
    WeeklyList.objects.filter(town=row.town, state=State.PUBLISHED).update(state=State.CLOSED)
    secrets.SystemRandom().shuffle(lines)
    for number, line in enumerate(lines, 1):
        line.number = number
    Line.objects.bulk_update(lines, ["number"])
    row.state, row.published_at, row.until, row.listed = State.PUBLISHED, now, now + OPEN_FOR, len(lines)
    row.save()
    Entry.objects.filter(profile__in=[line.profile_id for line in lines]).update(listed_on=row.monday)
    _tell_numbers(lines, now)
    _record("weekly_published", actor, row, now)
    return row


def _tell_numbers(lines: Sequence[Line], now: datetime) -> None:
    people = dict(Line.objects.filter(pk__in=[x.pk for x in lines]).values_list("pk", "profile__person_id"))
    for line in lines:
        messages.send(
            person_id=people[line.pk], template="dating_weekly_listed", params={"number": line.number}, now=now
        )


@transaction.atomic
def take_out(*, actor: Actor, line_id: UUID, reason: str, now: datetime) -> Line:
    """Out of this one list; they are told why, and may object. The next list begins anew."""
    line = _line_of(actor, line_id)
    if line.out_at is not None:
        return line
    if len(reason.strip()) < 4:
        raise Invalid(_("Please say why."), fields={"reason": _("It is told to the one concerned.")})
    line.out_at, line.out_by_id, line.out_reason, line.number = now, actor.person_id, reason.strip()[:200], None
    line.objection, line.objected_at, line.back_by_id = "", None, None
    line.save()
    messages.send(person_id=line.profile.person_id, template="dating_weekly_out", now=now)
    _record("weekly_taken_out", actor, line.list, now, subject=line.profile.person_id)
    return line


@transaction.atomic
def put_back(*, actor: Actor, line_id: UUID, back: bool, now: datetime) -> Line:
    """After an objection somebody else decides; the database lets nobody decide about themselves."""
    line = _line_of(actor, line_id)
    if line.out_at is None or line.objected_at is None or line.kept_out_at is not None:
        raise errors.Closed
    line.back_by_id = actor.person_id
    if back:
        line.out_at = None
        if line.list.state == State.PUBLISHED:
            line.number = (Line.objects.filter(list=line.list_id).aggregate(last=Max("number"))["last"] or 0) + 1
    else:
        line.kept_out_at = now
    try:
        with transaction.atomic():
            line.save()
    except IntegrityError as error:
        raise Conflict(
            _("You took this person out yourself."), next_step=_("Somebody else of your desk decides now.")
        ) from error
    template = "dating_weekly_back" if back else "dating_weekly_kept_out"
    messages.send(person_id=line.profile.person_id, template=template, now=now)
    _record("weekly_looked_again", actor, line.list, now, subject=line.profile.person_id)
    return line


def close_due(*, now: datetime) -> int:
    return WeeklyList.objects.filter(state=State.PUBLISHED, until__lte=now).update(state=State.CLOSED)


def count_interest(list_id: UUID) -> None:
    WeeklyList.objects.filter(pk=list_id).update(interests=F("interests") + 1)


def _locked(actor: Actor, list_id: UUID) -> WeeklyList:
    return WeeklyList.objects.select_for_update().get(pk=lists.get(actor, "run", pk=list_id).pk)


def _line_of(actor: Actor, line_id: UUID) -> Line:
    """A line of a list that the actor runs, and whose owner still agrees to stand on it."""
    line = Line.objects.select_for_update(of=("self",)).select_related("profile", "list").filter(pk=line_id).first()
    if line is None or not lists.may(actor, "run", line.list) or line.list.state == State.CLOSED:
        raise errors.missing()
    return line


def _record(what: str, actor: Actor, row: WeeklyList, now: datetime, *, subject: UUID | None = None) -> None:
    target: Any = ("list", str(row.pk))
    audit.record(action=f"dating.{what}", actor_id=actor.person_id, subject_id=subject, target=target, now=now)
