"""Writing events down, publishing them, and how each of them fills."""

from collections.abc import Callable
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from django.db.models import F
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from niangjia.core import access
from niangjia.core.access import Actor
from niangjia.core.access.policies import within
from niangjia.core.orgs.models import Org
from niangjia.core.pages import go, key_of, named, status_of, told
from niangjia.core.registry import Shown
from niangjia.kernel import clock
from niangjia.kernel.errors import DomainError
from niangjia.scenes.dating.events import publishing, selectors
from niangjia.scenes.dating.events.console.frame import HOME, fields_of, plan_from, shown
from niangjia.scenes.dating.events.policies import events
from niangjia.scenes.dating.events.types import RUN
from niangjia.scenes.dating.models import Event
from niangjia.scenes.dating.models.events import Kind

SHOWN: Final = 60
_BLANK: Final = {"kind": "selection", "places": 500, "picks": 5, "rounds": 8, "tables": 20, "minutes": 6}


def event_list(request: HttpRequest) -> Shown:
    latest = F("closed_at").desc(nulls_first=True)
    rows = events.which(access.actor_of(request), "run").select_related("org").order_by(latest, "opens_at")
    shown_rows = list(rows[:SHOWN])
    figures = selectors.figures_of(shown_rows)
    lines = [{"event": row, "figures": figures[row.pk]} for row in shown_rows]
    return shown(request, "events.html", _("Dating events"), lines=lines, now=clock.now())


def write(request: HttpRequest) -> Shown | HttpResponse:
    actor = access.actor_of(request)
    row = events.get(actor, "run", pk=key_of(request)) if named(request) else None
    if request.method != "POST":
        return _form(request, row, fields_of(row) if row else dict(_BLANK))
    try:
        plan = plan_from(request.POST)
        if row is None:
            row = publishing.draft(actor=actor, org_id=key_of(request, "org"), plan=plan, now=clock.now())
        else:
            publishing.change(actor=actor, event_id=row.pk, plan=plan, now=clock.now())
    except DomainError as error:
        return _form(request, row, request.POST, status=status_of(error), **told(error))
    return go(f"{HOME}/one", "kept", key=str(row.pk))


def _form(request: HttpRequest, row: Event | None, values: Any, *, status: int = 200, **more: Any) -> Shown:
    orgs = Org.objects.filter(within(access.actor_of(request), RUN, path="path"), ended_at=None)
    title = _("Change the event") if row else _("A new dating event")
    return shown(
        request,
        "write_event.html",
        title,
        status=status,
        row=row,
        fixed=row is not None and row.state != "draft",
        v=values,
        kinds=Kind.choices,
        orgs=orgs.order_by("path")[:300],
        **{"fields": {}, **more},
    )


def one(request: HttpRequest) -> Shown | HttpResponse:
    if not named(request):
        return go(HOME)
    return _page(request, events.get(access.actor_of(request), "run", pk=key_of(request)))


def _page(request: HttpRequest, row: Event, *, status: int = 200, **more: Any) -> Shown:
    figures = selectors.figures_of([row])[row.pk]
    return shown(request, "event.html", row.title, status=status, row=row, figures=figures, now=clock.now(), **more)


def act(request: HttpRequest) -> Shown | HttpResponse:
    """Publish or cancel."""
    if request.method != "POST":
        return go(HOME)
    actor, key, what = access.actor_of(request), key_of(request), request.POST.get("do", "")
    row = events.get(actor, "run", pk=key)
    if what not in _ACTS:
        return go(f"{HOME}/one", key=str(key))
    try:
        _ACTS[what](actor, key, clock.now())
    except DomainError as error:
        return _page(request, row, status=status_of(error), **told(error))
    return go(f"{HOME}/one", _TOLD[what], key=str(key))


def _publish(actor: Actor, key: UUID, now: datetime) -> None:
    publishing.publish(actor=actor, event_id=key, now=now)


def _cancel(actor: Actor, key: UUID, now: datetime) -> None:
    publishing.cancel(actor=actor, event_id=key, now=now)


_ACTS: Final[dict[str, Callable[[Actor, UUID, datetime], None]]] = {"publish": _publish, "cancel": _cancel}
_TOLD: Final = {"publish": "published", "cancel": "cancelled"}
