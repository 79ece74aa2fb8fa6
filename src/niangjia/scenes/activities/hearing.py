"""What the allocation engine tells of bookings becomes notes to their owners, in the same transaction."""

from collections.abc import Mapping
from uuid import UUID

from niangjia.core.messages import services as messages
from niangjia.engines.allocation import hooks
from niangjia.engines.allocation.models import Booking, Consequence
from niangjia.engines.allocation.types import Event
from niangjia.scenes.activities.models import Activity
from niangjia.scenes.activities.selectors.words import words_of
from niangjia.scenes.activities.services.texting import text_people
from niangjia.scenes.activities.types import SCENE, day_words

_TEMPLATES: Mapping[str, str] = {
    "booked": "activity_booked",
    "extra_taken": "activity_addon_ready",
    "offered": "activity_offered",
    "lapsed": "activity_lapsed",
    "refused": "activity_refused",
    "unlucky": "activity_unlucky",
    "called_off": "activity_called_off",
    "moved": "activity_moved",
    "absent": "activity_absent",
}
_BY_TEXT_TOO = ("offered", "called_off", "moved")


def told(event: Event) -> None:
    """A part of a programme is told of by its activity: nobody gets five notes because five lectures moved."""
    if event.what == "consequence":
        _consequence(event)
    activity = Activity.objects.filter(slot__in=[event.slot_id]).first()
    if activity is None or event.what not in _TEMPLATES:
        return
    words = {**words_of(activity), "reason": event.detail.get("reason", "")}
    _tell(_TEMPLATES[event.what], event.person_ids, words, event, by_text=event.what in _BY_TEXT_TOO)
    if event.detail.get("clashes"):
        _clash(event, words)


def _clash(event: Event, words: dict[str, str]) -> None:
    """Who now has two places at one time is asked to choose."""
    clashing = Booking.objects.filter(pk__in=event.detail["clashes"].split(","), person__isnull=False)
    people = clashing.order_by("person_id").values_list("person_id", flat=True)
    messages.send_many(
        person_ids=[person for person in people if person], template="activity_clash", params=words, now=event.now
    )


def _tell(template: str, people: tuple[UUID, ...], words: dict[str, str], event: Event, *, by_text: bool) -> None:
    messages.send_many(person_ids=people, template=template, params=words, now=event.now)
    if by_text:
        text_people(person_ids=people, template=template, params=words, now=event.now)


def _consequence(event: Event) -> None:
    held = Consequence.objects.get(pk=event.detail["consequence"])
    words = {"day": day_words(held.until)}
    messages.send_many(person_ids=event.person_ids, template="activity_consequence", params=words, now=event.now)


hooks.register(scene=SCENE, told=told)
