"""A room of dating: a folder with tables, permissions, pages and figures of its own. `scene.py` adds them up."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from niangjia.core.access import Actor, Permission, Role
from niangjia.core.registry import ConsolePage, Waits


@dataclass(frozen=True)
class Room:
    """What a room adds to the scene; the fields are those of `core.registry.Scene`.

    `export(person_id)` and `erase(person_id, now)` must cover every row that the room holds of a person.
    """

    slug: str
    permissions: tuple[Permission, ...] = ()
    roles: tuple[Role, ...] = ()
    metrics: tuple[Any, ...] = ()
    console_pages: tuple[ConsolePage, ...] = ()
    export: Callable[[UUID], Mapping[str, Any]] | None = None
    erase: Callable[[UUID, datetime], None] | None = None
    waiting: Callable[[UUID, datetime], list[dict[str, Any]]] | None = None
    at_desk: Callable[[Actor, datetime], Sequence[Waits]] | None = None
    on_consent_withdrawn: Callable[[UUID, str, datetime], None] | None = None
