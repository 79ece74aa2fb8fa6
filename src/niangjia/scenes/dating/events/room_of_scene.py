"""Events, as the scene sees them."""

from django.utils.translation import gettext_lazy as _

from niangjia.core.access import Permission, base_roles
from niangjia.scenes.dating.events import api
from niangjia.scenes.dating.events.console.pages import PAGES
from niangjia.scenes.dating.events.types import RUN
from niangjia.scenes.dating.room import Room

__all__ = ["api", "room"]  # the API's endpoints stand in the scene's router once they are imported

room = Room(
    slug="events",
    permissions=(Permission(RUN, _("Organise dating events")),),
    roles=tuple(
        base_roles.may(role, RUN) for role in (base_roles.UNION_OFFICER, base_roles.CITY_ADMIN, base_roles.MATCHMAKER)
    ),
    console_pages=PAGES,
)
