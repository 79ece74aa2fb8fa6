"""Which page stands where, and for whom."""

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext_lazy as _

from niangjia.core.registry import ConsolePage
from niangjia.scenes.activities.console import desk, door, live, people, series, writing
from niangjia.scenes.activities.console.frame import HOME
from niangjia.scenes.activities.types import DOOR, RUN, SEE_FIGURES


def _hidden(path: str, view: Callable[..., Any], permission: str = RUN, *, fresh: bool = False) -> ConsolePage:
    return ConsolePage("", "", f"{HOME}/{path}", view, permission, hidden=True, fresh=fresh)


PAGES = (
    ConsolePage(_("Activities"), "event", HOME, writing.activity_list, RUN),
    ConsolePage(_("Let people in"), "qr_code_scanner", f"{HOME}/door", door.door, DOOR),
    ConsolePage(_("Series and festivals"), "celebration", f"{HOME}/series", series.series_list, RUN),
    ConsolePage(_("Figures of activities"), "bar_chart", f"{HOME}/figures", series.figures_page, SEE_FIGURES),
    _hidden("write", writing.write),
    _hidden("count", writing.count),
    _hidden("photo", writing.photo),
    _hidden("one", desk.one),
    _hidden("live", desk.live),
    _hidden("act", desk.act),
    _hidden("people", people.people),
    _hidden("people/off", people.take_off),
    _hidden("answers", people.answers),
    _hidden("list", people.take_out, fresh=True),
    _hidden("questions", live.questions),
    _hidden("series/write", series.write),
    _hidden("door/list", door.door_list, DOOR),
    _hidden("door/scans", door.scans, DOOR),
    _hidden("door/worker.js", door.worker, DOOR),
)
