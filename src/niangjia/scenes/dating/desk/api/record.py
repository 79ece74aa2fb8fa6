"""Asking for help, one's own word, and one's own record."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Field, Schema
from pydantic import BaseModel

from niangjia.core import access
from niangjia.core.accounts.models import Person
from niangjia.core.consent import services as consent
from niangjia.core.consent.types import PURPOSES
from niangjia.core.endpoints import Empty, Text, answer, person_of
from niangjia.kernel import clock
from niangjia.scenes.dating.api.frame import router
from niangjia.scenes.dating.desk import keeping, registering, selectors
from niangjia.scenes.dating.desk.models import Asking, Brand, Record, Station
from niangjia.scenes.dating.desk.types import FROZEN_FOR, PURPOSE, SOURCES


class HelpStationOut(BaseModel):
    id: UUID
    name: str
    place: str
    hours: str
    story: str


class HelpAskingOut(BaseModel):
    """Somebody registered me. `from_whom` is a kind, never a name."""

    id: UUID
    station: str
    from_whom: str
    wishes: str
    until: datetime


class HelpRecord(BaseModel):
    """My record in short. `frozen`: my consent is taken back; nobody sees it, and it is deleted on `deleted_on`."""

    station: str
    place: str
    matchmaker: str
    wishes: str
    since: datetime
    frozen: bool
    deleted_on: date | None


class HelpPage(BaseModel):
    """`purpose` and `text` are what one agrees to by saying yes."""

    waiting: list[HelpAskingOut]
    record: HelpRecord | None
    stations: list[HelpStationOut]
    purpose: str
    text: str


class HelpBrandOut(BaseModel):
    id: UUID
    name: str
    story: str
    organiser: str
    matchmakers: list[str]


class HelpBrands(BaseModel):
    items: list[HelpBrandOut]


class HelpAsk(Schema):
    station: UUID
    wishes: Text = Field("", max_length=400)


class HelpOwnWord(Schema):
    """`wishes`: what was written down, as I want it to stand; null leaves it."""

    asking: UUID
    yes: bool
    wishes: Text | None = Field(None, max_length=400)


class HelpWishes(Schema):
    wishes: Text = Field(max_length=400)


class HelpWord(Schema):
    text: Text = Field(max_length=1000)


class HelpNoteOut(BaseModel):
    kind: str
    who: str
    text: str
    at: datetime


class HelpTaskOut(BaseModel):
    text: str
    due_on: date
    done: bool


class HelpRecordOut(BaseModel):
    """Every word of it."""

    record: HelpRecord
    notes: list[HelpNoteOut]
    tasks: list[HelpTaskOut]


@router.get("/help", response=HelpPage)
@access.signed_in
def help_page(request: HttpRequest) -> Any:
    """What waits for my word, my record, and where one can ask."""
    now, person_id = clock.now(), person_of(request)
    person = Person.objects.get(pk=person_id)
    mine = selectors.record_of(person_id)
    purpose = PURPOSES[PURPOSE]
    return answer(
        HelpPage(
            waiting=[_asking(row) for row in registering.waiting_for(person, now)],
            record=_record(mine) if mine else None,
            stations=[_station(row) for row in selectors.open_stations()],
            purpose=purpose.code,
            text=str(purpose.text),
        )
    )


@router.post("/help/ask", response=HelpRecord)
@access.signed_in
def ask(request: HttpRequest, given: HelpAsk) -> Any:
    """Ask for help myself; saying so is my consent to the words on the page."""
    row = registering.ask_for_help(
        person_id=person_of(request), station_id=given.station, wishes=given.wishes, now=clock.now()
    )
    return _record(row)


@router.post("/help/answer", response=Empty)
@access.signed_in
def own_word(request: HttpRequest, given: HelpOwnWord) -> Any:
    """Yes or no to what others registered me for. A no deletes it, and nobody is told."""
    registering.answer(
        person_id=person_of(request), asking_id=given.asking, yes=given.yes, wishes=given.wishes, now=clock.now()
    )
    return {}


@router.get("/help/record", response=HelpRecordOut)
@access.signed_in
def record(request: HttpRequest) -> Any:
    """What my matchmakers wrote about me, and what they mean to do."""
    mine = keeping.own(person_of(request))
    notes = selectors.notes_of(mine)
    names = selectors.shown_as([note.author_id for note in notes])
    return answer(
        HelpRecordOut(
            record=_record(mine),
            notes=[
                HelpNoteOut(
                    kind=note.kind,
                    who=names.get(note.author_id, "") if note.author_id else "",
                    text=note.text,
                    at=note.at,
                )
                for note in notes
            ],
            tasks=[
                HelpTaskOut(text=t.text, due_on=t.due_on, done=t.done_at is not None) for t in selectors.tasks_of(mine)
            ],
        )
    )


@router.post("/help/wishes", response=HelpRecord)
@access.signed_in
def wishes(request: HttpRequest, given: HelpWishes) -> Any:
    return _record(keeping.change_wishes(person_id=person_of(request), wishes=given.wishes))


@router.post("/help/word", response=Empty)
@access.signed_in
def word(request: HttpRequest, given: HelpWord) -> Any:
    """My own word in my record."""
    keeping.add_word(person_id=person_of(request), text=given.text, now=clock.now())
    return {}


@router.post("/help/stop", response=Empty)
@access.signed_in
def stop(request: HttpRequest) -> Any:
    """Take my consent back: nobody sees the record any more, and it is deleted after 30 days."""
    consent.withdraw(person_id=person_of(request), purpose=PURPOSE, now=clock.now())
    return {}


@router.get("/help/brands", response=HelpBrands)
@access.public(reason="published pages of matchmakers, without anything of those they help")
def brands(request: HttpRequest) -> Any:
    return answer(HelpBrands(items=[_brand(row) for row in selectors.brands_shown()]))


def _brand(row: Brand) -> HelpBrandOut:
    return HelpBrandOut(
        id=row.pk,
        name=row.name,
        story=row.story,
        organiser=row.org.name,
        matchmakers=[link.member.shown_as for link in row.members.all()],
    )


def _asking(row: Asking) -> HelpAskingOut:
    return HelpAskingOut(
        id=row.pk,
        station=row.station.name,
        from_whom=str(SOURCES[row.source]),
        wishes=row.wishes,
        until=row.expires_at,
    )


def _station(row: Station) -> HelpStationOut:
    return HelpStationOut(id=row.pk, name=row.name, place=row.place, hours=row.hours, story=row.story)


def _record(row: Record) -> HelpRecord:
    names = selectors.shown_as([row.matchmaker_id])
    deleted = clock.today(row.frozen_at + FROZEN_FOR) if row.frozen_at else None
    return HelpRecord(
        station=row.station.name,
        place=row.station.place,
        matchmaker=names.get(row.matchmaker_id, "") if row.matchmaker_id else "",
        wishes=row.wishes,
        since=row.opened_at,
        frozen=row.frozen_at is not None,
        deleted_on=deleted,
    )
