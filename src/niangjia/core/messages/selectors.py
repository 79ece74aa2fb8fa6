"""Reading an inbox."""

from uuid import UUID

from django.db.models import QuerySet

from niangjia.core.messages.models import Note


def inbox(person_id: UUID) -> QuerySet[Note]:
    return Note.objects.filter(person_id=person_id).order_by("-at", "-id")


def unread(person_id: UUID) -> int:
    return Note.objects.filter(person_id=person_id, read_at=None).count()
