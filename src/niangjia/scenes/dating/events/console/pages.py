"""Which page stands where."""

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext_lazy as _

from niangjia.core.registry import ConsolePage
from niangjia.scenes.dating.events.console import desk, room
from niangjia.scenes.dating.events.console.frame import HOME
from niangjia.scenes.dating.events.types import RUN


def _hidden(path: str, view: Callable[..., Any]) -> ConsolePage:
    return ConsolePage("", "", f"{HOME}/{path}", view, RUN, hidden=True)


PAGES = (
    ConsolePage(_("Dating events"), "favorite", HOME, desk.event_list, RUN),
    _hidden("write", desk.write),
    _hidden("one", desk.one),
    _hidden("act", desk.act),
    _hidden("room", room.room),
    _hidden("room/state", room.state),
    _hidden("room/act", room.act),
    _hidden("cards", room.cards),
)
