"""Firms: registering them with a checked credit code, handing them to another union, ending them."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from niangjia.core.access.types import Actor
from niangjia.core.orgs.models import Employer, Form, Org, What
from niangjia.core.orgs.policies import EmployerPolicy, OrgPolicy
from niangjia.core.orgs.services import checked_name, note
from niangjia.kernel.china import parse_uscc
from niangjia.kernel.errors import Conflict, Invalid


def register(
    *,
    org_id: UUID,
    uscc: str,
    name: str,
    district: str,
    industry: str = "",
    actor: Actor,
    reason: str = "",
    now: datetime,
) -> Employer:
    """A new firm under the union responsible for its workers. A union of one firm takes one; others take many."""
    with transaction.atomic():
        org = _open_to_one_more(OrgPolicy().get(actor, "manage", pk=org_id))
        employer = Employer(
            uscc=_checked_uscc(uscc),
            name=checked_name(name),
            district=_checked_district(district),
            industry=industry,
            org=org,
            created_at=now,
        )
        if Employer.objects.filter(uscc=employer.uscc).exists():
            hint = _("A firm with this credit code is registered already.")
            raise Conflict(
                hint, next_step=_("Ask the union it belongs to, or the office above both."), fields={"uscc": hint}
            )
        employer.save(force_insert=True)
        note(org, What.CREATED, employer=employer, after=employer.name, actor=actor, reason=reason, now=now)
    return employer


def rename(*, employer_id: UUID, name: str, actor: Actor, reason: str, now: datetime) -> Employer:
    with transaction.atomic():
        employer = EmployerPolicy().get(actor, "manage", pk=employer_id)
        before, employer.name = employer.name, checked_name(name)
        employer.save(update_fields=["name", "words"])
        note(
            employer.org,
            What.RENAMED,
            employer=employer,
            before=before,
            after=employer.name,
            actor=actor,
            reason=reason,
            now=now,
        )
    return employer


def move(*, employer_id: UUID, org_id: UUID, actor: Actor, reason: str, now: datetime) -> Employer:
    """Hand a firm to another union; both must be the actor's to manage."""
    with transaction.atomic():
        employer = EmployerPolicy().get(actor, "manage", pk=employer_id)
        before, org = employer.org, _open_to_one_more(OrgPolicy().get(actor, "manage", pk=org_id))
        employer.org = org
        employer.save(update_fields=["org"])
        note(
            org,
            What.MOVED,
            employer=employer,
            before=before.name,
            after=org.name,
            other=before,
            actor=actor,
            reason=reason,
            now=now,
        )
    return employer


def end(*, employer_id: UUID, actor: Actor, reason: str, now: datetime) -> None:
    """The firm is no more. It can no longer be chosen; what was attested about it falls with it."""
    with transaction.atomic():
        employer = EmployerPolicy().get(actor, "manage", pk=employer_id)
        employer.ended_at = now
        employer.save(update_fields=["ended_at"])
        note(employer.org, What.ENDED, employer=employer, before=employer.name, actor=actor, reason=reason, now=now)


def _checked_uscc(text: str) -> str:
    try:
        return parse_uscc(text)
    except ValueError as error:
        hint = _("This credit code does not add up. Please copy its 18 characters from the licence.")
        raise Invalid(hint, fields={"uscc": hint}) from error


def _checked_district(text: str) -> str:
    code = text.strip()
    if not (code.isascii() and code.isdigit() and 6 <= len(code) <= 12):
        hint = _("Please give the six digits of the district.")
        raise Invalid(hint, fields={"district": hint})
    return code


def _open_to_one_more(org: Org) -> Org:
    Org.objects.select_for_update().get(pk=org.pk)  # two firms at once cannot both be the one of a single union
    if org.ended_at is not None:
        raise Conflict(_("This organisation has ended."), next_step=_("Look for the one it was merged into."))
    if org.form == Form.SINGLE and org.employers.filter(ended_at=None).exists():
        raise Conflict(
            _("A union of one firm has its firm already."), next_step=_("Found a joint union for many firms.")
        )
    return org
