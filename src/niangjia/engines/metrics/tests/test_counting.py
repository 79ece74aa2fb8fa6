"""Counting a week, and reading it by place in the tree."""

from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import IntegrityError, transaction

from niangjia.engines.metrics import jobs, selectors, services
from niangjia.engines.metrics.models import Observation
from niangjia.engines.metrics.types import METRICS, Metric

NOW = datetime(2026, 11, 22, 2, 0, tzinfo=UTC)
WEEK = date(2026, 11, 9)
pytestmark = pytest.mark.django_db


@pytest.fixture
def apples(monkeypatch: pytest.MonkeyPatch, tree: Any) -> Metric:
    """Firm A counts 12, firm B 30, Xihu itself 15."""
    counts: dict[UUID | None, int] = {tree["firm_a"].pk: 12, tree["firm_b"].pk: 30, tree["xihu"].pk: 15}
    metric = Metric("apples", "Apples", "apples", lambda since, until: counts)
    monkeypatch.setitem(METRICS, "apples", metric)
    return metric


def test_an_organisation_counts_everything_below_it(apples: Metric, tree: Any) -> None:
    services.observe(metric=apples, week=WEEK, now=NOW)
    [course] = [c for c in selectors.course(tree["hangzhou"], [WEEK]) if c.metric is apples]
    assert course.last == 27
    at = list(METRICS).index("apples")
    assert [(row.org.name, row.is_own, row.figures[at]) for row in selectors.rows_below(tree["xihu"], WEEK)] == [
        (tree["lingyin"].name, False, 12),
        (tree["xihu"].name, True, 15),
    ]


def test_counting_again_replaces(apples: Metric) -> None:
    first = services.observe(metric=apples, week=WEEK, now=NOW)
    assert services.observe(metric=apples, week=WEEK, now=NOW) == first == Observation.objects.count()


def test_a_hidden_figure_leaves_the_database_for_nobody(apples: Metric, tree: Any, monkeypatch: Any) -> None:
    few = Metric("apples", "Apples", "apples", lambda since, until: {tree["firm_a"].pk: 3, tree["firm_b"].pk: 30})
    monkeypatch.setitem(METRICS, "apples", few)
    services.observe(metric=few, week=WEEK, now=NOW)
    at = list(METRICS).index("apples")
    assert [row.figures[at] for row in selectors.rows_below(tree["province"], WEEK)] == [None, None]


def test_the_database_refuses_to_show_a_small_cell(apples: Metric) -> None:
    services.observe(metric=apples, week=WEEK, now=NOW)
    with pytest.raises(IntegrityError), transaction.atomic():
        Observation.objects.filter(shown=True).update(count=9)


def test_only_complete_weeks_are_counted_and_each_once(apples: Metric) -> None:
    assert services.observe_weeks(weeks=3, now=NOW) > 0
    assert selectors.weeks_counted() == [date(2026, 10, 26), date(2026, 11, 2), WEEK]
    assert services.observe_weeks(weeks=3, now=NOW) == 0
    assert services.observe_weeks(weeks=3, now=NOW + timedelta(days=7)) > 0


def test_the_house_counts_registered_and_verified(make_person: Any) -> None:
    for number in range(12):
        make_person(number)
    jobs.observe_weeks(timestamp=0)
    assert {"registered", "verified"} <= METRICS.keys()
    assert METRICS["registered"].query(NOW - timedelta(days=7), NOW + timedelta(days=1)) == {None: 12}
