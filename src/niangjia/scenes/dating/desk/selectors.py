"""What the desk shows of people: to their matchmaker, and to themselves."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from niangjia.core.access import Actor
from niangjia.core.accounts.models import Person
from niangjia.kernel import clock
from niangjia.scenes.dating.desk.models import (
    Asking,
    Brand,
    Follow,
    Introduction,
    Marriage,
    Meeting,
    Note,
    Record,
    Reward,
    Station,
    StationMember,
    Suggestion,
    Task,
    Visit,
)
from niangjia.scenes.dating.desk.policies import introductions, records, rewards, stations
from niangjia.scenes.dating.desk.types import COUPLES, Figures, Span
from niangjia.scenes.dating.models import Event, Profile
from niangjia.scenes.dating.selectors.people import read
from niangjia.scenes.dating.types import Seen

SHOWN = 200


@dataclass(frozen=True)
class Named:
    """A record as a list shows it."""

    record: Record
    name: str
    profile: Profile | None


def named(rows: Sequence[Record]) -> dict[UUID, Named]:
    """By record: how somebody is called in dating, or at the desk. One query."""
    people = Profile.objects.filter(person_id__in=[row.person_id for row in rows])
    profiles = {row.person_id: row for row in people}
    return {row.pk: Named(row, _name(row, profiles.get(row.person_id)), profiles.get(row.person_id)) for row in rows}


def _name(row: Record, profile: Profile | None) -> str:
    return profile.nickname if profile else row.called or "—"


def people(actor: Actor, *, mine: bool = False) -> list[Named]:
    """Open records, those with something to do first."""
    overdue = Exists(Task.objects.filter(record=OuterRef("pk"), done_at=None))
    rows = records.which(actor, "keep").select_related("station").annotate(has_task=overdue)
    if mine:
        rows = rows.filter(matchmaker=actor.person_id)
    found = list(rows.order_by("-has_task", "-opened_at", "pk")[:SHOWN])
    names = named(found)
    return [names[row.pk] for row in found]


def unconfirmed(actor: Actor, now: datetime) -> QuerySet[Asking]:
    """That somebody waits, where and until when. Nothing of what was said about them is even read."""
    rows = Asking.objects.filter(station__in=stations.which(actor, "register"), expires_at__gt=now)
    rows = rows.select_related("station").defer("phone", "phone_index", "name", "wishes")
    return rows.order_by("-made_at", "pk")[:SHOWN]


def notes_of(record: Record) -> list[Note]:
    return list(Note.objects.filter(record=record).order_by("-at", "-pk")[:SHOWN])


def tasks_of(record: Record) -> list[Task]:
    return list(Task.objects.filter(record=record).order_by("done_at", "due_on", "pk")[:SHOWN])


def tasks_due(actor: Actor, now: datetime) -> list[tuple[Task, str]]:
    """What is to be done this week and before, with whom."""
    until = clock.today(now + timedelta(days=7))
    open_ones = Task.objects.filter(record__in=records.which(actor, "keep"), done_at=None, due_on__lte=until)
    rows = list(open_ones.select_related("record").order_by("due_on", "pk")[:SHOWN])
    names = named([row.record for row in rows])
    return [(row, names[row.record_id].name) for row in rows]


@dataclass(frozen=True)
class Two:
    """An introduction as its matchmaker sees it: never what one of them said alone."""

    row: Introduction
    one: str
    other: str
    meeting: Meeting | None = None
    counsel: str = ""
    marriage: Marriage | None = None


def introduced(actor: Actor, *, record: Record | None = None, key: UUID | None = None) -> list[Two]:
    rows = introductions.which(actor, "keep").select_related("one", "other", "station", "counsel", "marriage")
    if record is not None:
        rows = rows.filter(Q(one=record) | Q(other=record))
    if key is not None:
        rows = rows.filter(pk=key)
    found = list(rows.order_by("-made_at", "pk").defer("one_says", "other_says")[:SHOWN])
    names = named([record for row in found for record in (row.one, row.other)])
    live = Meeting.objects.filter(introduction__in=found).select_related("room").order_by("starts_at")
    meetings = {row.introduction_id: row for row in live}
    return [
        Two(
            row,
            names[row.one_id].name,
            names[row.other_id].name,
            meetings.get(row.pk),
            _counsel(row),
            getattr(row, "marriage", None),
        )
        for row in found
    ]


def _counsel(row: Introduction) -> str:
    offer = getattr(row, "counsel", None)
    return "" if offer is None else "accepted" if offer.accepted_at else "offered"


def told_of(row: Introduction) -> list[Follow]:
    """What each answered so far."""
    return list(Follow.objects.filter(introduction=row).exclude(answered_at=None).order_by("due_on", "record_id"))


def calendar(actor: Actor, now: datetime) -> list[tuple[Meeting, Two]]:
    """Meetings from yesterday on."""
    two = {one.row.pk: one for one in introduced(actor)}
    rows = Meeting.objects.filter(introduction__in=list(two), starts_at__gte=now - timedelta(days=1))
    rows = rows.exclude(state="cancelled").select_related("room__station").order_by("starts_at", "pk")
    return [(row, two[row.introduction_id]) for row in rows[:SHOWN]]


def suggested(actor: Actor) -> list[tuple[Suggestion, str, str]]:
    """The engine's list of this night."""
    mine = records.which(actor, "keep").values("pk")
    rows = Suggestion.objects.filter(one__in=mine, other__in=mine).select_related("one", "other", "station")
    rows = rows.exclude(Exists(Introduction.objects.filter(one=OuterRef("one"), other=OuterRef("other"))))
    found = list(rows.order_by("place", "pk")[:20])
    names = named([record for row in found for record in (row.one, row.other)])
    return [(row, names[row.one_id].name, names[row.other_id].name) for row in found]


def rewards_of(actor: Actor) -> list[Reward]:
    rows = rewards.which(actor, "decide").select_related("station")
    return list(rows.order_by("-proposed_at", "pk")[:SHOWN])


def shown_as(person_ids: Sequence[UUID | None]) -> dict[UUID, str]:
    """How staff are known at their stations."""
    rows = StationMember.objects.filter(person_id__in=[key for key in person_ids if key]).order_by("pk")
    return dict(rows.values_list("person_id", "shown_as"))


def open_stations() -> list[Station]:
    return list(Station.objects.filter(closed_at=None).order_by("name", "pk")[:SHOWN])


def brands_shown() -> list[Brand]:
    rows = Brand.objects.exclude(published_at=None).select_related("org").prefetch_related("members__member")
    return list(rows.order_by("-published_at", "pk")[:60])


def figures(rows: Sequence[Station], span: Span) -> dict[UUID, Figures]:
    """They count themselves; nobody types a number."""
    keys = [row.pk for row in rows]
    here = Introduction.objects.filter(station__in=keys)
    tales = here.filter(**_in(span, "story_at"))
    told = Follow.objects.filter(introduction__station__in=keys, stars__isnull=False, **_in(span, "answered_at"))
    events = Event.objects.filter(org__in=[row.org_id for row in rows], **_in(span, "closed_at"))
    visits = Visit.objects.filter(station__in=keys, day__gte=span.since, day__lt=span.until)
    salons = _by(events, "org_id")
    counted = {
        "visits": _by(visits, "station_id"),
        "records": _by(Record.objects.filter(station__in=keys, frozen_at=None), "station_id"),
        "introductions": _by(here.filter(**_in(span, "made_at")), "station_id"),
        "pairs": _by(here.filter(state="both_yes", **_in(span, "settled_at")), "station_id"),
        "couples": _by(tales.filter(story__in=COUPLES), "station_id"),
        "marriages": _by(tales.filter(story__in=("registered", "sweets")), "station_id"),
        "answers": _by(told, "introduction__station_id"),
        "content": _by(told.filter(stars__gte=4), "introduction__station_id"),
    }
    heads = {row.org_id: row.pk for row in sorted(rows, key=lambda row: (row.centre_id is None, row.name))}
    return {
        row.pk: Figures(
            **{name: found.get(row.pk, 0) for name, found in counted.items()},
            salons=salons.get(row.org_id, 0) if heads[row.org_id] == row.pk else 0,  # once for each organisation
        )
        for row in rows
    }


def _in(span: Span, column: str) -> dict[str, datetime]:
    return {f"{column}__gte": _moment(span.since), f"{column}__lt": _moment(span.until)}


def _moment(day: date) -> datetime:
    return datetime.combine(day, datetime.min.time(), tzinfo=clock.SHANGHAI)


def _by(rows: QuerySet[Any], column: str) -> dict[UUID, int]:
    return dict(rows.order_by().values(column).annotate(n=Count("pk")).values_list(column, "n"))


# ---- what the owner sees on the phone


@dataclass(frozen=True)
class Mine:
    """One introduction, as one of the two sees it."""

    row: Introduction
    side: str
    other: Seen

    @property
    def says(self) -> str:
        return str(getattr(self.row, f"{self.side}_says"))


def record_of(person_id: UUID) -> Record | None:
    """My own, also while it is frozen."""
    return Record.objects.filter(person_id=person_id).select_related("station").first()


def mine(me: Profile | None, record: Record, now: datetime) -> list[Mine]:
    """What waits for my answer, and those whom I met; whom I cannot see any more is not here."""
    if me is None or record.frozen_at is not None:
        return []
    live = Q(state="asked", until__gt=now) | Q(state="both_yes")
    rows = Introduction.objects.filter(live & (Q(one=record) | Q(other=record))).select_related(
        "one", "other", "station"
    )
    rows = rows.select_related("counsel", "marriage").order_by("-made_at", "pk")
    found = list(rows[:60])
    others = {row.pk: row.other if row.one_id == record.pk else row.one for row in found}
    ids = [one.person_id for one in others.values()]
    seen = (
        {
            one.person_id: one
            for one in read(me, "open", now, where="p.person_id = ANY (%(people)s::uuid[])", people=ids)
        }
        if ids
        else {}
    )
    return [
        Mine(row, "one" if row.one_id == record.pk else "other", seen[others[row.pk].person_id])
        for row in found
        if others[row.pk].person_id in seen
    ]


def meetings_of(found: Sequence[Mine], now: datetime) -> list[Meeting]:
    rows = Meeting.objects.filter(introduction__in=[one.row.pk for one in found], starts_at__gt=now - timedelta(days=1))
    return list(rows.exclude(state="cancelled").order_by("starts_at", "pk"))


def questions(record: Record, now: datetime) -> list[Follow]:
    """How are you two? Those that are due and not answered."""
    due = Follow.objects.filter(
        record=record, due_on__lte=clock.today(now), answered_at=None, introduction__state="both_yes"
    )
    return list(due.exclude(introduction__story="ended").order_by("due_on", "pk"))


def export(person_id: UUID) -> dict[str, Any]:
    """All that the desk holds of somebody, and nothing of the other half of an introduction."""
    record = record_of(person_id)
    told = {**_of_record(record), **_of_work(person_id)} if record else _of_work(person_id)
    person = Person.objects.get(pk=person_id)
    waiting = (
        Asking.objects.filter(phone_index=bytes(person.phone_index)) if person.phone_index else Asking.objects.none()
    )
    asked = [{"source": row.source, "wishes": row.wishes, "at": row.made_at} for row in waiting]
    return {**told, "waiting_for_my_word": asked} if asked else told


def _of_work(person_id: UUID) -> dict[str, Any]:
    """Of somebody who works at a station."""
    here = StationMember.objects.filter(person_id=person_id).order_by("station__name")
    paid = Reward.objects.filter(beneficiary_id=person_id).order_by("proposed_at")
    told = {
        "works_at": list(here.values("station__name", "shown_as")),
        "rewards": list(paid.values("receipt", "fen", "state", "proposed_at", "paid_at")),
    }
    return {name: rows for name, rows in told.items() if rows}


def _of_record(record: Record) -> dict[str, Any]:
    rows = Introduction.objects.filter(Q(one=record) | Q(other=record)).order_by("made_at")
    return {
        "record": {
            "station": record.station.name,
            "source": record.source,
            "called": record.called,
            "wishes": record.wishes,
            "opened_at": record.opened_at,
            "frozen_at": record.frozen_at,
        },
        "notes": [{"kind": row.kind, "text": row.text, "at": row.at} for row in reversed(notes_of(record))],
        "tasks": [{"text": row.text, "due_on": row.due_on, "done_at": row.done_at} for row in tasks_of(record)],
        "introductions": [
            {
                "at": row.made_at,
                "words": row.words,
                "state": row.state,
                "I_said": _said(row, record),
                "story": row.story,
            }
            for row in rows
        ],
        "meetings": list(
            Meeting.objects.filter(introduction__in=rows).order_by("starts_at").values("place", "starts_at", "state")
        ),
        "married_on": list(Marriage.objects.filter(introduction__in=rows).values_list("married_on", flat=True)),
        "answers": list(
            Follow.objects.filter(record=record)
            .exclude(answered_at=None)
            .order_by("answered_at")
            .values("step", "says", "why_ended", "stars", "answered_at")
        ),
    }


def _said(row: Introduction, record: Record) -> str:
    return {"y": "yes", "n": "no"}.get(row.one_says if row.one_id == record.pk else row.other_says, "")
