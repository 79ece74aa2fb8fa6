"""Activities on the phone app's home page."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from niangjia.engines.allocation.models import Booking
from niangjia.scenes.activities.selectors.mine import consequences
from niangjia.scenes.activities.types import SCENE


def state(person_id: UUID, now: datetime) -> tuple[bool, object]:
    """Open to everybody; some activities ask for a verification, and say so themselves."""
    return True, _("See what is on")


def waiting(person_id: UUID, now: datetime) -> list[dict[str, Any]]:
    """Places that are kept for me and want a yes; what was decided about me."""
    found = []
    offers = Booking.objects.filter(
        person_id=person_id, slot__resource__scene=SCENE, state="offered", until__gt=now
    ).count()
    if offers:
        title = ngettext("{count} place is kept for you", "{count} places are kept for you", offers)
        body = _("Say yes or no before it goes to the next in line.")
        found.append(_line("activity_offer", title.format(count=offers), body, "/activities/mine"))
    if any(held.row.lifted_at is None and held.row.until > now and not held.case for held in consequences(person_id)):
        title = _("At activities others go first for a while")
        found.append(
            _line(
                "activity_absence",
                title,
                _("Read why, until when, and how to ask for another look."),
                "/activities/absences",
            )
        )
    return found


def _line(code: str, title: str, body: str, route: str) -> dict[str, Any]:
    return {"code": code, "title": title, "body": body, "route": route}
