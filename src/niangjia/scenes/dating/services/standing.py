"""A profile's copy of what the core attests, renewed whenever a fact changes, and every night for all."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection

from niangjia.core.accounts.models import Person
from niangjia.core.crypto import blind_index
from niangjia.scenes.dating.models import Block, Profile
from niangjia.scenes.dating.services.asking import ask_for_lists

# One statement for one person or a million: only rows in which something changed are written.
_RENEW = """
WITH fact AS (
    SELECT d.id,
           max(a.made_at) FILTER (WHERE a.kind = 'real_person') AS real_person_since,
           max(a.made_at) FILTER (WHERE a.kind = 'employer') AS employer_since,
           max(a.made_at) FILTER (WHERE a.kind = 'single') AS single_since,
           (array_agg(a.employer_id) FILTER (WHERE a.kind = 'employer'))[1] AS employer_id,
           min(a.expires_at) AS until
      FROM dating_profile d
      LEFT JOIN attestations_attestation a ON a.person_id = d.person_id AND a.fallen_at IS NULL
           AND (a.expires_at IS NULL OR a.expires_at > %(now)s)
     WHERE %(all)s OR d.person_id = ANY(%(people)s)
     GROUP BY d.id
), fresh AS (
    SELECT fact.id, person.sex, person.birth_date, fact.employer_id, fact.real_person_since, fact.employer_since,
           fact.single_since,
           CASE WHEN fact.real_person_since IS NOT NULL AND fact.employer_since IS NOT NULL
                     AND fact.single_since IS NOT NULL THEN COALESCE(fact.until, '9000-01-01') END AS verified_until,
           (SELECT max(CASE r.what WHEN 'shut_out' THEN '9000-01-01' ELSE r.until END) FROM dating_restriction r
             WHERE r.person_id = person.id AND r.lifted_at IS NULL) AS barred_until
      FROM fact JOIN dating_profile d ON d.id = fact.id JOIN accounts_person person ON person.id = d.person_id
)
UPDATE dating_profile d
   SET sex = fresh.sex, birth_date = fresh.birth_date, employer_id = fresh.employer_id,
       real_person_since = fresh.real_person_since, employer_since = fresh.employer_since,
       single_since = fresh.single_since, verified_until = fresh.verified_until, barred_until = fresh.barred_until
  FROM fresh
 WHERE d.id = fresh.id
   AND (d.sex, d.birth_date, d.employer_id, d.real_person_since, d.employer_since, d.single_since, d.verified_until,
        d.barred_until)
       IS DISTINCT FROM
       (fresh.sex, fresh.birth_date, fresh.employer_id, fresh.real_person_since, fresh.employer_since,
        fresh.single_since, fresh.verified_until, fresh.barred_until)
"""


def facts_changed(person_ids: Sequence[UUID], now: datetime) -> None:
    """Called by the core in the transaction in which an attestation of these people came or fell."""
    _renew({"all": False, "people": list(person_ids), "now": now})
    for profile in Profile.objects.filter(person_id__in=person_ids).select_related("person"):
        keep_blocks(profile)
    ask_for_lists(person_ids)


def renew_all(*, now: datetime) -> int:
    """Every profile, every night: what a missed call would have left behind."""
    return _renew({"all": True, "people": [], "now": now})


def _renew(params: dict[str, Any]) -> int:
    with connection.cursor() as cursor:
        cursor.execute(_RENEW, params)
        return int(cursor.rowcount)


def mark_of(person: Person) -> bytes:
    """The keyed index by which a blocked person stays blocked after coming back; empty before they are verified."""
    return blind_index(bytes(person.id_index).hex(), purpose="dating.block") if person.id_index else b""


def keep_blocks(profile: Profile) -> None:
    """Blocks that somebody once made against the owner of this new profile hold for it too."""
    mark = mark_of(profile.person)
    if mark:
        Block.objects.filter(blocked=None, mark=mark).exclude(blocker_id=profile.pk).update(blocked=profile)
