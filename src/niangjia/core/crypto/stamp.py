"""Stamped codes: a few bytes anybody may carry in a link or a QR code, and nobody else can make."""

import base64
import binascii
import hashlib
import hmac
from typing import Final

_MARK: Final = 12
_LONGEST: Final = 100


def stamp(body: bytes, *, head: str, key: bytes) -> str:
    """`head`, then base64url of the body and the first 12 bytes of its HMAC-SHA-256 (RFC 2104, section 5)."""
    return head + base64.urlsafe_b64encode(body + _mark(body, key)).decode().rstrip("=")


def read_stamp(text: str, *, head: str, key: bytes) -> bytes | None:
    """The body, or None for anything that was not stamped with this key.

    Only the one spelling that `stamp` writes is taken. Base64 leaves bits of the last letter unused (RFC 4648,
    section 3.5); were they ignored, one code would have four spellings, and a phone at the door knows but one.
    """
    text = text.strip()
    if not text.startswith(head) or len(text) > _LONGEST:
        return None
    coded = text[len(head) :]
    try:
        raw = base64.b64decode(coded + "=" * (-len(coded) % 4), b"-_", validate=True)
    except (binascii.Error, ValueError):
        return None
    body = raw[:-_MARK]
    return body if hmac.compare_digest(stamp(body, head=head, key=key).encode(), text.encode()) else None


def _mark(body: bytes, key: bytes) -> bytes:
    return hmac.digest(key, body, hashlib.sha256)[:_MARK]
