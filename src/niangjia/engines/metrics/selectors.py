"""Reading figures. A hidden one is None here already: no page, however careless, can show it.

Months and years are sums of weeks that may be shown, and of nothing else: whatever somebody subtracts from them, they
learn no more than the weeks told them. Where a week is hidden, or some wait to be counted, the sum says "at least".
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal
from uuid import UUID

from django.db.models import Q

from niangjia.core.orgs.models import Org
from niangjia.engines.metrics.models import Counted, Observation
from niangjia.engines.metrics.types import METRICS, Metric

Kind = Literal["week", "month", "year"]
KEPT: Final = 160  # weeks that a reader may go back
Known = Mapping[tuple[UUID, bool, str], Mapping[date, int]]  # organisation, itself or all below, metric → week → count


@dataclass(frozen=True)
class Period:
    """Its weeks that were counted, oldest first. A week belongs to the month and year in which it begins."""

    kind: Kind
    key: str
    weeks: tuple[date, ...]

    @property
    def first(self) -> date:
        return self.weeks[0]


@dataclass(frozen=True)
class Figure:
    """`share` is in percent, of the figure that this one is a part of."""

    count: int | None = None
    at_least: bool = False
    share: int | None = None


@dataclass(frozen=True)
class Row:
    """An organisation and its figures in a period, in the order of the metrics."""

    org: Org
    figures: tuple[Figure, ...]
    is_own: bool = False


@dataclass(frozen=True)
class Course:
    """One metric of one organisation: its weeks, and what they come to."""

    metric: Metric
    weeks: tuple[date, ...]
    counts: tuple[int | None, ...]
    figure: Figure = Figure()

    @property
    def last(self) -> int | None:
        return self.counts[-1] if self.counts else None


def weeks_counted(limit: int = KEPT) -> list[date]:
    """The last weeks that were counted, oldest first."""
    found = Counted.objects.order_by("-week").values_list("week", flat=True).distinct()[:limit]
    return sorted(found)


def periods(kind: Kind, weeks: Sequence[date]) -> list[Period]:
    """Oldest first. `weeks` are those counted, oldest first."""
    length = {"week": len("2026-11-09"), "month": len("2026-11"), "year": len("2026")}[kind]
    found: dict[str, list[date]] = {}
    for week in weeks:
        found.setdefault(week.isoformat()[:length], []).append(week)
    return [Period(kind, key, tuple(of)) for key, of in found.items()]


def course(org: Org, weeks: Sequence[date], period: Period | None = None) -> list[Course]:
    """What became of every metric here, week by week, and what it comes to in the period (default: all the weeks)."""
    known = _known([org], sorted({*weeks, *(period.weeks if period else ())}))
    return [
        Course(
            metric,
            tuple(weeks),
            tuple(_count(metric, known.get((org.pk, False, metric.code), {}), week) for week in weeks),
            _figure(metric, known, org.pk, period.weeks if period else tuple(weeks)),
        )
        for metric in METRICS.values()
    ]


def rows_below(org: Org, weeks: Sequence[date]) -> list[Row]:
    """The organisations one step down, and what this one counts itself, where that is told apart."""
    below = Org.objects.filter(path__startswith=org.path, depth=org.depth + 1, ended_at=None).order_by("path")
    known = _known([org, *below], weeks)
    rows = [Row(child, _figures(known, child.pk, weeks)) for child in below]
    own = Row(org, _figures(known, org.pk, weeks, is_own=True), is_own=True)
    return [*rows, own] if any(figure.count for figure in own.figures) else rows


def _known(orgs: Sequence[Org], weeks: Sequence[date]) -> Known:
    stocks = [code for code, metric in METRICS.items() if metric.stock]
    wanted = Q(week__in=weeks) if len(orgs) == 1 else Q(week__in=weeks) & (~Q(metric__in=stocks) | Q(week=weeks[-1]))
    rows = Observation.objects.filter(wanted, org__in=[org.pk for org in orgs], shown=True)
    found: dict[tuple[UUID, bool, str], dict[date, int]] = {}
    for org_id, is_own, code, week, count in rows.values_list("org_id", "is_own", "metric", "week", "count"):
        found.setdefault((org_id, is_own, code), {})[week] = count
    return found


def _figures(known: Known, org_id: UUID, weeks: Sequence[date], *, is_own: bool = False) -> tuple[Figure, ...]:
    return tuple(_figure(metric, known, org_id, weeks, is_own=is_own) for metric in METRICS.values())


def _figure(metric: Metric, known: Known, org_id: UUID, weeks: Sequence[date], *, is_own: bool = False) -> Figure:
    counts = known.get((org_id, is_own, metric.code), {})
    if not weeks:
        return Figure()
    if metric.stock:
        return Figure(counts.get(weeks[-1]))
    seen = [week for week in weeks if week in counts]
    if not seen:
        return Figure()
    total = sum(counts[week] for week in seen)
    whole = known.get((org_id, is_own, metric.of), {}) if metric.of else {}
    return Figure(total, metric.bundled or (metric.people and len(seen) < len(weeks)), _share(counts, whole, seen))


def _share(counts: Mapping[date, int], whole: Mapping[date, int], seen: Iterable[date]) -> int | None:
    """Of the weeks in which both are shown."""
    both = [week for week in seen if week in whole]
    of = sum(whole[week] for week in both)
    return round(100 * sum(counts[week] for week in both) / of) if of else None


def _count(metric: Metric, counts: Mapping[date, int], week: date) -> int | None:
    """Of what is never hidden, no figure is none at all."""
    return counts.get(week, None if metric.people or metric.stock or not counts else 0)
