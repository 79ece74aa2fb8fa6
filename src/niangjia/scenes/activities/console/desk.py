"""The desk of one activity: how it fills, who decides what, and everything that can be done with it."""

from collections.abc import Callable
from datetime import datetime
from typing import Any, Final

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext_lazy as _

from niangjia.core import access
from niangjia.core.access import Actor
from niangjia.core.files.services import photo_url
from niangjia.core.pages import go, key_of, named, status_of, told
from niangjia.core.registry import Shown
from niangjia.engines.allocation import selectors as allocation
from niangjia.engines.workflow.models import Case
from niangjia.kernel import clock
from niangjia.kernel.errors import DomainError, Invalid
from niangjia.scenes.activities import audience
from niangjia.scenes.activities.audience import Audience
from niangjia.scenes.activities.console.frame import HOME, shown
from niangjia.scenes.activities.console.reading import Sheet
from niangjia.scenes.activities.models import Activity
from niangjia.scenes.activities.policies import activities
from niangjia.scenes.activities.selectors import addons, desk, programme
from niangjia.scenes.activities.selectors.finding import figures_of
from niangjia.scenes.activities.selectors.people import by_firm, guests_of
from niangjia.scenes.activities.services import desk as deciding
from niangjia.scenes.activities.services import exporting, publishing


def one(request: HttpRequest) -> Shown | HttpResponse:
    if not named(request):
        return go(HOME)
    return _desk(request, activities.get(access.actor_of(request), "run", pk=key_of(request)))


def _desk(request: HttpRequest, row: Activity, *, status: int = 200, **more: Any) -> Shown:
    actor, now = access.actor_of(request), clock.now()
    assert actor.person_id is not None  # the policy gave them an activity
    people = audience.rounded(audience.count(Audience.read(row.audience), now))
    answered, tallies = desk.survey_of(row)
    return shown(
        request,
        "one.html",
        row.title,
        status=status,
        row=row,
        figures=figures_of(row),
        firms=by_firm(row, now),
        programme=programme.programme(row),
        photos=[(key, photo_url(key, actor.person_id, "thumb", now)) for key in programme.photos_of(row)],
        audience=audience.in_words(Audience.read(row.audience), now),
        people=people,
        pools=_pools(row),
        addons=addons.left_of(row),
        asked=_asked(row, now),
        answered=answered,
        tallies=tallies,
        leaves=exporting.leaves(actor=actor, activity=row, now=now),
        now=now,
        over=row.ends_at <= now,
        can_draw=row.way == "lottery" and row.slot_id is not None and row.closes_at <= now,
        **{"fields": {}, "typed": {}, **more},
    )


def _pools(row: Activity) -> list[dict[str, Any]]:
    """Places that are shared out, by the names of those they are for."""
    if not row.quotas or row.slot_id is None:
        return []
    pools = list(allocation.pools_of(row.slot_id))
    titles = desk.titles_of_keys([pool.key for pool in pools])
    return [{"pool": pool, "label": titles.get(pool.key, "")} for pool in pools]


def _asked(row: Activity, now: datetime) -> list[dict[str, Any]]:
    """Who waits for a yes. Masked; their forms are opened one by one, which is recorded."""
    if row.way != "approval":
        return []
    return [
        {"booking": guest.booking, "name": f"{guest.name[:1]}**" if guest.name else "—", "firm": guest.firm,
         "has_answers": guest.has_answers, "person": guest.person_id}
        for guest in guests_of(row, now)
        if guest.booking.state == "asked" and guest.person_id
    ]  # fmt: skip


def live(request: HttpRequest) -> HttpResponse:
    """The numbers of the desk, asked every few seconds. No names."""
    if not named(request):
        return go(HOME)
    row = activities.get(access.actor_of(request), "run", pk=key_of(request))
    figures, firms = figures_of(row), by_firm(row, clock.now())
    return JsonResponse(
        {
            "taken": figures.taken,
            "waiting": figures.waiting + figures.asked + figures.entered,
            "arrived": figures.arrived,
            "addons": [
                {"code": left.offer.code, "taken": left.taken, "waiting": left.waiting} for left in addons.left_of(row)
            ],
            "firms": [{"firm": firm, "places": places, "arrived": arrived} for firm, places, arrived in firms],
        }
    )


def act(request: HttpRequest) -> Shown | HttpResponse:
    """One of the things that can be done with an activity; what was typed stays when something is missing."""
    if request.method != "POST":
        return go(HOME)
    actor, key = access.actor_of(request), key_of(request)
    row = activities.get(actor, "run", pk=key)
    what = request.POST.get("do", "")
    if what not in _ACTS:
        return go(f"{HOME}/one", key=str(key))
    try:
        key = _ACTS[what](actor, row, Sheet(request.POST), clock.now()) or key
    except DomainError as error:
        row.refresh_from_db()
        return _desk(request, row, status=status_of(error), typed=request.POST, did=what, **told(error))
    return go(f"{HOME}/one", _TOLD[what], key=str(key))


def _publish(actor: Actor, row: Activity, sheet: Sheet, now: datetime) -> None:
    publishing.publish(actor=actor, activity_id=row.pk, now=now)


def _copy(actor: Actor, row: Activity, sheet: Sheet, now: datetime) -> Any:
    return publishing.copy(actor=actor, activity_id=row.pk, now=now).pk


def _move(actor: Actor, row: Activity, sheet: Sheet, now: datetime) -> None:
    starts = sheet.moment("starts_at")
    if starts is None:
        raise Invalid(_("Please say when."), fields=sheet.faults)
    words = {"place": sheet.text("place")[:60], "address": sheet.text("address")[:120]}
    publishing.move(actor=actor, activity_id=row.pk, starts_at=starts, now=now, **words)


def _cancel(actor: Actor, row: Activity, sheet: Sheet, now: datetime) -> None:
    publishing.cancel(actor=actor, activity_id=row.pk, reason=sheet.text("reason"), now=now)


def _resize(actor: Actor, row: Activity, sheet: Sheet, now: datetime) -> None:
    publishing.resize(actor=actor, activity_id=row.pk, capacity=sheet.number("capacity") or 0, now=now)


def _resize_addon(actor: Actor, row: Activity, sheet: Sheet, now: datetime) -> None:
    code, places = sheet.text("addon"), sheet.number("capacity") or 0
    publishing.resize_addon(actor=actor, activity_id=row.pk, code=code, places=places, now=now)


def _decide(actor: Actor, row: Activity, sheet: Sheet, now: datetime) -> None:
    booking = sheet.key("booking")
    if booking is None:
        raise Invalid(_("Please choose somebody."), fields=sheet.faults)
    accept = sheet.text("accept") == "yes"
    reason = sheet.text("reason")
    deciding.decide(actor=actor, activity_id=row.pk, booking_id=booking, accept=accept, reason=reason, now=now)


def _draw(actor: Actor, row: Activity, sheet: Sheet, now: datetime) -> None:
    deciding.draw(actor=actor, activity_id=row.pk, now=now)


def _ask_list(actor: Actor, row: Activity, sheet: Sheet, now: datetime) -> None:
    answers = sheet.text("answers") == "yes"
    _case: Case = exporting.ask(
        actor=actor, activity_id=row.pk, with_answers=answers, reason=sheet.text("reason"), now=now
    )


_ACTS: Final[dict[str, Callable[[Actor, Activity, Sheet, datetime], Any]]] = {
    "publish": _publish,
    "copy": _copy,
    "move": _move,
    "cancel": _cancel,
    "resize": _resize,
    "resize_addon": _resize_addon,
    "decide": _decide,
    "draw": _draw,
    "ask_list": _ask_list,
}
_TOLD: Final = {
    "publish": "published",
    "copy": "copied",
    "move": "moved",
    "cancel": "cancelled",
    "resize": "resized",
    "resize_addon": "resized",
    "decide": "decided",
    "draw": "drawn",
    "ask_list": "asked",
}
