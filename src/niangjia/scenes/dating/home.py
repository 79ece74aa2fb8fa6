"""Dating on the phone app's home page."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from niangjia.scenes.dating.models import ContactOffer, Visibility
from niangjia.scenes.dating.policies import stands
from niangjia.scenes.dating.selectors.pairs import pairs_of
from niangjia.scenes.dating.selectors.people import profile_of
from niangjia.scenes.dating.selectors.safety import restrictions_of


def state(person_id: UUID, now: datetime) -> tuple[bool, object]:
    """Whether somebody may look around, and if not, the next step."""
    me = profile_of(person_id)
    if me is None:
        return False, _("Fill in a few lines about yourself.")
    if not stands(me, now):
        return False, _("Complete your three verifications: real person, employer, single.")
    if me.visibility == Visibility.PAUSED:
        return False, _("You are taking a break.")
    return True, _("Look around")


def waiting(person_id: UUID, now: datetime) -> list[dict[str, Any]]:
    """Contacts that are offered and wait for mine; decisions about me."""
    me = profile_of(person_id)
    if me is None:
        return []
    offers = ContactOffer.objects.filter(pair=OuterRef("pk"))
    theirs, mine = Exists(offers.exclude(owner=me)), Exists(offers.filter(owner=me))
    count = pairs_of(me).filter(theirs).exclude(mine).count()
    found = [_contact(count)] if count else []
    decided = any(row.may_appeal for row in restrictions_of(person_id, now))
    return found + ([_decision()] if decided else [])


def _contact(count: int) -> dict[str, Any]:
    title = ngettext("{count} contact waits for yours", "{count} contacts wait for yours", count).format(count=count)
    body = _("Offer yours, and both are opened.")
    return {"code": "dating_contact", "title": title, "body": body, "route": "/dating/pairs"}


def _decision() -> dict[str, Any]:
    return {
        "code": "dating_decision",
        "title": _("A decision about your dating profile"),
        "body": _("Read why, until when, and how to appeal."),
        "route": "/dating/restrictions",
    }
