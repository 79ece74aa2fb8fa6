"""That somebody is a real person, and which: by a face check through the provider, or by a document at a desk."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from niangjia.core import ports
from niangjia.core.accounts import limits
from niangjia.core.accounts.models import Person
from niangjia.core.attestations import selectors
from niangjia.core.attestations.models import Attestation, IdentityCheck
from niangjia.core.attestations.services.standing import attest, locked
from niangjia.core.attestations.types import FactRow
from niangjia.core.consent import purposes
from niangjia.core.consent import services as consent
from niangjia.core.crypto import blind_index
from niangjia.kernel import clock
from niangjia.kernel.china import IdNumber, parse_id_number, parse_name
from niangjia.kernel.errors import Conflict, DomainError, Forbidden, Invalid, NotFound, Unavailable
from niangjia.kernel.ids import new_id

ADULT = 18
LIFE = timedelta(hours=1)  # of a check that was begun
TRIES = (limits.Limit("identity", 5, 86400),)  # each one costs the union money
BY_DESK = _("You can also show your ID document at a desk; it counts the same.")


def id_index(number: str) -> bytes:
    return blind_index(number, purpose="id_number")


def start_identity(
    *, person: Person, legal_name: str, id_number: str, return_url: str, now: datetime
) -> ports.CertifyStart:
    """Begin a face check. Whether anybody else has this ID number is not told before the face fits."""
    consent.require(person_id=person.pk, purpose=purposes.FACE)
    name, number = claimed(legal_name, id_number, now=now)
    not_verified_yet(person.pk, now=now)
    limits.take(TRIES, who=str(person.pk), now=now)
    begun = _begin(name, number.number, return_url)
    with transaction.atomic():
        forget_checks(person_id=person.pk)
        IdentityCheck(
            person=person, certify_id=begun.certify_id, legal_name=name, id_number=number.number, made_at=now
        ).save(force_insert=True)
    return begun


def _begin(name: str, number: str, return_url: str) -> ports.CertifyStart:
    try:
        return ports.identity().start(order_no=new_id().hex, legal_name=name, id_number=number, return_url=return_url)
    except ports.ProviderRefused as error:
        raise Invalid(_("Name and ID number do not fit together."), code="not_passed", next_step=BY_DESK) from error
    except ports.ProviderUnavailable as error:
        raise Unavailable(_("The face check does not answer at the moment."), next_step=BY_DESK) from error


def finish_identity(*, person: Person, certify_id: str, now: datetime) -> FactRow:
    """The person came back from the face check. What their phone says of the result is not even asked."""
    check = IdentityCheck.objects.filter(person=person, certify_id=certify_id).first()
    if check and check.state == "passed":  # tapped twice
        return selectors.fact_of(person.pk, "real_person", now)
    if check is None or check.state != "begun" or now - check.made_at > LIFE:
        raise NotFound(_("This face check is over."), next_step=_("Please begin it again."))
    consent.require(person_id=person.pk, purpose=purposes.FACE)
    if not _passed(check):
        _end(check, "failed")
        raise Invalid(_("The face check did not pass."), code="not_passed", next_step=BY_DESK)
    return _accept(check, now)


def _passed(check: IdentityCheck) -> bool:
    """True or False as the provider says; anything unclear raises and leaves the check as it was."""
    try:
        result = ports.identity().result(certify_id=check.certify_id)
    except ports.ProviderRefused:
        return False
    except ports.ProviderUnavailable as error:
        raise Unavailable(
            _("The face check does not answer at the moment."), next_step=_("Please come back in a few minutes.")
        ) from error
    if result.certify_id != check.certify_id or not (result.passed or result.reason):
        raise Conflict(
            _("The face check is not finished yet."), code="not_finished", next_step=_("Please go on with it.")
        )
    return result.passed


def _accept(check: IdentityCheck, now: datetime) -> FactRow:
    try:
        with transaction.atomic():
            if not IdentityCheck.objects.filter(pk=check.pk, state="begun").update(state="passed"):
                raise Conflict(_("This was done already."), next_step=_("Please look again."))
            become_real(
                person_id=check.person_id,
                legal_name=check.legal_name,
                id_number=parse_id_number(check.id_number),
                method="face",
                issuer="alipay",
                now=now,
            )
            _end(check, "passed")
    except Conflict:
        _end(check, "failed")
        raise
    return selectors.fact_of(check.person_id, "real_person", now)


def become_real(
    *, person_id: UUID, legal_name: str, id_number: IdNumber, method: str, issuer: str, now: datetime
) -> Attestation:
    """Fill in who the person is, and attest it; the database holds each ID number once."""
    person = locked(person_id)
    index = id_index(id_number.number)
    if person.id_index is not None and bytes(person.id_index) != index:
        raise _double()
    person.legal_name, person.id_number, person.id_index = legal_name, id_number.number, index
    person.birth_date, person.sex = id_number.birth, id_number.sex
    try:
        with transaction.atomic():
            person.save(update_fields=["legal_name", "id_number", "id_index", "birth_date", "sex"])
    except IntegrityError as error:
        raise _double() from error
    return attest(Attestation(person_id=person_id, kind="real_person", method=method, issuer=issuer, made_at=now))


def _double() -> DomainError:
    return Conflict(
        _("There is an account with this ID number already, under another phone number."),
        code="known_already",
        next_step=_("Sign in with that number. If it is no longer yours, a union desk sorts it out with you."),
    )


def claimed(legal_name: str, id_number: str, *, now: datetime) -> tuple[str, IdNumber]:
    """Name and number in their normal form; of age."""
    fields: dict[str, object] = {}
    try:
        name = parse_name(legal_name)
    except ValueError:
        name, fields["legal_name"] = "", _("Please write the name as on your ID card.")
    try:
        number: IdNumber | None = parse_id_number(id_number)
    except ValueError:
        number, fields["id_number"] = None, _("Please check the 18 characters of your ID number.")
    if number is None or fields:
        raise Invalid(
            _("Name or ID number is not quite right."), next_step=_("Please look at the marked places."), fields=fields
        )
    if clock.age_on(number.birth, clock.today(now)) < ADULT:
        raise Forbidden(
            _("This is for people of 18 years and over."),
            code="under_age",
            next_step=_("You are welcome on your eighteenth birthday."),
        )
    return name, number


def not_verified_yet(person_id: UUID, *, now: datetime) -> None:
    if selectors.holds(person_id=person_id, kind="real_person", now=now):
        raise Conflict(_("You are verified already."), next_step=_("There is nothing to do."))


def _end(check: IdentityCheck, state: str) -> None:
    """Forget what was claimed."""
    check.state, check.legal_name, check.id_number = state, "", ""
    check.save(update_fields=["state", "legal_name", "id_number"])


def forget_checks(*, person_id: UUID | None = None, before: datetime | None = None) -> int:
    """Drop checks that were begun and not finished: of one person, or all begun `before`."""
    begun = IdentityCheck.objects.filter(state="begun")
    begun = begun.filter(person_id=person_id) if person_id else begun.filter(made_at__lt=before)
    return begun.update(state="dropped", legal_name=b"", id_number=b"")
