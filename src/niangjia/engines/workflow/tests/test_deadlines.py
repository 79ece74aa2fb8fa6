"""Deadlines in working days; what is late climbs the tree."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from niangjia.core.access import Actor
from niangjia.core.orgs.models import Org
from niangjia.engines.workflow import jobs, selectors, services
from niangjia.engines.workflow.models import Case
from niangjia.engines.workflow.policies import cases
from niangjia.engines.workflow.tests.conftest import NOW
from niangjia.kernel import clock
from niangjia.kernel.errors import Conflict, NotFound

Officer = Callable[[int, Org], Actor]
Report = Callable[..., Case]


@pytest.mark.django_db
def test_a_weekend_does_not_count(report: Report) -> None:
    assert report().due_at.astimezone(clock.SHANGHAI).strftime("%a %d %H:%M") == "Wed 25 18:00"


@pytest.mark.django_db
def test_the_national_holiday_does_not_count(report: Report, monkeypatch: pytest.MonkeyPatch) -> None:
    case = report()
    eve = datetime(2026, 9, 30, 2, 0, tzinfo=UTC)
    assert services.due(selectors.process_of(case), eve).astimezone(clock.SHANGHAI).day > 9


@pytest.mark.django_db
def test_what_is_late_climbs_to_the_next_desk_that_has_an_officer(officer: Officer, report: Report, tree: Any) -> None:
    xihu, hangzhou = officer(7, tree["xihu"]), officer(8, tree["hangzhou"])
    case = services.claim(case=report(), actor=xihu, now=NOW)
    assert services.escalate_overdue(now=case.due_at) == 0
    late = case.due_at + timedelta(seconds=1)
    assert services.escalate_overdue(now=late) == 1
    assert services.escalate_overdue(now=late) == 0
    case.refresh_from_db()
    assert (case.desk, case.owner, case.climbed) == (tree["hangzhou"], None, 1)
    assert case.due_at > late
    assert list(selectors.waiting(hangzhou)) == [case]
    assert cases.may(xihu, "see", case)
    assert not cases.may(xihu, "decide", case)
    assert selectors.history(case).last().transition == "escalated"  # type: ignore[union-attr]


@pytest.mark.django_db
def test_at_the_top_a_late_case_stays_and_stays_late_in_the_history(
    officer: Officer, report: Report, tree: Any
) -> None:
    officer(7, tree["province"])
    case = report()
    services.escalate_overdue(now=NOW + timedelta(days=30))
    case.refresh_from_db()
    assert (case.desk, case.climbed) == (tree["province"], 1)


@pytest.mark.django_db
def test_the_job_escalates(report: Report, officer: Officer, tree: Any) -> None:
    officer(7, tree["province"])
    Case.objects.filter(pk=report().pk).update(due_at=clock.now() - timedelta(days=1))
    jobs.escalate_overdue(timestamp=0)
    assert Case.objects.get().climbed == 1


@pytest.fixture
def decided(officer: Officer, report: Report, tree: Any) -> tuple[Case, Actor]:
    xihu = officer(7, tree["xihu"])
    return services.move(case=report(), actor=xihu, transition="warn", reason="x", now=NOW), xihu


@pytest.mark.django_db
def test_an_appeal_goes_to_another_person(decided: tuple[Case, Actor], officer: Officer, tree: Any) -> None:
    case, first = decided
    other = officer(8, tree["hangzhou"])
    again = services.appeal(case=case, by_id=case.about_id, text="It was not me.", now=NOW)  # type: ignore[arg-type]
    assert (again.kind, again.appeal_of, again.not_by_id, again.desk) == (
        "test.appeal",
        case,
        first.person_id,
        tree["hangzhou"],
    )
    with pytest.raises(NotFound):
        services.claim(case=again, actor=first, now=NOW)
    assert (
        services.move(case=again, actor=other, transition="uphold", reason="y", now=NOW).decided_by_id
        == other.person_id
    )


@pytest.mark.django_db
def test_the_database_refuses_the_first_decider_as_judge_of_the_appeal(
    decided: tuple[Case, Actor], officer: Officer, tree: Any
) -> None:
    case, first = decided
    again = services.appeal(case=case, by_id=case.opened_by_id, text="Too mild.", now=NOW)  # type: ignore[arg-type]
    for column in ("decided_by_id", "owner_id"):
        with pytest.raises(IntegrityError), transaction.atomic():
            Case.objects.filter(pk=again.pk).update(**{column: first.person_id})


@pytest.mark.django_db
def test_each_side_appeals_once_and_in_time_and_nobody_else(
    decided: tuple[Case, Actor], make_person: Any, officer: Officer, tree: Any
) -> None:
    case, _ = decided
    with pytest.raises(NotFound):
        services.appeal(case=case, by_id=make_person(30).pk, text="I am curious.", now=NOW)
    with pytest.raises(Conflict):
        services.appeal(case=case, by_id=case.about_id, text="late", now=NOW + timedelta(days=60))  # type: ignore[arg-type]
    services.appeal(case=case, by_id=case.about_id, text="one", now=NOW)  # type: ignore[arg-type]
    with pytest.raises(Conflict), transaction.atomic():
        services.appeal(case=case, by_id=case.about_id, text="two", now=NOW)  # type: ignore[arg-type]
