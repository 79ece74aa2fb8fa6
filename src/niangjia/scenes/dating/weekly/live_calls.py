"""The room of a live talk: a seat in the video room, or how two browsers find each other; and where others watch."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from niangjia.core import ports
from niangjia.kernel.errors import Conflict, Unavailable
from niangjia.scenes.dating.events.calls import GRACE, MOST_SIGNALS, Seat
from niangjia.scenes.dating.weekly import errors
from niangjia.scenes.dating.weekly.models import Guest, Live, LiveSignal
from niangjia.scenes.dating.weekly.models.lives import LiveState

EARLY = timedelta(minutes=10)


def seat(*, person_id: UUID, live_id: UUID, now: datetime) -> Seat:
    """A place in the room of the two, from ten minutes before."""
    live, mine = _going_on(person_id, live_id, now)
    until = live.starts_at + timedelta(minutes=live.minutes) + GRACE
    try:
        found = ports.video().seat(
            room=live.pk.hex, identity=mine.pk.hex, name=mine.profile.nickname, now=now, until=until
        )
    except ports.ProviderUnavailable as error:
        raise Unavailable(
            _("The video room cannot be reached at present."), next_step=_("Please tell the host; they see it too.")
        ) from error
    return Seat(found.kind, found.url, found.token, first=mine.side == "f")


@transaction.atomic
def signal(*, person_id: UUID, live_id: UUID, body: str, now: datetime) -> None:
    live, mine = _going_on(person_id, live_id, now)
    if LiveSignal.objects.filter(live=live, sender=mine.side).count() >= MOST_SIGNALS:
        raise Conflict(_("This call cannot be connected."), next_step=_("Please tell the host."))
    LiveSignal(live=live, sender=mine.side, body=body, at=now).save(force_insert=True)


def signals(*, person_id: UUID, live_id: UUID, after: datetime | None, now: datetime) -> list[LiveSignal]:
    """What the other's browser sent, in its order."""
    live, mine = _going_on(person_id, live_id, now)
    rows = LiveSignal.objects.filter(live=live).exclude(sender=mine.side).order_by("at", "pk")
    return list(rows.filter(at__gt=after) if after else rows)


def _going_on(person_id: UUID, live_id: UUID, now: datetime) -> tuple[Live, Guest]:
    mine = Guest.objects.filter(live_id=live_id, profile__person_id=person_id).select_related("live", "profile").first()
    if mine is None:
        raise errors.missing()
    live = mine.live
    ends = live.starts_at + timedelta(minutes=live.minutes) + GRACE
    whole = Guest.objects.filter(live=live).count() == 2
    if live.state != LiveState.AGREED or not whole or not live.starts_at - EARLY <= now <= ends:
        raise errors.Closed
    return live, mine
