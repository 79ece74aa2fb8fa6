"""The live programme at the desk: whom the engine suggests, the week's talks, what came of them."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from niangjia.core import access
from niangjia.core.access.policies import within
from niangjia.core.orgs.models import Org
from niangjia.core.pages import go, key_of, moment_of, status_of, told
from niangjia.core.registry import Shown
from niangjia.kernel import clock
from niangjia.kernel.errors import DomainError
from niangjia.scenes.dating import places
from niangjia.scenes.dating.weekly import asking, live_selectors, programme
from niangjia.scenes.dating.weekly.console.frame import LIVES, shown
from niangjia.scenes.dating.weekly.policies import lives
from niangjia.scenes.dating.weekly.types import LIVE_MINUTES, RUN, Invitation

SHOWN = 40


def talks(request: HttpRequest) -> Shown | HttpResponse:
    if request.method != "POST":
        return _page(request)
    try:
        done = _act(request, clock.now())
    except DomainError as error:
        return _page(request, status=status_of(error), typed=request.POST, **told(error))
    return go(LIVES, done, **({"org": request.POST["org"]} if request.POST.get("org") else {}))


def _act(request: HttpRequest, now: datetime) -> str:
    actor, what = access.actor_of(request), request.POST.get("do", "")
    if what == "suggest":
        asking.for_suggestions(_org(request).pk)
        return "asked"
    if what == "invite":
        plan = Invitation(
            woman=key_of(request, "woman"),
            man=key_of(request, "man"),
            starts_at=moment_of(request.POST, "starts_at"),
            minutes=_minutes(request.POST.get("minutes", "")),
            stream_url=request.POST.get("stream_url", "").strip()[:200],
        )
        programme.invite(actor=actor, org_id=_org(request).pk, plan=plan, now=now)
        return "invited"
    if what == "off":
        programme.call_off(actor=actor, live_id=key_of(request), now=now)
        return "off"
    if what == "again":
        starts = moment_of(request.POST, "starts_at")
        programme.ask_again(actor=actor, live_id=key_of(request), starts_at=starts, now=now)
        return "invited"
    return ""


def _minutes(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 4 else LIVE_MINUTES


def _orgs(request: HttpRequest) -> Any:
    rows = Org.objects.filter(within(access.actor_of(request), RUN, path="path"), ended_at=None, form="")
    return rows.exclude(region="").order_by("path")


def _org(request: HttpRequest) -> Org:
    """The union meant, of those the actor runs; the topmost unless another is named."""
    wanted: UUID | None = None
    if request.POST.get("org") or request.GET.get("org"):
        wanted = key_of(request, "org")
    found: Org | None = (_orgs(request).filter(pk=wanted) if wanted else _orgs(request)).first()
    if found is None:
        key_of(request, "none")  # nothing is found under it
        raise AssertionError
    return found


def _page(request: HttpRequest, *, status: int = 200, **more: Any) -> Shown:
    now, org = clock.now(), _org(request)
    rows = list(lives.which(access.actor_of(request), "run").select_related("org").order_by("-starts_at")[:SHOWN])
    guests = live_selectors.guests_of(rows, now)
    known = places.places()
    names = {code: place.name for code, place in known.items() if place.level == "county"}
    return shown(
        request,
        "live.html",
        _("Live programme"),
        status=status,
        org=org,
        orgs=_orgs(request)[:60],
        couples=[
            {"woman": woman, "man": man, "towns": (names.get(woman.district, ""), names.get(man.district, ""))}
            for woman, man in live_selectors.suggestions(org.pk, now)
        ],
        lines=[{"live": row, "guests": guests[row.pk]} for row in rows],
        minutes=LIVE_MINUTES,
        now=now,
        **more,
    )
