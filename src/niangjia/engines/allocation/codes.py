"""What a ticket's QR code says: which booking, and a mark that only this house can make. Nothing about the person."""

import base64
import binascii
import hashlib
import hmac
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final
from uuid import UUID

from niangjia.core.crypto import keyring

STEP: Final = timedelta(seconds=30)
TOLERANCE: Final = timedelta(seconds=90)  # a phone's clock may be a little off
_HEAD: Final = "NJT"
_MARK: Final = 12


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
    body = booking_id.bytes + step.to_bytes(4, "big")
    return _HEAD + base64.urlsafe_b64encode(body + _mark(body)).decode().rstrip("=")


def read(text: str) -> Ticket | None:
    """The ticket, or None for anything that this house did not make."""
    text = text.strip()
    if not text.startswith(_HEAD) or len(text) > 100:
        return None
    try:
        raw = base64.b64decode(text[len(_HEAD) :] + "=" * (-(len(text) - len(_HEAD)) % 4), b"-_", validate=True)
    except (binascii.Error, ValueError):
        return None
    body, mark = raw[:20], raw[20:]
    if len(raw) != 20 + _MARK or not hmac.compare_digest(mark, _mark(body)):
        return None
    return Ticket(UUID(bytes=body[:16]), int.from_bytes(body[16:], "big"))


def _mark(body: bytes) -> bytes:
    key = keyring().derive("allocation ticket", number=1)  # tickets outlive a change of keys
    return hmac.digest(key, body, hashlib.sha256)[:_MARK]


def fingerprint(code: str) -> str:
    """What a phone at the door keeps, to know codes without a network."""
    return hashlib.sha256(code.encode()).hexdigest()
