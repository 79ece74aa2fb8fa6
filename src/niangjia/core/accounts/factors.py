"""The second factor of staff: an authenticator app (TOTP, RFC 6238, 30 seconds, SHA-1 as all apps speak it)."""

import base64
import secrets
from datetime import datetime
from urllib.parse import quote

from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.twofactor.totp import TOTP
from django.utils.translation import gettext_lazy as _

from niangjia.core.accounts import limits
from niangjia.core.accounts.models import Person, SecondFactor
from niangjia.core.audit import services as audit
from niangjia.core.messages import services as messages
from niangjia.kernel.errors import Invalid

STEP = 30  # seconds


def enrol(*, person: Person) -> tuple[SecondFactor, str]:
    """Begin: a fresh secret, and the otpauth address its QR code shows. Not valid until confirmed by a first code."""
    SecondFactor.objects.filter(person=person, confirmed_at=None).delete()
    secret = base64.b32encode(secrets.token_bytes(20)).decode()
    factor = SecondFactor(person=person, secret=secret)
    factor.save(force_insert=True)
    return factor, address_for(factor)


def address_for(factor: SecondFactor) -> str:
    """What the QR code of a fresh enrolment says."""
    return f"otpauth://totp/{quote('娘家')}:{quote('工作台')}?secret={factor.secret}&issuer={quote('娘家')}"


def check(*, person: Person, code: str, now: datetime) -> None:
    """Accept a code of this moment or its neighbours, once; raises Invalid or TooMany. Confirms a fresh enrolment."""
    limits.take(limits.TRY_FACTOR, who=str(person.pk), now=now)
    factor = SecondFactor.objects.filter(person=person).first()
    step = matching_step(factor.secret, code.strip(), now) if factor else None
    # one conditional UPDATE: the same code cannot be used twice, not even at the same moment
    used = step and SecondFactor.objects.filter(person=person, last_step__lt=step).update(last_step=step)
    if not used:
        hint = _("This code is not right, or it was used already.")
        raise Invalid(hint, next_step=_("Wait for the next six digits and enter those."), fields={"code": hint})
    if SecondFactor.objects.filter(person=person, confirmed_at=None).update(confirmed_at=now):
        audit.record(action="second_factor_set", actor_id=person.pk, subject_id=person.pk, now=now)
        messages.send(person_id=person.pk, template="second_factor_set", now=now)
    limits.forget(limits.TRY_FACTOR, who=str(person.pk))


def matching_step(secret: str, code: str, now: datetime) -> int | None:
    """The time step whose code this is: the present one, or one to either side for clocks that differ."""
    current = int(now.timestamp()) // STEP
    return next(
        (
            step
            for step in (current, current - 1, current + 1)
            if secrets.compare_digest(code_at(secret, step).encode(), code.encode())
        ),
        None,
    )


def code_at(secret: str, step: int) -> str:
    totp = TOTP(base64.b32decode(secret), 6, SHA1(), STEP, enforce_key_length=False)  # noqa: S303  # RFC 6238's default, the one every app speaks
    return totp.generate(step * STEP).decode()
