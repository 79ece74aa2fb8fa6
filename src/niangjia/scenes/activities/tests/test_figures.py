"""What was held and how many came: at the organiser, by year, and never a cell of a few people."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest

from niangjia.core.access import Actor
from niangjia.core.access.policies import NONE
from niangjia.core.orgs.models import Org
from niangjia.engines.metrics.models import Counted, Observation
from niangjia.engines.metrics.services import monday_of
from niangjia.kernel import clock
from niangjia.scenes.activities import metrics
from niangjia.scenes.activities.models import Activity
from niangjia.scenes.activities.policies import activities
from niangjia.scenes.activities.selectors import figures

DAY = timedelta(days=1)


@pytest.fixture
def held(
    offer: Any, officer: Any, worker: Any, register: Any, arrive: Any, past: Any, tree: dict[str, Org]
) -> Callable[..., Activity]:
    """An activity of that union to which so many came, a week ago."""
    people = iter(range(100, 400))

    def hold(org: str, came: int) -> Activity:
        activity: Activity = offer(org=org, by=officer(org), capacity=100)
        booked = [register(worker(next(people)), activity) for _person in range(came)]
        past(activity, by=12 * DAY)
        arrive(*booked, at=activity.starts_at)
        return activity

    return hold


def test_few_people_stay_hidden_and_cannot_be_worked_out(
    held: Any, officer: Callable[..., Actor], tree: dict[str, Org], now: datetime
) -> None:
    held("xihu", 12)
    held("hangzhou", 3)
    leader = officer("hangzhou", "city_admin")
    lines = figures.by_org_and_year(leader, tree["hangzhou"], series_id=None, now=now)
    told = {line.org.name: (line.years[0].held, line.years[0].came) for line in lines}
    assert told == {"杭州市总工会": (2, 15), "西湖区总工会": (1, None)}  # 15 - 12 would tell of three


def test_pairs_are_those_that_the_house_counted_and_may_show(
    held: Any, officer: Any, tree: dict[str, Org], now: datetime
) -> None:
    held("xihu", 1)
    week = monday_of(clock.today(now) - 12 * DAY)
    for org, count, shown in (("hangzhou", 15, True), ("xihu", 3, False)):
        Observation.objects.create(
            metric=figures.PAIRS[0], week=week, org=tree[org], count=count, shown=shown, made_at=now
        )
    Counted.objects.create(metric=figures.PAIRS[0], week=week, made_at=now)
    leader = officer("hangzhou", "city_admin")
    lines = figures.by_org_and_year(leader, tree["hangzhou"], series_id=None, now=now)
    assert [line.years[0].pairs.count for line in lines] == [15, None]


def test_figures_end_where_the_role_ends(held: Any, officer: Any, tree: dict[str, Org], now: datetime) -> None:
    held("xihu", 12)
    stranger = officer("ningbo", "city_admin")
    assert figures.by_org_and_year(stranger, tree["province"], series_id=None, now=now) == []
    assert activities.rule(stranger, "anything") == NONE


def test_the_cockpit_counts_at_the_organiser(held: Any, tree: dict[str, Org], now: datetime) -> None:
    held("xihu", 4)
    held("hangzhou", 2)
    span = (now - 30 * DAY, now)
    assert metrics.held(*span) == {tree["xihu"].pk: 1, tree["hangzhou"].pk: 1}
    assert metrics.participants(*span) == {tree["xihu"].pk: 4, tree["hangzhou"].pk: 2}
    assert metrics.held(now - 300 * DAY, now - 200 * DAY) == {}
