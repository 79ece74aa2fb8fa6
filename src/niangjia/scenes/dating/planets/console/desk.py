"""Planets, their topics, and the meet-ups ahead, on one page."""

from collections.abc import Callable
from typing import Final
from uuid import UUID

from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from niangjia.core import access
from niangjia.core.access.policies import within
from niangjia.core.orgs.models import Org
from niangjia.core.pages import done_of, go, key_of, status_of, text_of, told
from niangjia.core.registry import Shown
from niangjia.kernel import clock
from niangjia.kernel.errors import DomainError
from niangjia.scenes.dating.planets import meeting, opening
from niangjia.scenes.dating.planets.meetups import of_staff
from niangjia.scenes.dating.planets.models import Planet, Topic
from niangjia.scenes.dating.planets.policies import planets
from niangjia.scenes.dating.planets.types import RUN_PLANETS
from niangjia.scenes.dating.taxonomy import HOBBIES

HOME: Final = "/console/dating/planets"
DONE: Final = {"done": _("Kept.")}


def page(request: HttpRequest) -> Shown | HttpResponse:
    """Everything at a glance; its forms come back here."""
    if request.method != "POST":
        return _shown(request)
    act = _ACTS.get(request.POST.get("do", ""))
    try:
        if act is not None:
            act(request)
    except DomainError as error:
        return _shown(request, error=error)
    return go(HOME, "done")


def _shown(request: HttpRequest, error: DomainError | None = None) -> Shown:
    actor = access.actor_of(request)
    held = Count("posts", filter=Q(posts__state="held"), distinct=True)
    shown = Count("posts", filter=Q(posts__state="shown"), distinct=True)
    rows = planets.which(actor, "run").select_related("org").annotate(shown=shown, held=held)
    found = list(rows.order_by("closed_at", "org__path", "title")[:100])
    topics: dict[UUID, list[Topic]] = {}
    for topic in Topic.objects.filter(planet__in=found, closed_at=None).order_by("made_at", "pk"):
        topics.setdefault(topic.planet_id, []).append(topic)
    orgs = Org.objects.filter(within(actor, RUN_PLANETS, path="path"), ended_at=None).order_by("path")[:300]
    language = get_language() or ""
    context = {
        "lines": [{"planet": row, "topics": topics.get(row.pk, [])} for row in found],
        "meetups": of_staff(within(actor, RUN_PLANETS, path="planet__org__path")),
        "orgs": orgs,
        "hobbies": [(hobby.code, hobby.title(language)) for hobby in HOBBIES],
        "now": clock.now(),
        "v": request.POST,
        **(told(error) if error else {}),
    }
    status = status_of(error) if error else 200
    return Shown("dating/console/planets.html", _("Interest planets"), context, status, done_of(request, DONE))


def _open(request: HttpRequest) -> Planet:
    words = {name: text_of(request.POST, name, 400) for name in ("hobby", "title", "about")}
    return opening.open_planet(actor=access.actor_of(request), org_id=key_of(request), **words, now=clock.now())


def _close(request: HttpRequest) -> Planet:
    return opening.close_planet(actor=access.actor_of(request), planet_id=key_of(request), now=clock.now())


def _topic(request: HttpRequest) -> Topic:
    actor = access.actor_of(request)
    return opening.set_topic(
        actor=actor, planet_id=key_of(request), title=text_of(request.POST, "title", 400), now=clock.now()
    )


def _end(request: HttpRequest) -> None:
    opening.end_topic(actor=access.actor_of(request), topic_id=key_of(request), now=clock.now())


def _cancel(request: HttpRequest) -> object:
    return meeting.cancel(actor=access.actor_of(request), meetup_id=key_of(request), now=clock.now())


_ACTS: Final[dict[str, Callable[[HttpRequest], object]]] = {
    "open": _open,
    "close": _close,
    "topic": _topic,
    "end": _end,
    "cancel": _cancel,
}
