"""What all pages of activities share."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from niangjia.core.pages import done_of
from niangjia.core.registry import Shown

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


def shown(request: HttpRequest, template: str, title: object, *, status: int = 200, **context: Any) -> Shown:
    return Shown(f"activities/console/{template}", title, context, status, done_of(request, DONE))
