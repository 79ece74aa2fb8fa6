"""How choices are kept: sealed under the event's own key, of one length, with a fingerprint that can be published.

Nothing about a sealed choice can be told without the key: neither whom nor how many. When the event closes the key is
destroyed, and with it everything that was not returned. What remains is the fingerprint of each sealed choice,
SHA-256 over a salt and the choice; the salt is known only to the one who chose. docs/selection/recompute.py is the same
once more, for anybody who wants to check, and shares no code with this.
"""

import hashlib
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from niangjia.scenes.dating.events.types import MOST_PICKS

_SALT, _NONCE, _ID = 16, 12, 16
_LABEL = b"niangjia choice 1"


@dataclass(frozen=True)
class Choice:
    """Whom somebody chose, by their profiles."""

    salt: bytes
    ids: tuple[UUID, ...]

    def with_(self, one: UUID) -> "Choice":
        return Choice(self.salt, tuple(sorted({*self.ids, one})))

    def without(self, one: UUID) -> "Choice":
        return Choice(self.salt, tuple(key for key in self.ids if key != one))

    def as_bytes(self) -> bytes:
        """Always of the same length."""
        packed = b"".join(key.bytes for key in sorted(self.ids))
        return packed.ljust(MOST_PICKS * _ID, b"\0")


def nothing() -> Choice:
    return Choice(secrets.token_bytes(_SALT), ())


def new_key() -> str:
    return secrets.token_hex(32)


def seal(choice: Choice, *, key: str, entrant: UUID) -> bytes:
    nonce = secrets.token_bytes(_NONCE)
    return nonce + AESGCM(bytes.fromhex(key)).encrypt(nonce, choice.salt + choice.as_bytes(), entrant.bytes)


def unseal(sealed: bytes, *, key: str, entrant: UUID) -> Choice:
    plain = AESGCM(bytes.fromhex(key)).decrypt(sealed[:_NONCE], sealed[_NONCE:], entrant.bytes)
    body = plain[_SALT:]
    parts = (body[at : at + _ID] for at in range(0, len(body), _ID))
    return Choice(plain[:_SALT], tuple(UUID(bytes=part) for part in parts if any(part)))


def fingerprint(choice: Choice, event: UUID) -> str:
    return hashlib.sha256(_LABEL + event.bytes + choice.salt + choice.as_bytes()).hexdigest()


def commitment(fingerprints: Iterable[str]) -> str:
    """One number for all of them, whatever their order."""
    return hashlib.sha256("\n".join(sorted(fingerprints)).encode()).hexdigest()
