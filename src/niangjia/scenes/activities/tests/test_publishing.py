"""Offering something: who may, what cannot be meant, and what happens to people when it changes."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from niangjia.core.access import Actor
from niangjia.core.accounts.models import Person
from niangjia.core.consent import purposes
from niangjia.core.consent import services as consent
from niangjia.core.messages.models import Note, Outbound
from niangjia.core.orgs.models import Org
from niangjia.engines.allocation import services as allocation
from niangjia.engines.allocation.errors import CapacityBelowBooked
from niangjia.engines.allocation.types import Quota
from niangjia.kernel.errors import Conflict, Forbidden, Invalid, NotFound
from niangjia.scenes.activities.audience import Audience
from niangjia.scenes.activities.models import Activity
from niangjia.scenes.activities.plan import Part, Plan
from niangjia.scenes.activities.selectors.plans import plan_of
from niangjia.scenes.activities.services import publishing, registering, telling

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"title": " "}, "title"),
        ({"place": ""}, "place"),
        ({"capacity": 0}, "capacity"),
        ({"stream": "https://evil.example/live"}, "stream"),
        ({"stream": "http://live.bilibili.com/1"}, "stream"),
        ({"stream": "https://live.bilibili.com@evil.example/1"}, "stream"),
        ({"topics": ("gambling",)}, "topics"),
        ({"lat": 30.2}, "lat"),
        ({"lat": 300.0, "lon": 120.0}, "lat"),
        ({"quotas": (Quota("trade:茶业", 11),)}, "quotas"),
        ({"audience": Audience(age_from=40, age_to=30)}, "age_from"),
    ],
)
def test_what_cannot_be_meant_is_marked(
    wrong: dict[str, Any], field: str, olga: Actor, tree: dict[str, Org], plan: Callable[..., Plan], now: datetime
) -> None:
    with pytest.raises(Invalid) as refused:
        publishing.draft(actor=olga, org_id=tree["xihu"].pk, plan=plan(**wrong), now=now)
    assert field in refused.value.fields


def test_times_must_follow_one_another(olga: Actor, tree: dict[str, Org], plan: Any, now: datetime) -> None:
    good: Plan = plan()
    for wrong, field in (
        (replace(good, ends_at=good.starts_at - HOUR), "ends_at"),
        (replace(good, closes_at=good.opens_at), "closes_at"),
        (replace(good, closes_at=good.ends_at + HOUR), "closes_at"),
        (replace(good, way="lottery", closes_at=good.starts_at), "closes_at"),
        (replace(good, programme=(Part("甲", good.starts_at - HOUR, good.starts_at),)), "programme"),
    ):
        with pytest.raises(Invalid) as refused:
            publishing.draft(actor=olga, org_id=tree["xihu"].pk, plan=wrong, now=now)
        assert field in refused.value.fields


def test_nobody_organises_for_another_union(
    olga: Actor, tree: dict[str, Org], plan: Any, offer: Any, officer: Any, now: datetime
) -> None:
    with pytest.raises(Forbidden):
        publishing.draft(actor=olga, org_id=tree["ningbo"].pk, plan=plan(), now=now)
    stranger, activity = officer("ningbo"), offer()
    acts: tuple[Callable[[], Any], ...] = (
        lambda: publishing.change(actor=stranger, activity_id=activity.pk, plan=plan(), now=now),
        lambda: publishing.copy(actor=stranger, activity_id=activity.pk, now=now),
        lambda: publishing.cancel(actor=stranger, activity_id=activity.pk, reason="不办了", now=now),
        lambda: publishing.resize(actor=stranger, activity_id=activity.pk, capacity=5, now=now),
        lambda: publishing.move(actor=stranger, activity_id=activity.pk, starts_at=now + DAY, now=now),
    )
    for act in acts:
        with pytest.raises(NotFound):
            act()


def test_what_a_firm_offers_is_seen_and_taken_by_its_own_people_alone(
    api: Any, offer: Any, officer: Any, alice: Person, charlie: Person
) -> None:
    firm = officer("firm_a", "enterprise_hr")
    activity = offer(org="firm_a", by=firm, title="厂里包粽子")
    assert activity.audience["orgs"] == [str(activity.org_id)]
    own, stranger = api(alice), api(charlie)
    assert [card["title"] for card in own.post("activities/find")["items"]] == ["厂里包粽子"]
    assert stranger.post("activities/find")["items"] == []
    stranger.get("activities/one", activity=str(activity.pk))
    assert stranger.status == 404
    assert api().client.get(f"/api/v1/activities/share?activity={activity.pk}").status_code == 404


def test_a_draft_is_nobodys_to_see(api: Any, olga: Actor, tree: Any, plan: Any, alice: Person, now: datetime) -> None:
    draft = publishing.draft(actor=olga, org_id=tree["xihu"].pk, plan=plan(), now=now)
    app = api(alice)
    for path in ("one", "calendar", "share", "lottery"):
        app.get(f"activities/{path}", activity=str(draft.pk))
        assert app.status == 404


def test_moved_everybody_is_told_keeps_the_place_and_may_leave_until_it_begins(
    offer: Any, olga: Actor, alice: Person, register: Any, phones: Any, jobs: Any, now: datetime
) -> None:
    consent.give(person_id=alice.pk, purpose=purposes.SMS, now=now)
    activity = offer()
    booking = register(alice, activity)
    publishing.move(actor=olga, activity_id=activity.pk, starts_at=now + 2 * DAY, place="西溪湿地", now=now)
    note = Note.objects.get(person=alice, template="activity_moved")
    assert note.params["place"] == "西溪湿地"
    assert Outbound.objects.filter(template="activity_moved").count() == 1
    booking.refresh_from_db()
    assert (booking.state, booking.during.lower) == ("booked", now + 2 * DAY)
    registering.cancel(person_id=alice.pk, booking_id=booking.pk, now=now + 2 * DAY - HOUR)
    booking.refresh_from_db()
    assert (booking.state, booking.absent_at) == ("cancelled", None)


def test_moved_onto_another_place_of_mine_i_am_asked_to_choose(
    offer: Any, olga: Actor, alice: Person, register: Any, now: datetime
) -> None:
    first, second = offer(title="插花课"), offer(title="羽毛球赛", starts_at=now + 8 * DAY)
    register(alice, first)
    register(alice, second)
    publishing.move(actor=olga, activity_id=second.pk, starts_at=first.starts_at + HOUR, now=now)
    assert Note.objects.filter(person=alice, template="activity_clash").count() == 1


def test_cancelled_everybody_reads_why(
    api: Any, offer: Any, olga: Actor, alice: Person, bob: Person, register: Any, now: datetime
) -> None:
    activity = offer(capacity=1)
    register(alice, activity)
    register(bob, activity, wait=True)
    with pytest.raises(Invalid):
        publishing.cancel(actor=olga, activity_id=activity.pk, reason=" ", now=now)
    publishing.cancel(actor=olga, activity_id=activity.pk, reason="台风要来了。", now=now)
    for person in (alice, bob):
        assert Note.objects.get(person=person, template="activity_called_off").params["reason"] == "台风要来了。"
    app = api(alice)
    shown = app.get("activities/one", activity=str(activity.pk))
    assert (shown["window"], shown["cancel_reason"]) == ("cancelled", "台风要来了。")
    assert b"STATUS:CANCELLED" in app.get("activities/calendar", activity=str(activity.pk)).content
    with pytest.raises(Conflict):
        publishing.cancel(actor=olga, activity_id=activity.pk, reason="再来一次", now=now)


def test_more_places_go_to_those_who_wait(
    offer: Any, olga: Actor, alice: Person, bob: Person, register: Any, now: datetime
) -> None:
    activity = offer(capacity=1)
    register(alice, activity)
    waiting = register(bob, activity, wait=True)
    publishing.resize(actor=olga, activity_id=activity.pk, capacity=2, now=now)
    waiting.refresh_from_db()
    assert waiting.state == "offered"
    with pytest.raises(CapacityBelowBooked):
        publishing.resize(actor=olga, activity_id=activity.pk, capacity=1, now=now)


def test_last_years_comes_again_on_the_same_weekday(offer: Any, olga: Actor, now: datetime) -> None:
    starts = now + 5 * DAY
    activity = offer(title=f"{starts.year}年职工运动会", programme=(Part("开幕", starts, starts + HOUR, capacity=5),))
    copied = publishing.copy(actor=olga, activity_id=activity.pk, now=now)
    assert copied.starts_at.weekday() == activity.starts_at.weekday()
    assert copied.title == f"{(starts + timedelta(weeks=52)).year}年职工运动会"
    assert (copied.state, copied.slot_id, copied.copied_from) == ("draft", None, activity)
    assert copied.sessions.get().capacity == 5


def test_changing_words_later_leaves_times_and_places_alone(
    offer: Any, olga: Actor, alice: Person, register: Any, now: datetime
) -> None:
    activity: Activity = offer()
    register(alice, activity)
    wanted = replace(plan_of(activity), title="茶山慢走", starts_at=now + 9 * DAY, ends_at=now + 10 * DAY, capacity=1)
    changed = publishing.change(actor=olga, activity_id=activity.pk, plan=wanted, now=now)
    assert (changed.title, changed.capacity, changed.starts_at) == ("茶山慢走", 10, activity.starts_at)


def test_a_lottery_without_entrants_is_drawn_and_nothing_happens(
    api: Any, offer: Any, alice: Person, now: datetime
) -> None:
    activity = offer(way="lottery")
    before = api(alice).get("activities/lottery", activity=str(activity.pk))
    assert set(before) == {"slot", "commitment", "beacon_source"}
    drawn = allocation.draw(slot_id=activity.places, now=activity.closes_at)
    assert (drawn.entrants, drawn.winners) == (0, 0)
    assert api(alice).get("activities/lottery", activity=str(activity.pk))["commitment"] == before["commitment"]


def test_a_lottery_tells_everybody_and_anybody_may_recompute_it(
    api: Any, offer: Any, alice: Person, bob: Person, register: Any
) -> None:
    activity = offer(way="lottery", capacity=1)
    for person in (alice, bob):
        assert register(person, activity).state == "entered"
    allocation.draw(slot_id=activity.places, now=activity.closes_at)
    telling.tell_settled(now=activity.closes_at)
    told = set(Note.objects.values_list("person", "template"))
    assert {template for _person, template in told} == {"activity_unlucky", "activity_offered"}
    assert {person for person, _template in told} == {alice.pk, bob.pk}
    published = str(api(alice).get("activities/lottery", activity=str(activity.pk)))
    assert str(alice.pk) not in published
    assert str(bob.pk) not in published


def test_places_shared_out_and_flowing_back(
    offer: Any, alice: Person, charlie: Person, register: Any, tree: Any, now: datetime
) -> None:
    back = now + DAY
    activity = offer(capacity=1, quotas=(Quota(f"org:{tree['hangzhou'].pk}", 1, back),))
    with pytest.raises(Forbidden):
        register(charlie, activity)
    assert register(alice, activity).pool is not None


def test_gig_workers_begin_a_day_earlier(offer: Any, worker: Any, alice: Person, register: Any, now: datetime) -> None:
    courier = worker(9, "parcels")
    activity = offer(priority=("gig",), opens_at=now + HOUR)
    assert register(courier, activity).state == "booked"
    with pytest.raises(Conflict):
        register(alice, activity)
