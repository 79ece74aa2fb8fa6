"""A place handed on: once, in time, to somebody who may come; and whoever finds the link gets nothing else."""

import json
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from typing import Any
from uuid import uuid4

import pytest
import time_machine

from niangjia.core.accounts.models import Person
from niangjia.core.messages.models import Note
from niangjia.engines.allocation import codes
from niangjia.engines.allocation.models import Booking, CheckInList, Scan
from niangjia.engines.allocation.services import check_in
from niangjia.engines.allocation.tests.storm import at_once
from niangjia.engines.allocation.types import Quota, ScanIn
from niangjia.kernel.errors import Conflict
from niangjia.scenes.activities.addons import AddOnOffer
from niangjia.scenes.activities.audience import Audience
from niangjia.scenes.activities.models import Activity, Answers
from niangjia.scenes.activities.plan import Part
from niangjia.scenes.activities.services import passing
from niangjia.scenes.activities.tests.test_registering import FORM, HOUR, error

MINUTE = timedelta(minutes=1)
BUS = AddOnOffer("x1", "大巴", 5)
Offer = Callable[..., Activity]
Register = Callable[..., Booking]


def code_of(app: Any, booking: Booking) -> str:
    made = app.post("activities/pass", booking=str(booking.pk))
    assert app.status == 200, made
    return str(made["code"])


def test_she_passes_her_place_on_and_her_ticket_is_void_at_once(
    api: Any, alice: Person, bob: Person, offer: Offer, register: Register, now: datetime, olga: Any
) -> None:
    activity = offer(capacity=1)
    mine = register(alice, activity)
    hers, his = api(alice), api(bob)
    made = hers.post("activities/pass", booking=str(mine.pk))
    assert made["link"].endswith(f"#/activities/take?code={made['code']}")
    assert "<svg" in made["svg"]
    seen = his.post("activities/take/look", code=made["code"])
    assert (seen["title"], seen["lacking"], seen["size"]) == ("茶山徒步", [], 1)
    assert his.post("activities/take", code=made["code"])["state"] == "booked"
    assert hers.get("activities/mine")["ahead"] == []
    assert [row["id"] for row in his.get("activities/mine")["ahead"]] == [str(activity.pk)]
    door = CheckInList.objects.get(slot=activity.slot, is_entrance=True)
    (old,) = check_in(list_id=door.pk, scans=[ScanIn(uuid4(), now, codes.make(mine.pk))], by_id=olga.person_id, now=now)
    assert old.outcome == "not_booked"
    told = dict(Note.objects.values_list("person", "template"))
    assert told == {alice.pk: "activity_passed_on", bob.pk: "activity_taken_over"}


def test_what_the_link_shows_names_nobody(
    api: Any, alice: Person, bob: Person, offer: Offer, register: Register, client: Any
) -> None:
    code = code_of(api(alice), register(alice, offer()))
    body = json.dumps({"code": code})
    stranger = client.post("/api/v1/activities/take/look", body, content_type="application/json")
    assert stranger.status_code == 200
    for text in (stranger.content.decode(), json.dumps(api(bob).post("activities/take/look", code=code))):
        assert not any(trace in text for trace in (str(alice.pk), alice.phone, alice.legal_name))
    assert stranger.json()["signed_in"] is False


def test_sent_twice_it_is_one_place(api: Any, alice: Person, bob: Person, offer: Offer, register: Register) -> None:
    code, app = code_of(api(alice), register(alice, offer())), api(bob)
    first, second = app.post("activities/take", code=code), app.post("activities/take", code=code)
    assert first == second
    assert Booking.objects.filter(state="booked").count() == 1
    assert Note.objects.count() == 2


def test_charlie_with_a_link_that_was_used_or_never_made_gets_nothing(
    api: Any, alice: Person, bob: Person, charlie: Person, offer: Offer, register: Register
) -> None:
    code = code_of(api(alice), register(alice, offer()))
    api(bob).post("activities/take", code=code)
    app = api(charlie)
    for path in ("activities/take/look", "activities/take"):
        assert error(app, app.post(path, code=code)) == (409, "pass_used")
        for wrong in (
            "",
            "NJP",
            "NJT" + code[3:],
            code[:-1] + ("A" if code[-1] != "A" else "B"),
            "NJP" + "A" * 44,
            "您好",
        ):
            assert error(app, app.post(path, code=wrong)) == (404, "pass_unknown")
    assert Booking.objects.filter(person=charlie).count() == 0


def test_nobody_makes_a_link_for_the_place_of_another(
    api: Any, alice: Person, bob: Person, offer: Offer, register: Register
) -> None:
    booking, app = register(alice, offer()), api(bob)
    answer = app.post("activities/pass", booking=str(booking.pk))
    assert error(app, answer) == (404, "not_found")


def test_a_link_grows_old(
    api: Any, alice: Person, bob: Person, offer: Offer, register: Register, now: datetime
) -> None:
    code, app = code_of(api(alice), register(alice, offer())), api(bob)
    with time_machine.travel(now + passing.LIFE + MINUTE):
        assert error(app, app.post("activities/take", code=code)) == (409, "pass_over")
    assert app.post("activities/take", code=code)["state"] == "booked"


def test_once_given_back_the_link_offers_nothing_even_when_she_registers_again(
    api: Any, alice: Person, bob: Person, offer: Offer, register: Register
) -> None:
    activity = offer()
    booking, hers = register(alice, activity), api(alice)
    code = code_of(hers, booking)
    hers.post("activities/cancel", booking=str(booking.pk))
    register(alice, activity)
    app = api(bob)
    assert error(app, app.post("activities/take", code=code)) == (409, "pass_closed")


def test_who_may_not_come_reads_why_and_she_keeps_her_place(
    api: Any, alice: Person, charlie: Person, offer: Offer, register: Register, tree: Any
) -> None:
    booking = register(alice, offer(audience=Audience(orgs=(tree["hangzhou"].pk,))))
    code, app = code_of(api(alice), booking), api(charlie)
    assert app.post("activities/take/look", code=code)["lacking"]
    answer = app.post("activities/take", code=code)
    assert error(app, answer) == (403, "not_entitled")
    assert "杭州市总工会" in answer["error"]["message"]
    booking.refresh_from_db()
    assert (booking.state, booking.person_id) == ("booked", alice.pk)


def test_a_place_of_a_quota_goes_only_to_somebody_of_it(
    api: Any, worker: Any, bob: Person, offer: Offer, register: Register
) -> None:
    rider = worker(21, "parcels")
    code = code_of(api(rider), register(rider, offer(capacity=2, quotas=(Quota("trade:快递", 1),))))
    app = api(bob)
    assert error(app, app.post("activities/take", code=code)) == (403, "not_entitled")
    assert api(worker(22, "parcels")).post("activities/take", code=code)["state"] == "booked"


def test_my_other_place_at_that_hour_is_named(
    api: Any, alice: Person, bob: Person, offer: Offer, register: Register
) -> None:
    register(bob, offer(title="插花课"))
    code, app = code_of(api(alice), register(alice, offer())), api(bob)
    answer = app.post("activities/take", code=code)
    assert error(app, answer) == (409, "overlapping")
    assert "插花课" in answer["error"]["message"]


def test_after_it_began_or_after_she_was_let_in_it_stays_hers(
    api: Any, alice: Person, bob: Person, offer: Offer, register: Register, now: datetime, arrive: Any
) -> None:
    soon, later = offer(starts_at=now + HOUR, closes_at=now + HOUR / 2), offer()
    hers, app = api(alice), api(bob)
    first, second = register(alice, soon), register(alice, later)
    codes_made = [code_of(hers, booking) for booking in (first, second)]
    arrive(second)
    assert error(app, app.post("activities/take", code=codes_made[1])) == (409, "pass_closed")
    with time_machine.travel(now + HOUR + MINUTE):
        assert app.post("activities/take", code=codes_made[0])["error"]["code"] in ("pass_over", "pass_closed")
        assert error(hers, hers.post("activities/pass", booking=str(first.pk))) == (409, "pass_closed")
    assert Scan.objects.filter(counted=True).count() == 1


def test_where_places_are_not_passed_on_there_is_no_link(
    api: Any, alice: Person, offer: Offer, register: Register
) -> None:
    app = api(alice)
    booking = register(alice, offer(passes_on=False))
    assert app.get("activities/mine")["ahead"][0]["my"]["may_pass"] is False
    assert error(app, app.post("activities/pass", booking=str(booking.pk))) == (409, "pass_closed")


def test_she_cannot_take_her_own(api: Any, alice: Person, offer: Offer, register: Register) -> None:
    app = api(alice)
    code = code_of(app, register(alice, offer()))
    assert error(app, app.post("activities/take", code=code)) == (409, "pass_own")


def test_the_form_is_filled_in_anew_and_the_old_answers_go(
    api: Any, alice: Person, bob: Person, offer: Offer, register: Register
) -> None:
    code = code_of(api(alice), register(alice, offer(form=FORM), answers={"meal": "no"}))
    app = api(bob)
    assert [question["code"] for question in app.post("activities/take/look", code=code)["form"]] == ["meal", "diet"]
    assert error(app, app.post("activities/take", code=code)) == (422, "form_incomplete")
    app.post("activities/take", code=code, answers={"meal": "yes", "diet": ["halal"]})
    assert app.status == 200
    row = Answers.objects.get()
    assert (row.person_id, "halal" in row.answers) == (bob.pk, True)


def test_parts_extras_and_guests_go_along(
    api: Any, alice: Person, bob: Person, offer: Offer, register: Register, now: datetime
) -> None:
    starts = now + timedelta(days=5)
    part = Part("甲场", starts, starts + HOUR, capacity=1)
    activity = offer(programme=(part,), addons=(BUS,), max_party=3)
    booking = register(alice, activity, guests=1, addons=("x1",), sessions=(activity.sessions.get().pk,))
    code, app = code_of(api(alice), booking), api(bob)
    seen = app.post("activities/take/look", code=code)
    assert (seen["size"], seen["addons"]) == (2, ["大巴"])
    mine = app.post("activities/take", code=code)
    assert (mine["guests"], [one["title"] for one in mine["sessions"]]) == (1, ["甲场"])
    assert mine["addons"] == [{"code": "x1", "title": "大巴", "count": 2, "waiting": 0}]
    assert not Booking.objects.filter(booked_by=alice, state="booked").exists()


def test_a_guest_without_a_name_becomes_a_colleague_with_a_ticket(
    api: Any, alice: Person, bob: Person, charlie: Person, offer: Offer, register: Register
) -> None:
    booking = register(alice, offer(max_party=3), guests=2)
    hers, his = api(alice), api(bob)
    (place,) = hers.get("activities/mine")["ahead"]
    made = hers.post("activities/pass", booking=place["my"]["guest_places"][0])
    taken = his.post("activities/take", code=made["code"])
    assert his.get("activities/ticket", booking=taken["booking"])["code"].startswith("NJT")
    assert (taken["guests"], hers.get("activities/mine")["ahead"][0]["my"]["guests"]) == (0, 1)
    his.post("activities/cancel", booking=taken["booking"])
    booking.refresh_from_db()
    assert booking.state == "booked"
    assert api(charlie).post("activities/take", code=made["code"])["error"]["code"] == "pass_used"


@pytest.mark.django_db(transaction=True)
def test_of_many_who_open_the_link_at_once_one_has_the_place(
    alice: Person, worker: Any, offer: Offer, register: Register, now: datetime
) -> None:
    made = passing.offer(person_id=alice.pk, booking_id=register(alice, offer(capacity=1)).pk, now=now)
    rivals = [worker(30 + number) for number in range(6)]
    answers = at_once([partial(passing.take, code=made.code, person_id=one.pk, answers={}, now=now) for one in rivals])
    assert sum(isinstance(answer, Activity) for answer in answers) == 1
    assert {answer.code for answer in answers if isinstance(answer, Conflict)} == {"pass_used"}
    assert Booking.objects.filter(state="booked").count() == 1
