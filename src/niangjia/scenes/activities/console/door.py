"""Letting people in: a page for a phone at the door that goes on working when the network does not."""

import json
from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib.staticfiles import finders
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _

from niangjia.core import access
from niangjia.core.pages import go, key_of, named, status_of
from niangjia.core.registry import Shown
from niangjia.engines.allocation.types import ScanIn
from niangjia.kernel import clock
from niangjia.kernel.errors import DomainError, Invalid
from niangjia.scenes.activities.console.frame import HOME, shown
from niangjia.scenes.activities.policies import activities
from niangjia.scenes.activities.selectors import desk
from niangjia.scenes.activities.services import desk as letting_in
from niangjia.scenes.activities.services import exporting


def door(request: HttpRequest) -> Shown:
    """Which door; and then the page that scans. It holds no names itself: the list lies on the phone alone."""
    actor, now = access.actor_of(request), clock.now()
    if named(request):
        row = activities.get(actor, "door", pk=key_of(request))
        return shown(request, "door.html", _("Let people in"), row=row, words=_words())
    rows = desk.of_staff(actor, "ahead", now, action="door")
    return shown(request, "doors.html", _("Let people in"), rows=rows[:50])


def _words() -> dict[str, str]:
    """What the page says, whether or not it has a network."""
    return {
        "welcome": _("Welcome!"),
        "already": _("Was let in already, at {time}. Please ask for a document if in doubt."),
        "other_slot": _("This ticket is for another activity. Please look at what stands on it."),
        "not_booked": _("This place was given back or never given. Please ask at the desk."),
        "no_addon": _("Not for this door."),
        "unknown": _("This is no ticket of ours. Find the person by name below."),
        "stale": _("This picture is old. Please open the ticket itself on the phone."),
        "later": _("Let in. It will be checked when the network is back."),
        "online": _("Connected"),
        "offline": _("No network: go on, everything is kept on this phone."),
        "waiting": _("{n} waiting to be sent"),
        "came": _("{n} of {all} have come"),
        "none": _("Nobody found."),
        "no_camera": _("No camera here. Type the letters below the picture, or find people by name."),
        "loaded": _("List of {time}"),
        "check": _("Please compare the name with the person."),
        "signed_out": _("Please sign in again; nothing is lost. What was scanned stays on this phone."),
    }


def door_list(request: HttpRequest) -> HttpResponse:
    """The list for the phone. By POST: that it was loaded is recorded for everybody on it."""
    if request.method != "POST":
        return go(f"{HOME}/door")
    try:
        row, lines = exporting.door(actor=access.actor_of(request), activity_id=key_of(request), now=clock.now())
    except DomainError as error:
        return _refused(error)
    return JsonResponse(
        {"title": row.title, "rotating": row.rotating, "ends_at": row.ends_at.isoformat(), "people": lines}
    )


def scans(request: HttpRequest) -> HttpResponse:
    """Scans come in: one at once, or all that were made without a network."""
    if request.method != "POST":
        return go(f"{HOME}/door")
    try:
        given = _scans(request.POST.get("scans", ""))
        done = letting_in.let_in(
            actor=access.actor_of(request), activity_id=key_of(request), scans=given, now=clock.now()
        )
    except DomainError as error:
        return _refused(error)
    return JsonResponse(
        {
            "scans": [
                {
                    "id": str(row.id),
                    "outcome": row.outcome,
                    "booking": str(row.booking_id) if row.booking_id else None,
                    "first_at": row.first_at.isoformat() if row.first_at else None,
                }
                for row in done
            ]
        }
    )


def _scans(text: str) -> list[ScanIn]:
    try:
        return [_scan(one) for one in json.loads(text)]
    except (ValueError, TypeError, KeyError) as error:
        hint = _("Please load this page again; what was scanned is kept.")
        raise Invalid(_("We did not understand these scans."), next_step=hint) from error


def _scan(one: dict[str, Any]) -> ScanIn:
    at = datetime.fromisoformat(one["at"])
    if at.tzinfo is None:
        raise ValueError(at)
    booking = UUID(one["booking"]) if one.get("booking") else None
    return ScanIn(UUID(one["id"]), at, code=str(one.get("code") or "")[:200], booking_id=booking)


def _refused(error: DomainError) -> JsonResponse:
    said = {"code": error.code, "message": str(error.message), "next": str(error.next_step)}
    return JsonResponse({"error": said}, status=status_of(error))


def worker(request: HttpRequest) -> HttpResponse:
    """The little program that keeps this one page on the phone; served from here, since its reach is its address."""
    path = finders.find("activities/door-worker.js")
    assert isinstance(path, str)  # it is part of this scene
    with open(path, encoding="utf-8") as script:
        return HttpResponse(
            script.read(),
            content_type="text/javascript; charset=utf-8",
            headers={"Service-Worker-Allowed": f"{HOME}/door"},
        )
