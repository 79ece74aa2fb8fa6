"""What these pages share."""

from collections.abc import Callable, Mapping
from datetime import date, time
from typing import Any, Final, TypeVar

from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext_lazy as _

from niangjia.core.pages import done_of, text_of
from niangjia.core.registry import Shown
from niangjia.kernel.errors import Invalid

Read = TypeVar("Read")
VENUES: Final = "/console/dating/venues"
SHOWS: Final = "/console/dating/shows"
DONE: Mapping[str, object] = {
    "kept": _("Kept."),
    "published": _("Published. Members can see it now."),
    "closed": _("Closed. Everybody with a place has been told."),
    "opened": _("The times can be booked now."),
    "off": _("Called off. Everybody with a place has been told."),
    "here": _("Welcome."),
    "sent": _("With the union now."),
    "returned": _("Returned. The firm reads why."),
    "withdrawn": _("Withdrawn. It is gone from the phones."),
}


def shown(request: HttpRequest, template: str, title: object, *, status: int = 200, **context: Any) -> Shown:
    return Shown(f"dating/venues/{template}", title, context, status, done_of(request, DONE))


def number(typed: QueryDict, name: str) -> int:
    found = text_of(typed, name, 6)
    return int(found) if found.isdecimal() else 0


def day(typed: QueryDict, name: str) -> date:
    return _read(name, lambda: date.fromisoformat(text_of(typed, name, 10)))


def hour(typed: QueryDict, name: str) -> time:
    return _read(name, lambda: time.fromisoformat(text_of(typed, name, 8)).replace(tzinfo=None))


def _read(name: str, reading: Callable[[], Read]) -> Read:
    try:
        return reading()
    except ValueError as error:
        raise faults(name) from error


def faults(name: str) -> Invalid:
    return Invalid(_("A few things need another look."), fields={name: _("Please choose a day and a time.")})
