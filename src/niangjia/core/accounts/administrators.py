"""Letting staff in: there is no default administrator and no password, only one-time setup secrets (check A9).

Whoever holds a setup secret must still sign in by their own phone; then it lets them tie an authenticator to
themselves.
"""

from datetime import datetime

from django.apps import apps
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from niangjia.core.access.base_roles import SECURITY_ADMIN
from niangjia.core.access.models import RoleGrant
from niangjia.core.accounts import factors, limits, tickets
from niangjia.core.accounts.models import Person, SecondFactor
from niangjia.core.accounts.services import end_sessions, person_with_phone
from niangjia.core.audit import services as audit
from niangjia.kernel.errors import Conflict, Invalid

ENOUGH = 2


@transaction.atomic
def first_administrator(*, phone: str, now: datetime) -> str:
    """Make one of the two security administrators from whom all other roles come; returns the setup secret, once.

    Two, because a role is granted by two people. Refused as soon as two can sign in; until then a lost secret is
    replaced by asking again.
    """
    ready = RoleGrant.objects.filter(
        role=SECURITY_ADMIN.code, ended_at=None, person__second_factor__confirmed_at__isnull=False
    )
    if ready.values("person").distinct().count() >= ENOUGH:
        raise Conflict(
            _("There are two administrators already."), next_step=_("Ask them for a role in the back office.")
        )
    root = apps.get_model("orgs", "Org").objects.filter(depth=1, ended_at=None).order_by("path").first()
    if root is None:
        raise Conflict(_("There is no organisation yet."), next_step=_("Load the organisation tree first."))
    person = person_with_phone(phone=phone, now=now)
    RoleGrant.objects.get_or_create(
        person=person, org_id=root.pk, role=SECURITY_ADMIN.code, ended_at=None, defaults={"granted_at": now}
    )
    return setup_secret(person=person, by=None, now=now)


@transaction.atomic
def setup_secret(*, person: Person, by: Person | None, now: datetime) -> str:
    """A secret to hand over in person. It ends the sessions; the old authenticator counts until the new one is tied."""
    Person.objects.filter(pk=person.pk).update(is_staff=True)
    end_sessions(person_id=person.pk)
    audit.record(action="setup_secret_made", actor_id=by.pk if by else None, subject_id=person.pk, now=now)
    return tickets.issue(purpose=tickets.SETUP, person=person, now=now)


def begin_setup(*, person: Person, secret: str, address: str, now: datetime) -> str:
    """Redeem a setup secret; returns the address that the QR code of the new authenticator shows."""
    limits.take(limits.TRY_TICKET, who=address, now=now)
    with transaction.atomic():
        ticket = tickets.redeem(purpose=tickets.SETUP, secret=secret.strip(), now=now)
        if ticket.person_id != person.pk:
            raise Invalid(
                _("This setup secret belongs to somebody else."),
                code="ticket",
                next_step=_("Sign in with the phone it was made for, or ask for one of your own."),
            )
        SecondFactor.objects.filter(person=person).delete()
        __, address_of_code = factors.enrol(person=person)
    return address_of_code


def has_authenticator(person: Person) -> bool:
    return SecondFactor.objects.filter(person=person, confirmed_at__isnull=False).exists()
