"""Showing the union what somebody wrote. Only what the member chose is copied, and only into this report's case."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from uuid import UUID

from django.db.models import Exists, OuterRef, Q

from niangjia.core.crypto import seal
from niangjia.core.files import services as files
from niangjia.engines.workflow.models import Case
from niangjia.scenes.dating.chat import errors
from niangjia.scenes.dating.chat.models import Message, Quoted, Voice
from niangjia.scenes.dating.chat.types import KEPT_AFTER_END, MOST_QUOTED, opened, quoted_place, voice_place
from niangjia.scenes.dating.models import Pair, Profile, Report
from niangjia.scenes.dating.selectors.pairs import other_of
from niangjia.scenes.dating.selectors.people import own
from niangjia.scenes.dating.services import reports


@dataclass(frozen=True)
class Ended:
    """A conversation that nobody can read any more, and until when it can still be shown to the union."""

    pair_id: UUID
    at: datetime
    until: datetime


def report(
    *,
    person_id: UUID,
    pair_id: UUID,
    message_ids: Sequence[UUID],
    reason: str,
    details: str,
    evidence: Sequence[UUID],
    now: datetime,
) -> Case:
    """Report the other of a pair, with these messages. Also after the end, when none can be chosen: then the latest.

    Whoever harasses first and ends it then must not be safe from it.
    """
    me = own(person_id)
    pair = Pair.objects.filter(_mine(me), pk=pair_id).first()
    other = other_of(me, pair) if pair else None
    if pair is None or other is None:
        raise errors.over()
    return reports.report(
        person_id=person_id,
        profile_id=other,
        reason=reason,
        details=details,
        evidence=evidence,
        now=now,
        also=partial(_quote, me, pair, message_ids, now),
    )


def ended(person_id: UUID, now: datetime) -> list[Ended]:
    """Mine that ended a short while ago and in which the other wrote: without a name, a face or a word."""
    me = own(person_id)
    theirs = Message.objects.filter(pair=OuterRef("pk"), at__gte=OuterRef("since")).exclude(sender=me)
    found = Pair.objects.filter(_mine(me), Exists(theirs), ended_at__gt=now - KEPT_AFTER_END).order_by("-ended_at")
    return [Ended(pair.pk, pair.ended_at, pair.ended_at + KEPT_AFTER_END) for pair in found if pair.ended_at]


def _mine(me: Profile) -> Q:
    return Q(first=me) | Q(second=me)


def _quote(me: Profile, pair: Pair, message_ids: Sequence[UUID], now: datetime, report: Report) -> None:
    """Copies; the same message is copied once."""
    said = Message.objects.filter(pair=pair, at__gte=pair.since)
    if message_ids or pair.ended_at is None:
        said = said.filter(pk__in=message_ids)
    already = set(Quoted.objects.filter(report=report).values_list("message", flat=True))
    for row in said.order_by("-number")[:MOST_QUOTED]:
        if row.pk not in already:
            _copy(me, row, report, now)


def _copy(me: Profile, row: Message, report: Report, now: datetime) -> None:
    copy = Quoted(report=report, message=row.pk, by_reporter=row.sender_id == me.pk, at=row.at, kind=row.kind)
    copy.text, copy.seconds = row.text, row.seconds
    if row.photo_id:
        copy.photo = files.copy_photo(photo_id=row.photo_id, owner_id=me.person_id, purpose="evidence", now=now)
    voice = Voice.objects.filter(message=row).first()
    if voice:
        copy.sealed = seal(opened(voice.sealed, voice_place(row.pk)), place=quoted_place(copy.pk))
    copy.save(force_insert=True)
