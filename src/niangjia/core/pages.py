"""What the pages of every back office room share: what a form says, where it leads, and an error beside it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Final
from uuid import UUID

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from niangjia.kernel import clock, errors

STATUS: Final[Mapping[type[errors.DomainError], int]] = {
    errors.Invalid: 422,
    errors.SignInNeeded: 401,
    errors.StepUpNeeded: 403,
    errors.Forbidden: 403,
    errors.NotFound: 404,
    errors.Conflict: 409,
    errors.TooMany: 429,
    errors.Unavailable: 503,
}


def status_of(error: errors.DomainError) -> int:
    return next((STATUS[kind] for kind in type(error).__mro__ if kind in STATUS), 400)


def told(error: errors.DomainError) -> dict[str, object]:
    """An error beside the form in which it happened."""
    return {"error": error, "fields": {name: str(hint) for name, hint in error.fields.items()}}


def key_of(request: HttpRequest, name: str = "key") -> UUID:
    """An id from the form or the address; a broken one finds nothing."""
    try:
        return UUID(request.POST.get(name) or request.GET.get(name) or "")
    except ValueError as error:
        raise errors.NotFound(_("We could not find that."), next_step=_("Please go back and look again.")) from error


def named(request: HttpRequest, name: str = "key") -> bool:
    return bool(request.POST.get(name) or request.GET.get(name))


def go(path: str, done: str = "", **query: str) -> HttpResponse:
    """To a page that says what has just been done."""
    words = {**query, **({"told": done} if done else {})}
    return redirect(f"{path}?{urlencode(words)}" if words else path)


def done_of(request: HttpRequest, words: Mapping[str, object]) -> object:
    """What has just been done, in words, on the page to which `go` led."""
    return words.get(request.GET.get("told", ""), "") if request.method == "GET" else ""


def text_of(typed: QueryDict, name: str, size: int) -> str:
    return str(typed.get(name, "")).replace("\x00", "").replace("\r\n", "\n").strip()[:size]


def moment_of(typed: QueryDict, name: str) -> datetime:
    """As a browser's field for day and time gives it: in China."""
    try:
        return datetime.fromisoformat(text_of(typed, name, 30)).replace(tzinfo=clock.SHANGHAI)
    except ValueError as error:
        hint = _("Please choose a day and a time.")
        raise errors.Invalid(_("A few things need another look."), fields={name: hint}) from error
