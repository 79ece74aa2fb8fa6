"""Conversations as one of the two reads them: the list, and one of them from a number on."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from niangjia.core import prepared
from niangjia.scenes.dating.chat import errors
from niangjia.scenes.dating.chat.models import Message, Quiet, Reader, Voice
from niangjia.scenes.dating.chat.types import PAGE, RECENT, Last, opened, voice_place
from niangjia.scenes.dating.models import Pair, Profile
from niangjia.scenes.dating.scam import services as scam
from niangjia.scenes.dating.scam.types import Caution, Line
from niangjia.scenes.dating.selectors.pairs import other_of, pairs_of
from niangjia.scenes.dating.selectors.people import read
from niangjia.scenes.dating.types import Seen


@dataclass(frozen=True)
class Talk:
    """One conversation in the list of mine."""

    pair_id: UUID
    unread: int
    last: Last | None


@dataclass(frozen=True)
class Conversation:
    """One conversation, from some number on. `other` is None when they cannot be seen at present.

    `read_to` is how far the other has read: None unless both show it. `taken_back` are numbers of messages that lost
    their content a short while ago, for a phone that shows them still.
    """

    pair: Pair
    other: Seen | None
    messages: list[Message]
    more: bool
    read_to: int | None
    mine_read: int
    taken_back: list[int]
    cautions: Mapping[UUID, Caution]


def open_pair(me: Profile, pair_id: UUID, *, locked: bool = False) -> Pair:
    """One living pair of mine. Ended by whom and however, blocked, another's: all over."""
    rows = pairs_of(me).filter(pk=pair_id)
    found = (rows.select_for_update(no_key=True) if locked else rows).first()
    if found is None:
        raise errors.over()
    return found


def other_in(me: Profile, pair: Pair, now: datetime) -> Seen | None:
    """The other of the pair, if I may see them: the one rule of who sees whom."""
    other = other_of(me, pair)
    return next(iter(read(me, "know", now, where="p.id = %(id)s", id=other)), None) if other else None


def written(pair: Pair) -> QuerySet[Message]:
    """What belongs to this time of the pair: two who ended it and found each other again begin anew."""
    return Message.objects.filter(pair=pair, at__gte=pair.since)


def conversation(
    me: Profile, pair_id: UUID, now: datetime, *, after: int | None = None, before: int | None = None
) -> Conversation:
    pair = open_pair(me, pair_id)
    rows = written(pair)
    if after is not None:
        found = list(rows.filter(number__gt=after).order_by("number")[: PAGE + 1])
        page = found[:PAGE]
    else:
        older = rows.filter(number__lt=before) if before is not None else rows
        found = list(older.order_by("-number")[: PAGE + 1])
        page = found[:PAGE][::-1]
    theirs = [row.pk for row in page if row.sender_id != me.pk]
    marks = {row.profile_id: row.number for row in Reader.objects.filter(pair=pair)}
    other = other_of(me, pair)
    return Conversation(
        pair=pair,
        other=other_in(me, pair, now),
        messages=page,
        more=len(found) > PAGE,
        read_to=marks.get(other, 0) if other and both_show(me.pk, other) else None,
        mine_read=marks.get(me.pk, 0),
        taken_back=list(rows.filter(taken_back_at__gt=now - RECENT).values_list("number", flat=True)),
        cautions=scam.warnings_for(me, theirs) if theirs else {},
    )


def both_show(one: UUID, other: UUID) -> bool:
    return not Quiet.objects.filter(profile__in=(one, other)).exists()


def shows_reading(me: Profile) -> bool:
    return not Quiet.objects.filter(profile=me).exists()


_UNREAD = """
SELECT m.pair_id, count(*)
  FROM dating_chat_message m JOIN dating_pair p ON p.id = m.pair_id AND m.at >= p.since
  LEFT JOIN dating_chat_reader r ON r.pair_id = m.pair_id AND r.profile_id = %(me)s
 WHERE m.pair_id = ANY(%(pairs)s::uuid[]) AND m.sender_id <> %(me)s AND m.taken_back_at IS NULL
   AND m.number > COALESCE(r.number, 0)
 GROUP BY m.pair_id
"""


def talks(me: Profile) -> list[Talk]:
    """All my conversations, in four queries."""
    pairs = {pair.pk: pair for pair in pairs_of(me)}
    newest = Message.objects.filter(pair__in=pairs).order_by("pair_id", "-number").distinct("pair_id")
    lasts = {row.pair_id: row for row in newest if row.at >= pairs[row.pair_id].since}
    theirs = [row.pk for row in lasts.values() if row.sender_id != me.pk and row.taken_back_at is None]
    folded = scam.folded(me, theirs)
    counts: dict[UUID, int] = dict(prepared.fetch_all(_UNREAD, {"me": me.pk, "pairs": list(pairs)})) if lasts else {}
    return [Talk(key, counts.get(key, 0), _last(lasts.get(key), me, folded)) for key in pairs]


def _last(row: Message | None, me: Profile, folded: set[UUID]) -> Last | None:
    if row is None:
        return None
    hidden = row.pk in folded
    text = "" if hidden else row.text
    return Last(row.at, row.kind, row.sender_id == me.pk, text, row.taken_back_at is not None, hidden)


def unread(me: Profile) -> int:
    return sum(talk.unread for talk in talks(me))


def lines(rows: Sequence[Message], me: Profile) -> list[Line]:
    """As the scam guard reads them. What was taken back says nothing any more."""
    return [Line(mine=row.sender_id == me.pk, text=row.text, at=row.at) for row in rows if row.text]


def sound_of(me: Profile, message_id: UUID) -> bytes:
    """The samples of a voice note in a living conversation of mine."""
    row = Message.objects.filter(pk=message_id, kind="voice", taken_back_at=None).select_related("pair").first()
    if row is None or row.at < open_pair(me, row.pair_id).since:
        raise errors.over()
    return opened(Voice.objects.get(message=row).sealed, voice_place(row.pk))
