"""Processes as data: which states a case may be in, who may move it on, and how long that may take."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Literal
from uuid import UUID

PROCESSES: dict[str, "Process"] = {}


@dataclass(frozen=True)
class Input:
    """Something more that a decision asks of the one who makes it, such as until when a restriction lasts."""

    name: str
    title: object
    kind: Literal["text", "date"] = "text"


@dataclass(frozen=True)
class Transition:
    """One way on from `source`. `tone` is how its button looks: a plain one, a happy one, a grave one.

    `reasons` are ready-made sentences to choose from; the officer may always write their own. `fresh` asks for the
    second factor again. After a `handed_on` one the next step is another person's: two people decide.
    """

    code: str
    title: object
    source: str
    target: str
    permission: str
    needs_reason: bool = True
    reasons: tuple[object, ...] = ()
    inputs: tuple[Input, ...] = ()
    tone: Literal["plain", "good", "grave"] = "plain"
    fresh: bool = False
    handed_on: bool = False


@dataclass(frozen=True)
class Exhibit:
    """Something an officer must see to decide: a text, a picture or a sound (their signed addresses)."""

    title: object
    text: str = ""
    image: str = ""
    sound: str = ""


@dataclass(frozen=True)
class Moved:
    """What a hook is told after a case was moved, in the same transaction."""

    case_id: UUID
    receipt: str
    about_id: UUID | None
    opened_by_id: UUID | None
    by_id: UUID | None
    transition: str
    target: str
    reason: str
    details: Mapping[str, str]
    now: datetime


@dataclass(frozen=True)
class Process:
    """One kind of case. `days` are working days in China; when they are over the case climbs the tree.

    `states` gives titles of states, `after` does in the same transaction what a move brings with it, `exhibits`
    (case id, viewer id, now) shows the evidence. `appeal` is the kind of case that an appeal opens, if any.
    """

    kind: str
    title: object
    start: str
    transitions: tuple[Transition, ...]
    days: int
    states: Mapping[str, object] = field(default_factory=dict)
    after: Callable[[Moved], None] | None = None
    exhibits: Callable[[UUID, UUID, datetime], tuple[Exhibit, ...]] | None = None
    appeal: str = ""
    appeal_days: int = 15

    @cached_property
    def all_states(self) -> tuple[str, ...]:
        """In the order in which a reader meets them."""
        ends = (state for step in self.transitions for state in (step.source, step.target))
        return tuple(dict.fromkeys((self.start, *ends)))

    @cached_property
    def permissions(self) -> frozenset[str]:
        return frozenset(step.permission for step in self.transitions)

    def ways_on(self, state: str) -> tuple[Transition, ...]:
        return tuple(step for step in self.transitions if step.source == state)

    def is_final(self, state: str) -> bool:
        return not self.ways_on(state)

    def owners(self, state: str) -> frozenset[str]:
        """The permissions whose holders must move a case on from here."""
        return frozenset(step.permission for step in self.ways_on(state))

    def way(self, state: str, code: str) -> Transition | None:
        return next((step for step in self.ways_on(state) if step.code == code), None)

    def title_of(self, state: str) -> object:
        return self.states.get(state, state)


def register(*processes: Process) -> None:
    """Called once apps are ready, by the room or scene whose cases these are."""
    for process in processes:
        PROCESSES[process.kind] = process
