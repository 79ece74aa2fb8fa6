"""Reading of events: what is on, whom I am shown, where I sit, what came of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Count, F, Q, QuerySet

from niangjia.core import prepared
from niangjia.engines.allocation import selectors as allocation
from niangjia.engines.allocation.models import Booking, Pool
from niangjia.engines.allocation.types import LIVE
from niangjia.scenes.dating.events import errors, sealing
from niangjia.scenes.dating.events.picking import open_key
from niangjia.scenes.dating.events.sealing import Choice
from niangjia.scenes.dating.events.types import CARDS, HAND, Hand, key_of
from niangjia.scenes.dating.models import Entrant, Event, Pair, Profile, Proposal, Talk
from niangjia.scenes.dating.models.events import State
from niangjia.scenes.dating.selectors.pairs import other_of, pairs_of
from niangjia.scenes.dating.selectors.people import read, seeker
from niangjia.scenes.dating.types import Seen

LATELY = timedelta(days=30)
_IN_HAND = """
  FROM dating_entrant x JOIN dating_profile p ON p.id = x.profile_id
 WHERE x.event_id = %(event)s AND x.left_at IS NULL AND {rule} AND {where}
 ORDER BY array_position(%(hand)s::uuid[], p.id), hashtextextended(p.id::text, %(salt)s) LIMIT %(size)s OFFSET %(after)s
"""
_MINE = """
SELECT e.key, e.picks, e.state, e.opens_at, e.closes_at, e.closed_at, x.id, x.sealed, x.hand
  FROM dating_event e JOIN dating_entrant x ON x.event_id = e.id
 WHERE e.id = %(event)s AND x.profile_id = %(me)s AND x.left_at IS NULL
"""


def due(now: datetime) -> QuerySet[Event, UUID]:
    rows = Event.objects.filter(state=State.PUBLISHED, closed_at=None, closes_at__lte=now)
    return rows.order_by("closes_at", "pk").values_list("pk", flat=True)


def on_offer(now: datetime) -> QuerySet[Event]:
    """What is ahead or goes on, the first to open first; and behind it what closed lately."""
    rows = Event.objects.exclude(state=State.DRAFT).filter(closes_at__gt=now - LATELY).select_related("org")
    return rows.order_by(F("closed_at").desc(nulls_first=True), "opens_at", "pk")


def one_on_offer(event_id: UUID) -> Event:
    row = Event.objects.exclude(state=State.DRAFT).filter(pk=event_id).select_related("org").first()
    if row is None:
        raise errors.missing()
    return row


@dataclass(frozen=True)
class Place:
    """How I stand with an event."""

    state: str  # "none" | "waiting" | "booked"
    number: int | None = None
    free: int = 0  # places left for my sex


def places_of(me: Profile, events: list[Event]) -> dict[UUID, Place]:
    """For each event, in three queries whatever their number."""
    slots = {event.slot_id: event.pk for event in events if event.slot_id}
    booked = Booking.objects.filter(person=me.person_id, slot__in=slots, state__in=LIVE)
    states = {slots[slot]: state for slot, state in booked.values_list("slot_id", "state")}
    mine = Entrant.objects.filter(profile=me, event__in=slots.values(), left_at=None)
    numbers = dict(mine.values_list("event_id", "number"))
    pools = Pool.objects.filter(slot__in=slots, key=key_of(me.sex), is_addon=False)
    free = {slots[pool.slot_id]: pool.free for pool in pools}
    return {
        event.pk: Place(states.get(event.pk, "none"), numbers.get(event.pk), free.get(event.pk, 0)) for event in events
    }


def hand(*, person_id: UUID, event_id: UUID, cursor: str | None, now: datetime) -> tuple[Profile, Hand]:
    """A page of others. Each has an order of their own, so that everybody comes first for somebody."""
    me = seeker(person_id, now)
    choice, picks, dealt = _mine(me, event_id, now)
    after = int(cursor) if cursor and cursor.isdecimal() and len(cursor) < 4 else 0
    size = max(0, min(CARDS, HAND - after))
    given: dict[str, Any] = {
        "event": event_id,
        "hand": dealt,
        "salt": me.pk.int % 2**31,
        "size": size + 1,
        "after": after,
    }
    rows = read(me, "meet", now, where="true", tail=_IN_HAND, **given)
    more = str(after + size) if len(rows) > size and after + size < HAND else None
    return me, Hand(rows[:size], frozenset(choice.ids), max(0, picks - len(choice.ids)), more)


def chosen(*, person_id: UUID, event_id: UUID, now: datetime) -> tuple[Profile, list[Seen], int]:
    """Whom I have chosen so far; nobody else can ask this."""
    me = seeker(person_id, now)
    choice, picks, _dealt = _mine(me, event_id, now)
    rows = read(me, "meet", now, where="p.id = ANY (%(ids)s::uuid[])", ids=list(choice.ids))
    return me, rows, max(0, picks - len(choice.ids))


def receipt(*, person_id: UUID, event_id: UUID, now: datetime) -> dict[str, Any]:
    """What I keep, to check later that I was counted: my salt and my choice. Not there any more after the close."""
    me = seeker(person_id, now)
    choice, _picks, _dealt = _mine(me, event_id, now)
    return {
        "event": event_id,
        "me": me.pk,
        "salt": choice.salt.hex(),
        "chosen": list(choice.ids),
        "fingerprint": sealing.fingerprint(choice, event_id),
    }


def _mine(me: Profile, event_id: UUID, now: datetime) -> tuple[Choice, int, list[UUID]]:
    row = prepared.fetch_one(_MINE, {"event": event_id, "me": me.pk})
    if row is None:
        one_on_offer(event_id)
        raise errors.NotIn
    key, picks, state, opens_at, closes_at, closed_at, entrant, sealed, dealt = row
    if state != State.PUBLISHED or closed_at is not None or closes_at <= now:
        raise errors.Over
    if opens_at > now:
        raise errors.NotYet(opens_at)
    choice = sealing.unseal(bytes(sealed), key=open_key(event_id, bytes(key)), entrant=entrant)
    return choice, picks, list(dealt)


def found_at(me: Profile, event: Event) -> list[Pair]:
    """My pairs that came of this event."""
    if event.closed_at is None:
        return []
    people = set(Entrant.objects.filter(event=event).values_list("profile_id", flat=True))
    pairs = pairs_of(me).filter(since__gte=event.closed_at)
    until = event.second_until or event.closed_at
    return [pair for pair in pairs.filter(since__lte=until) if other_of(me, pair) in people]


def proposal_to(me: Profile, event: Event, now: datetime) -> tuple[Proposal, Seen, str] | None:
    """Whom the second round proposes to me, and what I said to it."""
    if event.second_until is None or event.second_until <= now:
        return None
    mine = Q(woman__profile=me) | Q(man__profile=me)
    row = Proposal.objects.filter(mine, event=event).select_related("woman", "man").first()
    if row is None:
        return None
    is_woman = row.woman.profile_id == me.pk
    other = row.man.profile_id if is_woman else row.woman.profile_id
    seen = read(me, "meet", now, where="p.id = %(id)s", id=other)
    return (row, seen[0], row.woman_says if is_woman else row.man_says) if seen else None


@dataclass(frozen=True)
class Seat:
    """A talk of mine, as I see it."""

    talk: Talk
    other: Seen | None
    yes: bool


def talks_of(me: Profile, event: Event, now: datetime) -> list[Seat]:
    """All my talks so far, the latest first; the next one too, so that I know my table before the bell."""
    mine = Q(woman__profile=me) | Q(man__profile=me)
    rows = Talk.objects.filter(mine, event=event, round__lte=event.round + 1).select_related("woman", "man")
    talks = list(rows.order_by("-round"))
    ids = [_other(me, talk) for talk in talks]
    others = (
        {row.pk: row for row in read(me, "open", now, where="p.id = ANY (%(ids)s::uuid[])", ids=ids)} if ids else {}
    )
    choice = _choice_of(me, event)
    return [Seat(talk, others.get(key), key in choice) for talk, key in zip(talks, ids, strict=True)]


def _other(me: Profile, talk: Talk) -> UUID:
    return talk.man.profile_id if talk.woman.profile_id == me.pk else talk.woman.profile_id


def _choice_of(me: Profile, event: Event) -> tuple[UUID, ...]:
    row = Entrant.objects.filter(event=event, profile=me, left_at=None).first()
    if row is None or not event.key or not row.sealed:
        return ()
    return sealing.unseal(bytes(row.sealed), key=event.key, entrant=row.pk).ids


def entrants_of(event: Event) -> QuerySet[Entrant]:
    """By number, for the desk: nicknames, never what they chose."""
    rows = Entrant.objects.filter(event=event, left_at=None).select_related("profile")
    return rows.defer("sealed", "hand").order_by("side", "number")


@dataclass(frozen=True)
class Figures:
    """Counts without names."""

    women: int = 0
    men: int = 0
    here: int = 0
    waiting: int = 0


def figures_of(events: Sequence[Event]) -> dict[UUID, Figures]:
    """For each event, in three queries whatever their number."""
    people = Entrant.objects.filter(event__in=events, left_at=None).order_by().values("event_id")
    women, men, here = (Count("pk", filter=Q(**which)) for which in ({"side": "f"}, {"side": "m"}, {"here": "here"}))
    counted = {row["event_id"]: row for row in people.annotate(women=women, men=men, came=here)}
    lines = allocation.figures(event.slot_id for event in events if event.slot_id)
    found = {}
    for event in events:
        row = counted.get(event.pk, {"women": 0, "men": 0, "came": 0})
        waiting = lines[event.slot_id].waiting if event.slot_id else 0
        found[event.pk] = Figures(row["women"], row["men"], row["came"], waiting)
    return found
