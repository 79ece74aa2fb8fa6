"""Which page stands where."""

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext_lazy as _

from niangjia.core.registry import ConsolePage
from niangjia.scenes.dating.desk.console import centre, people, two
from niangjia.scenes.dating.desk.console.frame import CENTRE, DESK
from niangjia.scenes.dating.desk.types import LEAD, MATCHMAKE, REGISTER


def _hidden(path: str, view: Callable[..., Any], permission: str) -> ConsolePage:
    return ConsolePage("", "", path, view, permission, hidden=True)


_MATCHMAKERS = _("Matchmakers")

PAGES = (
    ConsolePage(_("Matchmaking"), "diversity_1", DESK, people.people, MATCHMAKE, group=_MATCHMAKERS),
    ConsolePage(_("Asking for help"), "how_to_reg", f"{DESK}/register", people.register, REGISTER, group=_MATCHMAKERS),
    ConsolePage(_("Matchmaking centres"), "holiday_village", CENTRE, centre.centre, LEAD, group=_MATCHMAKERS),
    _hidden(f"{DESK}/one", people.one, MATCHMAKE),
    _hidden(f"{DESK}/whom", people.whom, MATCHMAKE),
    _hidden(f"{DESK}/introductions", two.introductions, MATCHMAKE),
    _hidden(f"{DESK}/two", two.two, MATCHMAKE),
    _hidden(f"{DESK}/meetings", two.meetings, MATCHMAKE),
    _hidden(f"{CENTRE}/station", centre.station, LEAD),
    _hidden(f"{CENTRE}/rewards", centre.rewards, LEAD),
    _hidden(f"{CENTRE}/brands", centre.brands, LEAD),
)
