"""Writing to the log, and sealing it into a chain."""

import hashlib
import hmac
from datetime import datetime
from uuid import UUID

from django.db import connection, transaction

from niangjia.core.audit.models import Event
from niangjia.core.crypto import keyring

SEAL_BATCH = 5_000
_CHAIN_LOCK = 0x61756469  # "audi": one sealer at a time


def record(
    *,
    action: str,
    actor_id: UUID | None,
    subject_id: UUID | None,
    target: tuple[str, object] = ("", ""),
    purpose: str = "",
    now: datetime,
) -> None:
    """Add one event in the caller's transaction. `target` is (table, primary key)."""
    Event(
        at=now,
        action=action,
        actor_id=actor_id,
        subject_id=subject_id,
        target_table=target[0],
        target_id=str(target[1]),
        purpose=purpose[:200],
    ).save(force_insert=True)


ACTING = "set_config('niangjia.actor', coalesce({}::text, ''), false)"  # for a query that finds out who acts


def acting(actor_id: UUID | None) -> None:
    """Tell the database's change triggers who acts on this connection from here on."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {ACTING.format('%s')}", [actor_id])


def seal_events() -> int:
    """Chain the events not chained yet, oldest first; returns how many. The worker calls it every minute."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_CHAIN_LOCK])
        place, mac = head()
        events = list(Event.objects.filter(place=None).order_by("at", "id")[:SEAL_BATCH])
        for event in events:
            place, mac = place + 1, link(mac, place + 1, event)
            event.place, event.mac = place, mac
        Event.objects.bulk_update(events, ["place", "mac"], batch_size=500)
    return len(events)


def head() -> tuple[int, bytes]:
    """Place and mac of the last sealed event; (0, b"") before the first."""
    last = Event.objects.exclude(place=None).order_by("-place").values_list("place", "mac").first()
    return (last[0] or 0, bytes(last[1] or b"")) if last else (0, b"")


def link(previous: bytes, place: int, event: Event) -> bytes:
    """The mac of an event: over everything it says and the mac before it, under a key the database does not hold."""
    said = [
        place,
        event.id,
        event.at.timestamp(),
        event.action,
        event.actor_id,
        event.subject_id,
        event.target_table,
        event.target_id,
        list(event.columns),
        event.purpose,
    ]
    return hmac.digest(keyring().derive("audit", number=1), previous + repr(said).encode(), hashlib.sha256)
