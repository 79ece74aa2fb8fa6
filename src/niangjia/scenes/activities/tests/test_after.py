"""During and afterwards: lectures online, questions, surveys, certificates, absences."""

import json
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest

from niangjia.core.access import Actor
from niangjia.core.accounts.models import Person
from niangjia.core.messages.models import Note
from niangjia.engines.allocation import services as allocation
from niangjia.engines.allocation.errors import NotOpenYet
from niangjia.engines.allocation.models import Consequence
from niangjia.engines.workflow import services as workflow
from niangjia.engines.workflow.models import Case
from niangjia.kernel.errors import Forbidden, NotFound
from niangjia.scenes.activities.models import Activity, LiveQuestion, SurveyDone, SurveySheet
from niangjia.scenes.activities.selectors import desk
from niangjia.scenes.activities.services import after, telling
from niangjia.scenes.activities.services import desk as deciding

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
STREAM = "https://live.bilibili.com/12345"


@pytest.fixture
def lecture(offer: Callable[..., Activity], now: datetime) -> Activity:
    """A lecture that began a quarter of an hour ago; registration is open until its end."""
    starts = now - timedelta(minutes=15)
    return offer(
        title="心理讲座", stream=STREAM, starts_at=starts, closes_at=starts + 2 * HOUR, cancel_until=starts - HOUR
    )


def test_entering_a_lecture_counts_as_having_come_once(
    api: Any, lecture: Activity, alice: Person, bob: Person, register: Any
) -> None:
    booking = register(alice, lecture)
    app = api(alice)
    assert STREAM not in json.dumps(app.get("activities/one", activity=str(lecture.pk)))
    for _again in range(2):
        assert app.post("activities/attend", activity=str(lecture.pk)) == {"url": STREAM}
    booking.refresh_from_db()
    assert booking.arrived_at is not None
    stranger = api(bob)
    stranger.post("activities/attend", activity=str(lecture.pk))
    assert stranger.status == 403


def test_a_question_is_read_by_all_only_when_it_was_let_through_and_without_a_name(
    api: Any, lecture: Activity, alice: Person, bob: Person, register: Any, olga: Actor, officer: Any, now: datetime
) -> None:
    for person in (alice, bob):
        register(person, lecture)
    asks, reads = api(alice), api(bob)
    asks.post("activities/questions/ask", activity=str(lecture.pk), text="睡不着怎么办？")
    assert reads.get("activities/questions", activity=str(lecture.pk))["items"] == []
    row = LiveQuestion.objects.get()
    with pytest.raises(NotFound):
        deciding.moderate(actor=officer("ningbo"), question_id=row.pk, state="shown", now=now)
    deciding.moderate(actor=olga, question_id=row.pk, state="answered", answer="先别看手机", now=now)
    (shown,) = reads.get("activities/questions", activity=str(lecture.pk))["items"]
    assert (shown["text"], shown["answer"], shown["mine"]) == ("睡不着怎么办？", "先别看手机", False)
    assert str(alice.pk) not in json.dumps(shown)
    assert Note.objects.filter(person=alice, template="activity_answered").count() == 1


def test_a_survey_is_answered_once_and_nobody_can_say_by_whom(
    api: Any, offer: Any, alice: Person, bob: Person, register: Any, arrive: Any, past: Any, now: datetime
) -> None:
    activity = offer(survey=[{"code": "joy", "title": "开心吗", "kind": "yes_no", "required": True}])
    came, stayed_away = register(alice, activity), register(bob, activity)
    past(activity)
    arrive(came, at=activity.starts_at)
    app = api(alice)
    assert app.get("activities/one", activity=str(activity.pk))["survey"]
    app.post("activities/survey", activity=str(activity.pk), answers={"joy": "yes"})
    assert app.status == 200
    app.post("activities/survey", activity=str(activity.pk), answers={"joy": "no"})
    assert app.status == 409
    other = api(bob)
    other.post("activities/survey", activity=str(activity.pk), answers={"joy": "no"})
    assert other.status == 409
    assert {field.name for field in SurveySheet._meta.fields} == {"id", "activity", "answers"}
    assert (SurveySheet.objects.count(), SurveyDone.objects.count()) == (1, 1)
    assert desk.survey_of(activity) == (1, [])
    assert stayed_away.pk


def test_certificates_are_for_those_who_came_and_anybody_can_check_one(
    api: Any, offer: Any, alice: Person, bob: Person, register: Any, arrive: Any, past: Any, now: datetime
) -> None:
    activity = offer(certificate="完成八课时学习，特此证明。", capacity=2)
    came = register(alice, activity)
    register(bob, activity)
    past(activity)
    arrive(came, at=activity.starts_at)
    after.close_ended(now=now)
    after.close_ended(now=now)
    app = api(alice)
    page = app.get("activities/certificate", activity=str(activity.pk))
    assert "王爱丽" in page.content.decode()
    (mine,) = app.get("activities/mine")["past"]
    code = mine["my"]["certificate"]
    told = api().client.get(f"/api/v1/activities/certificate/verify?code={code}").content.decode()
    assert "茶山徒步" in told
    assert "王爱丽" not in told
    wrong = api().client.get("/api/v1/activities/certificate/verify?code=NJ-0000-0000").content.decode()
    assert "茶山徒步" not in wrong
    other = api(bob)
    other.get("activities/certificate", activity=str(activity.pk))
    assert other.status == 404
    assert Note.objects.filter(template="activity_certificate").count() == 1


def test_tomorrow_is_remembered_once(alice: Person, offer: Any, register: Any, now: datetime) -> None:
    activity = offer(starts_at=now + 20 * HOUR)
    register(alice, activity)
    assert telling.remind(now=now) == 1
    assert telling.remind(now=now) == 0
    assert Note.objects.get(person=alice, template="activity_reminder").params["title"] == activity.title


@pytest.fixture
def absent(offer: Any, past: Any, register: Any, arrive: Any, alice: Person, bob: Person, now: datetime) -> Activity:
    """Alice had a place twice and did not come; bob came."""
    last: Activity | None = None
    for days in (5, 8):
        activity = offer(title=f"第{days}次", starts_at=now + days * DAY)
        register(alice, activity)
        here = register(bob, activity)
        past(activity, by=(days + 2) * DAY)
        arrive(here, at=activity.starts_at)
        allocation.count_absent(slot_id=activity.places, now=now)
        last = activity
    assert last is not None
    return last


def test_whoever_stays_away_twice_reads_what_follows_why_and_what_to_do(
    api: Any, absent: Activity, alice: Person, bob: Person
) -> None:
    told = api(alice).get("activities/absences")
    assert len(told["missed"]) == 2
    (held,) = told["consequences"]
    assert all(held[name] for name in ("what", "reason", "remedy", "until"))
    assert held["may_ask"]
    assert "第5次" in held["reason"]
    assert api(bob).get("activities/absences") == {"missed": [], "consequences": []}
    assert any(line["code"] == "activity_absence" for line in api(alice).get("home")["waiting"])


def test_the_consequence_is_a_later_start_and_no_ban(
    absent: Activity, offer: Any, alice: Person, register: Any, now: datetime
) -> None:
    with pytest.raises(NotOpenYet):
        register(alice, offer(opens_at=now - HOUR, starts_at=now + 20 * DAY))
    assert register(alice, offer(opens_at=now - 2 * DAY, starts_at=now + 21 * DAY)).state == "booked"


def test_a_person_looks_again_and_then_another_person(
    api: Any, absent: Activity, alice: Person, olga: Actor, officer: Any, now: datetime
) -> None:
    app = api(alice)
    (held,) = app.get("activities/absences")["consequences"]
    receipt = app.post("activities/absences/ask", consequence=held["id"], text="那天我住院了。")["receipt"]
    app.post("activities/absences/ask", consequence=held["id"], text="再说一次")
    assert app.status == 409
    case = Case.objects.get(receipt=receipt)
    workflow.move(case=case, actor=olga, transition="keep", reason="名单上没有您。", now=now)
    (held,) = app.get("activities/absences")["consequences"]
    assert (held["outcome"], held["may_appeal"]) == ("名单上没有您。", True)
    second = app.post("activities/absences/appeal", receipt=receipt, text="有出院小结。")["receipt"]
    again = Case.objects.get(receipt=second)
    with pytest.raises(Forbidden):
        workflow.move(case=again, actor=olga, transition="lift", reason="", now=now)
    workflow.move(case=again, actor=officer(), transition="lift", reason="健康要紧，不计。", now=now)
    assert Consequence.objects.get().lifted_at is not None
    assert Note.objects.filter(person=alice, template="activity_absence_decided").count() == 2


def test_nobody_asks_about_the_absence_of_another(api: Any, absent: Activity, alice: Person, bob: Person) -> None:
    told = api(alice).get("activities/absences")
    other = api(bob)
    other.post("activities/absences/ask", consequence=told["consequences"][0]["id"], text="代她说")
    assert other.status == 404
    other.post("activities/absences/ask", booking=told["missed"][0]["booking"], text="代她说")
    assert other.status == 404
