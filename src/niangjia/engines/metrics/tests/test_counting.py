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
    services.observe([apples], week=WEEK, now=NOW)
    [course] = [c for c in selectors.course(tree["hangzhou"], [WEEK]) if c.metric is apples]
    assert course.last == 27
    at = list(METRICS).index("apples")
    below = selectors.rows_below(tree["xihu"], [WEEK])
    assert [(row.org.name, row.is_own, row.figures[at].count) for row in below] == [
        (tree["lingyin"].name, False, 12),
        (tree["xihu"].name, True, 15),
    ]


def test_counting_again_replaces(apples: Metric) -> None:
    first = services.observe([apples], week=WEEK, now=NOW)
    assert services.observe([apples], week=WEEK, now=NOW) == first == Observation.objects.count()


def test_a_hidden_figure_leaves_the_database_for_nobody(apples: Metric, tree: Any, monkeypatch: Any) -> None:
    few = Metric("apples", "Apples", "apples", lambda since, until: {tree["firm_a"].pk: 3, tree["firm_b"].pk: 30})
    monkeypatch.setitem(METRICS, "apples", few)
    services.observe([few], week=WEEK, now=NOW)
    at = list(METRICS).index("apples")
    assert [row.figures[at].count for row in selectors.rows_below(tree["province"], [WEEK])] == [None, None]


def test_the_database_refuses_to_show_a_small_cell(apples: Metric) -> None:
    services.observe([apples], week=WEEK, now=NOW)
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


def weekly(tree: Any, **counts: int) -> Any:
    """A query that counts at firm A, by the day on which the week begins ("d0302" is the second of March)."""

    def query(since: datetime, until: datetime) -> dict[UUID | None, int]:
        days = {datetime(2026, int(day[1:3]), int(day[3:]), 4, tzinfo=UTC): n for day, n in counts.items()}
        return {tree["firm_a"].pk: sum(n for at, n in days.items() if since <= at < until)}

    return query


def counted(metric: Metric, *weeks: date) -> None:
    for week in weeks:
        services.observe([metric], week=week, now=NOW)


def figure_of(tree: Any, metric: Metric, *weeks: date) -> selectors.Figure:
    [course] = [c for c in selectors.course(tree["hangzhou"], list(weeks)) if c.metric is metric]
    return course.figure


@pytest.fixture
def declared(monkeypatch: pytest.MonkeyPatch) -> Any:
    def declare(query: Any, code: str = "pears", **more: Any) -> Metric:
        metric = Metric(code, code, "pieces", query, **more)
        monkeypatch.setitem(METRICS, code, metric)
        return metric

    return declare


MARCH = (date(2026, 3, 2), date(2026, 3, 9), date(2026, 3, 16), date(2026, 3, 23))


def test_a_week_belongs_to_the_month_and_year_in_which_it_begins() -> None:
    weeks = [date(2025, 12, 22), date(2025, 12, 29), date(2026, 1, 5), date(2026, 2, 2)]
    assert [(p.key, len(p.weeks)) for p in selectors.periods("month", weeks)] == [
        ("2025-12", 2),
        ("2026-01", 1),
        ("2026-02", 1),
    ]
    assert [(p.key, len(p.weeks)) for p in selectors.periods("year", weeks)] == [("2025", 2), ("2026", 2)]


def test_a_flow_adds_up_and_a_stock_is_that_of_the_last_week(tree: Any, declared: Any) -> None:
    flow = declared(weekly(tree, d0302=12, d0309=20))
    stock = declared(weekly(tree, d0302=12, d0309=20), "stock", stock=True)
    for metric in (flow, stock):
        counted(metric, *MARCH[:2])
    assert figure_of(tree, flow, *MARCH[:2]) == selectors.Figure(32)
    assert figure_of(tree, stock, *MARCH[:2]) == selectors.Figure(20)


def test_a_sum_holds_nothing_of_a_hidden_week(tree: Any, declared: Any) -> None:
    """Else who subtracts the weeks that are shown would know the one that is not."""
    flow = declared(weekly(tree, d0302=12, d0309=4, d0316=30))
    counted(flow, *MARCH[:3])
    assert figure_of(tree, flow, *MARCH[:3]) == selectors.Figure(42, at_least=True)


def test_what_is_rare_is_counted_when_ten_came_together(tree: Any, declared: Any) -> None:
    rare = declared(weekly(tree, d0302=4, d0309=5, d0316=3, d0323=6), bundled=True)
    counted(rare, *MARCH)
    [course] = [c for c in selectors.course(tree["hangzhou"], list(MARCH)) if c.metric is rare]
    assert course.counts == (None, None, 12, None)
    assert course.figure == selectors.Figure(12, at_least=True)
    assert not Observation.objects.filter(metric="pears", count__lt=10).exists()
    counted(rare, MARCH[2])
    assert figure_of(tree, rare, *MARCH).count == 12


def test_what_is_rare_is_not_counted_twice_when_an_earlier_week_is_counted_late(tree: Any, declared: Any) -> None:
    rare = declared(weekly(tree, d0302=11, d0309=11), bundled=True)
    counted(rare, MARCH[1], MARCH[0])
    assert figure_of(tree, rare, *MARCH[:2]).count == 22


def test_things_are_shown_however_few(tree: Any, declared: Any) -> None:
    things = declared(weekly(tree, d0302=2, d0316=1), people=False)
    counted(things, *MARCH[:3])
    [course] = [c for c in selectors.course(tree["hangzhou"], list(MARCH[:3])) if c.metric is things]
    assert course.counts == (2, 0, 1)
    assert course.figure == selectors.Figure(3)


def test_a_share_is_taken_of_the_weeks_in_which_both_are_shown(tree: Any, declared: Any) -> None:
    asked = declared(weekly(tree, d0302=20, d0309=12), "asked")
    glad = declared(weekly(tree, d0302=15, d0309=3), "glad", of="asked")
    for metric in (asked, glad):
        counted(metric, *MARCH[:2])
    assert figure_of(tree, glad, *MARCH[:2]) == selectors.Figure(15, at_least=True, share=75)


def test_a_week_in_which_nothing_was_is_not_counted_again(declared: Any) -> None:
    asked: list[Any] = []

    def nothing(since: Any, until: Any) -> dict[Any, int]:
        asked.append(since)
        return {}

    declared(nothing)
    for _night in range(2):
        services.observe_weeks(weeks=2, now=NOW)
    assert len(asked) == 2
