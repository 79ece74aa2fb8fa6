"""Telling people things. A message is written in the transaction of what it tells of; the worker sends it after."""

import json
from collections.abc import Collection, Iterable, Mapping
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from django.db import transaction

from niangjia.core.crypto import blind_index
from niangjia.core.messages.jobs import deliver
from niangjia.core.messages.models import Note, Outbound
from niangjia.core.messages.types import TEMPLATES

SMS_LIFE = timedelta(minutes=5)  # a code that comes later than it lives only confuses


def send(*, person_id: UUID, template: str, params: Mapping[str, object] | None = None, now: datetime) -> Note:
    """Put a note into a person's inbox."""
    if template not in TEMPLATES:
        raise LookupError(template)
    return Note.objects.create(person_id=person_id, template=template, params=dict(params or {}), at=now)


# For a statement written by hand, which has just written what there is to tell of: `source` is what it wrote.
# A note of its own for each person and template, put up anew when it was read: so there are never two.
ONE_WAITING: Final = """
INSERT INTO inbox_note AS note (id, person_id, template, params, at)
SELECT %(note)s::uuid, %(told)s::uuid, %(template)s::text, '{{}}'::jsonb, %(now)s::timestamptz FROM {source}
ON CONFLICT (id) DO UPDATE SET at = EXCLUDED.at, read_at = NULL WHERE note.read_at IS NOT NULL
"""


def one_waiting(*, person_id: UUID, template: str, now: datetime) -> dict[str, object]:
    """What `ONE_WAITING` must know."""
    if template not in TEMPLATES:
        raise LookupError(template)
    key = blind_index(f"{template} {person_id}", purpose="note")[:16]
    return {"note": UUID(bytes=key, version=4), "told": person_id, "template": template, "now": now}


def take_away(*, person_id: UUID, template: str) -> None:
    """What such a note told of has been seen where it happened."""
    Note.objects.filter(person_id=person_id, template=template).delete()


def send_many(
    *, person_ids: Iterable[UUID], template: str, params: Mapping[str, object] | None = None, now: datetime
) -> None:
    """The same note for many people, in few statements."""
    if template not in TEMPLATES:
        raise LookupError(template)
    words = dict(params or {})
    notes = (Note(person_id=person_id, template=template, params=words, at=now) for person_id in person_ids)
    Note.objects.bulk_create(notes, batch_size=2_000)


def send_sms(
    *,
    phone: str,
    template: str,
    params: Mapping[str, str],
    now: datetime,
    person_id: UUID | None = None,
    life: timedelta = SMS_LIFE,
) -> None:
    """Queue a text message to a number; it leaves after commit and is not sent when it comes later than it lives."""
    outbound = Outbound(
        channel="sms", person_id=person_id, template=template, made_at=now, expires_at=now + life, to=phone
    )
    outbound.params = json.dumps(dict(params))
    outbound.save(force_insert=True)
    deliver.defer(outbound_id=str(outbound.id))


@transaction.atomic
def withdraw_sms(*, person_id: UUID, templates: Collection[str], since: datetime, now: datetime) -> bool:
    """What has not left does not leave any more. Says whether any of them may have been read all the same.

    One that was tried in vain counts as read: the provider may have taken it and only its answer was lost.
    """
    rows = Outbound.objects.select_for_update(of=("self",)).filter(person=person_id, template__in=templates)
    found = list(rows.filter(channel="sms", made_at__gte=since).order_by("pk"))
    for row in found:
        if row.state == "waiting":
            row.end("withdrawn", now)
    return any(row.state == "sent" or row.tries for row in found)


def mark_read(*, person_id: UUID, ids: Iterable[UUID], now: datetime) -> int:
    """Mark notes as read; returns how many stay unread."""
    Note.objects.filter(person_id=person_id, id__in=list(ids), read_at=None).update(read_at=now)
    return Note.objects.filter(person_id=person_id, read_at=None).count()
