"""Forgetting a person, everywhere at once, with a receipt (check E6)."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from niangjia.core.access.models import RoleGrant
from niangjia.core.accounts import services as accounts
from niangjia.core.accounts.models import OutsideAccount, Person, SecondFactor, Ticket
from niangjia.core.attestations.models import Attestation, IdentityCheck, Request
from niangjia.core.audit import services as audit
from niangjia.core.consent import services as consent
from niangjia.core.files import services as files
from niangjia.core.messages.models import Note, Outbound
from niangjia.core.registry import scenes
from niangjia.kernel.errors import Invalid
from niangjia.kernel.ids import receipt_number

WORD = "删除"


@dataclass(frozen=True)
class Receipt:
    receipt: str
    at: datetime


@transaction.atomic
def erase(*, person: Person, confirm: str, now: datetime) -> Receipt:
    """What stays is an empty row that other rows may point at, what was agreed to and when, and a log of no facts."""
    if confirm.strip() != WORD:
        hint = _("To delete everything, please write: 删除")
        raise Invalid(hint, fields={"confirm": hint})
    consent.withdraw_all(person_id=person.pk, now=now)  # everybody who works under a consent stops
    for scene in scenes():
        if scene.erase:
            scene.erase(person.pk, now)
    files.delete_photos(owner_id=person.pk)
    for model in (Attestation, IdentityCheck, Request, Note, Outbound, OutsideAccount, SecondFactor, Ticket):
        model._default_manager.filter(person_id=person.pk).delete()
    RoleGrant.objects.filter(person=person, ended_at=None).update(ended_at=now)
    _empty(person, now)
    accounts.end_sessions(person_id=person.pk)
    receipt = receipt_number()
    audit.record(
        action="erased", actor_id=person.pk, subject_id=person.pk, target=("receipt", receipt), purpose="", now=now
    )
    return Receipt(receipt=receipt, at=now)


def _empty(person: Person, now: datetime) -> None:
    person.phone = person.legal_name = person.id_number = person.sex = ""
    person.phone_index = person.id_index = person.birth_date = None
    person.is_staff, person.closed_at = False, now
    person.save()
