"""Dating, as the rest of the house sees it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from niangjia.core.access import Permission, base_roles
from niangjia.core.registry import Scene, Service
from niangjia.scenes.dating import home, metrics
from niangjia.scenes.dating.events.api import router
from niangjia.scenes.dating.events.console.pages import PAGES
from niangjia.scenes.dating.events.types import RUN
from niangjia.scenes.dating.services import leaving, profiles, standing
from niangjia.scenes.dating.types import HANDLE_REPORTS, SEE_FIGURES


def _export(person_id: UUID) -> Mapping[str, Any]:
    return leaving.export(person_id)


def _erase(person_id: UUID, now: datetime) -> None:
    leaving.erase(person_id, now)


scene = Scene(
    slug="dating",
    title=_("Finding a partner"),
    engines=("workflow", "metrics", "matching", "allocation"),
    permissions=(
        Permission(HANDLE_REPORTS, _("Handle reports in dating")),
        Permission(SEE_FIGURES, _("See the figures of dating")),
        Permission(RUN, _("Organise dating events")),
    ),
    roles=(
        base_roles.may(base_roles.UNION_OFFICER, HANDLE_REPORTS, SEE_FIGURES, RUN),
        base_roles.may(base_roles.CITY_ADMIN, HANDLE_REPORTS, SEE_FIGURES, RUN),
        base_roles.may(base_roles.MATCHMAKER, RUN),
    ),
    metrics=metrics.METRICS,
    router=router,
    console_pages=PAGES,
    services=(
        Service(
            code="dating",
            title=_("Finding a partner"),
            subtitle=_("Verified singles only"),
            icon="heart",
            route="/dating",
            state=home.state,
        ),
    ),
    export=_export,
    erase=_erase,
    waiting=home.waiting,
    on_facts_changed=standing.facts_changed,
    on_consent_withdrawn=profiles.consent_withdrawn,
)
