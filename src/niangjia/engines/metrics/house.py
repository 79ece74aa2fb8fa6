"""What the house itself counts: who registered, and who is verified."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.db.models import Count, OuterRef, Q, Subquery
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


def org_of(person: str, until: datetime) -> Subquery:
    """The organisation of the employer at which the person (named by that column) then worked."""
    employed = Attestation.objects.filter(standing(until), person_id=OuterRef(person), kind="employer")
    return Subquery(employed.order_by("-made_at").values("employer__org_id")[:1])


def registered(since: datetime, until: datetime) -> Mapping[UUID | None, int]:
    people = Person.objects.filter(created_at__lt=until).filter(Q(closed_at=None) | Q(closed_at__gte=until))
    return dict(people.annotate(at=org_of("pk", until)).values("at").annotate(n=Count("pk")).values_list("at", "n"))


def verified(since: datetime, until: datetime) -> Mapping[UUID | None, int]:
    """Proven to be real, and to work where they say."""
    real = Attestation.objects.filter(standing(until), kind="real_person").values("person_id")
    employed = Attestation.objects.filter(standing(until), kind="employer", person_id__in=real)
    counted = employed.values("employer__org_id").annotate(n=Count("person_id", distinct=True))
    return dict(counted.values_list("employer__org_id", "n"))


METRICS = (
    Metric("registered", _("Registered"), _("people"), registered),
    Metric("verified", _("Verified"), _("people"), verified),
)
