"""Evenings of short talks, at tables and online: the best plan for those who are here, and as secret as ever."""

import base64
import hashlib
import hmac
import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection

from niangjia.kernel import clock
from niangjia.kernel.errors import Conflict, NotFound
from niangjia.providers.video.livekit import LiveKit, LiveKitConfig
from niangjia.scenes.dating.events import calls, closing, evening, picking
from niangjia.scenes.dating.events.planning import plan_rounds
from niangjia.scenes.dating.models import Entrant, Event, Pair, Profile, Talk
from niangjia.scenes.dating.services import blocking
from niangjia.scenes.dating.tests.events_ground import Ground, same


@pytest.fixture
def people(single: Callable[..., Profile]) -> tuple[list[Profile], list[Profile]]:
    women = [single(30 + n, "f") for n in range(4)]
    men = [single(50 + n, "m", firm="port") for n in range(4)]
    return women, men


@pytest.fixture
def night(house: Ground, people: tuple[list[Profile], list[Profile]]) -> Event:
    event = house.event("evening", title="单身晚会")
    house.enter(event, *people[0], *people[1])
    plan_rounds(event_id=event.pk, now=house.now)
    return event


def couples(event: Event) -> list[tuple[int, Any, Any]]:
    rows = Talk.objects.filter(event=event)
    return list(rows.values_list("round", "woman__profile_id", "man__profile_id"))


def ring(house: Ground, event: Event) -> Event:
    return evening.next_round(actor=house.actor, event_id=event.pk, now=house.now)


def test_everybody_talks_in_every_round_and_no_two_twice(night: Event) -> None:
    talks = couples(night)
    assert len(talks) == 12
    assert len({(woman, man) for _r, woman, man in talks}) == 12
    for seat in (1, 2):
        assert len({(row[0], row[seat]) for row in talks}) == 12


def test_colleagues_and_the_blocked_are_never_put_at_one_table(
    house: Ground, single: Callable[..., Profile], people: tuple[list[Profile], list[Profile]]
) -> None:
    women, men = people
    colleague = single(70, "m", firm="tea")
    blocking.block(person_id=women[0].person_id, profile_id=men[0].pk, now=house.now)
    event = house.event("evening", rounds=5)
    house.enter(event, *women, *men, colleague)
    plan_rounds(event_id=event.pk, now=house.now)
    met = {(woman, man) for _r, woman, man in couples(event)}
    assert (women[0].pk, men[0].pk) not in met
    assert colleague.pk not in {man for _w, man in met}


def test_who_is_not_here_is_planned_around_and_who_comes_late_is_planned_in(
    night: Event, house: Ground, jobs: Any, people: tuple[list[Profile], list[Profile]]
) -> None:
    women, _men = people
    ring(house, night)
    absent = Entrant.objects.get(event=night, profile=women[0])
    before = [row for row in couples(night) if row[0] == 1]
    evening.mark(actor=house.actor, event_id=night.pk, entrant_id=absent.pk, here=False, now=house.now)
    jobs.run()
    assert [row for row in couples(night) if row[0] == 1] == before  # what was talked stays
    ahead = [row for row in couples(night) if row[0] > 1]
    assert ahead
    assert women[0].pk not in {row[1] for row in ahead}
    evening.mark(actor=house.actor, event_id=night.pk, entrant_id=absent.pk, here=True, now=house.now)
    jobs.run()
    assert women[0].pk in {row[1] for row in couples(night) if row[0] > 1}
    assert len({row[1:] for row in couples(night)}) == len(couples(night))
    absent.refresh_from_db()
    assert absent.booking is not None
    assert absent.booking.arrived_at is not None  # counted by the allocation engine


def test_the_phone_tells_my_table_the_time_left_and_asks_in_private(
    night: Event, house: Ground, phone: Any, people: tuple[list[Profile], list[Profile]]
) -> None:
    women, men = people
    her, key = phone(women[0]), str(night.pk)
    assert her.get("dating/events/now", event=key)["state"] == "waiting"
    ring(house, night)
    now = her.get("dating/events/now", event=key)
    assert (now["state"], now["round"]) == ("talking", 1)
    him = {man.pk: man for man in men}[next(iter(same([now["talk"]["other"]["id"]])))]
    his = phone(him).get("dating/events/now", event=key)
    assert (his["talk"]["table"], his["talk"]["other"]["id"]) == (now["talk"]["table"], str(women[0].pk))
    her.post("dating/events/say", talk=now["talk"]["id"], yes=True)
    assert her.get("dating/events/now", event=key)["talk"]["yes"] is True
    fixed = {"now": "", "ends_at": ""}
    assert phone(him).get("dating/events/now", event=key) | fixed == his | fixed  # he reads the same as before
    phone(him).post("dating/events/say", talk=now["talk"]["id"], yes=True)
    evening.end(actor=house.actor, event_id=night.pk, now=house.now)
    assert [same(pair) for pair in Pair.objects.values_list("first_id", "second_id")] == [{women[0].pk, him.pk}]
    assert her.get("dating/events/now", event=key)["state"] == "over"


def test_nothing_can_be_said_of_a_talk_to_come_or_of_somebody_elses(
    night: Event, house: Ground, phone: Any, alice: Profile, people: tuple[list[Profile], list[Profile]]
) -> None:
    women, _men = people
    talk = Talk.objects.get(event=night, round=2, woman__profile=women[0])
    ring(house, night)
    with pytest.raises(Conflict) as refused:
        picking.say(person_id=women[0].person_id, talk_id=talk.pk, yes=True, now=house.now, clock=house.now)
    assert refused.value.code == "not_met"
    for stranger in (women[1], alice):
        app = phone(stranger)
        app.post("dating/events/say", talk=str(talk.pk), yes=True)
        assert app.status == 404
        app.post("dating/events/leave-talk", talk=str(talk.pk))
        assert app.status == 404


def test_the_bell_does_not_ring_before_the_plan_nor_after_the_last_round(
    house: Ground, night: Event, alice: Profile
) -> None:
    empty = house.event("evening")
    with pytest.raises(Conflict):
        ring(house, empty)
    for _round in range(3):
        ring(house, night)
    with pytest.raises(Conflict):
        ring(house, night)


def test_staff_of_another_city_see_and_ring_nothing(
    night: Event, api: Any, grant: Any, tree: Any, make_person: Any
) -> None:
    other = make_person(905)
    grant(other, "union_officer", tree["ningbo"])
    desk = api(other, staff=True).client
    assert night.title not in desk.get("/console/dating/events").content.decode()
    for page in ("one", "room", "room/state", "cards"):
        assert desk.get(f"/console/dating/events/{page}", {"key": str(night.pk)}).status_code == 404
    desk.post("/console/dating/events/room/act", {"key": str(night.pk), "do": "bell"})
    night.refresh_from_db()
    assert night.round == 0


def test_the_desk_writes_publishes_marks_rings_and_prints(
    house: Ground, jobs: Any, api: Any, grant: Any, tree: Any, make_person: Any,
    people: tuple[list[Profile], list[Profile]],
) -> None:  # fmt: skip
    officer = make_person(906)
    grant(officer, "union_officer", tree["hangzhou"])
    desk = api(officer, staff=True).client
    home = "/console/dating/events"
    given = {
        "org": str(tree["hangzhou"].pk), "kind": "evening", "title": "周末相亲会", "opens_at": "2030-01-05T19:00",
        "closes_at": "2030-01-05T22:00", "places": "20", "rounds": "3", "tables": "10", "minutes": "6",
    }  # fmt: skip
    wrong = desk.post(f"{home}/write", {**given, "title": "", "closes_at": "2030-01-05T18:00"})
    assert wrong.status_code == 422
    assert "2030-01-05T19:00" in wrong.content.decode()  # what was typed stays
    desk.post(f"{home}/write", given)
    event = Event.objects.get(title="周末相亲会")
    desk.post(f"{home}/act", {"key": str(event.pk), "do": "publish"})
    house.now = clock.now()
    house.enter(event, *people[0], *people[1])
    person = Entrant.objects.filter(event=event).first()
    assert person is not None
    desk.post(f"{home}/room/act", {"key": str(event.pk), "do": "here", "person": str(person.pk)})
    jobs.run()
    assert desk.get(f"{home}/room", {"key": str(event.pk)}).status_code == 200
    cards = desk.get(f"{home}/cards", {"key": str(event.pk), "paper": "a6"}).content.decode()
    assert cards.count("table-card") == 8
    desk.post(f"{home}/room/act", {"key": str(event.pk), "do": "bell"})
    state = desk.get(f"{home}/room/state", {"key": str(event.pk)}).json()
    assert (state["round"], len(state["now"])) == (1, 4)
    event.refresh_from_db()
    assert desk.post(f"{home}/act", {"key": str(event.pk), "do": "publish"}).status_code == 409


def test_a_cancelled_event_destroys_what_was_chosen(night: Event, house: Ground, api: Any, grant: Any, tree: Any,
    make_person: Any, phone: Any, people: tuple[list[Profile], list[Profile]],
) -> None:  # fmt: skip
    officer = make_person(907)
    grant(officer, "union_officer", tree["hangzhou"])
    api(officer, staff=True).client.post("/console/dating/events/act", {"key": str(night.pk), "do": "cancel"})
    night.refresh_from_db()
    assert (night.state, night.key) == ("cancelled", "")
    assert not Entrant.objects.filter(event=night).exclude(sealed=b"").exists()
    page = phone(people[0][0]).get("dating/events/one", event=str(night.pk))
    assert page["state"] == "cancelled"
    assert closing.close(event_id=night.pk, now=night.closes_at).closed_at is None


# --- online ---


@pytest.fixture
def online(house: Ground, people: tuple[list[Profile], list[Profile]]) -> Event:
    event = house.event("online", title="云相亲")
    house.enter(event, *people[0], *people[1])
    plan_rounds(event_id=event.pk, now=house.now)
    return ring(house, event)


def test_two_browsers_find_each_other_and_nobody_else_listens(
    online: Event, phone: Any, people: tuple[list[Profile], list[Profile]]
) -> None:
    talk = Talk.objects.select_related("woman__profile", "man__profile").filter(event=online, round=1).first()
    assert talk is not None
    her, him = phone(talk.woman.profile), phone(talk.man.profile)
    key = {"talk": str(talk.pk)}
    assert her.post("dating/events/seat", **key) == {"kind": "peer", "url": "", "token": "", "first": True}
    assert him.post("dating/events/seat", **key)["first"] is False
    her.post("dating/events/signal", **key, body="offer")
    assert [item["body"] for item in him.get("dating/events/signals", **key)["items"]] == ["offer"]
    assert her.get("dating/events/signals", **key)["items"] == []
    stranger = phone(next(woman for woman in people[0] if woman.pk != talk.woman.profile_id))
    for method, path in (("get", "signals"), ("post", "seat")):
        getattr(stranger, method)(f"dating/events/{path}", **key)
        assert stranger.status == 404
    with connection.cursor() as cursor:
        cursor.execute("SELECT body FROM dating_signal")
        assert b"offer" not in bytes(cursor.fetchone()[0])


def test_a_talk_can_be_left_at_any_time_and_is_over_for_both(online: Event, phone: Any) -> None:
    talk = Talk.objects.select_related("woman__profile", "man__profile").filter(event=online, round=1).first()
    assert talk is not None
    her, him, key = phone(talk.woman.profile), phone(talk.man.profile), {"talk": str(talk.pk)}
    her.post("dating/events/leave-talk", **key)
    him.post("dating/events/seat", **key)
    assert him.status == 409
    assert him.get("dating/events/now", event=str(online.pk))["talk"]["left"] is True
    report = {"id": str(talk.man.profile_id), "reason": "harassment", "details": "rude"}
    assert "receipt" in her.post("dating/report", **report)


def test_a_seat_is_for_its_round_only_and_signals_are_forgotten(online: Event, house: Ground) -> None:
    late = Talk.objects.select_related("woman__profile").filter(event=online, round=2).first()
    now = Talk.objects.select_related("woman__profile").filter(event=online, round=1).first()
    assert late is not None
    assert now is not None
    with pytest.raises(Conflict):
        calls.seat(person_id=late.woman.profile.person_id, talk_id=late.pk, now=house.now)
    with pytest.raises(Conflict):
        calls.seat(
            person_id=now.woman.profile.person_id, talk_id=now.pk, now=house.now + timedelta(minutes=online.minutes + 1)
        )
    with pytest.raises(NotFound):
        calls.seat(person_id=now.woman.profile.person_id, talk_id=uuid4(), now=house.now)
    calls.signal(person_id=now.woman.profile.person_id, talk_id=now.pk, body="x", now=house.now)
    assert calls.forget_signals(now=house.now + timedelta(minutes=11)) == 1


def test_a_token_of_livekit_lets_one_person_into_one_room_until_the_end(house: Ground) -> None:
    rooms = LiveKit(LiveKitConfig(url="wss://video.example", api_key="key", api_secret="secret"))
    seat = rooms.seat(room="r1", identity="p1", name="小爱", now=house.now, until=house.now + timedelta(minutes=5))
    head, body, mac = seat.token.split(".")

    def read(part: str) -> Any:
        return json.loads(base64.urlsafe_b64decode(part + "=" * (-len(part) % 4)))

    signed = hmac.digest(b"secret", f"{head}.{body}".encode(), hashlib.sha256)
    assert base64.urlsafe_b64encode(signed).rstrip(b"=").decode() == mac
    assert read(head) == {"alg": "HS256", "typ": "JWT"}
    claims = read(body)
    assert (claims["iss"], claims["sub"], claims["video"]["room"]) == ("key", "p1", "r1")
    assert claims["exp"] == int((house.now + timedelta(minutes=5)).timestamp())
    assert (seat.kind, seat.url) == ("livekit", "wss://video.example")
