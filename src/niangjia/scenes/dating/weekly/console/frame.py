"""What these pages share."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext_lazy as _

from niangjia.core.registry import Shown
from niangjia.kernel import clock
from niangjia.kernel.errors import Invalid
from niangjia.scenes.dating.events.console.frame import go, key_of, named, status_of, told

__all__ = ["HOTLINE", "LISTS", "LIVES", "go", "key_of", "moment_of", "named", "shown", "status_of", "told"]

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
    done = DONE.get(request.GET.get("told", ""), "") if request.method == "GET" else ""
    return Shown(f"dating/weekly/{template}", title, context, status, done)


def moment_of(typed: QueryDict, name: str) -> datetime:
    try:
        return datetime.fromisoformat(typed.get(name, "")).replace(tzinfo=clock.SHANGHAI)
    except ValueError as error:
        hint = _("Please choose a day and a time.")
        raise Invalid(_("A few things need another look."), fields={name: hint}) from error
