"""One-time codes by phone: each belongs to one phone, one challenge and one purpose (its template), lives five minutes,
works once (check A3). A code told at a desk signs nobody in.
"""

import hashlib
import hmac
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import F
from django.utils.translation import gettext_lazy as _

from niangjia.core.accounts import limits
from niangjia.core.accounts.models import SignInCode
from niangjia.core.crypto import blind_index, keyring
from niangjia.core.messages import services as messages
from niangjia.kernel.china import parse_phone
from niangjia.kernel.errors import Invalid
from niangjia.kernel.ids import new_id

LIFE = timedelta(minutes=5)
RESEND_AFTER = 60  # seconds
TRIES = 5
SIGN_IN = "sign_in_code"


@dataclass(frozen=True)
class Challenge:
    """What the phone app keeps to send back with the code."""

    id: UUID
    resend_after: int
    expires_in: int


def phone_index(phone: str) -> bytes:
    return blind_index(phone, purpose="phone")


def checked_phone(text: str) -> str:
    """The phone number in its normal form, or a kind error."""
    try:
        return parse_phone(text)
    except ValueError as error:
        hint = _("Please enter the 11 digits of your mobile number.")
        raise Invalid(hint, fields={"phone": hint}) from error


def send_code(*, phone: str, address: str, now: datetime, template: str = SIGN_IN) -> Challenge:
    """Send a code; the answer is the same for every number, known or not (check A2)."""
    number = checked_phone(phone)
    limits.take(limits.CODE_TO_ADDRESS, who=address, now=now)
    limits.take(limits.CODE_TO_PHONE, who=number, now=now)
    limits.take(limits.CODE_TO_ALL, who="all", now=now)
    code = f"{secrets.randbelow(10**6):06}"
    challenge = new_id()
    SignInCode.objects.create(
        id=challenge,
        phone_index=phone_index(number),
        mac=_mac(challenge, code, template),
        sent_at=now,
        expires_at=now + LIFE,
    )
    messages.send_sms(phone=number, template=template, params={"code": code}, now=now)
    return Challenge(id=challenge, resend_after=RESEND_AFTER, expires_in=int(LIFE.total_seconds()))


def check_code(*, phone: str, code: str, challenge: UUID, address: str, now: datetime, template: str = SIGN_IN) -> str:
    """The normal phone number when the code is right; raises Invalid or TooMany. Exactly one caller can succeed."""
    number = checked_phone(phone)
    tried = [(limits.TRY_ALL, "all"), (limits.TRY_ADDRESS, address), (limits.TRY_PHONE, number)]
    limits.take_all(tried, now=now)
    if not _use(number, code.strip(), challenge, template, now):
        hint = _("This code is not right, or it is too old.")
        raise Invalid(hint, next_step=_("Look at the newest message, or ask for a new code."), fields={"code": hint})
    limits.forget(limits.TRY_PHONE, who=number)
    return number


def _use(number: str, code: str, challenge: UUID, template: str, now: datetime) -> bool:
    """Count the try and consume the code, each by one conditional UPDATE: two requests at once cannot both win."""
    live = SignInCode.objects.filter(
        id=challenge, phone_index=phone_index(number), used_at=None, expires_at__gt=now, tries__lt=TRIES
    )
    if not live.update(tries=F("tries") + 1):
        return False
    mac = SignInCode.objects.values_list("mac", flat=True).get(id=challenge)
    right = hmac.compare_digest(bytes(mac), _mac(challenge, code, template))
    return right and bool(SignInCode.objects.filter(id=challenge, used_at=None).update(used_at=now))


def _mac(challenge: UUID, code: str, template: str) -> bytes:
    return hmac.digest(keyring().derive("code", number=1), f"{challenge}:{template}:{code}".encode(), hashlib.sha256)
