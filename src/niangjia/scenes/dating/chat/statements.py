"""The SQL of sending, twice a statement: one reads all that decides, one keeps the message unless that has changed.

Between the two nothing is locked. `keep` looks once more, under the pair's lock, whether the two are still a pair, and
takes the number that comes after the last message read: who was slower at that number, or sent the same message twice,
keeps nothing and looks again. So a message is always weighed with all that stands before it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from niangjia.core.messages import services as notes
from niangjia.core.prepared import fetch_one
from niangjia.scenes.dating.chat.models import Message
from niangjia.scenes.dating.chat.types import NEW
from niangjia.scenes.dating.models import Profile
from niangjia.scenes.dating.policies import Sight
from niangjia.scenes.dating.scam.types import WINDOW, Line


@dataclass(frozen=True)
class Other:
    """Who is written to."""

    pk: UUID
    person_id: UUID


@dataclass(frozen=True)
class Situation:
    """What stands before a message. Without a `pair` it is over; without an `other` they cannot be seen at present.

    `last` is the highest number: numbers go on when a pair begins again, what is left of its first time has the lower.
    """

    earlier: UUID | None  # the same message, sent before
    pair: UUID | None
    other: Other | None
    last: int
    lines: Sequence[Line]
    mine: bool  # whether I have said something in this time of the pair


_TEXT: Final[Any] = Message._meta.get_field("text")  # as `EncryptedText` seals it

# What belongs to an earlier time of the pair counts for nothing but the number.
_LOOK: Final = """
SELECT (SELECT e.id FROM dating_chat_message e WHERE e.sender_id = %(me)s AND e.key = %(key)s),
       r.id, p.id, p.person_id,
       COALESCE((SELECT max(n.number) FROM dating_chat_message n WHERE n.pair_id = r.id), 0),
       said.ids, said.mine, said.texts, said.moments
  FROM (VALUES (1)) AS always (one)
  LEFT JOIN dating_pair r ON r.id = %(pair)s AND r.ended_at IS NULL AND %(me)s IN (r.first_id, r.second_id)
  LEFT JOIN dating_profile p
    ON p.id = CASE WHEN r.first_id = %(me)s THEN r.second_id ELSE r.first_id END AND {rule}
  LEFT JOIN LATERAL (
       SELECT array_agg(m.id ORDER BY m.number) AS ids, array_agg(m.sender_id = %(me)s ORDER BY m.number) AS mine,
              array_agg(m.text ORDER BY m.number) AS texts, array_agg(m.at ORDER BY m.number) AS moments
         FROM (SELECT * FROM dating_chat_message w WHERE w.pair_id = r.id AND w.at >= r.since
                ORDER BY w.number DESC LIMIT %(window)s) m) said ON true
"""


def look(me: Profile, *, pair_id: UUID, key: UUID, now: datetime) -> Situation:
    rule = Sight(me, now).sql("know")
    row = fetch_one(
        _LOOK.replace("{rule}", rule.sql), {**rule.params, "me": me.pk, "pair": pair_id, "key": key, "window": WINDOW}
    )
    assert row is not None  # something always stands there
    earlier, pair, other, person, last, ids, mine, texts, moments = row
    lines = [
        Line(one, _TEXT.read(sealed, pk), at)
        for pk, one, sealed, at in zip(ids or (), mine or (), texts or (), moments or (), strict=True)
        if sealed
    ]
    return Situation(earlier, pair, Other(other, person) if other else None, last, lines, any(mine or ()))


# The lock first: whoever ends the pair, and whoever writes too, is through before this goes on, or waits for it.
_KEEP: Final = f"""
WITH living AS MATERIALIZED (
    SELECT r.id FROM dating_pair r
     WHERE r.id = %(pair)s AND r.ended_at IS NULL AND %(me)s IN (r.first_id, r.second_id) FOR NO KEY UPDATE
), made AS (
    INSERT INTO dating_chat_message (id, pair_id, sender_id, key, number, kind, text, photo_id, seconds, at)
    SELECT %(id)s::uuid, living.id, %(me)s::uuid, %(key)s::uuid, %(number)s::int, %(kind)s::text, %(text)s::bytea,
           %(photo)s::uuid, %(seconds)s::int, %(now)s::timestamptz FROM living
    ON CONFLICT DO NOTHING RETURNING id
), told AS ({notes.ONE_WAITING.format(source="made")})
SELECT id FROM made
"""  # noqa: S608  # made of constants


def keep(row: Message, *, other_person: UUID) -> bool:
    """Write the message down, and tell the other of it. False when what was read is not so any more."""
    mine = {
        "id": row.pk,
        "pair": row.pair_id,
        "me": row.sender_id,
        "key": row.key,
        "number": row.number,
        "kind": row.kind,
        "text": _TEXT.close(row.text, row.pk),
        "photo": row.photo_id,
        "seconds": row.seconds,
    }
    return fetch_one(_KEEP, {**mine, **notes.one_waiting(person_id=other_person, template=NEW, now=row.at)}) is not None
