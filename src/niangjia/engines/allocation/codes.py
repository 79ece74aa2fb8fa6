"""What a ticket's QR code says: which booking, and a mark that only this house can make. Nothing about the person."""

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final
from uuid import UUID

from niangjia.core.crypto import keyring, read_stamp, stamp

STEP: Final = timedelta(seconds=30)
TOLERANCE: Final = timedelta(seconds=90)  # a phone's clock may be a little off
_HEAD: Final = "NJT"


@dataclass(frozen=True)
class Ticket:
    """`step` counts half minutes since 1970 in a code that changes, and is 0 in one that does not."""

    booking_id: UUID
    step: int

    def is_fresh(self, at: datetime) -> bool:
        shown = datetime.fromtimestamp(0, UTC) + self.step * STEP
        return abs(at - shown) <= TOLERANCE


def make(booking_id: UUID, *, rotating_at: datetime | None = None) -> str:
    """The text of the code; with `rotating_at` one for this moment only: a photograph of it is worthless."""
    step = int(rotating_at.timestamp() // STEP.total_seconds()) if rotating_at else 0
    return stamp(booking_id.bytes + step.to_bytes(4, "big"), head=_HEAD, key=_key())


def read(text: str) -> Ticket | None:
    """The ticket, or None for anything that this house did not make."""
    body = read_stamp(text, head=_HEAD, key=_key())
    if body is None or len(body) != 20:
        return None
    return Ticket(UUID(bytes=body[:16]), int.from_bytes(body[16:], "big"))


def _key() -> bytes:
    return keyring().derive("allocation ticket", number=1)  # tickets outlive a change of keys


def fingerprint(code: str) -> str:
    """What a phone at the door keeps, to know codes without a network."""
    return hashlib.sha256(code.encode()).hexdigest()
