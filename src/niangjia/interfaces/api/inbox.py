"""One inbox for everything a person is told."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Field, Router, Schema

from niangjia.core import access
from niangjia.core.endpoints import answer
from niangjia.core.messages import selectors, services
from niangjia.core.messages.models import Note
from niangjia.core.messages.types import TEMPLATES
from niangjia.interfaces.api.paging import page_of
from niangjia.interfaces.api.requests import person_of
from niangjia.kernel import clock

router = Router(tags=["inbox"])


class NoteOut(Schema):
    id: UUID
    title: str
    body: str
    at: datetime
    read: bool
    route: str

    @classmethod
    def of(cls, note: Note) -> "NoteOut":
        template = TEMPLATES[note.template]
        title, body = template.render(note.params)
        return cls(id=note.pk, title=title, body=body, at=note.at, read=note.read_at is not None, route=template.route)


class NotePage(Schema):
    items: list[NoteOut]
    next: str | None


class Read(Schema):
    ids: list[UUID] = Field(max_length=200)


class Unread(Schema):
    unread: int


@router.get("/inbox", response=NotePage)
@access.signed_in
def inbox(request: HttpRequest, cursor: str | None = None) -> Any:
    rows, after = page_of(selectors.inbox(person_of(request).pk), by="at", cursor=cursor)
    return answer(NotePage(items=[NoteOut.of(note) for note in rows], next=after))


@router.post("/inbox/read", response=Unread)
@access.signed_in
def read(request: HttpRequest, given: Read) -> Unread:
    return Unread(unread=services.mark_read(person_id=person_of(request).pk, ids=given.ids, now=clock.now()))
