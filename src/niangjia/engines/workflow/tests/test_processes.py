"""Processes are data; what they say is complete, and the drawing shows it."""

from pathlib import Path

import pytest
from django.conf import settings

from niangjia.core.access import roles
from niangjia.engines.workflow.diagrams import mermaid, page
from niangjia.engines.workflow.types import PROCESSES, Process, Transition


@pytest.mark.parametrize("kind", sorted(PROCESSES))
def test_every_state_has_an_owner(kind: str) -> None:
    process = PROCESSES[kind]
    held = frozenset[str]().union(*(role.permissions for role in roles.ROLES.values()))
    for state in process.all_states:
        assert process.is_final(state) or process.owners(state) & held, f"nobody can move a case on from {state}"


@pytest.mark.parametrize("kind", sorted(PROCESSES))
def test_every_state_is_reached_and_leads_to_an_end(kind: str) -> None:
    process = PROCESSES[kind]
    reached = {process.start}
    for _ in process.all_states:
        reached |= {step.target for step in process.transitions if step.source in reached}
    assert reached == set(process.all_states)
    ends = {state for state in process.all_states if process.is_final(state)}
    for _ in process.all_states:
        ends |= {step.source for step in process.transitions if step.target in ends}
    assert ends == set(process.all_states)
    assert not process.appeal or process.appeal in PROCESSES


def test_a_state_that_nobody_may_leave_would_be_found() -> None:
    process = Process("x", "X", "a", (Transition("go", "Go", "a", "b", "nobody.holds.this"),), days=1)
    assert process.owners("a") == {"nobody.holds.this"}
    assert process.is_final("b")


def test_the_drawing_shows_every_arrow() -> None:
    process = Process("x", "X", "a", (Transition("go", "Go", "a", "b", "p.q"),), days=1, states={"a": "New"})
    assert mermaid(process).splitlines() == [
        "stateDiagram-v2",
        "    [*] --> a",
        "    a : New",
        "    b : b",
        "    a --> b : Go (p.q)",
        "    b --> [*]",
    ]


def test_the_drawing_in_the_docs_is_the_declaration() -> None:
    """When it is not: .venv/bin/python manage.py draw_processes"""
    drawn = Path(settings.ROOT, "docs", "cases.md").read_text(encoding="utf-8")
    assert drawn == page()
