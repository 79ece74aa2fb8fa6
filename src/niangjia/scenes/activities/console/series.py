"""Series and festivals, and the figures of what was held."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from niangjia.core import access
from niangjia.core.access.policies import within
from niangjia.core.orgs.models import Org
from niangjia.core.pages import go, key_of, named, status_of, told
from niangjia.core.registry import Shown
from niangjia.kernel import clock
from niangjia.kernel.errors import DomainError, NotFound
from niangjia.scenes.activities.console import reading
from niangjia.scenes.activities.console.frame import HOME, shown
from niangjia.scenes.activities.models import Series
from niangjia.scenes.activities.policies import series
from niangjia.scenes.activities.selectors import desk, figures
from niangjia.scenes.activities.services import series as founding
from niangjia.scenes.activities.services.series import Words
from niangjia.scenes.activities.types import SEE_FIGURES


def series_list(request: HttpRequest) -> Shown:
    rows = desk.series_of(access.actor_of(request))
    return shown(request, "series.html", _("Series and festivals"), rows=rows[:100])


def write(request: HttpRequest) -> Shown | HttpResponse:
    actor = access.actor_of(request)
    row = series.get(actor, "run", pk=key_of(request)) if named(request) else None
    if request.method != "POST":
        return _page(request, row, _fields(row))
    try:
        words = _words(request)
        if row is None:
            founding.found(actor=actor, org_id=key_of(request, "org"), words=words, now=clock.now())
        else:
            founding.change(actor=actor, series_id=row.pk, words=words)
    except DomainError as error:
        return _page(request, row, request.POST, status=status_of(error), **told(error))
    return go(f"{HOME}/series", "kept")


def _words(request: HttpRequest) -> Words:
    typed = request.POST
    return Words(
        title=typed.get("title", "").strip(),
        about=typed.get("about", "").strip()[:4000],
        is_festival=typed.get("is_festival") == "yes",
        starts_on=reading.day_from(typed.get("starts_on", "")),
        ends_on=reading.day_from(typed.get("ends_on", "")),
    )


def _fields(row: Series | None) -> dict[str, Any]:
    if row is None:
        return {}
    days = {name: value.isoformat() if (value := getattr(row, name)) else "" for name in ("starts_on", "ends_on")}
    return {"title": row.title, "about": row.about, "is_festival": "yes" if row.is_festival else "", **days}


def _page(request: HttpRequest, row: Series | None, filled: Any, *, status: int = 200, **more: Any) -> Shown:
    title = _("Change") if row else _("A new series or festival")
    held = row.activities.select_related("org").order_by("starts_at", "pk")[:200] if row else ()
    return shown(
        request,
        "write_series.html",
        title,
        status=status,
        row=row,
        v=filled,
        orgs=[{"key": str(org.pk), "name": org.name} for org in desk.orgs_of(access.actor_of(request))],
        held=held,
        **{"fields": {}, **more},
    )


def figures_page(request: HttpRequest) -> Shown:
    """Held and came, by organisation and year."""
    actor, now = access.actor_of(request), clock.now()
    reach = Org.objects.filter(within(actor, SEE_FIGURES, path="path")).order_by("depth", "path")
    org = reach.filter(pk=key_of(request, "org")).first() if named(request, "org") else reach.first()
    if org is None:
        raise NotFound(_("We could not find that."), next_step=_("Please go back and look again."))
    chosen = series.get(actor, "figures", pk=key_of(request, "series")) if named(request, "series") else None
    lines = figures.by_org_and_year(actor, org, series_id=chosen.pk if chosen else None, now=now)
    return shown(
        request,
        "figures.html",
        _("Figures of activities"),
        org=org,
        above=figures.above(actor, org),
        lines=lines,
        chosen=chosen,
        all_series=series.which(actor, "figures").order_by("title", "pk")[:100],
    )
