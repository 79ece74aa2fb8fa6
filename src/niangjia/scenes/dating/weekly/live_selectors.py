"""Reading of live talks: my invitations, what may be watched, and the desk's week."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from niangjia.core.consent import selectors as consent
from niangjia.kernel import clock
from niangjia.scenes.dating.models import Profile
from niangjia.scenes.dating.selectors.people import read
from niangjia.scenes.dating.types import Seen
from niangjia.scenes.dating.weekly.models import Guest, Live, Suggestion
from niangjia.scenes.dating.weekly.models.lives import LiveState
from niangjia.scenes.dating.weekly.types import AFTER, band_of


@dataclass(frozen=True)
class MyLive:
    """A talk of mine. `other` is None when they cannot be seen: then it does not come about."""

    live: Live
    mine: Guest
    other: Seen | None
    watched: bool


def mine(me: Profile, now: datetime) -> list[MyLive]:
    """Invitations and talks, the next first, three queries."""
    rows = Guest.objects.filter(profile=me).exclude(live__state=LiveState.OFF).select_related("live__org")
    own = list(rows.filter(live__starts_at__gt=now - AFTER - timedelta(hours=1)).order_by("live__starts_at"))
    others = {row.live_id: row for row in Guest.objects.filter(live__in=[r.live_id for r in own]).exclude(profile=me)}
    ids = [row.profile_id for row in others.values()]
    where = "p.id = ANY (%(ids)s::uuid[])"
    seen = {row.pk: row for row in read(me, "listed", now, where=where, ids=ids)} if ids else {}
    return [_my(row, others.get(row.live_id), seen) for row in own]


def _my(row: Guest, other: Guest | None, seen: dict[UUID, Seen]) -> MyLive:
    who = seen.get(other.profile_id) if other else None
    return MyLive(row.live, row, who, watched=bool(other and row.seen and other.seen))


def on_air(now: datetime) -> QuerySet[Live]:
    """Talks that others may watch: both agreed to be seen, and to this one, and none has taken it back."""
    both = Count("guests", filter=Q(guests__seen=True))
    rows = Live.objects.filter(state=LiveState.AGREED).exclude(stream_url="").annotate(seen=both).filter(seen=2)
    return rows.filter(starts_at__gt=now - timedelta(hours=1)).select_related("org").order_by("starts_at")


def ends_at(live: Live) -> datetime:
    return live.starts_at + timedelta(minutes=live.minutes)


@dataclass(frozen=True)
class Candidate:
    """Somebody as staff see them: what they agreed to and no more."""

    pk: UUID
    nickname: str
    band: str
    district: str
    trade: str


def candidate(row: Profile, now: datetime) -> Candidate:
    age = clock.age_on(row.birth_date, clock.today(now)) if row.birth_date else 0
    return Candidate(row.pk, row.nickname, band_of(age), row.district, row.trade)


def suggestions(org_id: UUID, now: datetime) -> list[tuple[Candidate, Candidate]]:
    rows = Suggestion.objects.filter(org=org_id).select_related("woman", "man").order_by("place")
    return [(candidate(row.woman, now), candidate(row.man, now)) for row in rows]


def guests_of(rows: Sequence[Live], now: datetime) -> dict[UUID, list[Candidate]]:
    found: dict[UUID, list[Candidate]] = {row.pk: [] for row in rows}
    for guest in Guest.objects.filter(live__in=found).select_related("profile").order_by("side"):
        found[guest.live_id].append(candidate(guest.profile, now))
    return found


def agrees(person_id: UUID, purpose: str) -> bool:
    return consent.has(person_id=person_id, purpose=purpose)
