"""Mutual selection: chosen in secret, returned at the close, and nothing else ever comes out."""

import json
import re
import subprocess
import sys
import threading
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from cryptography.exceptions import InvalidTag
from django.apps import apps
from django.db import connection, connections

from niangjia.core.consent import purposes
from niangjia.core.consent import services as consent
from niangjia.core.messages.models import Note
from niangjia.kernel.errors import Conflict
from niangjia.scenes.dating.events import answering, asking, closing, entering, jobs, picking, sealing, second
from niangjia.scenes.dating.models import Decision, Entrant, Event, Pair, Profile, Proposal, SeenOfDay
from niangjia.scenes.dating.services import blocking, leaving, profiles
from niangjia.scenes.dating.tests.events_ground import HOUR, Ground, same

ROOT = Path(__file__).resolve().parents[5]


@pytest.fixture
def event(house: Ground, alice: Profile, bob: Profile, charlie: Profile) -> Event:
    """Alice, Bob and Charlie are in; two picks each."""
    event = house.event()
    house.enter(event, alice, bob, charlie)
    return event


def pick(me: Profile, event: Event, other: Profile, house: Ground, **more: Any) -> Any:
    given = {"now": house.now, "clock": house.now, **more}
    return picking.pick(person_id=me.person_id, event_id=event.pk, profile_id=other.pk, **given)


def close(event: Event) -> Event:
    return closing.close(event_id=event.pk, now=event.closes_at)


def test_only_those_who_chose_each_other_become_a_pair_and_both_know_at_once(
    event: Event, house: Ground, phone: Any, alice: Profile, bob: Profile, charlie: Profile
) -> None:
    pick(alice, event, bob, house)
    pick(bob, event, alice, house)
    pick(charlie, event, alice, house)
    close(event)
    assert [same(pair) for pair in Pair.objects.values_list("first_id", "second_id")] == [{alice.pk, bob.pk}]
    told = dict(Note.objects.filter(template__startswith="dating_event").values_list("person_id", "template"))
    assert told == {
        alice.person_id: "dating_event_pair",
        bob.person_id: "dating_event_pair",
        charlie.person_id: "dating_event_none",
    }
    mine = phone(alice).get("dating/pairs")["items"]
    assert [pair["other"]["id"] for pair in mine] == [str(bob.pk)]
    page = phone(alice).get("dating/events/one", event=str(event.pk))
    assert (page["pairs"], page["found"]) == (1, [mine[0]["id"]])
    assert phone(charlie).get("dating/events/one", event=str(event.pk))["found"] == []


def test_a_phone_enters_sees_cards_chooses_and_takes_back(
    house: Ground, phone: Any, alice: Profile, bob: Profile, charlie: Profile
) -> None:
    event = house.event()
    house.enter(event, bob, charlie)
    app, key = phone(alice), str(event.pk)
    assert app.get("dating/events")["items"][0]["mine"] == "none"
    assert app.post("dating/events/enter", event=key, key=str(uuid4())) == {"state": "booked"}
    page = app.post("dating/events/cards", event=key)
    assert same(card["id"] for card in page["items"]) == {bob.pk, charlie.pk}
    assert app.post("dating/events/pick", event=key, id=str(bob.pk)) == {"picked": True, "left": 1}
    assert app.post("dating/events/cards", event=key)["picked"] == [str(bob.pk)]
    assert [card["id"] for card in app.get("dating/events/chosen", event=key)["items"]] == [str(bob.pk)]
    assert app.post("dating/events/unpick", event=key, id=str(bob.pk)) == {"picked": False, "left": 2}
    assert app.get("dating/events/chosen", event=key)["items"] == []


def test_choosing_again_changes_nothing_and_one_too_many_is_refused(
    event: Event, house: Ground, phone: Any, single: Callable[..., Profile], alice: Profile, bob: Profile
) -> None:
    more = [single(20 + n, "m", firm="port") for n in range(2)]
    house.enter(event, *more)
    for other in (bob, bob, more[0], bob):
        answer = pick(alice, event, other, house)
    assert answer.left == 0
    with pytest.raises(Conflict) as refused:
        pick(alice, event, more[1], house)
    assert refused.value.code == "no_picks_left"
    app = phone(alice)
    assert same(card["id"] for card in app.get("dating/events/chosen", event=str(event.pk))["items"]) == {
        bob.pk,
        more[0].pk,
    }


@pytest.mark.parametrize("who", ["self", "colleague", "blocked", "blocks me", "not in it", "same sex", "nobody"])
def test_whom_one_may_not_see_one_cannot_choose_and_the_answers_are_alike(
    who: str, event: Event, house: Ground, phone: Any, single: Callable[..., Profile], alice: Profile, bob: Profile
) -> None:
    colleague, outsider, woman = single(21, "m", firm="tea"), single(22, "m", firm="port"), single(23, "f", firm="port")
    house.enter(event, colleague, woman)
    if who == "blocked":
        blocking.block(person_id=alice.person_id, profile_id=bob.pk, now=house.now)
    if who == "blocks me":
        blocking.block(person_id=bob.person_id, profile_id=alice.pk, now=house.now)
    keys = {
        "self": alice.pk,
        "colleague": colleague.pk,
        "not in it": outsider.pk,
        "same sex": woman.pk,
        "nobody": uuid4(),
    }
    app = phone(alice)
    answer = app.post("dating/events/pick", event=str(event.pk), id=str(keys.get(who, bob.pk)))
    assert app.status == 404
    assert answer["error"]["code"] == "not_found"
    assert str(keys.get(who, bob.pk)) not in str(app.post("dating/events/cards", event=str(event.pk)))


def test_who_is_not_in_it_neither_sees_nor_chooses(
    event: Event, phone: Any, single: Callable[..., Profile], bob: Profile
) -> None:
    app = phone(single(24, "f"))
    for path in ("cards", "pick"):
        answer = app.post(f"dating/events/{path}", event=str(event.pk), id=str(bob.pk))
        assert (app.status, answer["error"]["code"]) == (403, "not_entered")
    app.post("dating/events/pick", event=str(uuid4()), id=str(bob.pk))
    assert app.status == 404


def test_before_it_opens_and_after_it_closed_nobody_chooses(
    event: Event, house: Ground, alice: Profile, bob: Profile
) -> None:
    for moment, code in ((event.opens_at - timedelta(seconds=1), "not_open_yet"), (event.closes_at, "closed")):
        with pytest.raises(Conflict) as refused:
            pick(alice, event, bob, house, clock=moment)
        assert refused.value.code == code


def test_a_server_whose_clock_is_fast_or_slow_changes_nothing(
    event: Event, house: Ground, alice: Profile, bob: Profile
) -> None:
    """`now` is the server's; what is too late is decided by the database's clock."""
    for wrong in (house.now - 3 * HOUR, house.now + 3 * HOUR):
        assert picking.pick(person_id=alice.person_id, event_id=event.pk, profile_id=bob.pk, now=wrong).picked
    Event.objects.filter(pk=event.pk).update(closes_at=house.now - HOUR / 2)
    with pytest.raises(Conflict):
        picking.pick(person_id=alice.person_id, event_id=event.pk, profile_id=bob.pk, now=house.now - HOUR)


def test_an_event_for_gig_workers_says_so_to_others_and_lets_gig_workers_in(
    house: Ground, phone: Any, alice: Profile, bob: Profile
) -> None:
    event = house.event(gig_only=True)
    app = phone(alice)
    answer = app.post("dating/events/enter", event=str(event.pk), key=str(uuid4()))
    assert (app.status, answer["error"]["code"]) == (403, "not_entitled")
    assert bob.employer is not None
    bob.employer.industry = "快递"
    bob.employer.save()
    assert phone(bob).post("dating/events/enter", event=str(event.pk), key=str(uuid4()))["state"] == "booked"


def test_there_are_as_many_places_for_women_as_for_men_and_a_place_that_falls_free_goes_to_the_next(
    house: Ground, phone: Any, single: Callable[..., Profile], alice: Profile, bob: Profile, charlie: Profile
) -> None:
    event = house.event(places=1)
    house.enter(event, bob, alice)
    app = phone(charlie)
    refused = app.post("dating/events/enter", event=str(event.pk), key=str(uuid4()))
    assert (app.status, refused["error"]["code"]) == (409, "full")
    assert app.post("dating/events/enter", event=str(event.pk), key=str(uuid4()), wait=True)["state"] == "waiting"
    entering.withdraw(person_id=bob.person_id, event_id=event.pk, now=house.now)
    assert Note.objects.filter(person_id=charlie.person_id, template="dating_event_place").exists()
    page = app.post("dating/events/cards", event=str(event.pk))
    assert same(card["id"] for card in page["items"]) == {alice.pk}


def test_whoever_withdraws_or_leaves_dating_takes_their_choices_along(
    event: Event, house: Ground, alice: Profile, bob: Profile, charlie: Profile
) -> None:
    for one, other in ((alice, bob), (bob, alice), (alice, charlie), (charlie, alice)):
        pick(one, event, other, house)
    entering.withdraw(person_id=bob.person_id, event_id=event.pk, now=house.now)
    leaving.leave(person_id=charlie.person_id, confirm="删除", now=house.now)
    close(event)
    assert not Pair.objects.exists()


@pytest.mark.parametrize("between", ["blocked", "paused", "shut out"])
def test_what_keeps_two_apart_meanwhile_is_heard_at_the_close(
    between: str, event: Event, house: Ground, alice: Profile, bob: Profile
) -> None:
    pick(alice, event, bob, house)
    pick(bob, event, alice, house)
    if between == "blocked":
        blocking.block(person_id=bob.person_id, profile_id=alice.pk, now=house.now)
    elif between == "paused":
        profiles.pause(person_id=bob.person_id, now=house.now)
    else:
        Profile.objects.filter(pk=bob.pk).update(barred_until=house.now + 9 * HOUR)
    close(event)
    assert Pair.objects.exists() == (between == "paused")  # who takes a break has chosen all the same


# --- nobody can learn an unreturned choice ---


def everything_in_the_database() -> str:
    """Every row of every table, as a dump would have it, binary as hexadecimal."""
    found = []
    with connection.cursor() as cursor:
        for table in sorted({model._meta.db_table for model in apps.get_models(include_auto_created=True)}):
            cursor.execute(f'SELECT t::text FROM "{table}" t')
            found += [f"{table}: {row[0]}" for row in cursor.fetchall()]
    return "\n".join(found)


def lines_that_know(dump: str, one: Profile, other: Profile) -> list[str]:
    """Lines that hold both of the two, by any id of either."""
    names = [(str(p.pk), p.pk.hex, str(p.person_id)) for p in (one, other)]
    return [line for line in dump.splitlines() if all(any(name in line for name in ids) for ids in names)]


def test_no_table_export_or_staff_page_tells_a_choice_before_the_close_nor_an_unreturned_one_after(
    event: Event, house: Ground, phone: Any, api: Any, grant: Any, tree: Any, make_person: Any, alice: Profile,
    bob: Profile, charlie: Profile,
) -> None:  # fmt: skip
    entrant = Entrant.objects.get(event=event, profile=alice)
    before = len(bytes(entrant.sealed))
    known = lines_that_know(everything_in_the_database(), alice, bob)
    pick(alice, event, bob, house)  # never returned
    entrant.refresh_from_db()
    assert len(bytes(entrant.sealed)) == before  # not even how many
    assert bob.pk.bytes not in bytes(entrant.sealed)
    officer = make_person(901)
    grant(officer, "city_admin", tree["hangzhou"])
    desk = api(officer, staff=True).client

    def nothing_to_see() -> None:
        assert lines_that_know(everything_in_the_database(), alice, bob) == known
        pages = [
            desk.get(path, {"key": str(event.pk)}).content.decode()
            for path in ("/console/dating/events", "/console/dating/events/one", "/console/dating/events/room")
        ]
        assert event.title in pages[1]  # it is the page, not an error
        for page in pages:
            assert str(bob.pk) not in page
            assert str(alice.pk) not in page
        for other in (bob, charlie):
            seen = json.dumps(
                [phone(other).get("me/export"), phone(other).get("dating/events/one", event=str(event.pk))]
            )
            assert str(alice.pk) not in seen
            assert str(alice.person_id) not in seen
        assert str(bob.pk) not in json.dumps(phone(alice).get("me/export"))

    nothing_to_see()
    close(event)
    nothing_to_see()
    event.refresh_from_db()
    assert event.key == ""
    assert not Entrant.objects.filter(event=event).exclude(sealed=b"").exists()
    assert not Decision.objects.exists()


def test_bob_reads_the_same_whether_alice_chose_him_or_not(
    event: Event, house: Ground, phone: Any, alice: Profile, bob: Profile
) -> None:
    def seen() -> str:
        app = phone(bob)
        key = str(event.pk)
        read = [app.get("dating/events"), app.get("dating/events/one", event=key), app.get("home"), app.get("inbox")]
        read += [
            app.post("dating/events/cards", event=key),
            app.get("dating/events/chosen", event=key),
            app.get("looks"),
        ]
        return re.sub(r'"(photo|url)": "[^"]*"', "", json.dumps(read))

    before = seen()
    pick(alice, event, bob, house)
    assert seen() == before
    assert alice.nickname in json.loads(json.dumps(before, ensure_ascii=False)) or str(alice.pk) in before


def test_the_log_holds_nothing_of_a_choice(
    event: Event, house: Ground, phone: Any, alice: Profile, bob: Profile, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("DEBUG")
    app = phone(alice)
    app.post("dating/events/pick", event=str(event.pk), id=str(bob.pk))
    close(event)
    about = [record for record in caplog.records if record.name != "django.db.backends"]
    assert not [record for record in about if str(bob.pk) in record.getMessage()]


def test_an_auditor_recomputes_the_commitment_and_finds_their_own_choice(
    event: Event, house: Ground, phone: Any, api: Any, alice: Profile, bob: Profile, tmp_path: Path
) -> None:
    pick(alice, event, bob, house)
    pick(bob, event, alice, house)
    key = str(event.pk)
    papers = {name: phone(one).get("dating/events/receipt", event=key) for name, one in (("a", alice), ("b", bob))}
    close(event)
    papers["proof"] = api().get("dating/events/proof", event=key)
    papers["other"] = {**papers["a"], "chosen": []}
    for name, paper in papers.items():
        (tmp_path / name).write_text(json.dumps(paper))

    def recompute(*names: str) -> subprocess.CompletedProcess[str]:
        script = [sys.executable, str(ROOT / "docs/selection/recompute.py")]
        return subprocess.run([*script, *names], cwd=tmp_path, capture_output=True, text=True, check=False)

    told = recompute("proof", "a", "b", "other").stdout
    assert "right: 3 sealed choices" in told
    assert "a: counted" in told
    assert "other: NOT AMONG THEM" in told
    assert "a and b: chose each other" in told
    papers["proof"]["fingerprints"][0] = "0" * 64
    (tmp_path / "proof").write_text(json.dumps(papers["proof"]))
    assert "WRONG" in recompute("proof").stderr


def test_what_is_sealed_opens_only_with_the_key_and_in_its_place() -> None:
    choice = sealing.nothing().with_(uuid4()).with_(uuid4())
    key, place = sealing.new_key(), uuid4()
    sealed = sealing.seal(choice, key=key, entrant=place)
    assert sealing.unseal(sealed, key=key, entrant=place) == choice
    for other_key, other_place in ((sealing.new_key(), place), (key, uuid4())):
        with pytest.raises(InvalidTag):
            sealing.unseal(sealed, key=other_key, entrant=other_place)
    assert sealing.fingerprint(choice, place) != sealing.fingerprint(sealing.Choice(b"x" * 16, choice.ids), place)


# --- the close ---


def test_it_closes_once_and_not_before_its_time(event: Event, house: Ground, alice: Profile, bob: Profile) -> None:
    with pytest.raises(Conflict):
        closing.close(event_id=event.pk, now=event.closes_at - timedelta(seconds=1))
    pick(alice, event, bob, house)
    pick(bob, event, alice, house)
    first, again = close(event), closing.close(event_id=event.pk, now=event.closes_at + HOUR)
    assert first.closed_at == again.closed_at
    assert Note.objects.filter(template="dating_event_pair").count() == 2


def test_the_minutes_round_closes_what_nobody_closed(event: Event, house: Ground) -> None:
    Event.objects.filter(pk=event.pk).update(closes_at=house.now - timedelta(minutes=1))
    jobs.every_minute(int(house.now.timestamp()))
    event.refresh_from_db()
    assert event.closed_at is not None


def test_a_job_that_comes_far_too_early_leaves_it_open(event: Event) -> None:
    assert event.closes_at - asking.AHEAD * 3 > event.opens_at
    jobs.close_event(str(event.pk))
    event.refresh_from_db()
    assert event.closed_at is None


@pytest.mark.django_db(transaction=True)
def test_a_choice_at_the_moment_of_the_close_is_wholly_in_or_refused(
    house: Ground, single: Callable[..., Profile]
) -> None:
    """Eight women choose their man while the event closes; each who was told "chosen" is a pair, and nobody else."""
    women = [single(30 + n, "f") for n in range(8)]
    men = [single(50 + n, "m", firm="port") for n in range(8)]
    event = house.event()
    house.enter(event, *women, *men)
    for woman, man in zip(women, men, strict=True):
        pick(man, event, woman, house)
    acknowledged: list[Profile] = []
    refusals: list[str] = []
    start = threading.Barrier(9)

    def choose(woman: Profile, man: Profile) -> None:
        start.wait()
        try:
            pick(woman, event, man, house)
            acknowledged.append(woman)
        except Conflict as refused:
            refusals.append(refused.code)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=choose, args=pair) for pair in zip(women, men, strict=True)]
    for thread in threads:
        thread.start()
    start.wait()
    close(event)
    for thread in threads:
        thread.join()
    assert set(refusals) <= {"closed"}
    paired = {key for pair in Pair.objects.values_list("first_id", "second_id") for key in pair}
    assert {woman.pk for woman in women} & paired == {woman.pk for woman in acknowledged}


@pytest.fixture
def the_close_comes_while_she_chooses(
    house: Ground, single: Callable[..., Profile], monkeypatch: pytest.MonkeyPatch
) -> Callable[[], bool]:
    """He has chosen her. She has looked whether it is open, and the event closes before she writes (if it can).

    Returns what runs it and tells whether she was told "chosen".
    """
    woman, man = single(30, "f"), single(50, "m", firm="port")
    event = house.event()
    house.enter(event, woman, man)
    pick(man, event, woman, house)
    looked, closed, keep = threading.Event(), threading.Event(), picking._keep

    def waiting(*args: Any, **more: Any) -> Any:
        looked.set()
        closed.wait(timeout=1)
        return keep(*args, **more)

    monkeypatch.setattr(picking, "_keep", waiting)

    def closing_at_that_moment() -> None:
        looked.wait()
        try:
            close(event)
        finally:
            closed.set()
            connections.close_all()

    def run() -> bool:
        thread = threading.Thread(target=closing_at_that_moment)
        thread.start()
        told = pick(woman, event, man, house).picked
        thread.join()
        return bool(told)

    return run


@pytest.mark.django_db(transaction=True)
def test_without_the_lock_a_choice_is_acknowledged_and_lost(
    the_close_comes_while_she_chooses: Callable[[], bool], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(picking, "_BY_CLOCK", picking._BY_CLOCK.replace("FOR SHARE OF e FOR UPDATE OF x", ""))
    assert the_close_comes_while_she_chooses()
    assert not Pair.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_with_the_lock_the_close_waits_for_a_choice_that_is_on_its_way(
    the_close_comes_while_she_chooses: Callable[[], bool],
) -> None:
    assert the_close_comes_while_she_chooses()
    assert Pair.objects.exists()


# --- fairness, and the second round ---


def test_everybody_has_an_order_of_their_own_so_that_nobody_is_always_last(
    house: Ground, phone: Any, single: Callable[..., Profile]
) -> None:
    women = [single(30 + n, "f") for n in range(6)]
    men = [single(50 + n, "m", firm="port") for n in range(6)]
    event = house.event()
    house.enter(event, *women, *men)
    firsts = {phone(woman).post("dating/events/cards", event=str(event.pk))["items"][0]["id"] for woman in women}
    assert len(firsts) > 1


def test_the_second_round_asks_two_in_private_and_joins_them_only_when_both_say_yes(
    event: Event, house: Ground, phone: Any, jobs: Any, alice: Profile, bob: Profile, charlie: Profile
) -> None:
    pick(alice, event, bob, house)  # not returned, and without weight now
    close(event)
    assert second.offer(event_id=event.pk, now=event.closes_at) == 1
    row = Proposal.objects.select_related("woman", "man").get()
    him = {bob.pk: bob, charlie.pk: charlie}[row.man.profile_id]
    other = charlie if him is bob else bob
    assert phone(other).get("dating/events/one", event=str(event.pk))["second"] is None
    mine, his = phone(alice), phone(him)
    before = his.get("dating/events/one", event=str(event.pk))["second"]
    assert before["who"]["id"] == str(alice.pk)
    assert mine.post("dating/events/second", proposal=str(row.pk), yes=True) == {"pair": False}
    assert his.get("dating/events/one", event=str(event.pk))["second"] == before | {
        "who": before["who"] | {"photo": before["who"]["photo"]}
    }
    assert his.post("dating/events/second", proposal=str(row.pk), yes=True) == {"pair": True}
    assert [pair["other"]["id"] for pair in mine.get("dating/pairs")["items"]] == [str(him.pk)]
    assert phone(other).post("dating/events/second", proposal=str(row.pk), yes=True)["error"]["code"] == "not_found"


def test_a_second_round_that_nobody_answered_is_forgotten(event: Event, house: Ground) -> None:
    close(event)
    second.offer(event_id=event.pk, now=event.closes_at)
    assert answering.forget_second_rounds(now=event.closes_at + timedelta(days=3)) > 0
    assert not Proposal.objects.exists()


def test_hands_are_dealt_by_the_engine_and_show_nobody_who_must_not_be_seen(
    event: Event, house: Ground, phone: Any, jobs: Any, single: Callable[..., Profile], alice: Profile, bob: Profile,
    charlie: Profile,
) -> None:  # fmt: skip
    colleague = single(71, "m", firm="tea")
    house.enter(event, colleague)
    consent.give(person_id=alice.person_id, purpose=purposes.PERSONAL_ORDER, now=house.now)
    blocking.block(person_id=bob.person_id, profile_id=alice.pk, now=house.now)
    jobs.run()
    assert Entrant.objects.get(event=event, profile=alice).hand == [charlie.pk]
    assert Entrant.objects.get(event=event, profile=charlie).hand == []  # did not agree to a personal order
    page = phone(alice).post("dating/events/cards", event=str(event.pk))
    assert [card["id"] for card in page["items"]] == [str(charlie.pk)]


def test_cards_beyond_the_days_number_are_promised_for_tomorrow(
    event: Event, house: Ground, phone: Any, alice: Profile, settings: Any
) -> None:
    """Else the page would say “that was everybody”."""
    everybody = phone(alice).post("dating/events/cards", event=str(event.pk))
    assert (len(everybody["items"]) > 1, everybody["tomorrow"]) == (True, False)
    SeenOfDay.objects.all().delete()
    settings.DATING_PROFILES_A_DAY = 1
    today = phone(alice).post("dating/events/cards", event=str(event.pk))
    assert (len(today["items"]), today["next"], today["tomorrow"]) == (1, None, True)
