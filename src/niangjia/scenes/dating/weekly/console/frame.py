"""What these pages share."""

from collections.abc import Mapping
from typing import Any, Final

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from niangjia.core.pages import done_of
from niangjia.core.registry import Shown

LISTS: Final = "/console/dating/weekly"
HOTLINE: Final = "/console/dating/hotline"
LIVES: Final = "/console/dating/live"
DONE: Mapping[str, object] = {
    "drafted": _("The drafts are up to date."),
    "published": _("Published. Everybody on it has learnt their number."),
    "out": _("Taken out. They have been told why."),
    "back": _("Decided. They have been told."),
    "call": _("Written down. The caller gets a text message; nobody is asked before they confirm it."),
    "invited": _("Invited. Each answers in private on their own phone."),
    "off": _("Called off. Both have been told, in the same words."),
    "asked": _("The engine looks for pairs; load the page again in a moment."),
}


def shown(request: HttpRequest, template: str, title: object, *, status: int = 200, **context: Any) -> Shown:
    return Shown(f"dating/weekly/{template}", title, context, status, done_of(request, DONE))
