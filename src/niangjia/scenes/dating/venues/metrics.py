"""What the cockpit shows of venues and shows."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.db.models import Count, Q
from django.utils.translation import gettext_lazy as _

from niangjia.engines.allocation.models import Booking
from niangjia.engines.metrics.types import Metric
from niangjia.scenes.dating.venues.models import Opening, Show

Counts = Mapping[UUID | None, int]


def _booked(since: datetime, until: datetime, which: Q) -> Counts:
    """Of openings in this time, at the venue's union."""
    orgs = dict(
        Opening.objects.filter(starts_at__gte=since, starts_at__lt=until).values_list("slot_id", "venue__org_id")
    )
    rows = Booking.objects.filter(which, slot__in=list(orgs), state="booked").order_by().values("slot_id")
    found: dict[UUID | None, int] = {}
    for slot, count in rows.annotate(n=Count("pk")).values_list("slot_id", "n"):
        found[orgs[slot]] = found.get(orgs[slot], 0) + count
    return found


def bookings(since: datetime, until: datetime) -> Counts:
    return _booked(since, until, Q())


def visits(since: datetime, until: datetime) -> Counts:
    """Who came, as the door counted."""
    return _booked(since, until, Q(arrived_at__isnull=False))


def shows(since: datetime, until: datetime) -> Counts:
    rows = Show.objects.filter(state="published", decided_at__gte=since, decided_at__lt=until).order_by()
    return dict(rows.values("employer__org_id").annotate(n=Count("pk")).values_list("employer__org_id", "n"))


METRICS = (
    Metric("dating.venue_bookings", _("Places booked at dating venues"), _("places"), bookings, group="activities"),
    Metric("dating.venue_visits", _("Visits to dating venues"), _("visits"), visits, group="activities"),
    Metric("dating.shows", _("Firms' shows published"), _("shows"), shows, group="activities", people=False),
)
