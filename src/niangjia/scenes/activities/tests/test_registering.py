"""Taking part in one screen, and what goes wrong answered kindly."""

import json
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
import time_machine

from niangjia.core.accounts.models import Person
from niangjia.core.messages.models import Note
from niangjia.engines.allocation.models import Booking
from niangjia.scenes.activities.audience import Audience
from niangjia.scenes.activities.models import Activity, Answers
from niangjia.scenes.activities.plan import Part
from niangjia.scenes.activities.services import telling

HOUR = timedelta(hours=1)
FORM = [
    {"code": "meal", "title": "一起吃饭吗？", "kind": "yes_no", "required": True},
    {
        "code": "diet",
        "title": "忌口",
        "kind": "choices",
        "required": True,
        "options": [{"code": "none", "title": "没有"}, {"code": "halal", "title": "清真"}],
        "when": {"question": "meal", "answers": ["yes"]},
    },
]


def take(app: Any, activity: Activity, **more: Any) -> Any:
    return app.post("activities/register", activity=str(activity.pk), key=str(uuid4()), **more)


def error(app: Any, answer: Any) -> tuple[int, str]:
    """Status and code; every refusal says what happened and what to do next, in Chinese."""
    told = answer["error"]
    assert told["message"]
    assert told["next"]
    assert any("\u4e00" <= char <= "\u9fff" for char in told["message"] + told["next"])
    return app.status, told["code"]


def test_one_tap_and_alice_has_a_place(api: Any, alice: Person, offer: Callable[..., Activity]) -> None:
    app, activity = api(alice), offer()
    got = take(app, activity)
    assert (app.status, got["state"], got["is_new"]) == (200, "booked", True)
    shown = app.get("activities/one", activity=str(activity.pk))
    assert shown["my"]["state"] == "booked"
    assert shown["free"] == 9
    assert [row["id"] for row in app.get("activities/mine")["ahead"]] == [str(activity.pk)]


def test_sent_twice_it_is_one_place(api: Any, alice: Person, offer: Callable[..., Activity]) -> None:
    app, activity, key = api(alice), offer(), str(uuid4())
    first = app.post("activities/register", activity=str(activity.pk), key=key)
    second = app.post("activities/register", activity=str(activity.pk), key=key)
    assert second == {**first, "is_new": False}
    assert Booking.objects.filter(slot=activity.slot).count() == 1


def test_twice_on_purpose_is_told_where_the_place_is(api: Any, alice: Person, offer: Callable[..., Activity]) -> None:
    app, activity = api(alice), offer()
    take(app, activity)
    assert error(app, take(app, activity)) == (409, "already_booked")


def test_when_all_is_taken_the_waiting_list_is_the_next_step(
    api: Any, alice: Person, bob: Person, offer: Callable[..., Activity]
) -> None:
    activity = offer(capacity=1)
    take(api(alice), activity)
    app = api(bob)
    assert error(app, take(app, activity)) == (409, "full")
    assert take(app, activity, wait=True)["state"] == "waiting"
    assert app.get("activities/one", activity=str(activity.pk))["my"]["in_line"] == 1


def test_a_place_given_back_is_offered_to_the_first_in_line(
    api: Any, alice: Person, bob: Person, offer: Callable[..., Activity]
) -> None:
    activity = offer(capacity=1)
    has, waits = api(alice), api(bob)
    booking = take(has, activity)["booking"]
    waiting = take(waits, activity, wait=True)["booking"]
    has.post("activities/cancel", booking=booking)
    assert Note.objects.filter(person=bob, template="activity_offered").count() == 1
    assert [line["code"] for line in waits.get("home")["waiting"] if line["code"] == "activity_offer"]
    assert waits.post("activities/confirm", booking=waiting)["state"] == "booked"
    assert has.get("activities/mine")["ahead"] == []


@pytest.mark.parametrize(
    ("window", "code"),
    [({"opens_at": HOUR}, "not_open_yet"), ({"closes_at": -HOUR}, "closed")],
)
def test_before_and_after_the_window(
    window: dict[str, timedelta], code: str, api: Any, alice: Person, offer: Any, now: datetime, olga: Any
) -> None:
    activity = offer()
    for name, shift in window.items():
        setattr(activity, name, now + shift)
        setattr(activity.slot, name, now + shift)
    activity.save()
    activity.slot.save()
    app = api(alice)
    assert error(app, take(app, activity)) == (409, code)


def test_whoever_is_not_meant_reads_for_whom_it_is(
    api: Any, alice: Person, charlie: Person, offer: Any, tree: Any
) -> None:
    activity = offer(audience=Audience(orgs=(tree["hangzhou"].pk,)))
    assert take(api(alice), activity)["state"] == "booked"
    app = api(charlie)
    answer = take(app, activity)
    assert error(app, answer) == (403, "not_entitled")
    assert "杭州市总工会" in answer["error"]["message"]
    assert app.get("activities/one", activity=str(activity.pk))["lacking"]


def test_my_other_place_at_that_hour_is_named(api: Any, alice: Person, offer: Any, now: datetime) -> None:
    app = api(alice)
    take(app, offer(title="插花课"))
    answer = take(app, offer(title="羽毛球赛"))
    assert error(app, answer) == (409, "overlapping")
    assert "插花课" in answer["error"]["message"]


def test_a_form_half_filled_names_the_questions_that_are_missing(api: Any, alice: Person, offer: Any) -> None:
    app, activity = api(alice), offer(form=FORM)
    answer = take(app, activity, answers={"meal": "yes"})
    assert error(app, answer) == (422, "form_incomplete")
    assert list(answer["error"]["fields"]) == ["diet"]
    assert Booking.objects.count() == 0
    assert Answers.objects.count() == 0


def test_a_question_that_is_not_asked_keeps_nothing(api: Any, alice: Person, offer: Any) -> None:
    activity = offer(form=FORM)
    assert take(api(alice), activity, answers={"meal": "no", "diet": ["halal"]})["state"] == "booked"
    assert Answers.objects.get(person=alice).answers == '{"meal": "no"}'


def test_answers_go_when_the_place_is_given_back(api: Any, alice: Person, offer: Any) -> None:
    app, activity = api(alice), offer(form=FORM)
    booking = take(app, activity, answers={"meal": "no"})["booking"]
    app.post("activities/cancel", booking=booking)
    assert Answers.objects.count() == 0


def test_parts_of_a_programme_are_booked_with_it_or_not_at_all(
    api: Any, alice: Person, bob: Person, offer: Any, now: datetime
) -> None:
    starts = now + timedelta(days=5)
    parts = tuple(Part(title, starts, starts + HOUR, capacity=1) for title in ("甲场", "乙场"))
    activity = offer(programme=parts)
    one, other = activity.sessions.order_by("number")
    app = api(alice)
    assert take(app, activity, sessions=[str(one.pk)])["state"] == "booked"
    refused = take(api(bob), activity, sessions=[str(one.pk)])
    assert refused["error"]["code"] == "full"
    assert Booking.objects.filter(person=bob).count() == 0
    clash = take(app, activity, sessions=[str(other.pk)])
    assert error(app, clash) == (409, "overlapping")
    assert "甲场" in clash["error"]["message"]


def test_too_late_to_give_back_says_whom_to_call(
    api: Any, alice: Person, offer: Any, register: Any, now: datetime
) -> None:
    activity = offer()
    booking = register(alice, activity)
    activity.slot.cancel_until = now - HOUR
    activity.slot.save()
    app = api(alice)
    assert error(app, app.post("activities/cancel", booking=str(booking.pk))) == (409, "too_late")


def test_nobody_gives_back_the_place_of_another(
    api: Any, alice: Person, bob: Person, offer: Any, register: Any
) -> None:
    booking = register(alice, offer())
    app = api(bob)
    app.post("activities/cancel", booking=str(booking.pk))
    assert app.status == 404
    app.get("activities/ticket", booking=str(booking.pk))
    assert app.status == 404
    booking.refresh_from_db()
    assert booking.state == "booked"


def test_the_ticket_and_the_calendar_say_when_and_where(api: Any, alice: Person, offer: Any, register: Any) -> None:
    activity = offer(title="茶山, 徒步;")
    booking = register(alice, activity)
    app = api(alice)
    ticket = app.get("activities/ticket", booking=str(booking.pk))
    assert ticket["code"].startswith("NJT")
    assert ticket["svg"].startswith("<svg")
    entry = app.get("activities/calendar", activity=str(activity.pk)).content.decode()
    assert "SUMMARY:茶山\\, 徒步\\;" in entry
    assert all(len(line.encode()) <= 75 for line in entry.split("\r\n"))


def test_after_a_place_at_once_a_note_follows(alice: Person, offer: Any, api: Any, now: datetime) -> None:

    take(api(alice), offer())
    assert telling.tell_settled(now=now) == 1
    assert telling.tell_settled(now=now) == 0
    assert Note.objects.get(person=alice).template == "activity_booked"


def test_a_server_whose_clock_is_fast_lets_nobody_in_early(api: Any, alice: Person, offer: Any, now: datetime) -> None:
    activity = offer(opens_at=now + 3 * HOUR)
    app = api(alice)
    with time_machine.travel(now + 4 * HOUR):
        assert error(app, take(app, activity)) == (409, "not_open_yet")


def test_nobody_learns_who_else_takes_part(api: Any, alice: Person, bob: Person, offer: Any, register: Any) -> None:
    activity = offer(capacity=2)
    register(alice, activity)
    register(bob, activity)
    app, key = api(bob), str(activity.pk)
    seen = [
        app.post("activities/find"),
        app.get("activities/one", activity=key),
        app.get("activities/mine"),
        app.get("activities/absences"),
        app.get("activities/questions", activity=key),
        app.get("home"),
    ]
    text = json.dumps(seen, ensure_ascii=False)
    assert "茶山徒步" in text
    assert not any(trace in text for trace in (str(alice.pk), alice.legal_name, alice.phone))
