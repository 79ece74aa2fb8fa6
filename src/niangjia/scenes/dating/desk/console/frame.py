"""What all pages of the desk share."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from niangjia.core.registry import Shown
from niangjia.kernel import clock
from niangjia.kernel.errors import Conflict, DomainError, Forbidden, Invalid, NotFound

DESK: Final = "/console/dating/desk"
CENTRE: Final = "/console/dating/centre"
DONE: Mapping[str, object] = {
    "registered": _("Written down. The person concerned is asked on their own phone; what they say is theirs alone."),
    "counted": _("Counted."),
    "kept": _("Kept."),
    "introduced": _("Both are asked, each alone. You will hear when both say yes, or that it was not this time."),
    "proposed": _("Both are asked whether it suits them."),
    "off": _("Called off. Both have been told."),
    "offered": _("Offered to both."),
    "seen": _("Noted. Nothing of the certificate is kept."),
    "reward": _("Proposed. Another person decides, a third one pays."),
    "decided": _("Decided."),
    "paid": _("Written down as paid."),
    "published": _("Published."),
    "withdrawn": _("Not shown any more."),
}


def key_of(request: HttpRequest, name: str = "key") -> UUID:
    """An id from the form or the address; a broken one finds nothing."""
    try:
        return UUID(request.POST.get(name) or request.GET.get(name) or "")
    except ValueError as error:
        raise NotFound(_("We could not find that."), next_step=_("Please go back and look again.")) from error


def go(path: str, done: str = "", **query: str) -> HttpResponse:
    words = {**query, **({"told": done} if done else {})}
    return redirect(f"{path}?{urlencode(words)}" if words else path)


def shown(template: str, title: object, *, status: int = 200, done: str = "", **context: Any) -> Shown:
    return Shown(f"dating/desk/{template}", title, context, status, DONE.get(done, ""))


def told(request: HttpRequest) -> str:
    return request.GET.get("told", "") if request.method == "GET" else ""


def wrong(error: DomainError) -> dict[str, object]:
    return {"error": error, "fields": {name: str(hint) for name, hint in error.fields.items()}}


def status_of(error: DomainError) -> int:
    if isinstance(error, NotFound):
        return 404
    return 409 if isinstance(error, Conflict) else 403 if isinstance(error, Forbidden) else 422


def attempt(work: Callable[[], str]) -> tuple[str, DomainError | None]:
    """What was done, or why not. A row that is not there stays a 404."""
    try:
        return work(), None
    except NotFound:
        raise
    except DomainError as error:
        return "", error


def text_of(request: HttpRequest, name: str, size: int) -> str:
    return str(request.POST.get(name, "")).replace("\x00", "").replace("\r\n", "\n").strip()[:size]


def day_of(request: HttpRequest, name: str) -> date:
    try:
        return date.fromisoformat(text_of(request, name, 10))
    except ValueError as error:
        raise Invalid(_("Please choose a day."), fields={name: _("Please choose a day.")}) from error


def moment_of(request: HttpRequest, name: str) -> datetime:
    try:
        return datetime.fromisoformat(text_of(request, name, 30)).replace(tzinfo=clock.SHANGHAI)
    except ValueError as error:
        hint = _("Please choose a day and a time.")
        raise Invalid(hint, fields={name: hint}) from error


def yuan_of(request: HttpRequest, name: str) -> int:
    """Yuan as typed, in fen."""
    text = text_of(request, name, 12)
    whole, _dot, cents = text.partition(".")
    if not whole.isdecimal() or (cents and not cents.isdecimal()) or len(cents) > 2:
        raise Invalid(_("Please write a number."), fields={name: _("Please write a number.")})
    return int(whole) * 100 + int((cents + "00")[:2])


def number_of(request: HttpRequest, name: str) -> int:
    text = text_of(request, name, 6)
    if not text.isdecimal():
        raise Invalid(_("Please write a number."), fields={name: _("Please write a number.")})
    return int(text)
