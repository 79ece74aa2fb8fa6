"""Telling phones that are looking to look again, at once (docs/adr/0010).

What is told is never content: only which room of the app has something new, for one person. A small process of its own
(`interfaces.live`) hears it from PostgreSQL and passes it on; whoever holds a ticket listens there.
"""

import hmac
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Final
from uuid import UUID

from django.conf import settings
from django.core import signing
from django.db import transaction

from niangjia.core import prepared
from niangjia.core.crypto import keyring

CHANNEL: Final = "niangjia_live"
PATH: Final = "/live/events"
TICKET_LIFE: Final = timedelta(minutes=10)  # then the phone asks for another, if its session still lives

# After commit, and not waiting for the disk: a NOTIFY within a transaction makes all commits queue behind one another.
_TELL = """
SELECT pg_notify(%s, word), set_config('synchronous_commit', 'off', true) FROM unnest(%s::text[]) AS word
"""


def tell(*, person_ids: Iterable[UUID], room: str, key: UUID) -> None:
    """Once this transaction is through, the phones of these people learn that `key` of `room` has something new."""
    words = [f"{person_id} {room} {key}" for person_id in person_ids]
    transaction.on_commit(partial(_tell, words), robust=True)  # were it not told, phones still ask by themselves


def _tell(words: list[str]) -> None:
    prepared.fetch_all(_TELL, [CHANNEL, words])


def ticket(*, person_id: UUID, now: datetime) -> str:
    """Lets its holder listen for this person for some minutes. It opens nothing else."""
    end = int((now + TICKET_LIFE).timestamp())
    head = signing.b64_encode(person_id.bytes + end.to_bytes(5, "big")).decode()
    return f"{head}.{_mac(head)}"


def holder(given: str, now: datetime) -> tuple[UUID, datetime] | None:
    """Whose ticket this is, and until when; None for an old or a made-up one."""
    head, _dot, mac = given[:200].partition(".")
    if not hmac.compare_digest(mac.encode(), _mac(head).encode()):
        return None
    raw = signing.b64_decode(head.encode())
    end = datetime.fromtimestamp(int.from_bytes(raw[16:], "big"), UTC)
    return (UUID(bytes=raw[:16]), end) if now < end else None


def _mac(head: str) -> str:
    return hmac.digest(keyring().derive("live-ticket", number=1), head.encode(), "sha256").hex()[:32]


def origin(*, scheme: str, host: str) -> str | None:
    """Where the live process is for a phone that reached us as `host`: "" is our own origin, None is nowhere."""
    where = str(settings.LIVE)
    if where.startswith(":"):
        return f"{scheme}://{host.partition(':')[0]}{where}"
    return where.rstrip("/") if where else None
