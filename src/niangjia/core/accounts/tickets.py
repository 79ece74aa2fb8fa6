"""One-time tickets: a secret handed over once, kept as a hash, used once."""

import hashlib
import secrets
from datetime import datetime, timedelta

from django.utils.translation import gettext_lazy as _

from niangjia.core.accounts.models import Person, Ticket
from niangjia.core.ports import OutsideIdentity
from niangjia.kernel.errors import Invalid

BRIDGE, BIND, SETUP = "bridge", "bind", "setup"
LIFE = {BRIDGE: timedelta(seconds=60), BIND: timedelta(minutes=10), SETUP: timedelta(days=3)}


def issue(*, purpose: str, now: datetime, person: Person | None = None, outside: OutsideIdentity | None = None) -> str:
    """A fresh secret (256 random bits)."""
    secret = secrets.token_urlsafe(32)
    ticket = Ticket(purpose=purpose, secret_hash=_hash(secret), person=person, expires_at=now + LIFE[purpose])
    if outside:
        ticket.provider, ticket.open_id = outside.provider, outside.open_id
    ticket.save(force_insert=True)
    return secret


def redeem(*, purpose: str, secret: str, now: datetime) -> Ticket:
    """The ticket, used up by this call; raises Invalid when it is unknown, old or used."""
    live = Ticket.objects.filter(purpose=purpose, secret_hash=_hash(secret), used_at=None, expires_at__gt=now)
    if not live.update(used_at=now):
        raise Invalid(
            _("This link was used already, or it is too old."), code="ticket", next_step=_("Please start again.")
        )
    return Ticket.objects.select_related("person").get(secret_hash=_hash(secret))


def _hash(secret: str) -> bytes:
    return hashlib.sha256(secret.encode()).digest()
