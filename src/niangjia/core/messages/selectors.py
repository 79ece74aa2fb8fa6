"""Reading an inbox."""

from uuid import UUID

from django.db.models import QuerySet

from niangjia.core import prepared
from niangjia.core.messages.models import Note


def inbox(person_id: UUID) -> QuerySet[Note]:
    return Note.objects.filter(person_id=person_id).order_by("-at", "-id")


def unread(person_id: UUID) -> int:
    row = prepared.fetch_one("SELECT count(*) FROM inbox_note WHERE person_id = %s AND read_at IS NULL", [person_id])
    assert row is not None  # a count always answers
    return int(row[0])
