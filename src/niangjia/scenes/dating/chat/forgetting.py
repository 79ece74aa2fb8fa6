"""What is deleted by itself, and what somebody takes along or leaves behind."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q

from niangjia.core.files import services as files
from niangjia.core.files.models import Photo
from niangjia.scenes.dating.chat.models import Message, Quiet
from niangjia.scenes.dating.chat.types import KEPT, KEPT_AFTER_END
from niangjia.scenes.dating.models import Profile
from niangjia.scenes.dating.selectors.people import profile_of

_DAY = timedelta(days=1)


@transaction.atomic
def forget(*, now: datetime) -> int:
    """Every night: a year after it was written, thirty days after the end, at once when one of the two has left.

    What a report quotes is a copy of its own and stays with the case. Pictures that belong to no message go too.
    """
    ended = Q(pair__ended_at__lte=now - KEPT_AFTER_END)
    first_time = Q(at__lt=F("pair__since"), pair__since__lte=now - KEPT_AFTER_END)
    alone = Q(pair__first=None) | Q(pair__second=None)
    gone, _kinds = Message.objects.filter(Q(at__lte=now - KEPT) | ended | first_time | alone).delete()
    held = Message.objects.filter(photo=OuterRef("pk"))
    lost = Photo.objects.filter(~Exists(held), purpose="chat", made_at__lte=now - _DAY)
    files.delete_at(ids=list(lost.values_list("pk", flat=True)), at=now)
    return gone


def export(person_id: UUID) -> dict[str, Any]:
    """What this person wrote, and nothing that was written to them: that is the other's."""
    me = profile_of(person_id)
    if me is None:
        return {"messages": []}
    rows = Message.objects.filter(sender=me).order_by("at", "pk")
    return {
        "messages": [
            {"at": row.at, "kind": row.kind, "text": row.text, "seconds": row.seconds, "taken_back": row.taken_back_at}
            for row in rows
        ],
        "read_marks": not Quiet.objects.filter(profile=me).exists(),
    }


@transaction.atomic
def erase(person_id: UUID, now: datetime) -> None:
    """Both sides of every conversation: without the other half nobody should keep one."""
    mine = Profile.objects.filter(person_id=person_id)
    both = Message.objects.filter(Q(pair__first__in=mine) | Q(pair__second__in=mine))
    theirs = [key for key in both.values_list("photo_id", flat=True) if key]
    both.delete()
    files.delete_at(ids=theirs, at=now)
    files.delete_photos(owner_id=person_id, purpose="chat")
