"""Asking later for what can be had beside a place, and giving it back."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from niangjia.engines.allocation import services as allocation
from niangjia.engines.allocation.errors import AddOnFull, TooLate
from niangjia.engines.allocation.models import Booking, Extra
from niangjia.engines.allocation.policies import own
from niangjia.engines.allocation.types import LIVE
from niangjia.scenes.activities.models import Activity, State
from niangjia.scenes.activities.selectors.addons import for_everybody
from niangjia.scenes.activities.selectors.offers import missing
from niangjia.scenes.activities.services.registering import named


@transaction.atomic
def change(*, person_id: UUID, booking_id: UUID, code: str, want: bool, wait: bool, now: datetime) -> Activity:
    """For me, or where each needs one, for all who come with me. As long as a place may be given back."""
    booking = own(booking_id, person_id, LIVE)
    activity = Activity.objects.filter(slot_id=booking.slot_id, state=State.PUBLISHED).first()
    if activity is None:
        raise missing()
    if now >= min(activity.cancel_until, activity.starts_at) or booking.arrived_at is not None:
        raise TooLate
    rows = _who(booking, person_id, code)
    theirs = Extra.objects.exclude(state="given_back").filter(booking__in=rows, pool__key=code)
    have = set(theirs.values_list("booking", flat=True))
    try:
        for row in rows:
            if want and row.pk not in have:
                allocation.add_extra(booking_id=row.pk, by_id=person_id, key=code, wait=wait, now=now)
            elif not want and row.pk in have:
                allocation.drop_extra(booking_id=row.pk, by_id=person_id, key=code, now=now)
    except AddOnFull as error:
        raise named(error, activity.pk) from error
    return activity


def _who(booking: Booking, person_id: UUID, code: str) -> list[Booking]:
    if code not in for_everybody(booking.slot_id):
        return [booking]
    party = Booking.objects.filter(party=booking.party, booked_by_id=person_id, state__in=LIVE)
    return list(party.filter(Q(person=None) | Q(pk=booking.pk)).order_by("pk"))
