"""Finds the scenes and checks what they declare. A scene is one folder with one frozen declaration."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.conf import settings
from django.utils.module_loading import import_string

from niangjia.core.access import Actor, Permission, Role


@dataclass(frozen=True)
class Service:
    """A line on the phone app's home page. `state(person_id, now)` tells (ready?, what to do next)."""

    code: str
    title: object
    subtitle: object
    icon: str
    route: str
    state: Callable[[UUID, datetime], tuple[bool, object]]


@dataclass(frozen=True)
class Shown:
    """What a scene's page shows; the back office puts its frame around it. `done` says what has just been done."""

    template: str
    title: object
    context: Mapping[str, Any] = field(default_factory=dict)
    status: int = 200
    done: object = ""


@dataclass(frozen=True)
class ConsolePage:
    """A page of the scene's own in the back office, for holders of `permission`; `fresh` asks the second factor again.

    `view(request)` returns what is shown, or a response of its own (a redirect, a file). In the menu unless `hidden`,
    under the heading `group`, or under the scene's own title.
    """

    title: object
    icon: str
    path: str
    view: Callable[..., Any]
    permission: str
    hidden: bool = False
    fresh: bool = False
    group: object = ""


@dataclass(frozen=True)
class Waits:
    """So many things of one kind wait for somebody of the staff, at a page of the scene's own; `due`: the first."""

    title: object
    icon: str
    path: str
    count: int
    due: date | None = None


@dataclass(frozen=True)
class Scene:
    """What a scene is to the rest of the house.

    `router` is its part of the phone app's API, under /api/v1/<slug>/. `export(person_id)` gives all it holds of a
    person, `erase(person_id, now)` deletes it.
    `on_facts_changed(person_ids, now)` is called in the transaction in which an attestation came or fell,
    `on_consent_withdrawn(person_id, purpose, now)` in the one in which a consent was taken back.
    `at_desk(actor, now)` tells what waits for that member of staff beside the cases of the workflow.
    `frames` are hosts whose pages it shows within its own, such as the player of a live stream.
    """

    slug: str
    title: object
    engines: tuple[str, ...] = ()
    permissions: tuple[Permission, ...] = ()
    roles: tuple[Role, ...] = ()
    metrics: tuple[Any, ...] = ()
    router: Any = None
    services: tuple[Service, ...] = ()
    console_pages: tuple[ConsolePage, ...] = ()
    export: Callable[[UUID], Mapping[str, Any]] | None = None
    erase: Callable[[UUID, datetime], None] | None = None
    waiting: Callable[[UUID, datetime], list[dict[str, Any]]] | None = None
    on_facts_changed: Callable[[Sequence[UUID], datetime], None] | None = None
    on_consent_withdrawn: Callable[[UUID, str, datetime], None] | None = None
    at_desk: Callable[[Actor, datetime], Sequence[Waits]] | None = None
    frames: tuple[str, ...] = ()


@lru_cache(maxsize=1)
def scenes() -> tuple[Scene, ...]:
    """Every scene of this installation, by slug."""
    found = tuple(import_string(f"niangjia.scenes.{name}.scene.scene") for name in settings.SCENES)
    for name, scene in zip(settings.SCENES, found, strict=True):
        if scene.slug != name:
            raise ValueError(f"scenes/{name} declares the slug {scene.slug!r}")
    return found
