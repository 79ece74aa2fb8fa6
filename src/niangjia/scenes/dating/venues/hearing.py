"""What the allocation engine tells: openings called off, and who did not come."""

from collections.abc import Callable

from niangjia.core.messages import services as messages
from niangjia.engines.allocation import hooks
from niangjia.engines.allocation.types import Event
from niangjia.scenes.dating.venues.models import Opening, Together
from niangjia.scenes.dating.venues.types import SCENE

_TOLD = {
    "booked": "dating_venue_place",
    "called_off": "dating_venue_off",
    "absent": "dating_venue_missed",
}

ALSO: list[Callable[[Event], None]] = []  # rooms that put places aside here: guests have no inbox of their own


def told(news: Event) -> None:
    """Not coming has no consequence but a kind word: perhaps something came between."""
    for also in ALSO:
        also(news)
    template = _TOLD.get(news.what)
    if template is None:
        return
    opening = Opening.objects.filter(slot=news.slot_id).first() if news.slot_id else None
    if opening is not None and news.what == "called_off":
        Together.objects.filter(opening=opening).delete()
    messages.send_many(person_ids=sorted(set(news.person_ids)), template=template, now=news.now)


hooks.register(scene=SCENE, told=told)
