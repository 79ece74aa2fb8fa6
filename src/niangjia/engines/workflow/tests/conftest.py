"""A made-up kind of case, with officers of a town, a county and a city."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any

import pytest

from niangjia.core.access import Actor, Permission, Role, roles
from niangjia.core.access.selectors import grants_of
from niangjia.core.accounts.models import Person
from niangjia.core.orgs.models import Org
from niangjia.engines.workflow import services
from niangjia.engines.workflow.models import Case
from niangjia.engines.workflow.types import PROCESSES, Input, Moved, Process, Transition, register

NOW = datetime(2026, 11, 20, 2, 0, tzinfo=UTC)  # a Friday, ten in the morning in Hangzhou
HANDLE = "test.handle"


@pytest.fixture
def told() -> Iterator[list[Moved]]:
    """The processes of these tests, and what their hook was told."""
    heard: list[Moved] = []
    roles.declare(
        permissions=(Permission(HANDLE, "Handle tests"),),
        roles=(Role("tester", "Tester", frozenset({HANDLE})),),
    )
    register(
        Process(
            kind="test.report",
            title="Report",
            start="open",
            transitions=(
                Transition("start", "Look into it", "open", "looking", HANDLE, needs_reason=False),
                Transition("dismiss", "No action", "looking", "closed", HANDLE),
                Transition("warn", "Warn", "open", "closed", HANDLE),
                Transition("limit", "Limit", "open", "closed", HANDLE, inputs=(Input("until", "Until", "date"),)),
            ),
            days=3,
            after=heard.append,
            appeal="test.appeal",
        ),
        Process(
            kind="test.appeal",
            title="Appeal",
            start="open",
            transitions=(Transition("uphold", "Uphold", "open", "closed", HANDLE),),
            days=5,
        ),
    )
    yield heard
    del roles.PERMISSIONS[HANDLE], roles.ROLES["tester"], PROCESSES["test.report"], PROCESSES["test.appeal"]


@pytest.fixture
def officer(make_person: Callable[..., Person], grant: Callable[..., Any], told: Any) -> Callable[..., Actor]:
    """`officer(7, org)` is person 7 as an officer of that organisation."""

    def make(number: int, org: Org) -> Actor:
        person = make_person(number)
        grant(person, "tester", org)
        return Actor(person_id=person.pk, grants=grants_of(person.pk), second_factor_at=NOW)

    return make


@pytest.fixture
def report(make_person: Callable[..., Person], tree: dict[str, Org], told: Any) -> Callable[..., Case]:
    """Alice (person 1) reports Bob (person 2), who works in a firm of Hangzhou."""

    def make(org: str = "firm_a") -> Case:
        return services.open_case(
            kind="test.report",
            org=tree[org],
            about_id=make_person(2).pk,
            opened_by_id=make_person(1).pk,
            summary="He asked me for money.",
            now=NOW,
        )

    return make
