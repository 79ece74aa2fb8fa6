"""What this room holds of somebody, and how it goes."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Q

from niangjia.core.accounts.models import Person
from niangjia.core.consent import services as consent
from niangjia.scenes.dating.models import Profile
from niangjia.scenes.dating.services.leaving import ALSO
from niangjia.scenes.dating.weekly import listing, programme
from niangjia.scenes.dating.weekly.models import Entry, Guest, Interest, Line
from niangjia.scenes.dating.weekly.types import LISTED, LIVE, PUBLIC, SEEN_LIVE


def export(person_id: UUID) -> dict[str, Any]:
    """Mine, and of others not even their numbers' owners."""
    me = Profile.objects.filter(person_id=person_id).first()
    entry = Entry.objects.filter(profile=me).first() if me else None
    lines = Line.objects.filter(profile=me).select_related("list").order_by("list__monday") if me else ()
    talks = Guest.objects.filter(profile=me).select_related("live").order_by("live__day") if me else ()
    return {
        "on_the_list": {"says": entry.says, "wishes": entry.wishes, "with_photo": entry.with_photo} if entry else None,
        "lists": [
            {
                "week": row.list.monday,
                "town": row.list.town,
                "number": row.number,
                "says": row.says,
                "wishes": row.wishes,
                "taken_out_because": row.out_reason,
                "my_objection": row.objection,
            }
            for row in lines
        ],
        "asked_about": [{"number": row.line.number, "way": row.way, "at": row.at} for row in _asked(person_id)],
        "live_talks": [
            {"day": row.live.day, "my_answer": row.says, "may_be_seen": row.seen, "afterwards": row.after}
            for row in talks
        ],
    }


def _asked(person_id: UUID) -> list[Interest]:
    mark = Person.objects.filter(pk=person_id).values_list("phone_index", flat=True).first()
    mine = Q(asker__person_id=person_id)
    if mark:
        mine |= Q(phone_mark=bytes(mark))
    return list(Interest.objects.filter(mine).select_related("line").order_by("at"))


def erase(person_id: UUID, now: datetime) -> None:
    """Also when somebody leaves dating only: who comes back later is asked anew."""
    for purpose in (LISTED, PUBLIC, LIVE, SEEN_LIVE):
        consent.withdraw(person_id=person_id, purpose=purpose, now=now)
    Interest.objects.filter(pk__in=[row.pk for row in _asked(person_id)]).delete()
    programme.leave_all(person_id, now)
    Guest.objects.filter(profile__person_id=person_id).delete()
    listing.gone(person_id)


def consent_withdrawn(person_id: UUID, purpose: str, now: datetime) -> None:
    """In the transaction in which it was taken back. The lists ask for the consent anyway, each time they are read."""
    if purpose == LISTED:
        listing.gone(person_id)
    programme.withdrawn(person_id, purpose, now)


ALSO.append(erase)
