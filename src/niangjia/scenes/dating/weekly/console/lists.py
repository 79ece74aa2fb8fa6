"""Drafts and lists: looking through, taking out, publishing."""

from datetime import datetime
from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from niangjia.core import access
from niangjia.core.pages import go, key_of, named, status_of, told
from niangjia.core.registry import Shown
from niangjia.kernel import clock
from niangjia.kernel.errors import DomainError
from niangjia.scenes.dating import places
from niangjia.scenes.dating.weekly import desk, selectors
from niangjia.scenes.dating.weekly.console.frame import LISTS, shown
from niangjia.scenes.dating.weekly.models import WeeklyList
from niangjia.scenes.dating.weekly.policies import lists
from niangjia.scenes.dating.weekly.types import RUN

SHOWN: Final = 60


def town_of(row: WeeklyList) -> str:
    place = places.places().get(row.town)
    return place.name if place else row.town


def all_lists(request: HttpRequest) -> Shown | HttpResponse:
    actor = access.actor_of(request)
    if request.method == "POST":
        desk.draft_week(now=clock.now(), under=actor.paths(RUN))
        return go(LISTS, "drafted")
    rows = list(lists.which(actor, "run").select_related("org").order_by("-monday", "town")[:SHOWN])
    counted = selectors.figures(rows)
    nobody = {"there": 0, "out": 0}
    lines = [{"list": row, "town": town_of(row), "figures": counted.get(row.pk, nobody)} for row in rows]
    return shown(request, "lists.html", _("Weekly list"), lines=lines)


def one(request: HttpRequest) -> Shown | HttpResponse:
    if not named(request):
        return go(LISTS)
    return _page(request, lists.get(access.actor_of(request), "run", pk=key_of(request)), clock.now())


def _page(request: HttpRequest, row: WeeklyList, now: datetime, *, status: int = 200, **more: Any) -> Shown:
    found = selectors.desk_lines(row, now)
    here = [{"line": line, "shown": told} for line, told in found if line.out_at is None]
    out = [{"line": line, "shown": told} for line, told in found if line.out_at is not None]
    title = f"{town_of(row)} · {row.monday:%m-%d}"
    return shown(request, "list.html", title, status=status, row=row, here=here, out=out, town=town_of(row), **more)


def act(request: HttpRequest) -> Shown | HttpResponse:
    """Publish, take out, decide an objection."""
    if request.method != "POST":
        return go(LISTS)
    actor, now = access.actor_of(request), clock.now()
    row = lists.get(actor, "run", pk=key_of(request))
    try:
        done = _act(request, row, now)
    except DomainError as error:
        return _page(request, row, now, status=status_of(error), **told(error))
    return go(f"{LISTS}/one", done, key=str(row.pk))


def _act(request: HttpRequest, row: WeeklyList, now: datetime) -> str:
    actor, what = access.actor_of(request), request.POST.get("do", "")
    if what == "publish":
        desk.publish(actor=actor, list_id=row.pk, now=now)
        return "published"
    if what == "out":
        reason = request.POST.get("reason", "").replace("\x00", "")
        desk.take_out(actor=actor, line_id=key_of(request, "line"), reason=reason, now=now)
        return "out"
    if what in ("back", "keep"):
        desk.put_back(actor=actor, line_id=key_of(request, "line"), back=what == "back", now=now)
        return "back"
    return ""
