"""Which page stands where."""

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext_lazy as _

from niangjia.core.registry import ConsolePage
from niangjia.scenes.dating.venues.console import shows, venues
from niangjia.scenes.dating.venues.console.frame import SHOWS, VENUES
from niangjia.scenes.dating.venues.types import APPROVE_SHOWS, RUN, WRITE_SHOWS


def _hidden(path: str, view: Callable[..., Any], permission: str) -> ConsolePage:
    return ConsolePage("", "", path, view, permission, hidden=True)


PAGES = (
    ConsolePage(_("Dating venues"), "storefront", VENUES, venues.all_venues, RUN),
    _hidden(f"{VENUES}/write", venues.write, RUN),
    _hidden(f"{VENUES}/one", venues.one, RUN),
    _hidden(f"{VENUES}/act", venues.act, RUN),
    _hidden(f"{VENUES}/door", venues.door, RUN),
    ConsolePage(_("Our shows"), "co_present", SHOWS, shows.mine, WRITE_SHOWS),
    _hidden(f"{SHOWS}/write", shows.write, WRITE_SHOWS),
    ConsolePage(_("Firms' shows"), "co_present", shows.DECIDE, shows.waiting, APPROVE_SHOWS),
)
