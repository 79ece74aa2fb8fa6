"""Reading figures. A hidden one is None here already: no page, however careless, can show it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from niangjia.core.orgs.models import Org
from niangjia.engines.metrics.models import Observation
from niangjia.engines.metrics.types import METRICS, Metric


@dataclass(frozen=True)
class Row:
    """An organisation and its figures in one week, in the order of the metrics."""

    org: Org
    figures: tuple[int | None, ...]
    is_own: bool = False


@dataclass(frozen=True)
class Course:
    """One metric of one organisation over the weeks."""

    metric: Metric
    weeks: tuple[date, ...]
    counts: tuple[int | None, ...]

    @property
    def last(self) -> int | None:
        return self.counts[-1] if self.counts else None


def weeks_counted(limit: int = 12) -> list[date]:
    """The last weeks that were counted, oldest first."""
    found = Observation.objects.order_by("-week").values_list("week", flat=True).distinct()[:limit]
    return sorted(found)


def course(org: Org, weeks: Sequence[date]) -> list[Course]:
    """What became of every metric here, week by week."""
    known = _figures([org], weeks)
    return [
        Course(metric, tuple(weeks), tuple(known.get((metric.code, week, org.pk, False)) for week in weeks))
        for metric in METRICS.values()
    ]


def rows_below(org: Org, week: date) -> list[Row]:
    """The organisations one step down, and what this one counts itself, where that is told apart."""
    below = Org.objects.filter(path__startswith=org.path, depth=org.depth + 1, ended_at=None).order_by("path")
    known = _figures([org, *below], [week])
    rows = [Row(child, tuple(known.get((code, week, child.pk, False)) for code in METRICS)) for child in below]
    own = tuple(known.get((code, week, org.pk, True)) for code in METRICS)
    return [*rows, Row(org, own, is_own=True)] if any(own) else rows


def _figures(orgs: Sequence[Org], weeks: Sequence[date]) -> dict[tuple[str, date, object, bool], int]:
    found = Observation.objects.filter(org__in=[org.pk for org in orgs], week__in=weeks, shown=True)
    return {(row.metric, row.week, row.org_id, row.is_own): row.count for row in found}
