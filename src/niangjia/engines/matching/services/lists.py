"""Lists into the database and out of it. A whole city's go in by binary COPY: nothing else is quick enough."""

import struct
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from uuid import UUID

import numpy as np
from django.db import connection

from niangjia.engines.matching.models import RankedList, Run
from niangjia.engines.matching.types import Cleared, Prices

KEPT_RUNS = 2
_HEAD, _END = b"PGCOPY\n\xff\r\n\0" + bytes(8), b"\xff\xff"
_UUID_OID, _REAL_OID = 2950, 700
_EPOCH = datetime(2000, 1, 1, tzinfo=UTC)
_BATCH = 1 << 20


def store(run: Run, sides: Sequence[Cleared], *, made_at: datetime) -> None:
    """In the caller's transaction: all of it is seen when that ends, or nothing."""
    for cleared in sides:
        _copy("matching_rankedlist (owner, run_id, targets, scores, made_at)", _lists(run, cleared, made_at))
        _copy("matching_price (person, run_id, attention, liked, likes)", _prices(run, cleared.prices))


def put(*, run: Run, owner: UUID, targets: Sequence[UUID], scores: Sequence[float], now: datetime) -> None:
    """One list, in place of an older one of the same run."""
    RankedList.objects.bulk_create(
        [RankedList(owner=owner, run=run, targets=list(targets), scores=list(scores), made_at=now)],
        update_conflicts=True,
        unique_fields=["owner", "run"],
        update_fields=["targets", "scores", "made_at"],
    )


def forget(*, pool: str, owners: Iterable[UUID]) -> int:
    """The lists of these owners are gone, in every run."""
    return RankedList.objects.filter(owner__in=list(owners), run__pool=pool)._raw_delete("default")


def forget_old(*, pool: str) -> None:
    """Only the lists of the last runs are kept; what staff read of older runs stays."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id FROM matching_run WHERE pool = %s AND state = 'done' ORDER BY began_at DESC OFFSET %s",
            [pool, KEPT_RUNS],
        )
        old = [row[0] for row in cursor.fetchall()]
        cursor.execute("DELETE FROM matching_rankedlist WHERE run_id = ANY(%s)", [old])
        cursor.execute("DELETE FROM matching_price WHERE run_id = ANY(%s)", [old])


def _copy(into: str, rows: Iterator[bytes]) -> None:
    with connection.cursor() as cursor, cursor.copy(f"COPY {into} FROM STDIN (FORMAT BINARY)") as copy:
        waiting = bytearray(_HEAD)
        for row in rows:
            waiting += row
            if len(waiting) > _BATCH:
                copy.write(bytes(waiting))
                waiting.clear()
        copy.write(bytes(waiting) + _END)


def _lists(run: Run, cleared: Cleared, made_at: datetime) -> Iterator[bytes]:
    """Rows of PostgreSQL's binary COPY: a count of fields, then length and bytes of each."""
    targets = _elements(cleared.targets, 16)
    scores = _elements(cleared.scores.astype(">f4").view("S4"), 4)
    owners, ends = cleared.owners.tobytes(), cleared.indptr.tolist()
    stamp = struct.pack(">iq", 8, (made_at - _EPOCH) // timedelta.resolution)
    for i in range(len(ends) - 1):
        owner = owners[16 * i : 16 * i + 16]
        first, last = ends[i], ends[i + 1]
        yield b"".join(
            (
                struct.pack(">hi", 5, 16),
                owner,
                struct.pack(">i", 16),
                run.pk.bytes,
                _array(_UUID_OID, last - first, targets[20 * first : 20 * last]),
                _array(_REAL_OID, last - first, scores[8 * first : 8 * last]),
                stamp,
            )
        )


def _elements(values: "np.ndarray[tuple[int], np.dtype[np.bytes_]]", size: int) -> bytes:
    """Each value behind its length."""
    out = np.empty(values.size, dtype=[("size", ">i4"), ("value", f"S{size}")])
    out["size"], out["value"] = size, values
    return out.tobytes()


def _array(oid: int, count: int, elements: bytes) -> bytes:
    head = struct.pack(">iii", 1, 0, oid) + struct.pack(">ii", count, 1) if count else struct.pack(">iii", 0, 0, oid)
    return struct.pack(">i", len(head) + len(elements)) + head + elements


def _prices(run: Run, prices: Prices) -> Iterator[bytes]:
    people = prices.people.tobytes()
    figures = zip(prices.attention.tolist(), prices.liked.tolist(), prices.likes.tolist(), strict=True)
    for i, (attention, liked, likes) in enumerate(figures):
        key = struct.pack(">hi", 5, 16) + people[16 * i : 16 * i + 16] + struct.pack(">i", 16) + run.pk.bytes
        yield key + struct.pack(">ififif", 4, attention, 4, liked, 4, likes)
