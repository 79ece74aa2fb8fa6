"""The keys of this installation. They live in a file beside the database, never in it."""

import json
import os
import secrets
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Literal

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

Algorithm = Literal["AES", "SM4"]


@dataclass(frozen=True)
class Keyring:
    """Master keys by number (all of them open, the current one seals), and the cipher now in use."""

    masters: dict[int, bytes]
    current: int
    algorithm: Algorithm = "AES"

    def derive(self, purpose: str, *, number: int | None = None, length: int = 32) -> bytes:
        """A key for one purpose. Keys that must stay the same for ever (indexes) name master number 1."""
        return _derive(self.masters[self.current if number is None else number], purpose, length)


@lru_cache(maxsize=1024)
def _derive(master: bytes, purpose: str, length: int) -> bytes:
    return HKDF(algorithm=SHA256(), length=length, salt=b"niangjia", info=purpose.encode()).derive(master)


def load_or_create(path: Path) -> Keyring:
    """The keyring kept at `path`; made on first use, readable by its owner only."""
    if not path.exists():
        _create(path)
    stored = json.loads(path.read_text())
    masters = {int(number): bytes.fromhex(key) for number, key in stored["masters"].items()}
    return Keyring(masters=masters, current=stored["current"], algorithm=stored.get("algorithm", "AES"))


def _create(path: Path) -> None:
    """Written beside and linked into place, so that two processes starting at once agree on one file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_suffix(f".{os.getpid()}")
    draft.touch(mode=0o600)
    draft.write_text(json.dumps({"current": 1, "algorithm": "AES", "masters": {"1": secrets.token_hex(32)}}))
    try:
        os.link(draft, path)
    except FileExistsError:
        pass
    finally:
        draft.unlink()


_ring: list[Keyring] = []


def install(ring: Keyring) -> None:
    """Settings hand over the keyring once, at start."""
    _ring[:] = [ring]


def keyring() -> Keyring:
    return _ring[0]
