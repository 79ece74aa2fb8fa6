"""A case is decided once, by somebody of the right desk, with a reason."""

import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from niangjia.core.access import Actor
from niangjia.core.audit.models import Event
from niangjia.core.orgs.models import Org
from niangjia.engines.workflow import selectors, services
from niangjia.engines.workflow.models import Case, Step
from niangjia.engines.workflow.policies import cases
from niangjia.engines.workflow.tests.conftest import NOW
from niangjia.engines.workflow.types import Moved
from niangjia.kernel.errors import Conflict, Forbidden, Invalid, NotFound

Officer = Callable[[int, Org], Actor]
Report = Callable[..., Case]


@pytest.mark.django_db
def test_a_case_lands_on_the_nearest_desk_that_has_an_officer(officer: Officer, report: Report, tree: Any) -> None:
    xihu, hangzhou = officer(7, tree["xihu"]), officer(8, tree["hangzhou"])
    case = report()
    assert case.desk == tree["xihu"]
    assert case.receipt.startswith("NJ-")
    assert list(selectors.waiting(xihu)) == [case]
    assert list(selectors.waiting(hangzhou)) == []
    assert list(selectors.waiting(hangzhou, everything_below=True)) == [case]


@pytest.mark.django_db
def test_the_other_city_sees_nothing_of_it(officer: Officer, report: Report, tree: Any) -> None:
    officer(7, tree["xihu"])
    charlie = officer(9, tree["ningbo"])
    case = report()
    assert not cases.may(charlie, "see", case)
    assert list(selectors.seen_by(charlie)) == []
    with pytest.raises(NotFound):
        services.move(case=case, actor=charlie, transition="warn", reason="no", now=NOW)


@pytest.mark.django_db
def test_a_decision_closes_the_case_and_tells_its_hook(
    officer: Officer, report: Report, tree: Any, told: list[Moved]
) -> None:
    xihu = officer(7, tree["xihu"])
    case = services.move(case=report(), actor=xihu, transition="warn", reason="Asked for money.", now=NOW)
    assert (case.state, case.outcome, case.decided_by_id, case.closed_at) == ("closed", "warn", xihu.person_id, NOW)
    assert [(moved.transition, moved.reason) for moved in told] == [("warn", "Asked for money.")]
    assert selectors.reason_given(case) == "Asked for money."
    assert [step.transition for step in selectors.history(case)] == ["opened", "warn"]


@pytest.mark.django_db
def test_a_hook_that_fails_undoes_the_decision(
    officer: Officer, report: Report, tree: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(moved: Moved) -> None:
        raise RuntimeError

    xihu, case = officer(7, tree["xihu"]), report()
    monkeypatch.setitem(selectors.process_of(case).__dict__, "after", fails)
    with pytest.raises(RuntimeError):
        services.move(case=case, actor=xihu, transition="warn", reason="x", now=NOW)
    case.refresh_from_db()
    assert case.state == "open"


@pytest.mark.django_db
@pytest.mark.parametrize(("transition", "details"), [("warn", {}), ("limit", {"until": " "})])
def test_a_decision_without_reason_or_details_is_refused(
    officer: Officer, report: Report, tree: Any, transition: str, details: dict[str, str]
) -> None:
    with pytest.raises(Invalid) as refused:
        services.move(
            case=report(), actor=officer(7, tree["xihu"]), transition=transition, reason="  ", details=details, now=NOW
        )
    assert "reason" in refused.value.fields


@pytest.mark.django_db
def test_a_taken_case_is_its_owners_until_given_back(officer: Officer, report: Report, tree: Any) -> None:
    alice, bob = officer(7, tree["xihu"]), officer(8, tree["xihu"])
    case = services.claim(case=report(), actor=alice, now=NOW)
    with pytest.raises(Conflict):
        services.claim(case=case, actor=bob, now=NOW)
    with pytest.raises(Forbidden):
        services.move(case=case, actor=bob, transition="warn", reason="mine", now=NOW)
    assert selectors.ways_on(bob, case) == ()
    services.release(case=case, actor=alice, now=NOW)
    assert services.claim(case=case, actor=bob, now=NOW).owner_id == bob.person_id


@pytest.mark.django_db
def test_officers_neither_see_cases_about_themselves_nor_decide_those_they_opened(
    officer: Officer, make_person: Any, tree: Any
) -> None:
    alice, bob = officer(1, tree["xihu"]), officer(2, tree["xihu"])
    case = services.open_case(
        kind="test.report",
        org=tree["firm_a"],
        about_id=bob.person_id,
        opened_by_id=alice.person_id,
        summary="x",
        now=NOW,
    )
    assert not cases.may(bob, "see", case)
    assert not cases.may(alice, "decide", case)
    with pytest.raises(Forbidden):
        services.move(case=case, actor=alice, transition="warn", reason="my own", now=NOW)


@pytest.mark.django_db
def test_even_raw_writes_cannot_make_somebody_judge_their_own_case(report: Report) -> None:
    case = report()
    with pytest.raises(IntegrityError), transaction.atomic():
        Case.objects.filter(pk=case.pk).update(decided_by_id=case.about_id)
    with pytest.raises(IntegrityError), transaction.atomic():
        Case.objects.filter(pk=case.pk).update(decided_by_id=case.opened_by_id)


@pytest.mark.django_db
def test_the_one_reported_never_finds_the_reporter_in_their_log(officer: Officer, report: Report, tree: Any) -> None:
    xihu, case = officer(7, tree["xihu"]), report()
    services.look(case=case, actor=xihu, now=NOW)
    services.move(case=case, actor=xihu, transition="warn", reason="x", now=NOW)
    mine = Event.objects.filter(subject_id=case.about_id, target_table="workflow_case")
    assert {event.action for event in mine} == {"case_read", "case_decided"}
    assert case.opened_by_id not in {event.actor_id for event in mine}


@pytest.mark.django_db
def test_history_cannot_be_rewritten(report: Report) -> None:
    case = report()
    with pytest.raises(Exception, match="only grows"), transaction.atomic():
        Step.objects.filter(case=case).update(transition="nothing")
    with pytest.raises(Exception, match="only grows"), transaction.atomic():
        Step.objects.filter(case=case).delete()


def _decide_together(case: Case, actors: list[Actor]) -> list[str]:
    """Both officers have the open case before them when both press the button."""
    before_writing, outcomes = threading.Barrier(len(actors)), []

    def decide(actor: Actor, word: str) -> None:
        mine = Case.objects.select_related("desk").get(pk=case.pk)
        before_writing.wait(timeout=20)
        try:
            services.move(case=mine, actor=actor, transition=word, reason="seen", now=NOW)
            outcomes.append("decided")
        except (Conflict, Forbidden, NotFound):
            outcomes.append("too late")
        finally:
            connection.close()

    threads = [
        threading.Thread(target=decide, args=(actor, word))
        for actor, word in zip(actors, ("warn", "warn"), strict=True)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(outcomes)


def _unguarded_swap(case: Case, step: Any, actor: Actor, now: Any) -> bool:
    """What the conditional UPDATE replaces: believe what was read, then save."""
    case.state, case.decided_by_id = step.target, actor.person_id
    case.save(update_fields=["state", "decided_by"])
    return True


@pytest.fixture
def together(monkeypatch: pytest.MonkeyPatch) -> None:
    """Both officers pass the checks before either writes: the worst moment, made certain."""
    checked, meet = services._complete, threading.Barrier(2)

    def complete(*args: Any) -> Any:
        meet.wait(timeout=20)
        return checked(*args)

    monkeypatch.setattr(services, "_complete", complete)


@pytest.mark.django_db(transaction=True)
def test_without_the_guard_two_officers_decide_the_same_case_twice(
    officer: Officer, report: Report, tree: Any, together: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(services, "_swap", _unguarded_swap)
    actors = [officer(7, tree["xihu"]), officer(8, tree["xihu"])]
    assert _decide_together(report(), actors) == ["decided", "decided"]


@pytest.mark.django_db(transaction=True)
def test_two_officers_never_decide_the_same_case_twice(
    officer: Officer, report: Report, tree: Any, together: None, told: list[Moved]
) -> None:
    actors, case = [officer(7, tree["xihu"]), officer(8, tree["xihu"])], report()
    assert _decide_together(case, actors) == ["decided", "too late"]
    assert len(told) == 1
    assert Step.objects.filter(case=case, transition="warn").count() == 1
