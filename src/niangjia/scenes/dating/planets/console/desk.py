"""Planets, their topics, and the meet-ups ahead, on one page."""

from collections.abc import Callable
from typing import Final
from uuid import UUID

from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from niangjia.core import access
from niangjia.core.access.policies import within
from niangjia.core.orgs.models import Org
from niangjia.core.registry import Shown
from niangjia.kernel import clock
from niangjia.kernel.errors import Conflict, DomainError, Forbidden, NotFound
from niangjia.scenes.dating.planets import meeting, opening
from niangjia.scenes.dating.planets.meetups import of_staff
from niangjia.scenes.dating.planets.models import Planet, Topic
from niangjia.scenes.dating.planets.policies import planets
from niangjia.scenes.dating.planets.types import RUN_PLANETS
from niangjia.scenes.dating.taxonomy import HOBBIES

HOME: Final = "/console/dating/planets"


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
    return redirect(f"{HOME}?told=done")


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
        "error": error,
        "fields": {name: str(hint) for name, hint in error.fields.items()} if error else {},
        "v": request.POST,
    }
    done = _("Kept.") if request.GET.get("told") and error is None else ""
    return Shown("dating/console/planets.html", _("Interest planets"), context, _status(error), done)


def _status(error: DomainError | None) -> int:
    if error is None:
        return 200
    if isinstance(error, NotFound):
        return 404
    return 409 if isinstance(error, Conflict) else 403 if isinstance(error, Forbidden) else 422


def _key(request: HttpRequest) -> UUID:
    try:
        return UUID(request.POST.get("key", ""))
    except ValueError as error:
        raise NotFound(_("We could not find that."), next_step=_("Please go back and look again.")) from error


def _word(request: HttpRequest, name: str) -> str:
    return request.POST.get(name, "").replace("\x00", "")[:400]


def _open(request: HttpRequest) -> Planet:
    words = {name: _word(request, name) for name in ("hobby", "title", "about")}
    return opening.open_planet(actor=access.actor_of(request), org_id=_key(request), **words, now=clock.now())


def _close(request: HttpRequest) -> Planet:
    return opening.close_planet(actor=access.actor_of(request), planet_id=_key(request), now=clock.now())


def _topic(request: HttpRequest) -> Topic:
    actor = access.actor_of(request)
    return opening.set_topic(actor=actor, planet_id=_key(request), title=_word(request, "title"), now=clock.now())


def _end(request: HttpRequest) -> None:
    opening.end_topic(actor=access.actor_of(request), topic_id=_key(request), now=clock.now())


def _cancel(request: HttpRequest) -> object:
    return meeting.cancel(actor=access.actor_of(request), meetup_id=_key(request), now=clock.now())


_ACTS: Final[dict[str, Callable[[HttpRequest], object]]] = {
    "open": _open,
    "close": _close,
    "topic": _topic,
    "end": _end,
    "cancel": _cancel,
}
