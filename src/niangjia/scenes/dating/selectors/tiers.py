"""What tiers rest on, read from the database."""

from datetime import datetime

from niangjia.core import prepared
from niangjia.scenes.dating.models import Profile
from niangjia.scenes.dating.tiers import REMEMBERED, Grounds
from niangjia.scenes.dating.types import Seen

# {p} is the profile. Only what was decided by people counts, and only while it stands.
UPHELD = """
EXISTS (SELECT FROM dating_restriction r WHERE r.person_id = {p}.person_id AND r.lifted_at IS NULL
           AND r.made_at > %(now)s::timestamptz - interval '{days} days')
""".replace("{days}", str(REMEMBERED.days))
STAYED_AWAY = """
EXISTS (SELECT FROM allocation_consequence c WHERE c.person_id = {p}.person_id AND c.lifted_at IS NULL
           AND c.since <= %(now)s AND c.until > %(now)s)
"""
_CONDUCT = f"SELECT {UPHELD}, {STAYED_AWAY} FROM dating_profile p WHERE p.id = %(me)s".replace("{p}", "p")  # noqa: S608  # our own text


def grounds_of(me: Profile, now: datetime) -> Grounds:
    row = prepared.fetch_one(_CONDUCT, {"me": me.pk, "now": now})
    upheld, stayed_away = row or (False, False)
    facts = (me.real_person_since, me.employer_since, me.single_since, me.verified_until)
    return Grounds(*facts, upheld=upheld, stayed_away=stayed_away)


def grounds_seen(row: Seen, now: datetime) -> Grounds:
    """Of somebody in a list: whom one sees at all is verified three times over."""
    facts = (row.real_person_since, row.employer_since, row.single_since)
    return Grounds(*facts, verified_until=datetime.max.replace(tzinfo=now.tzinfo), upheld=not row.steady)
