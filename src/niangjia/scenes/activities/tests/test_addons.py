"""Lunch, the bus, a family seat: chosen with the place, counted by themselves, never given out twice."""

from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from niangjia.core.accounts.models import Person
from niangjia.core.messages.models import Note
from niangjia.engines.allocation.models import Booking, Extra, Pool
from niangjia.engines.allocation.tests.storm import at_once
from niangjia.kernel.errors import DomainError, Invalid
from niangjia.scenes.activities.addons import AddOnOffer
from niangjia.scenes.activities.models import Activity
from niangjia.scenes.activities.services import publishing
from niangjia.scenes.activities.tests.test_console import HOME, browser, typed
from niangjia.scenes.activities.tests.test_registering import error, take

__all__ = ["browser"]
BUS, LUNCH, SEAT = AddOnOffer("x1", "大巴", 2), AddOnOffer("x2", "午餐", 9), AddOnOffer("x3", "家庭座", 1, each=False)
Offer = Callable[..., Activity]


def left(app: Any, activity: Activity) -> dict[str, tuple[int, int]]:
    """What the registration screen says is left, and how many wait."""
    shown = app.get("activities/one", activity=str(activity.pk))["addons"]
    return {one["title"]: (one["free"], one["waiting"]) for one in shown}


def mine(app: Any) -> dict[str, tuple[int, int]]:
    (place,) = app.get("activities/mine")["ahead"]
    return {one["title"]: (one["count"], one["waiting"]) for one in place["my"]["addons"]}


def test_what_is_chosen_is_counted_and_stands_on_the_ticket(api: Any, alice: Person, bob: Person, offer: Offer) -> None:
    activity = offer(addons=(BUS, LUNCH, SEAT), max_party=2)
    app = api(alice)
    assert left(app, activity) == {"大巴": (2, 0), "午餐": (9, 0), "家庭座": (1, 0)}
    assert take(app, activity, guests=1, addons=["x1", "x2", "x3"])["state"] == "booked"
    assert left(api(bob), activity) == {"大巴": (0, 0), "午餐": (7, 0), "家庭座": (0, 0)}
    assert mine(app) == {"大巴": (2, 0), "午餐": (2, 0), "家庭座": (1, 0)}


def test_used_up_one_goes_without_or_waits_for_it(api: Any, alice: Person, bob: Person, offer: Offer) -> None:
    activity = offer(addons=(BUS,), max_party=2)
    hers, his = api(alice), api(bob)
    booking = take(hers, activity, guests=1, addons=["x1"])["booking"]
    answer = take(his, activity, addons=["x1"])
    assert error(his, answer) == (409, "addon_full")
    assert "大巴" in answer["error"]["message"]
    assert answer["error"]["fields"] == {"addons": "x1"}
    assert not Booking.objects.filter(person=bob).exists()
    assert take(his, activity, addons=["x1"], wait_for_addons=True)["state"] == "booked"
    assert mine(his) == {"大巴": (1, 1)}
    assert left(his, activity) == {"大巴": (0, 1)}
    hers.post("activities/addons", booking=booking, code="x1", want=False)
    assert (mine(hers), mine(his)) == ({}, {"大巴": (1, 0)})
    assert Note.objects.filter(person=bob, template="activity_addon_ready").count() == 1


def test_waiting_for_the_bus_is_not_waiting_for_a_place(api: Any, alice: Person, bob: Person, offer: Offer) -> None:
    activity = offer(capacity=1, addons=(BUS,))
    take(api(alice), activity)
    app = api(bob)
    assert error(app, take(app, activity, addons=["x1"], wait_for_addons=True)) == (409, "full")


def test_giving_the_place_back_gives_the_bus_back(api: Any, alice: Person, bob: Person, offer: Offer) -> None:
    activity = offer(addons=(BUS,))
    app = api(alice)
    app.post("activities/cancel", booking=take(app, activity, addons=["x1"])["booking"])
    assert left(api(bob), activity) == {"大巴": (2, 0)}


def test_one_may_think_of_it_later_but_not_for_others(
    api: Any, alice: Person, charlie: Person, offer: Offer, register: Any, now: Any
) -> None:
    activity = offer(addons=(BUS,))
    booking, app, outsider = register(alice, activity), api(alice), api(charlie)
    sent = {"booking": str(booking.pk), "code": "x1", "want": True}
    assert app.post("activities/addons", **sent)["addons"][0]["count"] == 1
    assert app.post("activities/addons", **sent)["addons"][0]["count"] == 1
    outsider.post("activities/addons", **{**sent, "want": False})
    assert outsider.status == 404
    app.post("activities/addons", **{**sent, "code": "x9"})
    assert app.status == 404
    activity.cancel_until = now
    activity.save()
    assert error(app, app.post("activities/addons", **{**sent, "want": False})) == (409, "too_late")
    assert Extra.objects.get().state == "taken"


def test_an_extra_of_another_activity_is_unknown_here(api: Any, alice: Person, offer: Offer) -> None:
    offer(addons=(BUS,))
    app = api(alice)
    assert error(app, take(app, offer(), addons=["x1"])) == (404, "not_found")
    assert Booking.objects.count() == 0


@pytest.mark.django_db(transaction=True)
def test_a_storm_of_registrations_never_gives_out_one_too_many(api: Any, worker: Any, offer: Offer) -> None:
    activity = offer(capacity=30, addons=(AddOnOffer("x1", "大巴", 3), LUNCH))
    apps = [api(worker(40 + number)) for number in range(8)]
    answers = at_once([partial(take, app, activity, addons=["x1", "x2"]) for app in apps])
    assert [one for one in answers if isinstance(one, Exception)] == []
    assert sorted(app.status for app in apps) == [200] * 3 + [409] * 5
    assert sorted(Pool.objects.filter(is_addon=True).values_list("key", "taken")) == [("x1", 3), ("x2", 3)]
    assert Booking.objects.filter(state="booked").count() == 3
    for app in apps:
        take(app, activity, addons=["x1", "x2"], wait_for_addons=True)
    assert Extra.objects.filter(pool__key="x1", state="taken").count() == 3
    assert Extra.objects.filter(pool__key="x2", state="taken").count() == 8


@pytest.mark.parametrize(
    "wrong",
    [
        (BUS, AddOnOffer("x2", "大巴", 1)),
        (AddOnOffer("x1", "大巴", 0),),
        (AddOnOffer("x1", "长" * 21, 1),),
        tuple(AddOnOffer(f"x{n}", f"第{n}样", 1) for n in range(7)),
    ],
)
def test_what_cannot_be_meant_is_marked(wrong: Any, offer: Offer) -> None:
    with pytest.raises(Invalid) as refused:
        offer(addons=wrong)
    assert "addons" in refused.value.fields


def test_written_down_listed_and_changed_at_the_desk(
    browser: Any, api: Any, alice: Person, bob: Person, tree: Any, now: Any
) -> None:
    desk = browser()
    sent = typed(now, org=str(tree["xihu"].pk), opens_at="2020-01-01T09:00", passes_on="yes")
    rows = {"addon0_title": "大巴", "addon0_places": "1", "addon0_each": "yes", "addon0_note": "七点半发车"}
    desk.post(f"{HOME}/write", {**sent, **rows})
    activity = Activity.objects.get()
    assert activity.addons == [{"code": "x1", "title": "大巴", "places": 1, "each": True, "note": "七点半发车"}]
    assert "七点半发车" in desk.get(f"{HOME}/write", {"key": activity.pk}).content.decode()
    desk.post(f"{HOME}/act", {"key": activity.pk, "do": "publish"})
    activity.refresh_from_db()
    take(api(alice), activity, addons=["x1"])
    take(api(bob), activity, addons=["x1"], wait_for_addons=True)
    told = desk.get(f"{HOME}/live", {"key": activity.pk}).json()["addons"]
    assert told == [{"code": "x1", "taken": 1, "waiting": 1}]
    everybody = desk.post(f"{HOME}/people", {"key": activity.pk}).content.decode()
    assert ("王爱丽" in everybody, "李小波" in everybody, "候补" in everybody) == (True, True, True)
    the_bus = desk.post(f"{HOME}/people", {"key": activity.pk, "addon": "x1"}).content.decode()
    assert ("王爱丽" in the_bus, "李小波" in the_bus) == (True, False)
    few = desk.post(f"{HOME}/act", {"key": activity.pk, "do": "resize_addon", "addon": "x1", "capacity": "0"})
    assert few.status_code == 422
    desk.post(f"{HOME}/act", {"key": activity.pk, "do": "resize_addon", "addon": "x1", "capacity": "2"})
    assert mine(api(bob)) == {"大巴": (1, 0)}


def test_fewer_than_are_taken_is_refused(api: Any, alice: Person, offer: Offer, olga: Any, now: Any) -> None:
    activity = offer(addons=(BUS,), max_party=2)
    take(api(alice), activity, guests=1, addons=["x1"])
    with pytest.raises(DomainError) as refused:
        publishing.resize_addon(actor=olga, activity_id=activity.pk, code="x1", places=1, now=now)
    assert refused.value.code == "capacity_below_booked"


def test_lists_ask_as_much_at_one_row_as_at_three(api: Any, alice: Person, offer: Offer) -> None:
    activity, app = offer(addons=(BUS, LUNCH), max_party=2), api(alice)
    take(app, activity, guests=1, addons=["x2"])
    app.get("activities/mine")
    counted = queries(app)
    for number in range(2):
        other = offer(addons=(LUNCH,), starts_at=activity.starts_at.replace(year=activity.starts_at.year + 1 + number))
        take(app, other, addons=["x2"])
    assert queries(app) == counted


def queries(app: Any) -> int:
    with CaptureQueriesContext(connection) as asked:
        app.get("activities/mine")
    return len(asked)
