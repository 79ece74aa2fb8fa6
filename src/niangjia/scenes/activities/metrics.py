"""What activities show in the cockpit. Each counts at its organiser."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.db.models import Count, QuerySet
from django.utils.translation import gettext_lazy as _

from niangjia.engines.allocation.models import Booking
from niangjia.engines.metrics.types import Metric
from niangjia.scenes.activities.models import Activity, State

Counts = Mapping[UUID | None, int]


def _held(since: datetime, until: datetime) -> QuerySet[Activity]:
    return Activity.objects.filter(state=State.PUBLISHED, ends_at__gte=since, ends_at__lt=until)


def held(since: datetime, until: datetime) -> Counts:
    rows = _held(since, until).order_by().values("org_id").annotate(n=Count("pk"))
    return dict(rows.values_list("org_id", "n"))


def participants(since: datetime, until: datetime) -> Counts:
    """Those who came. Who comes to two activities takes part twice, as every union counts."""
    orgs = dict(_held(since, until).values_list("slot_id", "org_id"))
    came = Booking.objects.filter(slot__in=orgs, state="booked", arrived_at__isnull=False)
    counted: dict[UUID | None, int] = {}
    for slot_id, count in came.order_by().values("slot_id").annotate(n=Count("pk")).values_list("slot_id", "n"):
        counted[orgs[slot_id]] = counted.get(orgs[slot_id], 0) + count
    return counted


METRICS = (
    Metric("activities.held", _("Activities held"), _("activities"), held),
    Metric("activities.participants", _("Taking part in activities"), _("people"), participants),
)
