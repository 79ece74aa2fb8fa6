"""Words and sizes of conversations that no table holds."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, Literal
from uuid import UUID

from niangjia.core.accounts.limits import Limit
from niangjia.core.crypto import unseal

Kind = Literal["text", "picture", "voice"]

ROOM: Final = "chat"  # as the live process calls it
PAGE: Final = 40
LONGEST: Final = 1000  # characters of one message
TAKE_BACK: Final = timedelta(minutes=5)
RECENT: Final = timedelta(minutes=15)  # phones that follow hear of what was taken back meanwhile
KEPT: Final = timedelta(days=365)
KEPT_AFTER_END: Final = timedelta(days=30)  # read by nobody, so that a report can still show them
MOST_QUOTED: Final = 40  # messages in one report

WRITING: Final = (Limit("chat-min", 40, 60), Limit("chat-day", 3000, 86400))
SENDING_FILES: Final = (Limit("chat-file-hour", 60, 3600), Limit("chat-file-day", 200, 86400))
NEW: Final = "dating_chat_new"  # the notice


@dataclass(frozen=True)
class Content:
    """What a message says: words, or a picture, or a sound (samples as `sounds` knows them)."""

    kind: Kind
    text: str = ""
    photo_id: UUID | None = None
    sound: bytes = b""


@dataclass(frozen=True)
class Last:
    """The end of a conversation, for a list of them. `folded`: there is a warning to read first."""

    at: datetime
    kind: str
    mine: bool
    text: str
    taken_back: bool
    folded: bool


def voice_place(message_id: UUID) -> str:
    return f"dating_chat_voice/{message_id}/sealed"


def opened(sealed: bytes | memoryview, place: str) -> bytes:
    return unseal(bytes(sealed), place=place)


def quoted_place(quoted_id: UUID) -> str:
    return f"dating_chat_quoted/{quoted_id}/sealed"
