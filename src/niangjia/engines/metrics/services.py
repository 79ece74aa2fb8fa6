"""Counting a week, once for everybody."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.db import transaction

from niangjia.core.orgs.models import Org
from niangjia.engines.metrics.models import Observation
from niangjia.engines.metrics.suppression import SELF, shown_cells, totals
from niangjia.engines.metrics.types import METRICS, SMALLEST, Metric
from niangjia.kernel import clock

WEEK = timedelta(days=7)


def monday_of(day: date) -> date:
    return day - timedelta(days=day.weekday())


def observe_weeks(*, weeks: int, now: datetime) -> int:
    """Count the last complete weeks that were not counted yet; returns how many figures were written."""
    this = monday_of(clock.today(now))
    wanted = [this - WEEK * back for back in range(1, weeks + 1)]
    known = set(Observation.objects.filter(week__in=wanted).values_list("metric", "week").distinct())
    return sum(
        observe(metric=metric, week=week, now=now)
        for week in wanted
        for metric in METRICS.values()
        if (metric.code, week) not in known
    )


@transaction.atomic
def observe(*, metric: Metric, week: date, now: datetime) -> int:
    """Count one metric for the week that begins on Monday `week`, in place of an earlier count of it."""
    since = datetime.combine(week, time(), clock.SHANGHAI)
    orgs = {org.pk: org for org in Org.objects.only("id", "path")}
    own = _by_path(metric.query(since, since + WEEK), orgs)
    rows = _rows(metric, week, own, {org.path: org.pk for org in orgs.values()}, now)
    Observation.objects.filter(metric=metric.code, week=week).delete()
    Observation.objects.bulk_create(rows, batch_size=2_000)
    return len(rows)


def _by_path(counts: Mapping[UUID | None, int], orgs: Mapping[UUID, Org]) -> dict[str, int]:
    """What each place of the tree counts itself; people without an organisation count at the first root."""
    root = min((org.path for org in orgs.values()), default="")
    own: dict[str, int] = {}
    for org_id, count in counts.items():
        path = orgs[org_id].path if org_id and org_id in orgs else root
        if path:
            own[path] = own.get(path, 0) + count
    return own


def _rows(
    metric: Metric, week: date, own: Mapping[str, int], ids: Mapping[str, UUID], now: datetime
) -> list[Observation]:
    sums = totals(own, step=Org.steplen)
    shown = shown_cells(own, step=Org.steplen, smallest=SMALLEST)
    cells = {**sums, **{path + SELF: count for path, count in own.items() if count and count != sums[path]}}
    return [
        Observation(
            metric=metric.code,
            week=week,
            org_id=ids[path.removesuffix(SELF)],
            is_own=path.endswith(SELF),
            count=count,
            shown=path in shown,
            made_at=now,
        )
        for path, count in cells.items()
    ]
