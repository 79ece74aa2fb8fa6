"""Signing in and out. Requests come in with an address and leave with a session."""

from datetime import datetime, timedelta
from uuid import UUID

from django.contrib.sessions.backends.base import SessionBase
from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from niangjia.core import ports
from niangjia.core.accounts import codes, limits, tickets
from niangjia.core.accounts.models import OutsideAccount, Person, Session
from niangjia.core.accounts.sessions import BORN, FACTOR, PERSON, SEEN
from niangjia.core.audit import services as audit
from niangjia.core.crypto import blind_index
from niangjia.core.messages import services as messages
from niangjia.kernel.errors import Conflict, Forbidden, Invalid, Unavailable

WORKER_LIFE = timedelta(days=30)
_HASH = "_auth_user_hash"


def sign_in_by_code(
    *, session: SessionBase, phone: str, code: str, challenge: UUID, address: str, now: datetime
) -> Person:
    """Sign in, or register: the same thing for the one who does it."""
    number = codes.check_code(phone=phone, code=code, challenge=challenge, address=address, now=now)
    with transaction.atomic():
        person = person_with_phone(phone=number, now=now)
        _begin(session, person, now=now)
    return person


def person_with_phone(*, phone: str, now: datetime) -> Person:
    """The person of this number; made when new. Two first sign-ins at once end as one person."""
    draft = Person(phone=phone, phone_index=codes.phone_index(phone), created_at=now)
    Person.objects.bulk_create([draft], ignore_conflicts=True)
    person = Person.objects.get(phone_index=codes.phone_index(phone))
    if not person.is_active:
        raise Forbidden(_("This account is closed."), next_step=_("Please ask your union's service desk."))
    return person


def sign_in_by_outside(
    *, session: SessionBase, provider: str, code: str, address: str, now: datetime
) -> tuple[Person | None, str]:
    """By Alipay or WeChat: (person, "") when the account is known, (None, bind ticket) when a phone is needed first."""
    limits.take(limits.TRY_ADDRESS, who=address, now=now)
    try:
        outside = ports.sign_in(provider).exchange(code=code)
    except ports.ProviderRefused as error:
        raise Invalid(
            _("This sign-in was not accepted."), next_step=_("Please start again, or sign in by phone.")
        ) from error
    except ports.ProviderUnavailable as error:
        raise Unavailable(
            _("The other side does not answer at the moment."), next_step=_("Please sign in by phone.")
        ) from error
    account = (
        OutsideAccount.objects.select_related("person")
        .filter(provider=provider, open_index=open_index(provider, outside.open_id))
        .first()
    )
    if account is None:
        return None, tickets.issue(purpose=tickets.BIND, now=now, outside=outside)
    with transaction.atomic():
        _begin(session, account.person, now=now)
    return account.person, ""


def bind_outside(
    *, session: SessionBase, ticket: str, phone: str, code: str, challenge: UUID, address: str, now: datetime
) -> Person:
    """Tie an outside account to the phone's owner, and sign in."""
    number = codes.check_code(phone=phone, code=code, challenge=challenge, address=address, now=now)
    with transaction.atomic():
        used = tickets.redeem(purpose=tickets.BIND, secret=ticket, now=now)
        person = person_with_phone(phone=number, now=now)
        account = OutsideAccount(
            person=person,
            provider=used.provider,
            open_id=used.open_id,
            open_index=open_index(used.provider, used.open_id),
            linked_at=now,
        )
        OutsideAccount.objects.bulk_create([account], ignore_conflicts=True)
        messages.send(
            person_id=person.pk, template="outside_account_linked", params={"provider": used.provider}, now=now
        )
        audit.record(action="outside_account_linked", actor_id=person.pk, subject_id=person.pk, now=now)
        _begin(session, person, now=now)
    return person


def open_index(provider: str, open_id: str) -> bytes:
    return blind_index(f"{provider}:{open_id}", purpose="open_id")


def bridge_ticket(*, person: Person, now: datetime) -> str:
    """A ticket by which a mini-program hands its session to the web-view it opens."""
    return tickets.issue(purpose=tickets.BRIDGE, person=person, now=now)


def redeem_bridge(*, session: SessionBase, ticket: str, address: str, now: datetime) -> Person:
    limits.take(limits.TRY_TICKET, who=address, now=now)
    with transaction.atomic():
        person = tickets.redeem(purpose=tickets.BRIDGE, secret=ticket, now=now).person
        assert person is not None  # bridge tickets are issued to a person only
        _begin(session, person, now=now)
    return person


def _begin(session: SessionBase, person: Person, *, now: datetime) -> None:
    """A fresh session key for a fresh sign-in, so that a key planted before is worth nothing."""
    if not person.is_active:
        raise Forbidden(_("This account is closed."), next_step=_("Please ask your union's service desk."))
    session.flush()
    session[PERSON], session[_HASH] = str(person.pk), person.get_session_auth_hash()
    session[BORN] = session[SEEN] = now.timestamp()
    session.set_expiry(WORKER_LIFE)
    session.create()
    session.save()
    audit.record(action="signed_in", actor_id=person.pk, subject_id=person.pk, now=now)


def change_phone(
    *, session: SessionBase, person: Person, phone: str, code: str, challenge: UUID, address: str, now: datetime
) -> Person:
    """The code went to the new number. The old one is told, and every other session ends."""
    number = codes.check_code(phone=phone, code=code, challenge=challenge, address=address, now=now)
    before = person.phone
    person.phone, person.phone_index = number, codes.phone_index(number)
    with transaction.atomic():
        _save_phone(person)
        audit.record(action="phone_changed", actor_id=person.pk, subject_id=person.pk, now=now)
        messages.send(person_id=person.pk, template="phone_changed", now=now)
        messages.send_sms(phone=before, template="phone_changed", params={}, now=now, person_id=person.pk)
        end_sessions(person_id=person.pk)
        person.refresh_from_db(fields=["session_epoch"])
        _begin(session, person, now=now)
    return person


def _save_phone(person: Person) -> None:
    try:
        with transaction.atomic():
            person.save(update_fields=["phone", "phone_index"])
    except IntegrityError as error:
        raise Conflict(
            _("This number has an account already."), next_step=_("Sign in with it, or ask your union's service desk.")
        ) from error


def give_second_factor(*, session: SessionBase, now: datetime) -> None:
    """The second factor was right: a staff session from now on, under a new key. Its twelve hours begin once."""
    if FACTOR not in session:
        session[BORN] = now.timestamp()
    session[FACTOR] = session[SEEN] = now.timestamp()
    session.cycle_key()


def end_sessions(*, person_id: UUID) -> None:
    """Every session of this person is dead at its next request: after a role, phone or factor change, or at will."""
    Person.objects.filter(pk=person_id).update(session_epoch=F("session_epoch") + 1)
    Session.objects.filter(person_id=person_id).delete()


def epoch_of(person_id: UUID) -> int:
    """Grows whenever a person's sessions end: what is bound to it ends with them."""
    return Person.objects.values_list("session_epoch", flat=True).get(pk=person_id)


def sign_out(*, session: SessionBase) -> None:
    session.flush()


def change_settings(*, person: Person, language: str | None, large_type: bool | None) -> Person:
    """Language and type size, each only when given."""
    changed = {"language": language, "large_type": large_type}
    fields = [name for name, value in changed.items() if value is not None]
    for name in fields:
        setattr(person, name, changed[name])
    if fields:
        person.save(update_fields=fields)
    return person
