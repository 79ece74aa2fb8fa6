"""What all pages of activities share."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from niangjia.core.registry import Shown
from niangjia.kernel.errors import Conflict, DomainError, Forbidden, NotFound

HOME = "/console/activities"
DONE: Mapping[str, object] = {
    "drafted": _("Kept as a draft. Look it through and publish it."),
    "changed": _("Changed."),
    "published": _("Published. People can see it now."),
    "copied": _("Copied. Look it through: the days are those of next year."),
    "moved": _("Moved. Everybody with a place has been told and may give it back."),
    "cancelled": _("Cancelled. Everybody concerned has been told."),
    "resized": _("Changed. Whoever waits and now has a place has been told."),
    "decided": _("Done. The person concerned has been told."),
    "drawn": _("Drawn. Everybody has been told; anybody can recompute it."),
    "asked": _("Asked. A colleague decides; you will find the answer in your messages."),
    "kept": _("Kept."),
}


def key_of(request: HttpRequest, name: str = "key") -> UUID:
    """An id from the form or the address; a broken one finds nothing."""
    try:
        return UUID(request.POST.get(name) or request.GET.get(name) or "")
    except ValueError as error:
        raise NotFound(_("We could not find that."), next_step=_("Please go back and look again.")) from error


def named(request: HttpRequest, name: str = "key") -> bool:
    return bool(request.POST.get(name) or request.GET.get(name))


def go(path: str, done: str = "", **query: str) -> HttpResponse:
    words = {**query, **({"told": done} if done else {})}
    return redirect(f"{path}?{urlencode(words)}" if words else path)


def shown(request: HttpRequest, template: str, title: object, *, status: int = 200, **context: Any) -> Shown:
    done = DONE.get(request.GET.get("told", ""), "") if request.method == "GET" else ""
    return Shown(f"activities/console/{template}", title, context, status, done)


def told(error: DomainError) -> dict[str, object]:
    """An error beside the form in which it happened."""
    return {"error": error, "fields": {name: str(hint) for name, hint in error.fields.items()}}


def status_of(error: DomainError) -> int:
    if isinstance(error, NotFound):
        return 404
    return 409 if isinstance(error, Conflict) else 403 if isinstance(error, Forbidden) else 422
