"""Dating, as the rest of the house sees it."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from itertools import chain
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from niangjia.core.access import Actor, Permission, base_roles
from niangjia.core.registry import ConsolePage, Scene, Service, Waits
from niangjia.scenes.dating import home, metrics
from niangjia.scenes.dating.api.frame import router
from niangjia.scenes.dating.chat.room_of_scene import room as chat
from niangjia.scenes.dating.circle.room_of_scene import room as circle
from niangjia.scenes.dating.desk.room_of_scene import room as desk
from niangjia.scenes.dating.events.room_of_scene import room as events
from niangjia.scenes.dating.planets.room_of_scene import room as planets
from niangjia.scenes.dating.room import Room
from niangjia.scenes.dating.safety.room_of_scene import room as safety
from niangjia.scenes.dating.scam.room_of_scene import room as scam
from niangjia.scenes.dating.services import leaving, profiles, standing
from niangjia.scenes.dating.types import HANDLE_REPORTS, SEE_FIGURES
from niangjia.scenes.dating.venues.room_of_scene import room as venues
from niangjia.scenes.dating.weddings.room_of_scene import room as weddings
from niangjia.scenes.dating.weekly.room_of_scene import room as weekly

ROOMS: tuple[Room, ...] = (
    events,
    chat,
    weekly,
    safety,
    scam,
    circle,
    planets,
    venues,
    desk,
    weddings,
)


def _export(person_id: UUID) -> Mapping[str, Any]:
    of_rooms = {room.slug: room.export(person_id) for room in ROOMS if room.export}
    return {**leaving.export(person_id), **of_rooms}


def _erase(person_id: UUID, now: datetime) -> None:
    for room in ROOMS:
        if room.erase:
            room.erase(person_id, now)
    leaving.erase(person_id, now)


def _waiting(person_id: UUID, now: datetime) -> list[dict[str, Any]]:
    of_rooms = (room.waiting(person_id, now) for room in ROOMS if room.waiting)
    return [*home.waiting(person_id, now), *chain.from_iterable(of_rooms)]


def _at_desk(actor: Actor, now: datetime) -> list[Waits]:
    return list(chain.from_iterable(room.at_desk(actor, now) for room in ROOMS if room.at_desk))


def _consent_withdrawn(person_id: UUID, purpose: str, now: datetime) -> None:
    profiles.consent_withdrawn(person_id, purpose, now)
    for room in ROOMS:
        if room.on_consent_withdrawn:
            room.on_consent_withdrawn(person_id, purpose, now)


_DATING = _("Dating")  # what the phone invites to, the office calls by its name


def _under_a_heading(page: ConsolePage) -> ConsolePage:
    return page if page.group else replace(page, group=_DATING)


scene = Scene(
    slug="dating",
    title=_("Finding a partner"),
    engines=("workflow", "metrics", "matching", "allocation"),
    permissions=(
        Permission(HANDLE_REPORTS, _("Handle reports in dating")),
        Permission(SEE_FIGURES, _("See the figures of dating")),
        *chain.from_iterable(room.permissions for room in ROOMS),
    ),
    roles=(
        base_roles.may(base_roles.UNION_OFFICER, HANDLE_REPORTS, SEE_FIGURES),
        base_roles.may(base_roles.CITY_ADMIN, HANDLE_REPORTS, SEE_FIGURES),
        *chain.from_iterable(room.roles for room in ROOMS),
    ),
    metrics=(*metrics.METRICS, *chain.from_iterable(room.metrics for room in ROOMS)),
    router=router,
    console_pages=tuple(_under_a_heading(page) for room in ROOMS for page in room.console_pages),
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
    waiting=_waiting,
    at_desk=_at_desk,
    on_facts_changed=standing.facts_changed,
    on_consent_withdrawn=_consent_withdrawn,
)
