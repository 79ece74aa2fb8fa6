"""Venues and firms' shows, as the scene sees them."""

from django.utils.translation import gettext_lazy as _

from niangjia.core.access import Permission, base_roles
from niangjia.scenes.dating.room import Room
from niangjia.scenes.dating.venues import api, home, leaving, metrics, office
from niangjia.scenes.dating.venues.console.pages import PAGES
from niangjia.scenes.dating.venues.types import APPROVE_SHOWS, RUN, WRITE_SHOWS

__all__ = ["api", "room"]  # the API's endpoints stand in the scene's router once they are imported

room = Room(
    slug="venues",
    permissions=(
        Permission(RUN, _("Run dating venues")),
        Permission(WRITE_SHOWS, _("Present the firm's events for singles")),
        Permission(APPROVE_SHOWS, _("Publish firms' shows")),
    ),
    roles=(
        base_roles.may(base_roles.UNION_OFFICER, RUN, APPROVE_SHOWS),
        base_roles.may(base_roles.CITY_ADMIN, RUN, APPROVE_SHOWS),
        base_roles.may(base_roles.MATCHMAKER, RUN),
        base_roles.may(base_roles.ENTERPRISE_HR, WRITE_SHOWS),
    ),
    metrics=metrics.METRICS,
    console_pages=PAGES,
    export=leaving.export,
    erase=leaving.erase,
    waiting=home.waiting,
    at_desk=office.waiting,
)
