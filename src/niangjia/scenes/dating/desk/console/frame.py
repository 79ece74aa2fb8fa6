"""What all pages of the desk share."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, Final

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from niangjia.core.pages import done_of, text_of
from niangjia.core.registry import Shown
from niangjia.kernel.errors import DomainError, Invalid, NotFound

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
    "closed": _("Closed. Those who ask for help there go on at the other station."),
    "paid": _("Written down as paid."),
    "published": _("Published."),
    "withdrawn": _("Not shown any more."),
}


def shown(request: HttpRequest, template: str, title: object, *, status: int = 200, **context: Any) -> Shown:
    return Shown(f"dating/desk/{template}", title, context, status, done_of(request, DONE))


def attempt(work: Callable[[], str]) -> tuple[str, DomainError | None]:
    """What was done, or why not. A row that is not there stays a 404."""
    try:
        return work(), None
    except NotFound:
        raise
    except DomainError as error:
        return "", error


def day_of(request: HttpRequest, name: str) -> date:
    try:
        return date.fromisoformat(text_of(request.POST, name, 10))
    except ValueError as error:
        raise Invalid(_("Please choose a day."), fields={name: _("Please choose a day.")}) from error


def yuan_of(request: HttpRequest, name: str) -> int:
    """Yuan as typed, in fen."""
    text = text_of(request.POST, name, 12)
    whole, _dot, cents = text.partition(".")
    if not whole.isdecimal() or (cents and not cents.isdecimal()) or len(cents) > 2:
        raise Invalid(_("Please write a number."), fields={name: _("Please write a number.")})
    return int(whole) * 100 + int((cents + "00")[:2])


def number_of(request: HttpRequest, name: str) -> int:
    text = text_of(request.POST, name, 6)
    if not text.isdecimal():
        raise Invalid(_("Please write a number."), fields={name: _("Please write a number.")})
    return int(text)
