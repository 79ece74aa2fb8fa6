"""Voice notes: sixteen thousand samples a second, one channel, a byte each (G.711 µ-law). Every browser plays that.

The phone sends a WAV of exactly this kind. Only its samples are kept, and a head of our own is put before them: what
else the file said, about the phone or the place, is gone. Any bytes are valid samples, so nothing needs decoding here.
"""

import struct
from typing import Final

from django.utils.translation import gettext_lazy as _

from niangjia.kernel.errors import Invalid

RATE: Final = 16_000  # samples, and bytes, a second
MOST_SECONDS: Final = 60
MOST_BYTES: Final = RATE * MOST_SECONDS + 4096
_SHORTEST: Final = RATE // 2
_MULAW: Final = struct.pack("<HHIIHH", 7, 1, RATE, RATE, 1, 8)


def samples_of(data: bytes) -> bytes:
    """The samples of a recording; raises Invalid for whatever is not exactly such a one."""
    if len(data) > MOST_BYTES:
        raise _refused(_("This recording is longer than a minute."))
    if data[:4] != b"RIFF" or data[8:12] != b"WAVE":
        raise _refused(_("This is not a recording of this app."))
    chunks = _chunks(data)
    sound = chunks.get(b"data", b"")
    if chunks.get(b"fmt ", b"")[:16] != _MULAW:
        raise _refused(_("This is not a recording of this app."))
    if len(sound) > RATE * MOST_SECONDS:
        raise _refused(_("This recording is longer than a minute."))
    if len(sound) < _SHORTEST:
        raise _refused(_("This recording is too short."))
    return sound


def _chunks(data: bytes) -> dict[bytes, bytes]:
    """Pieces of a RIFF by name; one that claims more than there is, or comes twice, spoils it all."""
    found: dict[bytes, bytes] = {}
    at = 12
    while at + 8 <= len(data):
        name, size = data[at : at + 4], int.from_bytes(data[at + 4 : at + 8], "little")
        if name in found or at + 8 + size > len(data):
            return {}
        found[name] = data[at + 8 : at + 8 + size]
        at += 8 + size + size % 2
    return found


def wav(samples: bytes) -> bytes:
    """As a file that players understand."""
    fmt = b"fmt " + struct.pack("<I", 18) + _MULAW + struct.pack("<H", 0)
    fact = b"fact" + struct.pack("<II", 4, len(samples))
    body = b"WAVE" + fmt + fact + b"data" + struct.pack("<I", len(samples)) + samples + b"\0" * (len(samples) % 2)
    return b"RIFF" + struct.pack("<I", len(body)) + body


def seconds(samples: bytes) -> int:
    return max(1, round(len(samples) / RATE))


def _refused(message: object) -> Invalid:
    return Invalid(
        message, code="voice", next_step=_("Tap, speak for up to a minute, and tap again."), fields={"file": message}
    )
