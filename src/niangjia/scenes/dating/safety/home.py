"""Safety on the phone app's home page."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from niangjia.kernel import clock
from niangjia.scenes.dating.safety.models import Plan


def waiting(person_id: UUID, now: datetime) -> list[dict[str, Any]]:
    """A date that goes on: one tap says that all is well."""
    row = Plan.objects.filter(profile__person=person_id, starts_at__lte=now).exclude(state="safe").first()
    if row is None:
        return []
    until = f"{row.until.astimezone(clock.SHANGHAI):%H:%M}"
    return [
        {
            "code": "dating_date",
            "title": _("Say that you are back"),
            "body": _("You wanted to be back by {until}. One tap, and nobody worries.").format(until=until),
            "route": "/dating/safety",
        }
    ]
