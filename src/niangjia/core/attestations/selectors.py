"""Reading facts: one's own in full, others' as far as they stand."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db.models import F, Q, QuerySet
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from niangjia.core.access.types import Actor
from niangjia.core.accounts.notices import PROVIDERS
from niangjia.core.attestations import texts
from niangjia.core.attestations.models import Attestation, Request
from niangjia.core.attestations.policies import AttestationPolicy, RequestPolicy
from niangjia.core.attestations.types import KINDS, FactRow, KindCode


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


def facts_of(person_id: UUID, now: datetime) -> list[FactRow]:
    """All three facts, whatever their state, in two queries."""
    latest = {
        row.kind: row
        for row in Attestation.objects.filter(person_id=person_id)
        .select_related("employer")
        .order_by("kind", F("fallen_at").asc(nulls_last=True), "made_at")  # the living one comes last
    }
    waiting = {
        request.kind: request
        for request in Request.objects.filter(person_id=person_id, state="waiting").select_related("org", "employer")
    }
    return [_fact(kind, latest.get(kind), waiting.get(kind), now) for kind in KINDS]


def fact_of(person_id: UUID, kind: KindCode, now: datetime) -> FactRow:
    return next(fact for fact in facts_of(person_id, now) if fact.kind == kind)


def _fact(kind: KindCode, row: Attestation | None, request: Request | None, now: datetime) -> FactRow:
    if row is not None and row.fallen_at is None and (row.expires_at is None or row.expires_at > now):
        return _standing(kind, row)
    if request is not None:
        return _waiting(kind, request)
    if row is not None:
        return _fallen(kind, row)
    return FactRow(kind=kind, next=str(texts.NEXT[kind]))


def _standing(kind: KindCode, row: Attestation) -> FactRow:
    return FactRow(
        kind=kind,
        state="verified",
        source=source_of(row),
        method=row.method,
        since=row.made_at,
        until=row.expires_at,
    )


def _waiting(kind: KindCode, request: Request) -> FactRow:
    words = texts.WAITING["real_person" if kind == "real_person" else request.desk]
    asked = request.employer.name if request.desk == "enterprise" and request.employer else request.org.name
    why = str(words).format(org=asked, due=date_format(request.due_on, _("F j")))
    return FactRow(kind=kind, state="waiting", since=request.made_at, why=why)


def _fallen(kind: KindCode, row: Attestation) -> FactRow:
    """Also a pledge whose year is over, before the nightly job has come to it."""
    why, then = texts.FALLS.get(row.fall_reason or "expired", ("", texts.NEXT[kind]))
    return FactRow(
        kind=kind,
        state="fallen",
        source=source_of(row),
        method=row.method,
        since=row.made_at,
        until=row.fallen_at or row.expires_at,
        why=str(why),
        next=str(then),
    )


def source_of(row: Attestation) -> str:
    """Who vouched. The employer is named too, unless its name is part of its union's."""
    source = str(texts.SOURCE[row.method]).format(issuer=PROVIDERS.get(row.issuer, row.issuer))
    if row.employer is None or row.employer.name in row.issuer:
        return source
    return _("{employer}: {source}").format(employer=row.employer.name, source=source)
