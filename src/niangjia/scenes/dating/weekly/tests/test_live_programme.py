"""Two a day, invited and agreed: a no is private, being seen is a consent of its own, and a day has one talk."""

import threading
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, connections, transaction

from niangjia.core.access import Actor
from niangjia.core.consent import services as consent
from niangjia.core.messages.models import Note
from niangjia.core.orgs.models import Org
from niangjia.kernel.errors import Conflict, Forbidden, NotFound
from niangjia.scenes.dating.models import Pair, Profile
from niangjia.scenes.dating.scene import scene
from niangjia.scenes.dating.services import blocking, leaving
from niangjia.scenes.dating.weekly import live_calls, live_selectors, metrics, programme, suggesting
from niangjia.scenes.dating.weekly.errors import DayTaken
from niangjia.scenes.dating.weekly.models import Guest, Live, Suggestion
from niangjia.scenes.dating.weekly.types import AFTER, ANSWER_BY, LIVE, SEEN_LIVE, Invitation

STREAM = "https://live.example.cn/room/1"


@pytest.fixture
def willing(alice: Profile, bob: Profile, charlie: Profile, now: datetime) -> None:
    for person in (alice, bob, charlie):
        consent.give(person_id=person.person_id, purpose=LIVE, now=now)


@pytest.fixture
def invite(actor: Actor, tree: dict[str, Org], alice: Profile, bob: Profile, willing: None, now: datetime) -> Any:
    def make(*, woman: Profile = alice, man: Profile = bob, days: int = 3, stream: str = STREAM) -> Live:
        plan = Invitation(woman.pk, man.pk, now + timedelta(days=days), stream_url=stream)
        return programme.invite(actor=actor, org_id=tree["hangzhou"].pk, plan=plan, now=now)

    return make


@pytest.fixture
def agreed(invite: Any, alice: Profile, bob: Profile, now: datetime) -> Live:
    live: Live = invite()
    for person in (alice, bob):
        programme.answer(person_id=person.person_id, live_id=live.pk, yes=True, now=now)
    live.refresh_from_db()
    return live


def seen_by_desk(api: Any, officer: Any) -> str:
    page: str = api(officer, staff=True).client.get("/console/dating/live").content.decode()
    return page[page.index("<main") : page.index("</main>")].replace("csrf", "")


def test_only_who_agreed_to_be_invited_can_be_invited(
    actor: Actor, tree: Any, alice: Profile, bob: Profile, now: datetime
) -> None:
    plan = Invitation(alice.pk, bob.pk, now + timedelta(days=1))
    with pytest.raises(Conflict):
        programme.invite(actor=actor, org_id=tree["hangzhou"].pk, plan=plan, now=now)
    assert not Live.objects.exists()


def test_staff_of_another_union_cannot_invite(
    tree: Any, alice: Profile, bob: Profile, willing: None, actor: Actor, now: datetime
) -> None:
    plan = Invitation(alice.pk, bob.pk, now + timedelta(days=1))
    with pytest.raises(Forbidden):
        programme.invite(actor=actor, org_id=tree["ningbo"].pk, plan=plan, now=now)


def test_two_whom_something_keeps_apart_are_not_invited(
    invite: Any, alice: Profile, bob: Profile, carol: Profile, now: datetime
) -> None:
    consent.give(person_id=carol.person_id, purpose=LIVE, now=now)
    with pytest.raises(Conflict):
        invite(woman=carol)  # a colleague of bob's
    blocking.block(person_id=alice.person_id, profile_id=bob.pk, now=now)
    with pytest.raises(Conflict):
        invite()


def test_both_yes_and_the_talk_takes_place(agreed: Live, alice: Profile, bob: Profile, phone: Any) -> None:
    assert agreed.state == "agreed"
    (mine,) = phone(alice).get("dating/live")["mine"]
    assert (mine["state"], mine["said"], mine["other"]["nickname"]) == ("agreed", "yes", "阿波")
    told = Note.objects.filter(template="dating_live_agreed").values_list("person_id", flat=True)
    assert set(told) == {alice.person_id, bob.person_id}


def test_a_no_is_seen_by_nobody_before_the_time_for_answers_is_over(
    invite: Any, alice: Profile, bob: Profile, phone: Any, api: Any, officer: Any, now: datetime
) -> None:
    live = invite()
    programme.answer(person_id=alice.person_id, live_id=live.pk, yes=True, now=now)
    before = phone(alice).get("dating/live"), seen_by_desk(api, officer).split('name="middlewaretoken"')[-1][200:]
    programme.answer(person_id=bob.person_id, live_id=live.pk, yes=False, now=now)
    after = phone(alice).get("dating/live"), seen_by_desk(api, officer).split('name="middlewaretoken"')[-1][200:]
    assert before == after
    programme.look_after(now=now + ANSWER_BY)
    live.refresh_from_db()
    assert live.state == "off"
    off = Note.objects.filter(template="dating_live_off").values_list("person_id", flat=True)
    assert set(off) == {alice.person_id, bob.person_id}


def test_answers_are_sealed_in_the_database(invite: Any, alice: Profile, now: datetime) -> None:
    live = invite()
    programme.answer(person_id=alice.person_id, live_id=live.pk, yes=False, now=now)
    with connection.cursor() as cursor:
        cursor.execute("SELECT says FROM dating_weekly_guest")
        assert b"n" not in {bytes(row[0]) for row in cursor.fetchall()}


def test_an_outsider_answers_nothing(invite: Any, charlie: Profile, phone: Any) -> None:
    live = invite()
    outsider = phone(charlie)
    outsider.post("dating/live/answer", live=str(live.pk), yes=True)
    assert outsider.status == 404
    assert outsider.get("dating/live")["mine"] == []


def test_being_seen_asks_a_consent_of_its_own_and_both(
    agreed: Live, alice: Profile, bob: Profile, charlie: Profile, phone: Any, now: datetime
) -> None:
    refused = phone(alice)
    refused.post("dating/live/seen", live=str(agreed.pk), yes=True)
    assert refused.status == 409
    consent.give(person_id=alice.person_id, purpose=SEEN_LIVE, now=now)
    consent.give(person_id=bob.person_id, purpose=SEEN_LIVE, now=now)
    phone(alice).post("dating/live/seen", live=str(agreed.pk), yes=True)
    assert phone(charlie).get("dating/live")["on_air"] == []
    phone(bob).post("dating/live/seen", live=str(agreed.pk), yes=True)
    (shown,) = phone(charlie).get("dating/live")["on_air"]
    assert shown["url"] == ""  # not before it begins
    assert "阿波" not in str(shown)


@pytest.mark.parametrize("way", ["talk", "consent"])
def test_who_takes_being_seen_back_is_not_watched_any_more(
    agreed: Live, alice: Profile, bob: Profile, now: datetime, way: str
) -> None:
    for person in (alice, bob):
        consent.give(person_id=person.person_id, purpose=SEEN_LIVE, now=now)
        programme.be_seen(person_id=person.person_id, live_id=agreed.pk, seen=True, now=now)
    begun = agreed.starts_at + timedelta(minutes=1)
    assert live_selectors.on_air(begun).count() == 1
    if way == "talk":
        programme.be_seen(person_id=alice.person_id, live_id=agreed.pk, seen=False, now=begun)
    else:
        consent.withdraw(person_id=alice.person_id, purpose=SEEN_LIVE, now=begun)
    assert live_selectors.on_air(begun).count() == 0
    with pytest.raises(Conflict):
        programme.be_seen(person_id=alice.person_id, live_id=agreed.pk, seen=True, now=begun)


def test_the_room_is_for_the_two_and_for_the_time_of_the_talk(
    agreed: Live, alice: Profile, bob: Profile, charlie: Profile, now: datetime
) -> None:
    begun = agreed.starts_at + timedelta(minutes=1)
    seats = [live_calls.seat(person_id=p.person_id, live_id=agreed.pk, now=begun) for p in (alice, bob)]
    assert [seat.first for seat in seats] == [True, False]
    live_calls.signal(person_id=alice.person_id, live_id=agreed.pk, body="offer", now=begun)
    heard = live_calls.signals(person_id=bob.person_id, live_id=agreed.pk, after=None, now=begun)
    assert [row.body for row in heard] == ["offer"]
    with pytest.raises(NotFound):
        live_calls.seat(person_id=charlie.person_id, live_id=agreed.pk, now=begun)
    for moment in (now, begun + timedelta(hours=2)):
        with pytest.raises(Conflict):
            live_calls.seat(person_id=alice.person_id, live_id=agreed.pk, now=moment)


def test_two_who_would_like_to_meet_again_are_a_pair_and_counted(
    agreed: Live, alice: Profile, bob: Profile, now: datetime
) -> None:
    after = agreed.starts_at + timedelta(hours=1)
    assert not programme.say_after(person_id=alice.person_id, live_id=agreed.pk, yes=True, now=after)
    assert programme.say_after(person_id=bob.person_id, live_id=agreed.pk, yes=True, now=after)
    assert Pair.objects.count() == 1
    programme.look_after(now=after)
    programme.look_after(now=after + AFTER)
    agreed.refresh_from_db()
    assert (agreed.state, agreed.outcome) == ("over", "pair")
    assert {guest.after for guest in Guest.objects.all()} == {""}
    span = (now, now + timedelta(days=30))
    assert metrics.lives(*span) == metrics.live_pairs(*span) == {agreed.org_id: 1}


def test_no_pair_may_be_asked_again_and_that_is_the_outcome(
    agreed: Live, alice: Profile, actor: Actor, now: datetime
) -> None:
    after = agreed.starts_at + timedelta(hours=1)
    programme.say_after(person_id=alice.person_id, live_id=agreed.pk, yes=True, now=after)
    later = after + AFTER + timedelta(hours=1)
    programme.look_after(now=later)
    programme.look_after(now=later)
    assert not Pair.objects.exists()
    made = programme.ask_again(actor=actor, live_id=agreed.pk, starts_at=later + timedelta(days=3), now=later)
    agreed.refresh_from_db()
    assert (agreed.outcome, made.again_of_id, made.state) == ("again", agreed.pk, "invited")


def test_a_day_has_one_talk_and_nobody_two_of_them(
    invite: Any, single: Any, charlie: Profile, bob: Profile, now: datetime, tree: Any, actor: Actor
) -> None:
    live = invite()
    woman = single(21, "f", district="330106")
    consent.give(person_id=woman.person_id, purpose=LIVE, now=now)
    with pytest.raises(DayTaken):
        invite(woman=woman, man=charlie)
    plan = Invitation(woman.pk, bob.pk, now + timedelta(days=3))
    with pytest.raises(DayTaken):  # another union, but bob has a talk that day
        programme.invite(actor=actor, org_id=tree["xihu"].pk, plan=plan, now=now)
    programme.call_off(actor=actor, live_id=live.pk, now=now)
    assert invite(woman=woman, man=charlie).day == live.day


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("guarded", [False, True])
def test_two_desks_at_once_fill_a_day_once(
    invite: Any,
    alice: Profile,
    bob: Profile,
    charlie: Profile,
    single: Any,
    actor: Actor,
    tree: Any,
    now: datetime,
    guarded: bool,
) -> None:
    """With the constraint taken away both get the day: it is the constraint that keeps it."""
    woman = single(22, "f", district="330106")
    consent.give(person_id=woman.person_id, purpose=LIVE, now=now)
    if not guarded:
        with connection.cursor() as cursor:
            cursor.execute("DROP INDEX dating_one_live_a_day")
    both = threading.Barrier(2)
    refused: list[Exception] = []

    def desk(plan: Invitation) -> None:
        both.wait()
        try:
            programme.invite(actor=actor, org_id=tree["hangzhou"].pk, plan=plan, now=now)
        except DayTaken as error:
            refused.append(error)
        finally:
            connections.close_all()

    at = now + timedelta(days=3)
    plans = [Invitation(alice.pk, bob.pk, at), Invitation(woman.pk, charlie.pk, at)]
    threads = [threading.Thread(target=desk, args=(plan,)) for plan in plans]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    try:
        assert (Live.objects.count(), len(refused)) == ((1, 1) if guarded else (2, 0))
    finally:
        if not guarded:
            Live.objects.all().delete()
            with connection.cursor() as cursor:
                cursor.execute(
                    "CREATE UNIQUE INDEX dating_one_live_a_day ON dating_weekly_live (org_id, day) "
                    "WHERE NOT state = 'off'"
                )


def test_the_engine_suggests_only_who_agreed_and_may_meet(
    willing: None,
    alice: Profile,
    bob: Profile,
    charlie: Profile,
    carol: Profile,
    tree: Any,
    now: datetime,
    jobs: Any,
    api: Any,
    officer: Any,
) -> None:
    page = api(officer, staff=True).client
    page.post("/console/dating/live", {"do": "suggest", "org": str(tree["hangzhou"].pk)})
    jobs.run()
    (row,) = Suggestion.objects.all()  # bob works in Ningbo, which is not of this union; carol did not agree
    assert (row.woman_id, row.man_id) == (alice.pk, charlie.pk)
    assert "查理" in page.get("/console/dating/live").content.decode()
    consent.withdraw(person_id=charlie.person_id, purpose=LIVE, now=now)
    assert not Suggestion.objects.exists()
    assert suggesting.suggest(org_id=tree["hangzhou"].pk, now=now) == 0


def test_who_takes_back_the_consent_to_be_invited_is_in_no_talk(
    agreed: Live, alice: Profile, bob: Profile, now: datetime
) -> None:
    consent.withdraw(person_id=alice.person_id, purpose=LIVE, now=now)
    agreed.refresh_from_db()
    assert agreed.state == "off"


def test_export_and_erase_of_a_guest(agreed: Live, alice: Profile, bob: Profile, phone: Any, now: datetime) -> None:
    assert scene.export is not None
    assert scene.erase is not None
    (talk,) = scene.export(alice.person_id)["weekly"]["live_talks"]
    assert talk["my_answer"] == "yes"[0]
    assert "阿波" not in str(scene.export(alice.person_id)["weekly"])
    scene.erase(alice.person_id, now)
    assert Guest.objects.filter(live=agreed).count() <= 1
    assert phone(bob).get("dating/live")["mine"] == []


def test_who_leaves_dating_is_in_no_talk_and_asked_anew_when_they_come_back(
    agreed: Live, alice: Profile, bob: Profile, now: datetime
) -> None:
    leaving.leave(person_id=alice.person_id, confirm="删除", now=now)
    agreed.refresh_from_db()
    assert agreed.state == "off"
    assert Note.objects.filter(person=bob.person_id, template="dating_live_off").exists()
    assert not consent.has(person_id=alice.person_id, purpose=LIVE)


def test_the_database_refuses_a_third_guest(agreed: Live, single: Callable[..., Profile]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Guest.objects.create(live=agreed, profile=single(23, "m"), side="m")
