"""Group weddings, as the scene sees them."""

from django.utils.translation import gettext_lazy as _

from niangjia.core.access import Permission, base_roles
from niangjia.scenes.dating.room import Room
from niangjia.scenes.dating.weddings import api, home, jobs, metrics, office, selectors
from niangjia.scenes.dating.weddings.console import PAGES
from niangjia.scenes.dating.weddings.types import ARRANGE

__all__ = ["api", "jobs", "room"]  # endpoints and jobs are there once they are imported

room = Room(
    slug="weddings",
    permissions=(Permission(ARRANGE, _("Arrange group weddings")),),
    roles=tuple(base_roles.may(role, ARRANGE) for role in (base_roles.UNION_OFFICER, base_roles.CITY_ADMIN)),
    metrics=metrics.METRICS,
    console_pages=PAGES,
    export=selectors.export,
    erase=home.erase,
    waiting=home.waiting,
    at_desk=office.waiting,
)
