"""What the cockpit shows of the weekly list and of the live programme."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.db.models import Count, QuerySet, Sum
from django.utils.translation import gettext_lazy as _

from niangjia.engines.metrics.types import Metric
from niangjia.scenes.dating.weekly.models import Live, WeeklyList
from niangjia.scenes.dating.weekly.models.lives import LiveState, Outcome

Counts = Mapping[UUID | None, int]


def _lists(since: datetime, until: datetime, what: str) -> Counts:
    """Of lists published in this time, at their union."""
    rows = WeeklyList.objects.filter(published_at__gte=since, published_at__lt=until).order_by().values("org_id")
    return dict(rows.annotate(n=Sum(what)).values_list("org_id", "n"))


def listed(since: datetime, until: datetime) -> Counts:
    return _lists(since, until, "listed")


def interests(since: datetime, until: datetime) -> Counts:
    return _lists(since, until, "interests")


def pairs(since: datetime, until: datetime) -> Counts:
    return _lists(since, until, "pairs")


def _talks(rows: QuerySet[Live]) -> Counts:
    return dict(rows.order_by().values("org_id").annotate(n=Count("pk")).values_list("org_id", "n"))


def lives(since: datetime, until: datetime) -> Counts:
    return _talks(Live.objects.filter(state=LiveState.OVER, starts_at__gte=since, starts_at__lt=until))


def live_pairs(since: datetime, until: datetime) -> Counts:
    return _talks(Live.objects.filter(outcome=Outcome.PAIR, starts_at__gte=since, starts_at__lt=until))


METRICS = (
    Metric("dating.weekly_listed", _("On the weekly lists"), _("people"), listed, group="introductions"),
    Metric(
        "dating.weekly_interests",
        _("Interest shown in somebody on a list"),
        _("times"),
        interests,
        group="introductions",
        bundled=True,
    ),
    Metric("dating.weekly_pairs", _("Pairs out of the weekly lists"), _("pairs"), pairs, group="pairs", bundled=True),
    Metric("dating.lives", _("Live talks held"), _("talks"), lives, group="introductions", bundled=True),
    Metric("dating.live_pairs", _("Pairs out of live talks"), _("pairs"), live_pairs, group="pairs", bundled=True),
)
