"""Reading the log: by the person concerned, and by the one who verifies the chain."""

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet

from niangjia.core.audit.models import Event
from niangjia.core.audit.services import link


@dataclass(frozen=True)
class Break:
    """A place at which the chain does not hold, and why."""

    place: int
    what: str


def about(person_id: UUID) -> QuerySet[Event]:
    """Everything recorded about one person, newest first."""
    return Event.objects.filter(subject_id=person_id).order_by("-at", "-id")


def verify_chain(*, expected_length: int | None = None) -> Iterator[Break]:
    """Every break: altered, missing, inserted or reordered events; a cut end, when the length is known from outside."""
    previous, place = b"", 0
    for event in Event.objects.exclude(place=None).order_by("place").iterator(chunk_size=2_000):
        if event.place != place + 1:
            yield Break(place + 1, "missing")
        place = event.place or 0
        if link(previous, place, event) != bytes(event.mac or b""):
            yield Break(place, "altered")
        previous = bytes(event.mac or b"")
    if expected_length is not None and place < expected_length:
        yield Break(place + 1, "cut off")
