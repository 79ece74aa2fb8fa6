"""What waits for somebody: people who asked, calls to confirm, invitations."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from niangjia.scenes.dating.policies import stands
from niangjia.scenes.dating.selectors.people import profile_of
from niangjia.scenes.dating.weekly import selectors
from niangjia.scenes.dating.weekly.models import Guest
from niangjia.scenes.dating.weekly.models.lives import LiveState


def waiting(person_id: UUID, now: datetime) -> list[dict[str, Any]]:
    me = profile_of(person_id)
    if me is None or not stands(me, now):
        return []
    asked = sum(not row.interest.listed_says for row in selectors.asked_of(me, now))
    asked += len(selectors.called(person_id, now))
    guests = Guest.objects.filter(profile=me, live__state=LiveState.INVITED, live__answer_by__gt=now)
    invited = sum(not guest.says for guest in guests)
    return ([_asked(asked)] if asked else []) + ([_invited()] if invited else [])


def _asked(count: int) -> dict[str, Any]:
    title = ngettext("{count} question from the weekly list", "{count} questions from the weekly list", count)
    body = _("Answer in private; a no is told to nobody.")
    return {"code": "dating_weekly", "title": title.format(count=count), "body": body, "route": "/dating/weekly/asked"}


def _invited() -> dict[str, Any]:
    title, body = _("An invitation to the live programme"), _("Answer in private; a no is told to nobody.")
    return {"code": "dating_live", "title": title, "body": body, "route": "/dating/live"}
