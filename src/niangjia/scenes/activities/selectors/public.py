"""What anybody may read: a published activity's title, time and place; a draw; whether a certificate is genuine."""

import re
from datetime import datetime
from typing import Any
from uuid import UUID

from niangjia.core.orgs.models import Level
from niangjia.engines.allocation import selectors as allocation
from niangjia.kernel.china import mask_name
from niangjia.scenes.activities.models import Activity, Certificate, State
from niangjia.scenes.activities.selectors.offers import missing
from niangjia.scenes.activities.tickets import qr_svg

_NUMBER = re.compile(r"NJ-[0-9A-Z]{4}-[0-9A-Z]{4}", re.ASCII)


def shared(activity_id: UUID) -> Activity:
    """One that a union offers; what a firm offers its own people is not for the street."""
    rows = Activity.objects.exclude(state=State.DRAFT).exclude(org__level=Level.ENTERPRISE)
    found = rows.filter(pk=activity_id).select_related("org").first()
    if found is None:
        raise missing()
    return found


def address_of(activity: Activity, home: str) -> str:
    return f"{home}#/activities/one?id={activity.pk}"


def card_page(activity: Activity, home: str, now: datetime) -> dict[str, Any]:
    address = address_of(activity, home)
    return {
        "activity": activity,
        "address": address,
        "qr": qr_svg(address),
        "cancelled": activity.state == State.CANCELLED,
        "over": activity.ends_at <= now,
    }


def certificate_page(row: Certificate, home: str) -> dict[str, Any]:
    address = f"{home}api/v1/activities/certificate/verify?code={row.code}"
    return {"row": row, "activity": row.activity, "name": row.person.legal_name, "qr": qr_svg(address)}


def verified(code: str) -> dict[str, Any] | None:
    """Whose certificate it is, as far as the one who shows it can be compared; None for one we never made."""
    number = code.strip().upper()
    known = Certificate.objects.filter(code=number) if _NUMBER.fullmatch(number) else Certificate.objects.none()
    row = known.select_related("activity__org", "person").first()
    if row is None:
        return None
    return {"name": mask_name(row.person.legal_name), "activity": row.activity, "made_at": row.made_at}


def draw_of(activity: Activity) -> dict[str, Any]:
    if activity.way != "lottery" or activity.slot_id is None:
        raise missing()
    return allocation.published_draw(activity.slot_id)
