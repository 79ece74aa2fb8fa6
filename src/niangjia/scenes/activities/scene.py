"""Activities, as the rest of the house sees them."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from niangjia.core.access import Permission, base_roles
from niangjia.core.registry import Scene, Service
from niangjia.scenes.activities import home, metrics
from niangjia.scenes.activities.api import router
from niangjia.scenes.activities.console.pages import PAGES
from niangjia.scenes.activities.services import leaving
from niangjia.scenes.activities.types import APPROVE_EXPORT, DECIDE_ABSENCE, DOOR, RUN, SEE_FIGURES, STREAM_HOSTS


def _export(person_id: UUID) -> Mapping[str, Any]:
    return leaving.export(person_id)


def _erase(person_id: UUID, now: datetime) -> None:
    leaving.erase(person_id, now)


scene = Scene(
    slug="activities",
    title=_("Activities"),
    engines=("allocation", "workflow", "metrics"),
    permissions=(
        Permission(RUN, _("Organise activities")),
        Permission(DOOR, _("Let people in at activities")),
        Permission(SEE_FIGURES, _("See the figures of activities")),
        Permission(APPROVE_EXPORT, _("Allow a list of people to be taken out")),
        Permission(DECIDE_ABSENCE, _("Decide about absences at activities")),
    ),
    roles=(
        base_roles.may(base_roles.UNION_OFFICER, RUN, DOOR, SEE_FIGURES, DECIDE_ABSENCE),
        base_roles.may(base_roles.CITY_ADMIN, RUN, DOOR, SEE_FIGURES, DECIDE_ABSENCE, APPROVE_EXPORT),
        base_roles.may(base_roles.ENTERPRISE_HR, RUN, DOOR),
        base_roles.may(base_roles.MATCHMAKER, DOOR),
    ),
    metrics=metrics.METRICS,
    router=router,
    console_pages=PAGES,
    services=(
        Service(
            code="activities",
            title=_("Activities"),
            subtitle=_("What your union has on"),
            icon="calendar",
            route="/activities",
            state=home.state,
        ),
    ),
    export=_export,
    erase=_erase,
    waiting=home.waiting,
    frames=STREAM_HOSTS,
)
