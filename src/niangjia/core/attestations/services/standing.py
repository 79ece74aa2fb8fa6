"""Facts come and fall. Both ways the owner is told, the log knows, and whoever builds on facts hears at once."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from niangjia.core.access.types import Actor
from niangjia.core.accounts.models import Person
from niangjia.core.attestations.models import Attestation, Request
from niangjia.core.attestations.policies import AttestationPolicy
from niangjia.core.attestations.types import FACTS_CHANGED
from niangjia.core.audit import services as audit
from niangjia.core.files import services as files
from niangjia.core.messages import services as messages
from niangjia.kernel import clock
from niangjia.kernel.errors import Invalid

SILENT = frozenset({"renewed", "changed_employer"})  # the good news that replaces it says enough
REMIND_BEFORE = timedelta(days=30)


def locked(person_id: UUID) -> Person:
    """The person's row, held until the transaction ends: their facts change one after the other."""
    return Person.objects.select_for_update(no_key=True).get(pk=person_id)


def tell(person_ids: Iterable[UUID], now: datetime) -> None:
    """Everybody who builds on these people's facts."""
    people = tuple(dict.fromkeys(person_ids))
    for hear in FACTS_CHANGED if people else ():
        hear(people, now)


def drop(*, which: QuerySet[Request], now: datetime) -> None:
    """Waiting requests are taken back, and what was claimed in them is forgotten."""
    waiting = list(which.filter(state="waiting"))
    files.delete_at(ids=[photo for request in waiting for photo in request.documents], at=now)
    which.filter(state="waiting").update(state="dropped", decided_at=now, legal_name=b"", id_number=b"")


def attest(fact: Attestation, *, replaces: str = "renewed") -> Attestation:
    """Put a fact in place of the one of its kind that stands, in the caller's transaction, the person locked.

    What still waits at a desk for the same fact need wait no longer.
    """
    now = fact.made_at
    drop(which=Request.objects.filter(person_id=fact.person_id, kind=fact.kind), now=now)
    before = Attestation.objects.filter(person_id=fact.person_id, kind=fact.kind, fallen_at=None)
    before.update(fallen_at=now, fall_reason=replaces)
    fact.save(force_insert=True)
    audit.record(
        action=f"{fact.kind}_verified",
        actor_id=None,
        subject_id=fact.person_id,
        target=("attestations_attestation", fact.pk),
        now=now,
    )
    until = clock.today(fact.expires_at).isoformat() if fact.expires_at else ""
    messages.send(person_id=fact.person_id, template=f"{fact.kind}_verified", params={"until": until}, now=now)
    tell([fact.person_id], now)
    return fact


@transaction.atomic
def fall(*, which: QuerySet[Attestation], reason: str, now: datetime) -> int:
    """Fell these attestations, and tell each owner why and what to do; returns how many fell."""
    rows = list(which.filter(fallen_at=None).select_for_update(of=("self",)).values_list("pk", "person_id"))
    Attestation.objects.filter(pk__in=[pk for pk, _person in rows]).update(fallen_at=now, fall_reason=reason)
    for pk, person_id in rows:
        audit.record(
            action="fact_fell",
            actor_id=None,
            subject_id=person_id,
            target=("attestations_attestation", pk),
            purpose=reason,
            now=now,
        )
        if reason not in SILENT:
            messages.send(person_id=person_id, template=f"fact_fell_{reason}", now=now)
    tell((person_id for _pk, person_id in rows), now)
    return len(rows)


def of_person(person_id: UUID, kind: str) -> QuerySet[Attestation]:
    return Attestation.objects.filter(person_id=person_id, kind=kind, fallen_at=None)


@transaction.atomic
def take_back(*, actor: Actor, attestation_id: UUID, purpose: str, now: datetime) -> None:
    """A union officer finds that a fact was wrong. A wrong identity is forgotten, so that its true owner can use it."""
    fact = AttestationPolicy().get(actor, "take_back", pk=attestation_id, fallen_at=None)
    if not purpose.strip():
        hint = _("Please write why.")
        raise Invalid(hint, fields={"purpose": hint})
    audit.record(
        action="fact_taken_back",
        actor_id=actor.person_id,
        subject_id=fact.person_id,
        target=("attestations_attestation", fact.pk),
        purpose=purpose,
        now=now,
    )
    if fact.kind == "real_person":
        forget_identity(locked(fact.person_id))
    fall(which=Attestation.objects.filter(pk=fact.pk), reason="corrected", now=now)


@transaction.atomic
def end_employment(*, actor: Actor, attestation_id: UUID, now: datetime) -> None:
    """An enterprise says that somebody no longer works there."""
    fact = AttestationPolicy().get(actor, "end_employment", pk=attestation_id, fallen_at=None)
    audit.record(
        action="employment_ended",
        actor_id=actor.person_id,
        subject_id=fact.person_id,
        target=("attestations_attestation", fact.pk),
        now=now,
    )
    fall(which=Attestation.objects.filter(pk=fact.pk), reason="said_left", now=now)


def forget_identity(person: Person) -> None:
    person.legal_name = person.id_number = person.sex = ""
    person.id_index = person.birth_date = None
    person.save(update_fields=["legal_name", "id_number", "id_index", "birth_date", "sex"])


@transaction.atomic
def remind_of_ends(*, now: datetime) -> int:
    """Tell the owners of pledges that end within a month, once each."""
    due = list(
        Attestation.objects.filter(
            kind="single", fallen_at=None, reminded_at=None, expires_at__gt=now, expires_at__lte=now + REMIND_BEFORE
        ).select_for_update(skip_locked=True)
    )
    for fact in due:
        assert fact.expires_at is not None  # a pledge has an end
        until = clock.today(fact.expires_at).isoformat()
        messages.send(person_id=fact.person_id, template="pledge_ends_soon", params={"until": until}, now=now)
    Attestation.objects.filter(pk__in=[fact.pk for fact in due]).update(reminded_at=now)
    return len(due)
