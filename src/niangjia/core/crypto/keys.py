"""The keys of this installation. They live in a file beside the database, never in it."""

import json
import os
import secrets
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

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


def add_master(path: Path, *, algorithm: Algorithm) -> Keyring:
    """From now on a new master key seals, with this cipher; the old ones go on opening what they sealed."""
    stored = json.loads(path.read_text())
    number = max(map(int, stored["masters"])) + 1
    masters = {**stored["masters"], str(number): secrets.token_hex(32)}
    _write(path, {"current": number, "algorithm": algorithm, "masters": masters})
    return load_or_create(path)


def _write(path: Path, stored: dict[str, Any]) -> None:
    """Whole or not at all: a half written file would lock everything for ever."""
    draft = path.with_suffix(f".{os.getpid()}")
    draft.touch(mode=0o600)
    with draft.open("w") as file:
        json.dump(stored, file)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)


@dataclass
class _Installed:
    """The ring in use, and the file it came from."""

    ring: Keyring | None = None
    path: Path | None = None


_here = _Installed()


def install(ring: Keyring, path: Path | None = None) -> None:
    """Settings hand over the keyring once, at start, and where it is kept."""
    _here.ring, _here.path = ring, path


def keyring() -> Keyring:
    assert _here.ring is not None  # settings install it
    return _here.ring


def keyring_with(number: int) -> Keyring:
    """The ring; read anew when it lacks this master, which another process may have added since we started."""
    if number not in keyring().masters and _here.path is not None:
        _here.ring = load_or_create(_here.path)
    return keyring()
