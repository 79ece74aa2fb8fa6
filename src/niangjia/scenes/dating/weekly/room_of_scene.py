"""The weekly list and the live programme, as the scene sees them."""

from django.utils.translation import gettext_lazy as _

from niangjia.core.access import Permission, base_roles
from niangjia.scenes.dating.room import Room
from niangjia.scenes.dating.weekly import api, home, leaving, metrics, office
from niangjia.scenes.dating.weekly.console.pages import PAGES
from niangjia.scenes.dating.weekly.types import RUN

__all__ = ["api", "room"]  # the API's endpoints stand in the scene's router once they are imported

room = Room(
    slug="weekly",
    permissions=(Permission(RUN, _("Run the weekly list, its hotline and the live programme")),),
    roles=tuple(
        base_roles.may(role, RUN) for role in (base_roles.UNION_OFFICER, base_roles.CITY_ADMIN, base_roles.MATCHMAKER)
    ),
    metrics=metrics.METRICS,
    console_pages=PAGES,
    export=leaving.export,
    erase=leaving.erase,
    waiting=home.waiting,
    at_desk=office.waiting,
    on_consent_withdrawn=leaving.consent_withdrawn,
)
