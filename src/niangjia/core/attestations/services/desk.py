"""Desks at which people look at documents and employments. The decider is never the person concerned."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from niangjia.core.access.types import Actor
from niangjia.core.accounts.models import Person
from niangjia.core.accounts.services import epoch_of
from niangjia.core.attestations.models import Attestation, Request
from niangjia.core.attestations.policies import RequestPolicy
from niangjia.core.attestations.services.identity import become_real, claimed, not_verified_yet
from niangjia.core.attestations.services.standing import attest, drop, locked
from niangjia.core.audit import services as audit
from niangjia.core.consent import purposes
from niangjia.core.consent import services as consent
from niangjia.core.files import services as files
from niangjia.core.messages import services as messages
from niangjia.core.orgs.models import Employer, Org
from niangjia.core.orgs.selectors import ancestors
from niangjia.kernel import clock
from niangjia.kernel.china import parse_id_number
from niangjia.kernel.errors import Conflict, Invalid
from niangjia.kernel.ids import receipt_number

DUE = {"union": 3, "enterprise": 5}  # working days
DOCUMENTS_STAY = timedelta(days=3)  # after the decision, should the person ask for a second look
UNDECIDED_DOCUMENTS_STAY = timedelta(days=30)


@dataclass(frozen=True)
class Opened:
    """A request as the desk sees it, with addresses of its documents that only this officer can open."""

    request: Request
    legal_name: str
    id_number: str
    documents: tuple[str, ...]


@transaction.atomic
def request_by_document(
    *, person: Person, legal_name: str, id_number: str, photos: Sequence[UUID], district: str = "", now: datetime
) -> Request:
    """Ask a union desk to look at an ID document, instead of a face check."""
    consent.require(person_id=person.pk, purpose=purposes.DOCUMENT)
    name, number = claimed(legal_name, id_number, now=now)
    not_verified_yet(person.pk, now=now)
    kept = files.owned(owner_id=person.pk, ids=photos, purpose="identity")
    if not kept:
        hint = _("Please add a photo of your ID document.")
        raise Invalid(hint, fields={"photos": hint})
    files.delete_at(ids=kept, at=now + UNDECIDED_DOCUMENTS_STAY)
    return ask(
        Request(
            person=locked(person.pk),
            kind="real_person",
            desk="union",
            org=desk_near(person.pk, district),
            legal_name=name,
            id_number=number.number,
            documents=kept,
        ),
        now=now,
    )


def ask(request: Request, *, now: datetime) -> Request:
    """Put a request on its desk, in place of one of its kind that waits. The person is locked."""
    drop(which=Request.objects.filter(person_id=request.person_id, kind=request.kind), now=now)
    request.receipt, request.made_at = receipt_number(), now
    request.due_on = clock.add_working_days(clock.today(now), DUE[request.desk])
    request.save(force_insert=True)
    return request


def desk_near(person_id: UUID, district: str) -> Org:
    """The union of the person's employer; else of the district they name; else the one above all."""
    employed = Employer.objects.filter(attestations__person_id=person_id, attestations__fallen_at=None)
    employer = employed.select_related("org").first()
    if employer:
        return union_of(employer)
    unions = Org.objects.filter(ended_at=None).order_by("depth", "path")
    found: Org | None = (unions.filter(region=district).first() if district else None) or unions.first()
    if found is None:
        raise Conflict(_("There is no union desk yet."), next_step=_("Please try the face check."))
    return found


def union_of(employer: Employer) -> Org:
    """The union that answers for an employer: above its own enterprise union, where it has one."""
    if employer.org.level != "enterprise":
        return employer.org
    above: Org | None = ancestors(employer.org).last()
    return above or employer.org


def open_request(*, actor: Actor, request_id: UUID, now: datetime) -> Opened:
    """Look at a request. The look is recorded, and the person concerned can read of it."""
    request = RequestPolicy().get(actor, "see", pk=request_id)
    person, is_document = request.person, request.kind == "real_person"
    assert actor.person_id is not None  # the policy gives nothing to nobody
    audit.record(
        action="looked_at_request",
        actor_id=actor.person_id,
        subject_id=request.person_id,
        target=("attestations_request", request.pk),
        purpose=request.receipt,
        now=now,
    )
    return Opened(
        request=request,
        legal_name=request.legal_name if is_document else person.legal_name,
        id_number=request.id_number if is_document else "",
        documents=_shown_to(actor.person_id, request.documents, now),
    )


def _shown_to(viewer_id: UUID, documents: Sequence[UUID], now: datetime) -> tuple[str, ...]:
    epoch = epoch_of(viewer_id)
    return tuple(
        files.photo_url(photo, viewer_id, "full", now, epoch=epoch) for photo in files.existing(list(documents))
    )


@transaction.atomic
def decide(*, actor: Actor, request_id: UUID, accept: bool, reason: str = "", now: datetime) -> Request:
    """Accept or refuse, once. A refusal says why."""
    request = RequestPolicy().get(actor, "decide", pk=request_id)
    if not (accept or reason.strip()):
        hint = _("Please write why, so that the person knows what to do.")
        raise Invalid(hint, fields={"reason": hint})
    person = locked(request.person_id)
    _end(request, actor, "accepted" if accept else "refused", reason.strip(), now)
    if accept:
        _fulfil(request, person, now)
    else:
        messages.send(
            person_id=person.pk,
            template="request_refused",
            params={"receipt": request.receipt, "reason": reason.strip()},
            now=now,
        )
    return Request.objects.get(pk=request.pk)


def _end(request: Request, actor: Actor, state: str, reason: str, now: datetime) -> None:
    ended = Request.objects.filter(pk=request.pk, state="waiting").update(
        state=state, reason=reason, decided_at=now, decided_by=actor.person_id, legal_name=b"", id_number=b""
    )
    if not ended:
        raise Conflict(_("This was decided already."), next_step=_("Please load the page again."))
    files.delete_at(ids=request.documents, at=now + DOCUMENTS_STAY)
    audit.record(
        action=f"request_{state}",
        actor_id=actor.person_id,
        subject_id=request.person_id,
        target=("attestations_request", request.pk),
        purpose=request.receipt,
        now=now,
    )


def _fulfil(request: Request, person: Person, now: datetime) -> None:
    """`request` still holds what was claimed, as it was read before it ended."""
    if request.kind == "real_person":
        become_real(
            person_id=person.pk,
            legal_name=request.legal_name,
            id_number=parse_id_number(request.id_number),
            method="document",
            issuer=request.org.name,
            now=now,
        )
        return
    assert request.employer is not None  # a constraint of the table
    issuer = request.employer.name if request.desk == "enterprise" else request.org.name
    attest(
        Attestation(
            person=person,
            kind="employer",
            method=request.desk,
            issuer=issuer,
            employer=request.employer,
            made_at=now,
        ),
        replaces="changed_employer",
    )
