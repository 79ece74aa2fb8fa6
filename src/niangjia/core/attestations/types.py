"""What other rooms know of facts: their rows as people read them, and who hears when one changes."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from uuid import UUID

KindCode = Literal["real_person", "employer", "single"]
State = Literal["none", "waiting", "verified", "fallen"]
Outcome = Literal["verified", "enterprise_asked", "union_asked"]
KINDS: tuple[KindCode, ...] = ("real_person", "employer", "single")

# Called in the transaction in which an attestation of these people came or fell.
FACTS_CHANGED: list[Callable[[Sequence[UUID], datetime], None]] = []


@dataclass(frozen=True)
class FactRow:
    """One fact as its owner reads it. `why` and `next` tell what happened and what to do, unless all is well."""

    kind: KindCode
    state: State = "none"
    source: str = ""
    method: str = ""
    since: datetime | None = None
    until: datetime | None = None
    why: str = ""
    next: str = ""


@dataclass(frozen=True)
class Employment:
    """The outcome of naming one's employer."""

    outcome: Outcome
    fact: FactRow
