"""What waits for somebody: being asked along."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from niangjia.scenes.dating.policies import stands
from niangjia.scenes.dating.selectors.people import profile_of
from niangjia.scenes.dating.venues import selectors


def waiting(person_id: UUID, now: datetime) -> list[dict[str, Any]]:
    me = profile_of(person_id)
    if me is None or not stands(me, now):
        return []
    if not any(row.together.declined_at is None for row in selectors.asked_along(me, now)):
        return []
    title, body = _("Somebody you found asks you along"), _("Answer in private; a no is told to nobody.")
    return [{"code": "dating_venue", "title": title, "body": body, "route": "/dating/venues/mine"}]
