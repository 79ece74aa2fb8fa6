"""Words and shapes of the scam guard that no table holds."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, Literal
from uuid import UUID

Level = Literal["none", "ask", "warn"]
Stage = Literal["", "rapport", "leave", "money"]

POLICE: Final = "96110"  # the line against telecom fraud, the same all over China; 110 when money has just been sent
SCAM: Final = "dating.scam"
SCAM_APPEAL: Final = "dating.scam_appeal"
LOOK_ALIKE: Final = "dating.look_alike"
KEPT: Final = timedelta(days=180)
FOLDED_KEPT: Final = timedelta(days=400)  # longer than any message, which would unfold itself

COOLS: Final = timedelta(hours=12)  # by itself; longer only when somebody of the staff has confirmed it
COOLS_MOST: Final = timedelta(days=30)
SAME_IN: Final = 3  # conversations in which the same story of money was sent, though asked each time
SAME_WITHIN: Final = timedelta(days=7)
MARKED_FROM: Final = 8  # syllables: shorter words are everybody's

WINDOW: Final = 120  # so many of the latest lines are weighed


@dataclass(frozen=True)
class Line:
    """One line of a conversation. `mine` means: of the one whose words are weighed."""

    mine: bool
    text: str
    at: datetime


@dataclass(frozen=True)
class Verdict:
    """What the guard thinks of a conversation as it would stand with its last line sent.

    "ask": the sender is asked whether they mean it. "warn": asked too, and once it is sent the receiver sees a warning.
    `evidence` are the words themselves, as they were written; `stage` is how far the story has come.
    """

    level: Level = "none"
    evidence: tuple[str, ...] = ()
    stage: Stage = ""
    mark: bytes = b""  # by which the same words are known again in another conversation


@dataclass(frozen=True)
class Caution:
    """What the receiver reads before a message. `said` is what they made of it; `folded`: not opened by them yet."""

    message_id: UUID
    stage: Stage
    evidence: tuple[str, ...]
    title: str
    text: str
    police: str
    said: Literal["", "fine", "afraid"] = ""
    folded: bool = False


@dataclass(frozen=True)
class Cooling:
    """Until when somebody may begin no new conversation. Those they have go on."""

    until: datetime
    reason: str
    remedy: str
    receipt: str  # by which they appeal
