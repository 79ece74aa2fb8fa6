"""Reports: receipt, deadline, outcome, appeal to another person; the reporter is never disclosed (check G8)."""

import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from niangjia.core.access import Actor
from niangjia.core.access.selectors import grants_of
from niangjia.core.orgs.models import Org
from niangjia.engines.workflow import selectors as workflow_reads
from niangjia.engines.workflow import services as workflow
from niangjia.engines.workflow.models import Case
from niangjia.kernel.errors import DomainError, Forbidden, Invalid
from niangjia.scenes.dating.models import Profile, Restriction
from niangjia.scenes.dating.services import standing


@pytest.fixture
def officer(make_person: Callable[..., Any], grant: Callable[..., Any], now: Any) -> Callable[..., Actor]:
    def make(number: int, org: Org) -> Actor:
        person = make_person(number)
        grant(person, "union_officer", org)
        return Actor(person_id=person.pk, grants=grants_of(person.pk), second_factor_at=now)

    return make


@pytest.fixture
def report(phone: Any, alice: Profile, bob: Profile) -> Case:
    """Alice reported bob, whose firm belongs to Ningbo."""
    filed = phone(alice).post("dating/report", id=str(bob.pk), reason="money", details="他让我转账")
    return Case.objects.get(receipt=filed["receipt"])


def decide(case: Case, actor: Actor, transition: str, now: Any, **details: str) -> Case:
    return workflow.move(
        case=case, actor=actor, transition=transition, reason="资料不属实，请改正", details=details, now=now
    )


def in_a_week(now: Any) -> str:
    return str((now + timedelta(days=7)).date())


def test_a_report_has_a_receipt_and_a_deadline(phone: Any, alice: Profile, report: Case, now: Any) -> None:
    filed = phone(alice).get("dating/reports")["items"][0]
    assert filed["receipt"] == report.receipt
    assert report.due_at > now
    assert filed["outcome"] == ""
    assert filed["may_appeal"] is False
    assert "他让我转账" not in json.dumps(phone(alice).get("inbox"), ensure_ascii=False)


def test_the_same_report_twice_is_one(phone: Any, alice: Profile, bob: Profile, report: Case) -> None:
    again = phone(alice).post("dating/report", id=str(bob.pk), reason="money", details="again")
    assert again["receipt"] == report.receipt


def test_it_waits_at_the_union_of_the_one_reported_and_nowhere_else(
    officer: Callable[..., Actor], tree: dict[str, Org], report: Case
) -> None:
    assert report.org == tree["firm_b"]
    ningbo, hangzhou = officer(21, tree["ningbo"]), officer(22, tree["hangzhou"])
    assert list(workflow_reads.waiting(ningbo, everything_below=True)) == [report]
    assert list(workflow_reads.waiting(hangzhou, everything_below=True)) == []


def test_a_restriction_says_why_until_when_and_how_to_appeal(
    phone: Any, alice: Profile, bob: Profile, report: Case, officer: Any, tree: Any, now: Any
) -> None:
    decide(report, officer(21, tree["ningbo"]), "restrict", now, until=in_a_week(now))
    shown = phone(bob).get("dating/restrictions")["items"][0]
    assert shown["reason"] == "资料不属实，请改正"
    assert shown["remedy"]
    assert shown["until"]
    assert shown["may_appeal"] is True
    assert shown["receipt"] != report.receipt
    assert phone(alice).post("dating/browse")["items"] == []
    assert phone(bob).post("dating/browse")["error"]["code"] == "restricted"
    assert phone(alice).get("dating/reports")["items"][0]["outcome"]


def test_a_restriction_ends_by_itself(
    phone: Any, alice: Profile, bob: Profile, report: Case, officer: Any, tree: Any, now: Any
) -> None:
    decide(report, officer(21, tree["ningbo"]), "restrict", now, until=in_a_week(now))
    Profile.objects.filter(pk=bob.pk).update(barred_until=now - timedelta(seconds=1))
    assert len(phone(alice).post("dating/browse")["items"]) == 1


@pytest.mark.parametrize("until", ["", "soon", "2020-01-01"])
def test_a_pause_without_an_end_to_come_cannot_be_decided(
    until: str, report: Case, officer: Any, tree: Any, now: Any
) -> None:
    with pytest.raises(Invalid):
        decide(report, officer(21, tree["ningbo"]), "restrict", now, until=until)
    assert not Restriction.objects.exists()
    assert Case.objects.get(pk=report.pk).closed_at is None


def test_an_appeal_is_decided_by_another_and_lifts_at_once(
    phone: Any, alice: Profile, bob: Profile, report: Case, officer: Any, tree: Any, now: Any
) -> None:
    first, second = officer(21, tree["ningbo"]), officer(22, tree["ningbo"])
    decide(report, first, "restrict", now, until=in_a_week(now))
    app = phone(bob)
    receipt = app.get("dating/restrictions")["items"][0]["receipt"]
    app.post("dating/appeal", receipt=receipt, text="我没有")
    assert app.status == 200
    assert app.get("dating/restrictions")["items"][0]["may_appeal"] is False
    appealed = Case.objects.get(appeal_of=report)
    with pytest.raises(DomainError):
        decide(appealed, first, "lift", now)
    decide(appealed, second, "lift", now)
    assert app.get("dating/restrictions")["items"] == []
    assert len(app.post("dating/browse")["items"]) == 1


def test_a_dismissed_report_tells_why_and_can_be_appealed(
    phone: Any, alice: Profile, report: Case, officer: Any, tree: Any, now: Any
) -> None:
    decide(report, officer(21, tree["ningbo"]), "dismiss", now)
    app = phone(alice)
    filed = app.get("dating/reports")["items"][0]
    assert (filed["outcome"], filed["may_appeal"]) == ("资料不属实，请改正", True)
    app.post("dating/appeal", receipt=report.receipt, text="请再看看")
    assert app.status == 200
    assert app.get("dating/reports")["items"][0]["may_appeal"] is False


def test_nobody_appeals_a_case_of_others(phone: Any, charlie: Profile, bob: Profile, report: Case) -> None:
    for outsider in (charlie, bob):
        app = phone(outsider)
        app.post("dating/appeal", receipt=report.receipt, text="let me")
        assert app.status == 404


def test_the_reporter_is_in_nothing_the_accused_can_read(
    phone: Any, alice: Profile, bob: Profile, report: Case, officer: Any, tree: Any, now: Any
) -> None:
    decide(report, officer(21, tree["ningbo"]), "restrict", now, until=in_a_week(now))
    app = phone(bob)
    paths = ("dating/restrictions", "dating/reports", "dating/profile", "inbox", "looks", "home", "me", "me/export")
    told = "".join(json.dumps(app.get(path), ensure_ascii=False, default=str) for path in paths)
    assert "资料不属实" in told
    for trace in (alice.nickname, str(alice.pk), str(alice.person_id), report.receipt, "他让我转账", str(report.pk)):
        assert trace not in told


def test_what_was_reported_lies_sealed(report: Case) -> None:
    with connection.cursor() as cursor:
        for table in ("dating_report", "workflow_case"):
            cursor.execute(f"SELECT string_agg(t::text, '') FROM {table} t")  # two names above
            assert "转账" not in cursor.fetchone()[0]


def test_somebody_who_hid_after_harassing_can_still_be_reported(
    phone: Any, alice: Profile, bob: Profile, now: Any
) -> None:
    phone(alice).post("dating/yes", id=str(bob.pk))
    phone(bob).post("dating/block", id=str(alice.pk))
    app = phone(alice)
    app.post("dating/report", id=str(bob.pk), reason="harassment")
    assert app.status == 200


def test_a_stranger_never_met_cannot_be_reported_or_blocked(
    phone: Any, alice: Profile, bob: Profile, carol: Profile
) -> None:
    app = phone(alice)
    for path in ("report", "block"):
        app.post(f"dating/{path}", id=str(carol.pk), reason="other")
        assert app.status == 404


def test_the_night_keeps_what_was_decided(
    phone: Any, bob: Profile, report: Case, officer: Any, tree: Any, now: Any
) -> None:
    decide(report, officer(21, tree["ningbo"]), "restrict", now, until=in_a_week(now))
    before = Profile.objects.get(pk=bob.pk).barred_until
    assert standing.renew_all(now=now) == 0
    assert Profile.objects.get(pk=bob.pk).barred_until == before is not None


def test_shutting_somebody_out_takes_two_and_can_be_appealed_to_a_third(
    phone: Any, alice: Profile, bob: Profile, report: Case, officer: Any, tree: Any, now: Any
) -> None:
    first, second, third = (officer(number, tree["ningbo"]) for number in (21, 22, 23))
    report = decide(report, first, "propose_closing", now)
    assert not Restriction.objects.exists()
    assert phone(alice).get("dating/reports")["items"][0]["outcome"] == ""
    for way in ("close", "dismiss"):
        with pytest.raises(Forbidden):
            decide(report, first, way, now)
    with pytest.raises(IntegrityError), transaction.atomic():
        Case.objects.filter(pk=report.pk).update(decided_by=first.person_id)
    decide(report, second, "close", now)
    shown = phone(bob).get("dating/restrictions")["items"][0]
    assert (shown["until"], shown["may_appeal"]) == (None, True)
    assert phone(bob).post("dating/browse")["error"]["code"] == "restricted"
    assert phone(alice).post("dating/browse")["items"] == []
    phone(bob).post("dating/appeal", receipt=shown["receipt"], text="不是我")
    appealed = Case.objects.get(appeal_of=report)
    for hand in (first, second):
        with pytest.raises(Forbidden):
            decide(appealed, hand, "lift", now)
    decide(appealed, third, "lift", now)
    assert phone(bob).get("dating/restrictions")["items"] == []
    assert len(phone(alice).post("dating/browse")["items"]) == 1


def test_shutting_out_asks_for_a_fresh_second_factor(report: Case, officer: Any, tree: Any, now: Any) -> None:
    report = decide(report, officer(21, tree["ningbo"]), "propose_closing", now)
    with pytest.raises(DomainError) as refused:
        decide(report, officer(22, tree["ningbo"]), "close", now + timedelta(minutes=11))
    assert refused.value.code == "step_up_needed"


def test_a_proposal_goes_to_a_desk_with_somebody_else(report: Case, officer: Any, tree: Any, now: Any) -> None:
    only, above = officer(21, tree["ningbo"]), officer(22, tree["province"])
    decide(report, only, "propose_closing", now)
    report.refresh_from_db()
    assert (report.desk, report.owner) == (tree["province"], None)
    assert list(workflow_reads.waiting(above)) == [report]


def test_what_was_written_stands_once_on_the_page_of_the_case(
    report: Case, phone: Any, make_person: Any, grant: Any, api: Any, tree: Any
) -> None:
    person = make_person(21)
    grant(person, "union_officer", tree["ningbo"])
    page = api(person, staff=True).client.post("/console/case", {"key": str(report.pk)}).content.decode()
    assert page.count("他让我转账") == 1
