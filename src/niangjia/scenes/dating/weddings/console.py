"""Group weddings at the union's desk."""

from collections.abc import Callable
from dataclasses import asdict
from datetime import date, datetime
from typing import Any, Final

from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils.translation import gettext_lazy as _

from niangjia.core import access
from niangjia.core.access.policies import within
from niangjia.core.orgs.models import Org
from niangjia.core.pages import done_of, go, key_of, status_of, told
from niangjia.core.registry import ConsolePage, Shown
from niangjia.kernel import clock
from niangjia.kernel.china import mask_name
from niangjia.kernel.errors import DomainError, Invalid, NotFound
from niangjia.scenes.dating.weddings import arranging, selectors
from niangjia.scenes.dating.weddings.models import Wedding
from niangjia.scenes.dating.weddings.policies import weddings
from niangjia.scenes.dating.weddings.types import ARRANGE, Plan

HOME: Final = "/console/dating/weddings"
_DONE: Final = {
    "kept": _("Kept."),
    "published": _("Published. Couples can apply now."),
    "cancelled": _("Cancelled. Everybody concerned has been told."),
    "seen": _("Noted. Nothing of the certificate is kept."),
    "confirmed": _("Confirmed. Both have been told."),
    "listed": _("Published. Only those stand on it who both agreed."),
}
_TEXTS: Final = {"title": 60, "place": 120, "about": 2000, "how": 1000}
_TIMES: Final = ("held_at", "apply_until")


def _shown(request: HttpRequest, template: str, title: object, error: DomainError | None = None, **words: Any) -> Shown:
    status = 200
    more: dict[str, Any] = {"fields": {}}
    if error is not None:
        status, more = status_of(error), told(error)
    return Shown(f"dating/weddings/{template}", title, {**words, **more}, status, done_of(request, _DONE))


def wedding_list(request: HttpRequest) -> Shown:
    rows = selectors.arranged_by(access.actor_of(request))
    return _shown(request, "weddings.html", _("Group weddings"), rows=list(rows[:60]))


def write(request: HttpRequest) -> Shown | HttpResponse:
    actor = access.actor_of(request)
    named = request.POST.get("key") or request.GET.get("key")
    row = weddings.get(actor, "arrange", pk=key_of(request)) if named else None
    if request.method != "POST":
        return _form(request, row, _fields(row) if row else {})
    try:
        plan = _plan(request.POST)
        if row is None:
            row = arranging.draft(actor=actor, org_id=key_of(request, "org"), plan=plan, now=clock.now())
        else:
            arranging.change(actor=actor, wedding_id=row.pk, plan=plan, now=clock.now())
    except NotFound:
        raise
    except DomainError as error:
        return _form(request, row, request.POST, error)
    return go(f"{HOME}/one", "kept", key=str(row.pk))


def _form(request: HttpRequest, row: Wedding | None, values: Any, error: DomainError | None = None) -> Shown:
    orgs = Org.objects.filter(within(access.actor_of(request), ARRANGE, path="path"), ended_at=None).order_by("path")
    title = _("Change the wedding") if row else _("A new group wedding")
    return _shown(request, "write.html", title, error, row=row, v=values, orgs=orgs[:300])


def _plan(typed: QueryDict) -> Plan:
    faults: dict[str, object] = {}
    given: dict[str, Any] = {
        name: str(typed.get(name, "")).replace("\x00", "").strip()[:size] for name, size in _TEXTS.items()
    }
    for name in _TIMES:
        try:
            given[name] = datetime.fromisoformat(str(typed.get(name, ""))[:30]).replace(tzinfo=clock.SHANGHAI)
        except ValueError:
            faults[name] = _("Please choose a day and a time.")
    places = str(typed.get("places", ""))[:6].strip()
    if not places.isdecimal():
        faults["places"] = _("Please write a number.")
    if faults:
        raise Invalid(_("A few things need another look."), fields=faults)
    return Plan(**given, places=min(int(places), 30_000))


def _fields(row: Wedding) -> dict[str, Any]:
    times = {name: f"{getattr(row, name).astimezone(clock.SHANGHAI):%Y-%m-%dT%H:%M}" for name in _TIMES}
    return {**{name: getattr(row, name) for name in asdict(_of(row))}, **times}


def _of(row: Wedding) -> Plan:
    return Plan(row.title, row.place, row.held_at, row.apply_until, row.places, row.about, row.how)


def one(request: HttpRequest) -> Shown | HttpResponse:
    what = request.POST.get("do", "") if request.method == "POST" else ""
    if what == "names":
        arranging.look_at_names(actor=access.actor_of(request), wedding_id=key_of(request), now=clock.now())
        return _one(request, names=True)
    if what not in _ACTS:
        return _one(request)
    try:
        done = _ACTS[what](request)
    except NotFound:
        raise
    except DomainError as error:
        return _one(request, error)
    return go(f"{HOME}/one", done, key=str(key_of(request)))


def _one(request: HttpRequest, error: DomainError | None = None, *, names: bool = False) -> Shown:
    """Names are masked until somebody asks for them, which each of the couple can read later."""
    actor, now = access.actor_of(request), clock.now()
    row = weddings.get(actor, "arrange", pk=key_of(request))
    couples = list(selectors.couples_of(actor, row))
    called = str if names else mask_name
    lines = [
        {
            "row": c,
            "real": arranging.both_real(c, now),
            "called": " · ".join(called(one.legal_name) for one in (c.one, c.other) if one and one.legal_name),
        }
        for c in couples
    ]
    words = {"row": row, "lines": lines, "names": names, "today": clock.today(now), "now": now, "v": request.POST}
    return _shown(request, "one.html", row.title, error, **words)


def _publish(request: HttpRequest) -> str:
    arranging.publish(actor=access.actor_of(request), wedding_id=key_of(request), now=clock.now())
    return "published"


def _cancel(request: HttpRequest) -> str:
    arranging.cancel(actor=access.actor_of(request), wedding_id=key_of(request), now=clock.now())
    return "cancelled"


def _list(request: HttpRequest) -> str:
    arranging.publish_list(actor=access.actor_of(request), wedding_id=key_of(request), now=clock.now())
    return "listed"


def _seen(request: HttpRequest) -> str:
    try:
        day = date.fromisoformat(request.POST.get("married_on", "")[:10])
    except ValueError as error:
        raise Invalid(_("Please choose a day."), fields={"married_on": _("Please choose a day.")}) from error
    actor, couple = access.actor_of(request), key_of(request, "couple")
    arranging.saw_certificate(actor=actor, couple_id=couple, married_on=day, now=clock.now())
    return "seen"


def _confirm(request: HttpRequest) -> str:
    arranging.confirm(actor=access.actor_of(request), couple_id=key_of(request, "couple"), now=clock.now())
    return "confirmed"


_ACTS: Final[dict[str, Callable[[HttpRequest], str]]] = {
    "publish": _publish,
    "cancel": _cancel,
    "list": _list,
    "seen": _seen,
    "confirm": _confirm,
}

PAGES = (
    ConsolePage(_("Group weddings"), "cake", HOME, wedding_list, ARRANGE),
    ConsolePage("", "", f"{HOME}/write", write, ARRANGE, hidden=True),
    ConsolePage("", "", f"{HOME}/one", one, ARRANGE, hidden=True),
)
