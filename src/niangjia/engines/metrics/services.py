"""Counting a week, once for everybody.

Of what is rare, a week by itself would nearly always be too small to show, and so would be the months and years that
are sums of weeks. Such counts wait at their organisation until at least ten came together, and count in the week in
which they did. No figure then holds anything smaller than ten, and nothing is hidden beside it; at the end of a year
fewer than ten each are left uncounted.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.db.models import Sum

from niangjia.core.orgs.models import Org
from niangjia.engines.metrics.models import Counted, Observation
from niangjia.engines.metrics.suppression import SELF, shown_cells, totals
from niangjia.engines.metrics.types import METRICS, SMALLEST, Metric
from niangjia.kernel import clock
from niangjia.kernel.ids import new_id

WEEK = timedelta(days=7)
_COPY = (
    f"COPY {Observation._meta.db_table} (id, metric, week, org_id, is_own, count, shown, people, made_at) FROM STDIN"
)


@dataclass(frozen=True)
class Tree:
    """The organisations as they stand while weeks are counted."""

    paths: Mapping[UUID, str]
    ids: Mapping[str, UUID]
    root: str

    @classmethod
    def read(cls) -> "Tree":
        paths = dict(Org.objects.values_list("pk", "path"))
        return cls(paths, {path: key for key, path in paths.items()}, min(paths.values(), default=""))


def monday_of(day: date) -> date:
    return day - timedelta(days=day.weekday())


def observe_weeks(*, weeks: int, now: datetime) -> int:
    """Count the last complete weeks that were not counted yet; returns how many figures were written."""
    this = monday_of(clock.today(now))
    wanted = [this - WEEK * back for back in range(weeks, 0, -1)]
    known = set(Counted.objects.filter(week__in=wanted).values_list("metric", "week"))
    tree, written = Tree.read(), 0
    for week in wanted:
        metrics = [metric for metric in METRICS.values() if (metric.code, week) not in known]
        if metrics:
            written += observe(metrics, week=week, now=now, tree=tree)
    return written


@transaction.atomic
def observe(metrics: Sequence[Metric], *, week: date, now: datetime, tree: Tree | None = None) -> int:
    """Count these for the week that begins on Monday `week`, in place of an earlier count of them."""
    tree, codes = tree or Tree.read(), [metric.code for metric in metrics]
    Observation.objects.filter(metric__in=codes, week=week).delete()
    Counted.objects.filter(metric__in=codes, week=week).delete()
    rows = [row for metric in metrics for row in _rows(metric, week, tree, now)]
    Counted.objects.bulk_create(Counted(metric=code, week=week, made_at=now) for code in codes)
    return _write(rows) if rows else 0


def _counts(metric: Metric, first: date, last: date, tree: Tree) -> dict[str, int]:
    """What each place of the tree counts itself from one Monday's week to another's."""
    since, until = (datetime.combine(day, time(), clock.SHANGHAI) for day in (first, last + WEEK))
    return _by_path(metric.query(since, until), tree)


def _bundles(metric: Metric, week: date, tree: Tree) -> dict[str, int]:
    """What came together in this year and was not counted before, where it is enough."""
    january = date(week.year, 1, 1)
    first = monday_of(january - timedelta(days=1)) + WEEK
    before = Observation.objects.filter(metric=metric.code, is_own=True, week__year=week.year)
    told = {tree.paths[org]: n for org, n in before.values_list("org").annotate(n=Sum("count")).values_list("org", "n")}
    waiting = {path: count - told.get(path, 0) for path, count in _counts(metric, first, week, tree).items()}
    return {path: count for path, count in waiting.items() if count >= SMALLEST}


def _by_path(counts: Mapping[UUID | None, int], tree: Tree) -> dict[str, int]:
    """What each place of the tree counts itself; people without an organisation count at the first root."""
    own: dict[str, int] = {}
    for org_id, count in counts.items():
        path = tree.paths.get(org_id, tree.root) if org_id else tree.root
        if path and count:
            own[path] = own.get(path, 0) + count
    return own


def _rows(metric: Metric, week: date, tree: Tree, now: datetime) -> Iterator[tuple[Any, ...]]:
    own = _bundles(metric, week, tree) if metric.bundled else _counts(metric, week, week, tree)
    sums = totals(own, step=Org.steplen)
    shown = shown_cells(own, step=Org.steplen, smallest=SMALLEST if metric.people else 1)
    cells = {**sums, **{path + SELF: count for path, count in own.items() if metric.bundled or count != sums[path]}}
    for path, count in cells.items():
        at, is_own = tree.ids[path.removesuffix(SELF)], path.endswith(SELF)
        yield new_id(), metric.code, week, at, is_own, count, path in shown, metric.people, now


def _write(rows: Iterable[tuple[Any, ...]]) -> int:
    """By COPY: a stock is a row for every firm, every week."""
    written = 0
    with connection.cursor() as cursor, cursor.copy(_COPY) as into:
        for row in rows:
            into.write_row(row)
            written += 1
    return written
