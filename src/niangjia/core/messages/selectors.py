"""Reading an inbox."""

from typing import Final
from uuid import UUID

from django.db.models import QuerySet

from niangjia.core import prepared
from niangjia.core.messages.models import Note


def inbox(person_id: UUID) -> QuerySet[Note]:
    return Note.objects.filter(person_id=person_id).order_by("-at", "-id")


UNREAD: Final = "SELECT count(*) FROM inbox_note WHERE person_id = %(person)s AND read_at IS NULL"


def unread(person_id: UUID) -> int:
    row = prepared.fetch_one(UNREAD, {"person": person_id})
    assert row is not None  # a count always answers
    return int(row[0])
