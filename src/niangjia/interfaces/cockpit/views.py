"""The cockpit: what was achieved, by organisation and by week, month or year, drilled down the tree."""

from datetime import date
from typing import Any, Final
from uuid import UUID

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from niangjia.core import access
from niangjia.core.access import Actor
from niangjia.core.access.policies import NONE, Policy, within
from niangjia.core.orgs import selectors as tree
from niangjia.core.orgs.models import Org
from niangjia.engines.metrics import selectors
from niangjia.engines.metrics.selectors import Course, Kind, Period, Row
from niangjia.engines.metrics.types import GROUPS, METRICS, SMALLEST
from niangjia.interfaces.cockpit import charts
from niangjia.interfaces.console.frame import page
from niangjia.interfaces.console.permissions import SEE_COCKPIT
from niangjia.kernel.errors import NotFound

COURSE: Final = 12  # weeks that lead up to the one shown
KINDS: Final[dict[Kind, object]] = {"week": _("Week"), "month": _("Month"), "year": _("Year")}


class CockpitPolicy(Policy[Org]):
    """Figures of the organisations at and below one's own."""

    model = Org

    def rule(self, actor: Actor, action: str) -> Q:
        return within(actor, SEE_COCKPIT, path="path") if action == "see" else NONE


policy = CockpitPolicy()


@access.needs(SEE_COCKPIT)
def desk(request: HttpRequest) -> HttpResponse:
    return page(request, "cockpit/desk.html", _("Cockpit"), **_figures(request))


@access.needs(SEE_COCKPIT)
def screen(request: HttpRequest) -> HttpResponse:
    """The same figures for the wall: dark, large, loaded anew by itself."""
    return page(request, "cockpit/screen.html", _("Cockpit"), **_figures(request))


def _figures(request: HttpRequest) -> dict[str, Any]:
    actor = access.actor_of(request)
    org = _org(request, actor)
    weeks = selectors.weeks_counted()
    periods = selectors.periods(_kind(request), weeks)
    period = _period(request, periods)
    return {
        "org": org,
        "above": policy.which(actor, "see").filter(path__in=list(tree.paths_above(org.path))).order_by("path"),
        "kinds": KINDS,
        "period": period,
        "periods": periods[::-1],
        "groups": _groups(org, period, weeks) if period else [],
        "smallest": SMALLEST,
    }


def _groups(org: Org, period: Period, weeks: list[date]) -> list[dict[str, Any]]:
    """Figures of a kind together, each with its course, and the organisations one step down."""
    before = [week for week in weeks if week <= period.weeks[-1]][-COURSE:]
    courses = selectors.course(org, before if period.kind == "week" else period.weeks, period)
    rows = selectors.rows_below(org, period.weeks)
    found = []
    for code, title in GROUPS.items():
        ats = [at for at, metric in enumerate(METRICS.values()) if metric.group == code]
        tiles = [_tile(courses[at], period) for at in ats]
        found.append({"code": code, "title": title, "tiles": tiles, **_table(rows, ats)})
    return [group for group in found if group["tiles"]]


def _org(request: HttpRequest, actor: Actor) -> Org:
    """The one asked for, or the actor's own."""
    wanted = request.GET.get("org")
    if not wanted:
        return policy.which(actor, "see").order_by("depth", "path")[0]
    try:
        return policy.get(actor, "see", pk=UUID(wanted))
    except ValueError as error:
        raise NotFound(_("We could not find that."), next_step=_("Please go back and look again.")) from error


def _kind(request: HttpRequest) -> Kind:
    wanted = request.GET.get("period", "")
    return next((kind for kind in KINDS if kind == wanted), "week")


def _period(request: HttpRequest, periods: list[Period]) -> Period | None:
    """The one asked for, if anything of it was counted; else the last one."""
    wanted = request.GET.get("at", "")
    return next((period for period in periods if period.key == wanted), periods[-1] if periods else None)


def _tile(course: Course, period: Period) -> dict[str, Any]:
    known = course.counts[-2:] if period.kind == "week" else ()
    first, last = (known[0], known[-1]) if len(known) == 2 else (None, None)
    more = last - first if first is not None and last is not None else None
    return {
        "metric": course.metric,
        "figure": course.figure,
        "more": more,
        "chart": None if course.metric.bundled else charts.line(course.weeks, course.counts),
        "table": list(zip(course.weeks, course.counts, strict=True)),
    }


def _table(rows: list[Row], ats: list[int]) -> dict[str, Any]:
    """Of some metrics, without the organisations that show nothing of them."""
    kept = [row for row in rows if any(row.figures[at].count for at in ats)]
    most = {at: max((row.figures[at].count or 0 for row in kept), default=0) or 1 for at in ats}
    metrics = list(METRICS.values())
    lines = [
        {
            "org": row.org,
            "is_own": row.is_own,
            "cells": [
                (metrics[at], row.figures[at], round(100 * (row.figures[at].count or 0) / most[at])) for at in ats
            ],
        }
        for row in kept
    ]
    return {"rows": lines, "metrics": [metrics[at] for at in ats]}
