"""What of the desk waits for somebody, on their home page."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _

from niangjia.scenes.dating.desk import registering, selectors
from niangjia.scenes.dating.desk.models import Introduction, Meeting, Record

_SOON = timedelta(days=1)


def waiting(person_id: UUID, now: datetime) -> list[dict[str, Any]]:
    found = []
    if registering.waits(person_id, now):
        found.append(
            _line("help_confirm", _("Somebody registered you for help"), _("Your word is needed."), "/dating/help")
        )
    record = selectors.record_of(person_id)
    if record is None or record.frozen_at is not None:
        return found
    people = "/dating/help/people"
    if _unanswered(record, now):
        found.append(_line("help_introduction", _("Somebody to meet"), _("Your matchmaker asks you."), people))
    if _soon(record, now):
        found.append(_line("help_soon", _("You two meet soon"), _("Have a look where and when."), people))
    if _proposed(record, now):
        found.append(_line("help_meeting", _("A time and a place for you two"), _("Does it suit you?"), people))
    if selectors.questions(record, now):
        found.append(_line("help_how", _("How are you two?"), _("One tap is enough."), people))
    return found


def _line(code: str, title: str, body: str, route: str) -> dict[str, Any]:
    return {"code": code, "title": title, "body": body, "route": route}


def _unanswered(record: Record, now: datetime) -> bool:
    mine = Q(one=record, one_says=b"") | Q(other=record, other_says=b"")
    return Introduction.objects.filter(mine, state="asked", until__gt=now).exists()


def _soon(record: Record, now: datetime) -> bool:
    """Today or tomorrow, and while it goes on."""
    rows = Meeting.objects.filter(Q(introduction__one=record) | Q(introduction__other=record), state="agreed")
    return rows.filter(starts_at__lt=now + _SOON, ends_at__gt=now).exists()


def _proposed(record: Record, now: datetime) -> bool:
    mine = Q(one=record) | Q(other=record)
    rows = Introduction.objects.filter(mine, pk=OuterRef("introduction"))
    meetings = Meeting.objects.filter(Exists(rows), state="proposed", starts_at__gt=now).select_related("introduction")
    return any((m.one_fits if m.introduction.one_id == record.pk else m.other_fits) is None for m in meetings[:20])
