"""Where somebody works: compared with the member roll at once, else asked of the enterprise, else of the union."""

from collections.abc import Collection
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _

from niangjia.core.access import base_roles
from niangjia.core.access.models import RoleGrant
from niangjia.core.accounts.models import Person
from niangjia.core.attestations import selectors
from niangjia.core.attestations.models import Attestation, Request
from niangjia.core.attestations.services import desk
from niangjia.core.attestations.services.standing import attest, drop, fall, locked, of_person
from niangjia.core.attestations.types import Employment, FactRow, Outcome
from niangjia.core.consent import purposes
from niangjia.core.consent import services as consent
from niangjia.core.orgs.models import Employer
from niangjia.core.rolls import selectors as rolls
from niangjia.kernel.errors import Conflict, NotFound

RISES_WITHIN = timedelta(days=30)


def claim_employer(*, person: Person, employer_id: UUID, now: datetime) -> Employment:
    """Say where one works. An earlier employment stands until the new one is confirmed."""
    consent.require(person_id=person.pk, purpose=purposes.EMPLOYER)
    if not selectors.holds(person_id=person.pk, kind="real_person", now=now):
        raise Conflict(
            _("We can only ask for somebody by name."),
            code="real_person_first",
            next_step=_("Please verify first that you are you."),
        )
    employer = Employer.objects.select_related("org").filter(pk=employer_id, ended_at=None).first()
    if employer is None:
        raise NotFound(_("We do not know this employer."), next_step=_("Please choose from the list."))
    with transaction.atomic():
        outcome = _settle(locked(person.pk), employer, now)
    return Employment(outcome=outcome, fact=selectors.fact_of(person.pk, "employer", now))


def _settle(person: Person, employer: Employer, now: datetime) -> Outcome:
    if rolls.on_roll(person=person, employer=employer):
        _by_roll(person, employer, now)
        return "verified"
    asks_enterprise = _enterprise_answers(employer, person)
    request = Request(
        person=person,
        kind="employer",
        employer=employer,
        desk="enterprise" if asks_enterprise else "union",
        org=employer.org if asks_enterprise else desk.union_of(employer),
    )
    desk.ask(request, now=now)
    return "enterprise_asked" if asks_enterprise else "union_asked"


def _by_roll(person: Person, employer: Employer, now: datetime) -> None:
    attest(
        Attestation(
            person=person,
            kind="employer",
            method="roll",
            issuer=employer.org.name,
            employer=employer,
            made_at=now,
        ),
        replaces="changed_employer",
    )


def _enterprise_answers(employer: Employer, person: Person) -> bool:
    """Somebody else speaks for this one firm. Firms of a joint union do not see each other."""
    if employer.org.level != "enterprise" or employer.org.form != "single":
        return False
    speakers = RoleGrant.objects.filter(org=employer.org, role=base_roles.ENTERPRISE_HR.code, ended_at=None)
    return speakers.exclude(person=person).exists()


def _on_roll() -> Exists:
    """Of an attestation: its person is on its employer's roll now."""
    return Exists(
        rolls.vouching(
            id_index=OuterRef("person__id_index"),
            phone_index=OuterRef("person__phone_index"),
            employer=OuterRef("employer_id"),
        )
    )


def fall_off_rolls(*, employers: Collection[UUID] | None = None, now: datetime) -> int:
    """What rested on a roll falls when its person is on it no more; of some employers, or of all."""
    rested = Attestation.objects.filter(~_on_roll(), kind="employer", method="roll", fallen_at=None)
    if employers is not None:
        rested = rested.filter(employer__in=employers)
    return fall(which=rested, reason="left_roll", now=now)


@transaction.atomic
def rise_with_rolls(*, employers: Collection[UUID], now: datetime) -> int:
    """A roll that was imported wrongly is undone: whoever fell by it stands again, unless they moved on meanwhile."""
    employed = Attestation.objects.filter(person=OuterRef("person"), kind="employer", fallen_at=None)
    fallen = Attestation.objects.filter(
        ~Exists(employed),
        _on_roll(),
        fall_reason="left_roll",
        fallen_at__gte=now - RISES_WITHIN,
        employer__in=employers,
        person__closed_at=None,
    ).select_related("employer__org")
    again = [fact for fact in fallen.order_by("person", "-fallen_at").distinct("person") if _agrees(fact.person_id)]
    for fact in again:
        assert fact.employer is not None  # a constraint of the table
        _by_roll(locked(fact.person_id), fact.employer, now)
    return len(again)


def _agrees(person_id: UUID) -> bool:
    return consent.has(person_id=person_id, purpose=purposes.EMPLOYER)


def fall_with_employers(*, now: datetime) -> int:
    """Employers that ended take the employments they gave with them."""
    return fall(which=Attestation.objects.filter(employer__ended_at__lte=now), reason="employer_ended", now=now)


def declare_left(*, person: Person, now: datetime) -> FactRow:
    """The person says that they work there no more."""
    drop(which=Request.objects.filter(person=person, kind="employer"), now=now)
    fall(which=of_person(person.pk, "employer"), reason="left_employer", now=now)
    return selectors.fact_of(person.pk, "employer", now)
