"""Reading meet-ups: what is ahead, whether I have a place, and who had the idea if they wish to be named."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q

from niangjia.core import prepared
from niangjia.engines.allocation import selectors as allocation
from niangjia.engines.allocation.models import Booking
from niangjia.engines.allocation.types import LIVE
from niangjia.scenes.dating.models import Profile
from niangjia.scenes.dating.planets.errors import no_meetup
from niangjia.scenes.dating.planets.models import Meetup
from niangjia.scenes.dating.planets.selectors import homes_of
from niangjia.scenes.dating.policies import NOT_BLOCKED, Sight

_AHEAD = f"""
SELECT m.id FROM dating_planets_meetup m LEFT JOIN dating_profile p ON p.id = m.proposer_id
 WHERE {{which}} AND (m.proposer_id = %(me)s OR (m.state IN ('agreed', 'cancelled')
       AND (m.proposer_id IS NULL OR ({NOT_BLOCKED.format(p="p")}))))
 ORDER BY m.starts_at, m.id LIMIT 60
"""  # noqa: S608  # our own text
_HOSTS = "SELECT p.id, p.nickname FROM dating_profile p WHERE p.id = ANY (%(ids)s::uuid[]) AND {rule}"


@dataclass(frozen=True)
class Idea:
    """A meet-up as a member sees it. `host` only when they wish to be named and I may read their words."""

    meetup: Meetup
    mine: bool
    host: str
    state: str  # of my place: none, waiting, booked
    free: int


def one_meetup(me: Profile, meetup_id: UUID, now: datetime) -> Meetup:
    """One that I may see: my own, or an agreed one on a planet of mine, by nobody with whom there is a block."""
    rows = prepared.fetch_all(_AHEAD.replace("{which}", "m.id = %(meetup)s"), {"me": me.pk, "meetup": meetup_id})
    row = Meetup.objects.filter(pk__in=[key for (key,) in rows]).first()
    if row is None or not homes_of(me, now, planet_id=row.planet_id):
        raise no_meetup()
    return row


def ahead(me: Profile, planet_id: UUID, now: datetime) -> list[Idea]:
    """What is to come on this planet, the next first; in six queries whatever their number."""
    which = "m.planet_id = %(planet)s AND m.ends_at > %(now)s::timestamptz"
    rows = prepared.fetch_all(_AHEAD.replace("{which}", which), {"me": me.pk, "planet": planet_id, "now": now})
    found = Meetup.objects.filter(pk__in=[key for (key,) in rows]).order_by("starts_at", "pk")
    return ideas(me, list(found), now)


def ideas(me: Profile, rows: Sequence[Meetup], now: datetime) -> list[Idea]:
    slots = {row.slot_id: row.pk for row in rows if row.slot_id}
    booked = Booking.objects.filter(person=me.person_id, slot__in=slots, state__in=LIVE)
    states = {slots[slot]: state for slot, state in booked.values_list("slot_id", "state")}
    full = allocation.figures(slots)
    hosts = _hosts(me, rows, now)
    return [
        Idea(
            meetup=row,
            mine=row.proposer_id == me.pk,
            host=hosts.get(row.proposer_id, "") if row.proposer_id else "",
            state=states.get(row.pk, "none"),
            free=full[row.slot_id].free if row.slot_id else row.places,
        )
        for row in rows
    ]


def _hosts(me: Profile, rows: Sequence[Meetup], now: datetime) -> dict[UUID, str]:
    """Nicknames of those who wish to be named, as far as I may read their words; and my own."""
    ids = [row.proposer_id for row in rows if row.named and row.proposer_id]
    if not ids:
        return {}
    rule = Sight(me, now).sql("company")
    named = prepared.fetch_all(_HOSTS.replace("{rule}", rule.sql), {**rule.params, "ids": ids})
    return {**dict(named), **({me.pk: me.nickname} if me.pk in ids else {})}


def of_staff(path: Q) -> list[Meetup]:
    """What the union agreed to, the next first."""
    rows = Meetup.objects.filter(path, state__in=("agreed", "cancelled")).select_related("planet", "planet__org")
    return list(rows.order_by("-starts_at", "pk")[:60])
