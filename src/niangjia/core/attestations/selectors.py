"""Reading facts: one's own in full, others' as far as they stand."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import NamedTuple
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from niangjia.core import prepared
from niangjia.core.access.types import Actor
from niangjia.core.accounts.notices import PROVIDERS
from niangjia.core.attestations import texts
from niangjia.core.attestations.models import Attestation, Request
from niangjia.core.attestations.policies import AttestationPolicy, RequestPolicy
from niangjia.core.attestations.types import KINDS, FactRow, KindCode
from niangjia.core.messages.selectors import UNREAD


def waiting_at(actor: Actor) -> QuerySet[Request]:
    """What waits at the actor's desks, the most urgent first."""
    found = RequestPolicy().which(actor, "decide").filter(state="waiting")
    return found.select_related("person", "org", "employer").order_by("due_on", "made_at", "pk")


def employed_at(actor: Actor, now: datetime) -> QuerySet[Attestation]:
    """Employments that the actor may end: those of their own enterprise."""
    mine = AttestationPolicy().which(actor, "end_employment").filter(pk__in=living(now).values("pk"))
    return mine.select_related("person", "employer").order_by("-made_at", "pk")


def living(now: datetime) -> QuerySet[Attestation]:
    """Attestations that stand at `now`, whether or not the nightly job has felled the expired ones yet."""
    return Attestation.objects.filter(Q(expires_at=None) | Q(expires_at__gt=now), fallen_at=None)


def holds(*, person_id: UUID, kind: KindCode, now: datetime) -> bool:
    return living(now).filter(person_id=person_id, kind=kind).exists()


def verified_kinds(*, person_ids: Sequence[UUID], now: datetime) -> dict[UUID, dict[str, datetime]]:
    """For each of these people what stands, and since when."""
    found: dict[UUID, dict[str, datetime]] = {person_id: {} for person_id in person_ids}
    rows = living(now).filter(person_id__in=person_ids).values_list("person_id", "kind", "made_at")
    for person_id, kind, made_at in rows:
        found[person_id][kind] = made_at
    return found


def employer_of(*, person_id: UUID, now: datetime) -> UUID | None:
    return living(now).filter(person_id=person_id, kind="employer").values_list("employer_id", flat=True).first()


class _Read(NamedTuple):
    """What there is about one kind of fact: the one that stands, else the last that fell; and what waits at a desk."""

    kind: KindCode
    method: str | None
    issuer: str
    employer: str | None
    made_at: datetime
    expires_at: datetime | None
    fallen_at: datetime | None
    fall_reason: str
    desk: str | None
    org: str
    enterprise: str | None
    asked_at: datetime
    due_on: date


# By hand, since the app asks it with every other request (`GET me`), and then with what is unread in the same breath.
_FACTS = f"""
SELECT k.kind, a.method, a.issuer, a.name, a.made_at, a.expires_at, a.fallen_at, a.fall_reason,
       r.desk, o.name, firm.name, r.made_at, r.due_on{{more}}
  FROM unnest(ARRAY[{", ".join(f"'{kind}'" for kind in KINDS)}]) WITH ORDINALITY AS k (kind, place)
  LEFT JOIN LATERAL (
       SELECT a.*, e.name FROM attestations_attestation a LEFT JOIN orgs_employer e ON e.id = a.employer_id
        WHERE a.person_id = %(person)s AND a.kind = k.kind
        ORDER BY a.fallen_at DESC NULLS FIRST, a.made_at DESC LIMIT 1) a ON true
  LEFT JOIN attestations_request r ON r.person_id = %(person)s AND r.kind = k.kind AND r.state = 'waiting'
  LEFT JOIN orgs_org o ON o.id = r.org_id
  LEFT JOIN orgs_employer firm ON firm.id = r.employer_id
 ORDER BY k.place
"""  # noqa: S608  # our own words
_FACTS_ALONE = _FACTS.replace("{more}", "")
_FACTS_AND_UNREAD = _FACTS.replace("{more}", f", ({UNREAD})")


def facts_of(person_id: UUID, now: datetime) -> list[FactRow]:
    """All three facts, whatever their state, in one query."""
    return [_fact(_Read._make(row), now) for row in prepared.fetch_all(_FACTS_ALONE, {"person": person_id})]


def facts_and_unread(person_id: UUID, now: datetime) -> tuple[list[FactRow], int]:
    """The same with how many notes wait in the inbox, still in one query."""
    rows = prepared.fetch_all(_FACTS_AND_UNREAD, {"person": person_id})
    return [_fact(_Read._make(row[:-1]), now) for row in rows], int(rows[0][-1])


def fact_of(person_id: UUID, kind: KindCode, now: datetime) -> FactRow:
    return next(fact for fact in facts_of(person_id, now) if fact.kind == kind)


def _fact(row: _Read, now: datetime) -> FactRow:
    if row.method and row.fallen_at is None and (row.expires_at is None or row.expires_at > now):
        return _standing(row)
    if row.desk:
        return _waiting(row)
    if row.method:
        return _fallen(row)
    return FactRow(kind=row.kind, next=str(texts.NEXT[row.kind]))


def _standing(row: _Read) -> FactRow:
    return FactRow(
        kind=row.kind,
        state="verified",
        source=_source(row),
        method=row.method or "",
        since=row.made_at,
        until=row.expires_at,
    )


def _waiting(row: _Read) -> FactRow:
    words = texts.WAITING["real_person" if row.kind == "real_person" else str(row.desk)]
    asked = row.enterprise if row.desk == "enterprise" and row.enterprise else row.org
    why = str(words).format(org=asked, due=date_format(row.due_on, _("F j")))
    return FactRow(kind=row.kind, state="waiting", since=row.asked_at, why=why)


def _fallen(row: _Read) -> FactRow:
    """Also a pledge whose year is over, before the nightly job has come to it."""
    why, then = texts.FALLS.get(row.fall_reason or "expired", ("", texts.NEXT[row.kind]))
    return FactRow(
        kind=row.kind,
        state="fallen",
        source=_source(row),
        method=row.method or "",
        since=row.made_at,
        until=row.fallen_at or row.expires_at,
        why=str(why),
        next=str(then),
    )


def _source(row: _Read) -> str:
    """Who vouched. The employer is named too, unless its name is part of its union's."""
    source = str(texts.SOURCE[row.method or ""]).format(issuer=PROVIDERS.get(row.issuer, row.issuer))
    if row.employer is None or row.employer in row.issuer:
        return source
    return _("{employer}: {source}").format(employer=row.employer, source=source)
