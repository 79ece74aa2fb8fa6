"""The cockpit: what was achieved, by organisation and week, drilled down the tree."""

from datetime import date
from typing import Any
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
from niangjia.engines.metrics.types import METRICS, SMALLEST
from niangjia.interfaces.cockpit import charts
from niangjia.interfaces.console.frame import page
from niangjia.interfaces.console.permissions import SEE_COCKPIT
from niangjia.kernel.errors import NotFound


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
    week = _week(request, weeks)
    upto = [known for known in weeks if week and known <= week]
    return {
        "org": org,
        "above": policy.which(actor, "see").filter(path__in=list(tree.paths_above(org.path))).order_by("path"),
        "week": week,
        "weeks": weeks[::-1],
        "tiles": [_tile(course) for course in selectors.course(org, upto)],
        "metrics": list(METRICS.values()),
        "rows": _rows(org, week) if week else [],
        "smallest": SMALLEST,
    }


def _org(request: HttpRequest, actor: Actor) -> Org:
    """The one asked for, or the actor's own."""
    wanted = request.GET.get("org")
    if not wanted:
        return policy.which(actor, "see").order_by("depth", "path")[0]
    try:
        return policy.get(actor, "see", pk=UUID(wanted))
    except ValueError as error:
        raise NotFound(_("We could not find that."), next_step=_("Please go back and look again.")) from error


def _week(request: HttpRequest, weeks: list[date]) -> date | None:
    """The week asked for, if it was counted; else the last one."""
    wanted = request.GET.get("week", "")
    return next((week for week in weeks if week.isoformat() == wanted), weeks[-1] if weeks else None)


def _tile(course: selectors.Course) -> dict[str, Any]:
    known = course.counts[-2:]
    first, last = (known[0], known[-1]) if len(known) == 2 else (None, None)
    more = last - first if first is not None and last is not None else None
    return {
        "metric": course.metric,
        "last": course.last,
        "more": more,
        "chart": charts.line(course.weeks, course.counts),
        "table": list(zip(course.weeks, course.counts, strict=True)),
    }


def _rows(org: Org, week: date) -> list[dict[str, Any]]:
    rows = selectors.rows_below(org, week)
    most = [max((row.figures[at] or 0 for row in rows), default=0) or 1 for at in range(len(METRICS))]
    return [
        {
            "org": row.org,
            "is_own": row.is_own,
            "cells": [
                (metric, figure, round(100 * (figure or 0) / most[at]))
                for at, (metric, figure) in enumerate(zip(METRICS.values(), row.figures, strict=True))
            ],
        }
        for row in rows
    ]
