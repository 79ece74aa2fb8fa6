"""Staff see what the last runs did, in words, and nothing of too few people."""

from datetime import timedelta
from typing import Any

import pytest

from niangjia.engines.matching.models import Run, RunSide

pytestmark = pytest.mark.django_db


@pytest.fixture
def page(make_person: Any, grant: Any, api: Any, tree: Any) -> Any:
    """The page of somebody who sees the cockpit."""

    def of(role: str = "city_admin") -> Any:
        person = make_person(1)
        grant(person, role, tree["hangzhou"])
        app = api(person, staff=True)
        app.post("me/settings", language="en")
        return app.client.get("/cockpit/lists")

    return of


def made(now: Any, **facts: Any) -> Run:
    return Run.objects.create(pool="dating", began_at=now, **{"state": "done", **facts})


def side(run: Run, lists: int) -> None:
    RunSide.objects.create(
        run=run,
        side="f",
        lists=lists,
        matches=1234.5,
        gini=0.4321,
        gini_shown=0.2,
        with_one=0.77,
        envy=0.01,
        unlisted=5,
    )


def test_the_last_run_and_its_fairness(page: Any, now: Any) -> None:
    run = made(
        now, ended_at=now + timedelta(seconds=83), people=4100, lists=3210, edges=98765, seconds={"clearing": 41.5}
    )
    side(run, 3210)
    text = page().content.decode()
    for told in ("4100", "3210", "98765", "83", "41.5", "1234.5", "77%", "0.43"):
        assert told in text, told


def test_a_failed_run_is_told_in_words_and_the_lists_before_stay(page: Any, now: Any) -> None:
    made(now, ended_at=now)
    made(now + timedelta(days=1), state="failed", error="memory", ended_at=now)
    text = page().content.decode()
    assert "too little memory" in text
    assert "stay in place" in text


def test_fewer_than_ten_lists_are_nobodys_business(page: Any, now: Any) -> None:
    side(made(now, ended_at=now), 9)
    text = page().content.decode()
    assert "1234.5" not in text
    assert "—" in text


def test_before_the_first_run_it_says_so(page: Any) -> None:
    assert "No lists were made yet" in page().content.decode()


def test_others_do_not_see_it(page: Any) -> None:
    assert page("audit_admin").status_code == 403
