"""What all pages of dating events share."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext_lazy as _

from niangjia.core.pages import done_of, text_of
from niangjia.core.registry import Shown
from niangjia.kernel import clock
from niangjia.kernel.errors import Invalid
from niangjia.scenes.dating.events.types import Plan
from niangjia.scenes.dating.models import Event
from niangjia.scenes.dating.models.events import Kind

HOME: Final = "/console/dating/events"
DONE: Mapping[str, object] = {
    "kept": _("Kept."),
    "published": _("Published. People can enter now."),
    "cancelled": _("Cancelled. Everybody concerned has been told."),
    "ended": _("Closed. Everybody sees their own result now."),
    "word": _("It stands on everybody's phone."),
}
_NUMBERS: Final = ("places", "picks", "rounds", "tables", "minutes", "age_from", "age_to")
_TIMES: Final = ("opens_at", "closes_at")


def shown(request: HttpRequest, template: str, title: object, *, status: int = 200, **context: Any) -> Shown:
    return Shown(f"dating/console/{template}", title, context, status, done_of(request, DONE))


def plan_from(typed: QueryDict) -> Plan:
    """Raise Invalid with every field that cannot be read."""
    faults: dict[str, object] = {}
    kind = typed.get("kind", "")
    given: dict[str, Any] = {name: text_of(typed, name, size) for name, size in _TEXTS.items()}
    given |= {name: _number(typed, name, faults) for name in _NUMBERS}
    given |= {name: _moment(typed, name, faults) for name in _TIMES}
    if faults:
        raise Invalid(_("A few things need another look."), fields=faults)
    without = ("rounds", "tables", "minutes") if kind == Kind.SELECTION else ("picks",)
    given |= dict.fromkeys(without, 0)
    given |= {name: given[name] or 0 for name in ("places", "picks", "rounds", "tables", "minutes")}
    return Plan(**given, kind=kind, gig_only=typed.get("gig_only") == "yes")


_TEXTS: Final = {"title": 60, "about": 2000, "place": 120}


def _number(typed: QueryDict, name: str, faults: dict[str, object]) -> int | None:
    text = text_of(typed, name, 6)
    if not text:
        return None
    if not text.isdecimal() or int(text) > 30_000:
        faults[name] = _("Please write a number.")
        return None
    return int(text)


def _moment(typed: QueryDict, name: str, faults: dict[str, object]) -> datetime | None:
    try:
        return datetime.fromisoformat(text_of(typed, name, 30)).replace(tzinfo=clock.SHANGHAI)
    except ValueError:
        faults[name] = _("Please choose a day and a time.")
        return None


def fields_of(event: Event) -> dict[str, Any]:
    """As it stands in the fields of the form."""
    times = {name: f"{getattr(event, name).astimezone(clock.SHANGHAI):%Y-%m-%dT%H:%M}" for name in _TIMES}
    words = {name: getattr(event, name) for name in (*_TEXTS, *_NUMBERS, "kind")}
    return {**words, **times, "gig_only": "yes" if event.gig_only else ""}
