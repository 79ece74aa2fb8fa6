"""What the house itself counts: who registered, and who is verified."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from niangjia.core.accounts.models import Person
from niangjia.core.attestations.models import Attestation
from niangjia.engines.metrics.types import Metric


def standing(until: datetime) -> Q:
    """Attestations that stood at that moment."""
    return (
        Q(made_at__lt=until)
        & (Q(fallen_at=None) | Q(fallen_at__gte=until))
        & (Q(expires_at=None) | Q(expires_at__gte=until))
    )


def orgs_of(people: "QuerySet[Any]", person: str, until: datetime) -> dict[UUID, UUID | None]:
    """The organisation of the employer at which each of these then worked. `person` names the column of the person."""
    employed = Attestation.objects.filter(standing(until), kind="employer", person_id__in=people.values(person))
    return dict(employed.order_by("made_at").values_list("person_id", "employer__org_id"))


def by_employer(people: "QuerySet[Any]", person: str, until: datetime) -> dict[UUID | None, int]:
    """How many of these work where; under None those who work nowhere. `person` names the column of the person.

    Of a fact of one kind only one stands at a time, so everybody is found once.
    """
    employed = Attestation.objects.filter(standing(until), kind="employer", person_id__in=people.values(person))
    found = employed.order_by().values("employer__org_id").annotate(n=Count("person_id", distinct=True))
    counted: dict[UUID | None, int] = dict(found.values_list("employer__org_id", "n"))
    return {None: max(0, people.count() - sum(counted.values())), **counted}


def registered(since: datetime, until: datetime) -> Mapping[UUID | None, int]:
    open_ones = Q(closed_at=None) | Q(closed_at__gte=until)
    return by_employer(Person.objects.filter(open_ones, created_at__lt=until), "pk", until)


def verified(since: datetime, until: datetime) -> Mapping[UUID | None, int]:
    """Proven to be real, and to work where they say."""
    real = Attestation.objects.filter(standing(until), kind="real_person").values("person_id")
    employed = Attestation.objects.filter(standing(until), kind="employer", person_id__in=real)
    counted = employed.values("employer__org_id").annotate(n=Count("person_id", distinct=True))
    return dict(counted.values_list("employer__org_id", "n"))


METRICS = (
    Metric("registered", _("Registered"), _("people"), registered, group="people", stock=True, headline=True),
    Metric("verified", _("Verified"), _("people"), verified, group="people", stock=True, headline=True),
)
