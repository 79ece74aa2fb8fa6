"""The lottery of one slot: drawn once, from the seed that was committed to before it opened, in everybody's sight."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection, transaction

from niangjia.engines.allocation import errors, hooks, locks
from niangjia.engines.allocation.kernels import lottery
from niangjia.engines.allocation.kernels.lottery import Drawn, Entrant
from niangjia.engines.allocation.models import Booking, Draw, Pool, Slot
from niangjia.engines.allocation.selectors import draws_due, unfinished_draws
from niangjia.engines.allocation.services.promoting import allocate
from niangjia.engines.allocation.services.slots import new_era
from niangjia.engines.allocation.types import COMMON

# One line a party: its ticket, its people, and whether one of them has a place elsewhere at that time by now.
_ENTRANTS = """
SELECT l.ticket, b.tier, b.keys, array_agg(b.id ORDER BY b.id), bool_or(b.person_id = ANY (%(busy)s::uuid[]))
  FROM allocation_booking b JOIN allocation_booking l ON l.id = b.party
 WHERE b.slot_id = %(slot)s AND b.state = 'entered'
 GROUP BY b.party, l.ticket, b.tier, b.keys
"""
_BUSY = """
SELECT coalesce(array_agg(DISTINCT person_id), '{}') FROM allocation_booking
 WHERE NOT %(overlaps_allowed)s AND state IN ('held', 'offered', 'booked') AND during && %(during)s::tstzrange
"""
_REST = """
UPDATE allocation_booking b SET state = %(state)s, rank = r.rank, settled_at = %(now)s, told_at = NULL
  FROM unnest(%(ids)s::uuid[], %(ranks)s::int[]) AS r (id, rank) WHERE b.id = r.id
"""


@dataclass(frozen=True)
class _Line:
    entrant: Entrant
    ids: tuple[UUID, ...]
    busy: bool


def set_beacon(*, slot_id: UUID, beacon: str, now: datetime) -> None:
    """Note the public number that was announced as the beacon; only after the close, and only once."""
    closed = Draw.objects.filter(slot=slot_id, drawn_at=None, beacon="", slot__closes_at__lte=now)
    if not beacon.strip() or not closed.exclude(beacon_source="").update(beacon=beacon.strip()):
        raise errors.NotClosed


def draw_due(*, now: datetime) -> int:
    """Draw every lottery whose registration has closed and whose beacon is known."""
    due = list(draws_due(now))
    for slot_id in due:
        draw(slot_id=slot_id, now=now)
    for slot_id in unfinished_draws():
        line_up(slot_id=slot_id, now=now)
    return len(due)


def draw(*, slot_id: UUID, now: datetime) -> Draw:
    """Draw, reveal the seed, publish the list. A second call finds it done. Nobody entered: nobody wins.

    Those who won are told first; a hundred thousand others are lined up in a transaction of its own right after, which
    the job of the next minute makes up for when the process dies in between.
    """
    drawn = _draw(slot_id, now)
    line_up(slot_id=slot_id, now=now)
    return drawn


@transaction.atomic
def _draw(slot_id: UUID, now: datetime) -> Draw:
    slot = locks.slot(slot_id)
    found = Draw.objects.select_for_update().filter(slot=slot).first()
    if found is None:
        raise locks.missing()
    if slot.drawn_at is not None:
        return found
    _check(slot, found, now)
    pools = {pool.key: pool for pool in new_era(slot) if not pool.is_addon}
    lines = _lines(slot)
    seed = bytes.fromhex(found.seed)
    free = {key: pool.free for key, pool in pools.items()}
    drawn = lottery.draw(seed, found.beacon, [line.entrant for line in lines if not line.busy], free)
    slot.drawn_at = now
    slot.save(update_fields=["drawn_at"])
    _seat_winners(slot, drawn, lines, pools, now)
    return _publish(found, slot, drawn, lines, free, now)


def _check(slot: Slot, found: Draw, now: datetime) -> None:
    if slot.called_off_at is not None:
        raise errors.CalledOff
    if now < slot.closes_at or (found.beacon_source and not found.beacon):
        raise errors.NotClosed


def _lines(slot: Slot) -> list[_Line]:
    with connection.cursor() as cursor:
        during = f"[{slot.starts_at.isoformat()},{slot.ends_at.isoformat()})"
        cursor.execute(_BUSY, {"overlaps_allowed": slot.overlaps_allowed, "during": during})
        busy = cursor.fetchone()[0]
        cursor.execute(_ENTRANTS, {"slot": slot.pk, "busy": busy})
        return [
            _Line(Entrant(ticket, len(ids), tier, tuple(keys)), tuple(ids), bool(is_busy))
            for ticket, tier, keys, ids, is_busy in cursor.fetchall()
        ]


def _seat_winners(slot: Slot, drawn: Drawn, lines: Sequence[_Line], pools: dict[str, Pool], now: datetime) -> None:
    """They read of it from the outbox: a draw does not wait for a thousand messages."""
    ids = {line.entrant.ticket: line.ids for line in lines}
    for key, pool in pools.items():
        won = [one for ticket, of in drawn.winners if of == key for one in ids[ticket]]
        if won:
            allocate(slot, won, pool, now)
    rows = Booking.objects.filter(slot=slot, pool__isnull=False).order_by("pk")
    hooks.tell_of("drawn", slot, rows, now=now)


@transaction.atomic
def line_up(*, slot_id: UUID, now: datetime) -> int:
    """In the order of the draw, so that a place that falls free goes to the next; last those who are busy elsewhere."""
    slot = locks.slot(slot_id)
    found = Draw.objects.get(slot=slot)
    lines = _lines(slot) if slot.drawn_at else []
    ids = {line.entrant.ticket: line.ids for line in lines}
    order = lottery.order(bytes.fromhex(found.seed), found.beacon, [line.entrant for line in lines if not line.busy])
    behind = [*(one.ticket for one in order), *sorted(line.entrant.ticket for line in lines if line.busy)]
    ranked = [(one, rank) for rank, ticket in enumerate(behind, start=1) for one in ids[ticket]]
    with connection.cursor() as cursor:
        cursor.execute(
            _REST,
            {
                "state": "waiting" if slot.keeps_waiting else "unlucky",
                "now": now,
                "ids": [one for one, _ in ranked],
                "ranks": [rank for _, rank in ranked],
            },
        )
    return len(ranked)


def _publish(
    found: Draw, slot: Slot, drawn: Drawn, lines: Sequence[_Line], free: dict[str, int], now: datetime
) -> Draw:
    """Names of quotas become numbers: who entered for which firm is nobody's business."""
    codes = {key: f"q{number:04}" for number, key in enumerate(sorted(set(free) - {COMMON}), start=1)} | {COMMON: ""}
    found.revealed, found.drawn_at = found.seed, now
    found.entrants, found.winners = len(lines), len(drawn.winners)
    found.published = {
        "slot": str(slot.pk),
        "commitment": found.commitment,
        "seed": found.seed,
        "beacon": found.beacon,
        "places": {codes[key]: places for key, places in free.items()},
        "entrants": sorted(_published(line, codes) for line in lines),
        "winners": [f"{ticket} {codes[key]}".strip() for ticket, key in drawn.winners],
    }
    found.save(update_fields=["revealed", "drawn_at", "entrants", "winners", "published"])
    return found


def _published(line: _Line, codes: dict[str, str]) -> str:
    """`ticket people tier quotas`; a party that has a place elsewhere by now takes no part and is marked so."""
    one = line.entrant
    quotas = ",".join(sorted(codes[key] for key in one.keys if key in codes))
    return f"{one.ticket} {one.size} {one.tier} {'busy' if line.busy else quotas or '-'}"
