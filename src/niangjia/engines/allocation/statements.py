"""The SQL of the rush: one statement claims places and, when it cannot, says why not.

Order matters: first the counter (a guarded UPDATE of one row, which makes rivals wait in line), then the bookings. The
other order lets two claims wait for each other. What the statement reads is of one moment; what may have changed since
is guarded again where it counts: room and era in the UPDATE, one place a person and overlaps by constraints.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from django.db import connection

from niangjia.core.prepared import fetch_one
from niangjia.engines.allocation.types import LIVE, TAKING


@dataclass(frozen=True)
class Request:
    """What is asked for. `people` begins with the one who asks; guests without account are None."""

    slot_id: UUID
    person_id: UUID
    people: tuple[UUID | None, ...]
    ids: tuple[UUID, ...]
    keys: tuple[str, ...]
    priority: bool
    request_key: UUID
    mark: bytes
    state: str
    hold_for: Any
    now: datetime | None


@dataclass(frozen=True)
class Answer:
    """What the statement saw, and did: `pool_key` is where places were taken, None when none were."""

    way: str
    now: datetime
    opens_at: datetime
    closes_at: datetime
    called_off_at: datetime | None
    drawn_at: datetime | None
    keeps_waiting: bool
    max_party: int
    tier: int
    earlier_id: UUID | None
    earlier_mark: bytes | None
    mine: bool
    clash: UUID | None
    entitled: bool
    line: bool
    flows_back_at: datetime | None
    chosen: bool
    pool_key: str | None

    @property
    def lost_a_race(self) -> bool:
        """Somebody was faster at the row it had chosen, or the rules changed; it is worth another look."""
        return self.chosen and self.pool_key is None


_LIVE: Final = ", ".join(f"'{state}'" for state in LIVE)
_TAKING: Final = ", ".join(f"'{state}'" for state in TAKING)

# Tier 0 may begin early, tier 2 (others go first for a while, see Consequence) begins late.
_FACTS: Final = f"""
WITH asked AS MATERIALIZED (
    SELECT s.*, coalesce(%(now)s::timestamptz, statement_timestamp()) AS now, r.scene,
           %(people)s::uuid[] AS people, cardinality(%(people)s::uuid[]) AS size, %(keys)s::text[] AS keys
      FROM allocation_slot s JOIN allocation_resource r ON r.id = s.resource_id
     WHERE s.id = %(slot)s
), ranked AS MATERIALIZED (
    SELECT asked.*, CASE WHEN %(priority)s THEN 0 ELSE 1 END + CASE WHEN EXISTS (
               SELECT 1 FROM allocation_consequence c
                WHERE c.person_id = %(person)s AND c.scene = asked.scene AND c.lifted_at IS NULL
                  AND c.since <= asked.now AND asked.now < c.until)
           THEN 1 ELSE 0 END AS tier
      FROM asked
), facts AS MATERIALIZED (
    SELECT ranked.*,
           opens_at - CASE WHEN ranked.tier = 0 THEN head_start ELSE '0' END
                    + CASE WHEN ranked.tier = 2 THEN delay ELSE '0' END AS from_when,
           earlier.id AS earlier_id, earlier.request_mark AS earlier_mark,
           EXISTS (SELECT 1 FROM allocation_booking b
                    WHERE b.slot_id = ranked.id AND b.person_id = ANY (people) AND b.state IN ({_LIVE})) AS mine,
           (SELECT b.slot_id FROM allocation_booking b
             WHERE NOT overlaps_allowed AND b.person_id = ANY (people) AND b.state IN ({_TAKING})
               AND b.during && tstzrange(starts_at, ends_at) AND b.slot_id <> ranked.id LIMIT 1) AS clash
      FROM ranked LEFT JOIN allocation_booking earlier
        ON earlier.booked_by_id = %(person)s AND earlier.request_key = %(request_key)s
), pools AS MATERIALIZED (
    SELECT p.id, p.key, p.era, p.capacity, p.flows_back_at, p.flowed_at, may, fits, CASE WHEN fits THEN EXISTS (
               SELECT 1 FROM allocation_booking b
                WHERE b.slot_id = p.slot_id AND b.state = 'waiting' AND (p.key = '' OR p.key = ANY (b.keys)))
           ELSE false END AS line
      FROM facts JOIN allocation_pool p ON p.slot_id = facts.id AND NOT p.is_addon,
           LATERAL (SELECT p.key = '' OR p.key = ANY (facts.keys) AS may) m,
           LATERAL (SELECT may AND p.taken + size <= p.capacity AS fits) f
)"""  # noqa: S608  # made of constants

_ANSWER: Final = """
SELECT way, now, from_when, closes_at, called_off_at, drawn_at, keeps_waiting, max_party, tier,
       earlier_id, earlier_mark, mine, clash,
       EXISTS (SELECT 1 FROM pools WHERE may AND capacity > 0) AS entitled,
       EXISTS (SELECT 1 FROM pools WHERE line) AS line,
       (SELECT min(flows_back_at) FROM pools WHERE flowed_at IS NULL) AS flows_back_at"""

# Nobody overtakes those who wait for the same pool (`line`). Own quotas go before the common places,
# which others need more.
_CLAIM: Final = f"""{_FACTS}, chosen AS (
    SELECT p.id, p.era FROM pools p, facts
     WHERE p.fits AND NOT p.line AND way = 'first_come' AND called_off_at IS NULL
       AND from_when <= now AND now < closes_at AND size <= max_party
       AND earlier_id IS NULL AND NOT mine AND clash IS NULL
     ORDER BY p.key = '', p.key LIMIT 1
), counted AS (
    UPDATE allocation_pool p SET taken = p.taken + cardinality(%(people)s::uuid[])
      FROM chosen WHERE p.id = chosen.id AND p.era = chosen.era
       AND p.taken + cardinality(%(people)s::uuid[]) <= p.capacity
    RETURNING p.id, p.key
), made AS (
    INSERT INTO allocation_booking
           (id, slot_id, pool_id, person_id, booked_by_id, party, state, tier, keys, asked_at, until, during,
            settled_at, request_key, request_mark)
    SELECT n.id, facts.id, counted.id, n.person, %(person)s, (%(ids)s::uuid[])[1], %(state)s, tier, keys, now,
           now + %(hold_for)s::interval, CASE WHEN NOT overlaps_allowed THEN tstzrange(starts_at, ends_at) END, now,
           CASE WHEN n.place = 1 THEN %(request_key)s::uuid END, CASE WHEN n.place = 1 THEN %(mark)s::bytea END
      FROM counted, facts, unnest(%(ids)s::uuid[], %(people)s::uuid[]) WITH ORDINALITY AS n (id, person, place)
){_ANSWER}, EXISTS (SELECT 1 FROM chosen) AS chosen, (SELECT key FROM counted) AS pool_key FROM facts"""  # noqa: S608  # made of constants

# Without a place: wants approval, is in the lottery, or waits. The lock on the slot lets a draw or a calling off
# that is under way finish first, and then looks at the slot again.
_ENROL: Final = """
INSERT INTO allocation_booking
       (id, slot_id, person_id, booked_by_id, party, state, tier, keys, asked_at, request_key, request_mark, ticket)
SELECT n.id, s.id, n.person, %(person)s, (%(ids)s::uuid[])[1], %(state)s, %(tier)s, %(keys)s::text[],
       coalesce(%(now)s::timestamptz, statement_timestamp()),
       CASE WHEN n.place = 1 THEN %(request_key)s::uuid END, CASE WHEN n.place = 1 THEN %(mark)s::bytea END,
       CASE WHEN n.place = 1 THEN %(ticket)s::text END
  FROM (SELECT id FROM allocation_slot
         WHERE id = %(slot)s AND called_off_at IS NULL AND drawn_at IS NULL
           AND coalesce(%(now)s::timestamptz, statement_timestamp()) < closes_at FOR SHARE) s,
       unnest(%(ids)s::uuid[], %(people)s::uuid[]) WITH ORDINALITY AS n (id, person, place)
RETURNING id"""


def claim(request: Request) -> Answer | None:
    """Take places if that is possible; the answer says what came of it. None: there is no such slot."""
    row = fetch_one(_CLAIM, _arguments(request))
    return Answer(*row) if row else None


def enrol(request: Request, *, state: str, tier: int, ticket: str | None) -> bool:
    """Put a party down without a place. False when the slot was closed, drawn or called off meanwhile."""
    arguments = _arguments(request) | {"state": state, "tier": tier, "ticket": ticket}
    return fetch_one(_ENROL, arguments) is not None


def _arguments(request: Request) -> dict[str, Any]:
    return {
        "slot": request.slot_id,
        "person": request.person_id,
        "people": list(request.people),
        "ids": list(request.ids),
        "keys": list(request.keys),
        "priority": request.priority,
        "request_key": request.request_key,
        "mark": request.mark,
        "state": request.state,
        "hold_for": request.hold_for,
        "now": request.now,
    }


def database_now() -> datetime:
    """The clock that all servers share."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT statement_timestamp()")
        moment: datetime = cursor.fetchone()[0]
    return moment
