"""What this room holds of somebody, and how it goes."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Q

from niangjia.engines.allocation.models import Booking
from niangjia.scenes.dating.models import Profile
from niangjia.scenes.dating.services.leaving import ALSO
from niangjia.scenes.dating.venues import booking
from niangjia.scenes.dating.venues.models import Opening, Together
from niangjia.scenes.dating.venues.types import SCENE


def export(person_id: UUID) -> dict[str, Any]:
    """What I booked, and that I asked or was asked along; never whom."""
    rows = Booking.objects.filter(person=person_id, slot__resource__scene=SCENE).order_by("asked_at")
    venues = dict(Opening.objects.filter(slot__in=[row.slot_id for row in rows]).values_list("slot_id", "venue__name"))
    me = Profile.objects.filter(person_id=person_id).first()
    along = Together.objects.filter(Q(host=me) | Q(guest=me)).select_related("opening") if me else ()
    return {
        "visits": [
            {"venue": venues.get(row.slot_id, ""), "state": row.state, "asked_at": row.asked_at, "came": row.arrived_at}
            for row in rows
        ],
        "along": [
            {
                "at": row.opening.starts_at,
                "i_booked": row.host_id == me.pk,
                "i_said": ("yes" if row.accepted_at else "no" if row.declined_at else "")
                if row.guest_id == me.pk
                else "",
            }
            for row in along
            if me
        ],
    }


def erase(person_id: UUID, now: datetime) -> None:
    me = Profile.objects.filter(person_id=person_id).first()
    if me is None:
        return
    booking.leave_all(me, now)
    Together.objects.filter(Q(host=me) | Q(guest=me)).delete()


ALSO.append(erase)
