"""What the cockpit shows of group weddings."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.db.models import Sum
from django.utils.translation import gettext_lazy as _

from niangjia.engines.metrics.types import Metric
from niangjia.scenes.dating.weddings.models import Wedding


def couples(since: datetime, until: datetime) -> Mapping[UUID | None, int]:
    """Confirmed couples of weddings held in this time, at the union that held them."""
    rows = Wedding.objects.filter(state="published", held_at__gte=since, held_at__lt=until).order_by().values("org_id")
    return dict(rows.annotate(n=Sum("taken")).values_list("org_id", "n"))


METRICS = (
    Metric(
        "dating.wedding_couples", _("Couples at group weddings"), _("couples"), couples, group="couples", bundled=True
    ),
)
