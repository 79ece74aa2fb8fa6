"""The cockpit shows one's own part of the tree, and no small cell."""

from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from niangjia.engines.metrics import selectors, services
from niangjia.engines.metrics.models import Counted
from niangjia.engines.metrics.types import METRICS, Metric
from niangjia.interfaces.cockpit import charts
from niangjia.kernel import clock

pytestmark = pytest.mark.django_db


def _always(counts: Any, _since: Any, _until: Any) -> Any:
    return counts


@pytest.fixture
def counted(tree: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    counts = {tree["firm_a"].pk: 4321, tree["firm_b"].pk: 8765}
    apples = Metric("apples", "Apples", "pieces", lambda since, until: counts, headline=True)
    monkeypatch.setitem(METRICS, "apples", apples)
    services.observe_weeks(weeks=3, now=clock.now())


@pytest.fixture
def leader(make_person: Any, grant: Any, api: Any, tree: Any) -> Any:
    def of(org: str) -> Any:
        person = make_person(1)
        grant(person, "city_admin", tree[org])
        return api(person, staff=True).client

    return of


@pytest.mark.parametrize("page", ["/cockpit/", "/cockpit/screen"])
def test_a_city_sees_itself_and_not_the_other(leader: Any, tree: Any, counted: None, page: str) -> None:
    client = leader("hangzhou")
    mine = client.get(page).content.decode()
    assert "4321" in mine
    assert "8765" not in mine
    assert client.get(f"{page}?org={tree['ningbo'].pk}").status_code == 404
    assert client.get(f"{page}?org=nonsense").status_code == 404


def test_the_province_drills_down_to_the_firm(leader: Any, tree: Any, counted: None) -> None:
    client = leader("province")
    assert "13086" in client.get("/cockpit/").content.decode()
    for org in ("hangzhou", "xihu", "lingyin", "firm_a"):
        assert "4321" in client.get(f"/cockpit/?org={tree[org].pk}").content.decode()


def test_before_the_first_week_it_says_so(leader: Any) -> None:
    assert leader("province").get("/cockpit/").status_code == 200


def test_a_hidden_week_breaks_the_line() -> None:
    monday = clock.today(clock.now())
    weeks = [monday + timedelta(days=7 * at) for at in range(5)]
    drawn = charts.line(weeks, [10, 12, None, 14, 15])
    assert drawn is not None
    assert len(drawn.strokes) == 2
    assert charts.line(weeks, [None] * 5) is None


@pytest.mark.parametrize("period", ["week", "month", "year"])
def test_whatever_the_period_a_city_sees_only_itself(leader: Any, counted: None, period: str) -> None:
    page = leader("hangzhou").get(f"/cockpit/?period={period}").content.decode()
    assert "4321" in page
    assert "8765" not in page


def test_a_year_is_the_sum_of_its_weeks(leader: Any, tree: Any, counted: None) -> None:
    weeks = [week for week in selectors.weeks_counted() if week.year == selectors.weeks_counted()[-1].year]
    page = leader("hangzhou").get(f"/cockpit/?period=year&at={weeks[-1].year}").content.decode()
    assert str(4321 * len(weeks)) in page


@pytest.mark.parametrize("asked", ["period=day", "period=year&at=1999", "period=month&at=%00", "at=x"])
def test_a_period_that_is_none_shows_the_last_one(leader: Any, counted: None, asked: str) -> None:
    assert "4321" in leader("hangzhou").get(f"/cockpit/?{asked}").content.decode()


def test_more_organisations_and_weeks_are_no_more_queries(
    leader: Any, tree: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = leader("province")
    asked = []
    for counts in ({tree["firm_a"].pk: 4321}, {tree["firm_a"].pk: 4321, tree["firm_b"].pk: 8765, tree["xihu"].pk: 50}):
        metric = Metric("apples", "Apples", "pieces", partial(_always, counts))
        monkeypatch.setitem(METRICS, "apples", metric)
        Counted.objects.all().delete()
        services.observe_weeks(weeks=len(counts), now=clock.now())
        client.get("/cockpit/?period=year")
        with CaptureQueriesContext(connection) as queries:
            client.get("/cockpit/?period=year")
        asked.append(len(queries))
    assert asked[0] == asked[1]
