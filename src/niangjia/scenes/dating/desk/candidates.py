"""Whom a matchmaker might introduce: only people who themselves asked for help and whom the two may see anyway.

Blocks, breaks, colleagues and wishes hold here as everywhere (`dating.policies.Sight`), in both directions. What
anybody said yes or no to in private is not looked at: a matchmaker must not read it off a list.
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q

from niangjia.core.access import Actor
from niangjia.engines.matching.selectors import list_of
from niangjia.kernel import clock
from niangjia.scenes.dating.desk import errors
from niangjia.scenes.dating.desk.models import Introduction, Record
from niangjia.scenes.dating.desk.policies import records
from niangjia.scenes.dating.desk.reasons import reasons
from niangjia.scenes.dating.models import Profile, Visibility
from niangjia.scenes.dating.policies import meets, stands, wishes_of
from niangjia.scenes.dating.selectors.people import profile_of, read
from niangjia.scenes.dating.types import POOL, Seen

MOST = 24
_AROUND = 600


@dataclass(frozen=True)
class Candidate:
    record_id: UUID
    seen: Seen
    age: int
    why: list[str]


def candidates(*, actor: Actor, record: Record, now: datetime) -> list[Candidate]:
    """The best first: as the engine ranked them for this person, then those with most in common."""
    me = profile_of(record.person_id)
    if me is None or not stands(me, now) or me.visibility == Visibility.PAUSED:
        return []
    others = _records_around(actor, record)
    found = [row for row in _seen(me, others, now) if opens_to(row, me, now) and not row.mutual]
    listed = list_of(pool=POOL, owner=me.pk)
    places = {key: at for at, key in enumerate(listed.targets)} if listed else {}
    told = [Candidate(others[row.person_id], row, _age(row, now), reasons(me, row, now)) for row in found]
    told.sort(key=lambda one: (places.get(one.seen.pk, len(places)), -len(one.why), one.seen.pk))
    return told[:MOST]


def _records_around(actor: Actor, record: Record) -> dict[UUID, UUID]:
    """Of those open to this matchmaker, whom this person was not introduced to: person to record."""
    before = Introduction.objects.filter(Q(one=record) | Q(other=record)).values_list("one_id", "other_id")
    met = {key for pair in before for key in pair}
    rows = records.which(actor, "keep").exclude(pk=record.pk).order_by("-opened_at", "pk")
    return {person: pk for person, pk in rows.values_list("person_id", "pk")[:_AROUND] if pk not in met}


def _seen(me: Profile, people: dict[UUID, UUID], now: datetime) -> list[Seen]:
    return read(me, "meet", now, where="p.person_id = ANY (%(people)s::uuid[])", people=list(people)) if people else []


def opens_to(them: Seen, me: Profile, now: datetime) -> bool:
    """Whether they see me too; that I see them has been asked."""
    if me.visibility == Visibility.VERIFIED:
        return True
    return meets(me, wishes_of(them), now) and meets(them, wishes_of(me), now)


def fitting(one: Record, other: Record, now: datetime) -> tuple[Profile, Seen]:
    """Both may see each other right now; raises NoFit otherwise, without saying why."""
    me = profile_of(one.person_id)
    if me is None or me.visibility == Visibility.PAUSED or not stands(me, now):
        raise errors.NoFit
    rows = _seen(me, {other.person_id: other.pk}, now)
    if not rows or rows[0].mutual or not opens_to(rows[0], me, now):
        raise errors.NoFit
    return me, rows[0]


def _age(row: Seen, now: datetime) -> int:
    return clock.age_on(row.birth_date, clock.today(now)) if row.birth_date else 0
