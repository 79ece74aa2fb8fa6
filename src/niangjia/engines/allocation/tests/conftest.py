"""An evening with a few places, and people who want them."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest

from niangjia.core.accounts.models import Person
from niangjia.engines.allocation import hooks, selectors, services
from niangjia.engines.allocation.models import Slot
from niangjia.engines.allocation.types import Claimant, Claimed, Event, SlotPlan
from niangjia.kernel.ids import new_id

SCENE = "test"
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> list[Event]:
    """What the scene was told, in order."""
    heard: list[Event] = []
    monkeypatch.setitem(hooks._TOLD, SCENE, heard.append)
    return heard


@pytest.fixture
def make_slot(db: None, now: datetime) -> Callable[..., Slot]:
    """A slot that opened an hour ago, closes in two days and takes place in a week; `week` moves it on."""

    def make(capacity: int = 1, *, week: int = 1, **rest: Any) -> Slot:
        plan: dict[str, Any] = {
            "way": "first_come",
            "starts_at": now + 7 * week * DAY,
            "ends_at": now + 7 * week * DAY + 2 * HOUR,
            "opens_at": now - HOUR,
            "closes_at": now + 2 * DAY,
            "capacity": capacity,
        } | rest
        resource = services.create_resource(scene=SCENE)
        return services.create_slot(resource=resource, plan=SlotPlan(**plan), now=now - DAY)

    return make


@pytest.fixture
def alice(make_person: Callable[..., Person]) -> Person:
    return make_person(1)


@pytest.fixture
def bob(make_person: Callable[..., Person]) -> Person:
    return make_person(2)


@pytest.fixture
def charlie(make_person: Callable[..., Person]) -> Person:
    return make_person(3)


@pytest.fixture
def claim(now: datetime) -> Callable[..., Claimed]:
    """`claim(slot, alice)`: a fresh request at `now`, unless other things are said."""

    def ask(slot: Slot, person: Person, *keys: str, priority: bool = False, **rest: Any) -> Claimed:
        arguments: dict[str, Any] = {"request_key": new_id(), "now": now} | rest
        by = Claimant(person.pk, keys=keys, priority=priority)
        return services.claim(slot_id=slot.pk, by=by, **arguments)

    return ask


@pytest.fixture(autouse=True)
def counters_are_sound_afterwards(request: pytest.FixtureRequest) -> Iterator[None]:
    """Whatever a test does, in the end every counter equals what it counts."""
    uses_database = request.node.get_closest_marker("django_db") is not None
    if uses_database:
        request.getfixturevalue("db")
    yield
    if uses_database:
        assert selectors.unsound() == []
