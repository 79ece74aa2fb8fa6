"""Planets, as the scene sees them."""

from django.utils.translation import gettext_lazy as _

from niangjia.core.access import Permission, base_roles
from niangjia.scenes.dating.planets import api
from niangjia.scenes.dating.planets.console.pages import PAGES
from niangjia.scenes.dating.planets.selectors import export
from niangjia.scenes.dating.planets.types import RUN_PLANETS
from niangjia.scenes.dating.room import Room

__all__ = ["api", "room"]  # the API's endpoints stand in the scene's router once they are imported


room = Room(
    slug="planets",
    permissions=(Permission(RUN_PLANETS, _("Open interest planets and agree to meet-ups")),),
    roles=tuple(base_roles.may(role, RUN_PLANETS) for role in (base_roles.UNION_OFFICER, base_roles.CITY_ADMIN)),
    console_pages=PAGES,
    export=export,
)
