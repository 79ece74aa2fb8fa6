"""At the counter: an officer has somebody and their ID document before them.

It is the same request as one sent in by phone, and the same decision by somebody else. What stands for the wish and the
consent of the one concerned is a code that comes to their phone and that they tell the officer.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from niangjia.core.access.types import Actor
from niangjia.core.accounts import codes
from niangjia.core.accounts.models import Person
from niangjia.core.accounts.services import person_with_phone
from niangjia.core.attestations.desk_roles import VERIFY
from niangjia.core.attestations.models import Request
from niangjia.core.attestations.services.desk import ask, decide
from niangjia.core.attestations.services.identity import claimed, not_verified_yet
from niangjia.core.attestations.services.standing import locked
from niangjia.core.audit import services as audit
from niangjia.core.consent import purposes
from niangjia.core.consent import services as consent
from niangjia.core.orgs.models import Org
from niangjia.kernel.errors import Forbidden, Invalid

CODE: Final = "desk_code"


@dataclass(frozen=True)
class Shown:
    """What the officer reads off the document, and that it is the original."""

    phone: str
    legal_name: str
    id_number: str
    original_seen: bool


def ask_for_code(*, actor: Actor, shown: Shown, address: str, now: datetime) -> codes.Challenge:
    """Text a code to the person at the counter, once what was written adds up."""
    _check(actor, shown, now)
    return codes.send_code(phone=shown.phone, address=address, template=CODE, now=now)


def verify_in_person(*, actor: Actor, shown: Shown, code: str, challenge: UUID, address: str, now: datetime) -> Request:
    """The person told their code: open the request for them, and decide it."""
    _check(actor, shown, now)
    phone = codes.check_code(phone=shown.phone, code=code, challenge=challenge, address=address, template=CODE, now=now)
    name, number = claimed(shown.legal_name, shown.id_number, now=now)
    with transaction.atomic():
        person = locked(person_with_phone(phone=phone, now=now).pk)
        not_verified_yet(person.pk, now=now)
        consent.give(person_id=person.pk, purpose=purposes.AT_DESK, now=now)
        request = ask(
            Request(
                person=person,
                kind="real_person",
                desk="union",
                org=_desk_of(actor),
                legal_name=name,
                id_number=number.number,
            ),
            now=now,
        )
        audit.record(
            action="document_seen",
            actor_id=actor.person_id,
            subject_id=person.pk,
            target=("attestations_request", request.pk),
            purpose=request.receipt,
            now=now,
        )
        return decide(actor=actor, request_id=request.pk, accept=True, now=now)


def _desk_of(actor: Actor) -> Org:
    desk = next(grant for grant in actor.grants if VERIFY in grant.permissions)
    found: Org = Org.objects.get(pk=desk.org_id)
    return found


def _check(actor: Actor, shown: Shown, now: datetime) -> None:
    """Everything that is not right at once, so that the person is asked once."""
    if actor.person_id is None or not actor.holds(VERIFY):
        raise Forbidden(_("You have no desk for this."), next_step=_("Ask a colleague of the union."))
    wrong = {
        **_wrong(lambda: codes.checked_phone(shown.phone)),
        **_wrong(lambda: claimed(shown.legal_name, shown.id_number, now=now)),
        **_wrong(lambda: _original(shown)),
    }
    if wrong:
        raise Invalid(
            _("Something is not quite right yet."), next_step=_("Please look at the marked places."), fields=wrong
        )
    mine = Person.objects.filter(pk=actor.person_id, phone_index=codes.phone_index(codes.checked_phone(shown.phone)))
    if mine.exists():
        raise Forbidden(_("Nobody verifies themselves."), next_step=_("Ask a colleague to look at your document."))


def _wrong(check: Callable[[], object]) -> dict[str, object]:
    try:
        check()
    except Invalid as error:
        return error.fields
    return {}


def _original(shown: Shown) -> None:
    if not shown.original_seen:
        hint = _("Please tick this only with the original in your hand.")
        raise Invalid(hint, fields={"original_seen": hint})
