"""Interest in somebody on the list: a yes, a question, or a call; a no stays private, and both yes make one pair."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from niangjia.core.access import Actor
from niangjia.core.consent import services as consent
from niangjia.core.messages.models import Note
from niangjia.kernel.errors import Conflict, Invalid, NotFound
from niangjia.scenes.dating.models import Decision, Pair, Profile
from niangjia.scenes.dating.scene import scene
from niangjia.scenes.dating.services import blocking, decisions, profiles
from niangjia.scenes.dating.weekly import interests, metrics, selectors
from niangjia.scenes.dating.weekly.models import Interest, WeeklyList
from niangjia.scenes.dating.weekly.types import KEPT_FOR, LISTED


@pytest.fixture
def listed(alice: Profile, bob: Profile, agree: Any, publish: Any, line_of: Any) -> WeeklyList:
    """Alice stands on the open list."""
    agree(alice)
    row: WeeklyList = publish()[0]
    return row


def tell(person: Profile) -> set[str]:
    return set(Note.objects.filter(person_id=person.person_id).values_list("template", flat=True))


def test_interest_between_two_who_are_open_to_each_other_is_a_secret_yes(
    listed: Any, alice: Profile, bob: Profile, phone: Any, line_of: Any, now: datetime
) -> None:
    said = phone(bob).post("dating/weekly/interest", line=str(line_of(alice).pk))
    assert said == {"state": "asked"}
    assert Decision.objects.get().said == "yes"
    assert phone(alice).get("dating/weekly/asked") == {"asked": [], "calls": []}
    assert "dating_weekly_asked" not in tell(alice)
    decisions.say_yes(person_id=alice.person_id, profile_id=bob.pk, now=now)
    assert Pair.objects.count() == 1


def test_who_is_not_open_to_me_is_asked_and_a_yes_makes_the_pair(
    listed: Any, alice: Profile, bob: Profile, phone: Any, line_of: Any, now: datetime
) -> None:
    profiles.save(person_id=alice.person_id, changes={"visibility": "fitting", "wish_height_from": 190}, now=now)
    phone(bob).post("dating/weekly/interest", line=str(line_of(alice).pk))
    assert not Decision.objects.exists()
    (asked,) = phone(alice).get("dating/weekly/asked")["asked"]
    assert asked["who"]["nickname"] == "阿波"
    assert phone(alice).post("dating/weekly/answer", id=asked["id"], yes=True) == {"pair": True}
    pair = Pair.objects.get()
    assert {pair.first_id, pair.second_id} == {alice.pk, bob.pk}
    assert "dating_mutual" in tell(bob)


def test_a_no_is_told_to_nobody(
    listed: WeeklyList, alice: Profile, bob: Profile, phone: Any, line_of: Any, now: datetime, officer: Any, api: Any
) -> None:
    profiles.save(person_id=alice.person_id, changes={"visibility": "fitting", "wish_height_from": 190}, now=now)
    line = str(line_of(alice).pk)
    phone(bob).post("dating/weekly/interest", line=line)
    before = phone(bob).get("dating/weekly", town="330106")
    notes = tell(bob)
    (asked,) = phone(alice).get("dating/weekly/asked")["asked"]
    phone(alice).post("dating/weekly/answer", id=asked["id"], yes=False)
    assert phone(bob).get("dating/weekly", town="330106")["items"] == before["items"]
    assert phone(bob).post("dating/weekly/interest", line=line) == {"state": "asked"}
    assert tell(bob) == notes
    with connection.cursor() as cursor:
        cursor.execute("SELECT listed_says FROM dating_weekly_interest")
        assert bytes(cursor.fetchone()[0]) != b"n"
    phone(alice).post("dating/weekly/answer", id=asked["id"], yes=True)
    assert Pair.objects.count() == 1


def test_only_the_one_who_was_asked_can_answer(
    listed: Any, alice: Profile, bob: Profile, charlie: Profile, carol: Profile, phone: Any, line_of: Any, now: datetime
) -> None:
    profiles.save(person_id=alice.person_id, changes={"visibility": "fitting", "wish_height_from": 190}, now=now)
    phone(bob).post("dating/weekly/interest", line=str(line_of(alice).pk))
    row = Interest.objects.get()
    for outsider in (charlie, carol, bob):
        answer = phone(outsider)
        answer.post("dating/weekly/answer", id=str(row.pk), yes=True)
        assert answer.status == 404
    assert not Pair.objects.exists()


def test_who_blocks_or_leaves_the_list_is_asked_nothing_more(
    listed: Any, alice: Profile, bob: Profile, phone: Any, line_of: Any, now: datetime
) -> None:
    profiles.save(person_id=alice.person_id, changes={"visibility": "fitting", "wish_height_from": 190}, now=now)
    phone(bob).post("dating/weekly/interest", line=str(line_of(alice).pk))
    blocking.block(person_id=alice.person_id, profile_id=bob.pk, now=now)
    assert phone(alice).get("dating/weekly/asked")["asked"] == []
    consent.withdraw(person_id=alice.person_id, purpose=LISTED, now=now)
    assert not Interest.objects.exists()


def test_a_call_asks_nobody_before_the_caller_has_confirmed_it(
    listed: WeeklyList,
    alice: Profile,
    bob: Profile,
    phone: Any,
    line_of: Any,
    now: datetime,
    actor: Actor,
    phones: Any,
    jobs: Any,
) -> None:
    number = line_of(alice).number
    interests.record_call(actor=actor, list_id=listed.pk, number=number, phone=bob.person.phone, now=now)
    jobs.run()
    assert (bob.person.phone, "dating_hotline", {}) in phones.sent
    assert "dating_weekly_asked" not in tell(alice)
    assert phone(alice).get("dating/weekly/asked") == {"asked": [], "calls": []}
    (call,) = phone(bob).get("dating/weekly/asked")["calls"]
    assert call["number"] == number
    phone(bob).post("dating/weekly/confirm-call", id=call["id"], yes=True)
    (asked,) = phone(alice).get("dating/weekly/asked")["asked"]
    assert asked["by_hotline"]
    assert phone(alice).post("dating/weekly/answer", id=asked["id"], yes=True) == {"pair": True}


def test_a_call_that_was_not_mine_leaves_nothing(
    listed: WeeklyList, alice: Profile, bob: Profile, phone: Any, line_of: Any, now: datetime, actor: Actor
) -> None:
    interests.record_call(actor=actor, list_id=listed.pk, number=line_of(alice).number, phone=bob.person.phone, now=now)
    (call,) = phone(bob).get("dating/weekly/asked")["calls"]
    phone(bob).post("dating/weekly/confirm-call", id=call["id"], yes=False)
    assert not Interest.objects.exists()
    assert phone(alice).get("dating/weekly/asked")["asked"] == []


def test_the_desk_learns_nothing_from_a_number(
    listed: WeeklyList, alice: Profile, bob: Profile, officer: Any, api: Any, line_of: Any, phone: Any, actor: Actor
) -> None:
    """A member's number, a stranger's, one that confirmed and one that was turned down: the page says the same."""
    desk = api(officer, staff=True).client
    number = line_of(alice).number

    def call(phone_number: str) -> str:
        form = {"list": str(listed.pk), "number": number, "phone": phone_number}
        return str(desk.post("/console/dating/hotline", form, follow=True).content.decode())

    member, stranger = call(bob.person.phone), call("13800138000")
    for page in (member, stranger):
        assert "阿波" not in page
        assert "小爱" not in page
        assert bob.person.phone not in page
    (row,) = phone(bob).get("dating/weekly/asked")["calls"]
    phone(bob).post("dating/weekly/confirm-call", id=row["id"], yes=True)
    (asked,) = phone(alice).get("dating/weekly/asked")["asked"]
    waiting = desk.get("/console/dating/hotline").content.decode()
    phone(alice).post("dating/weekly/answer", id=asked["id"], yes=False)
    said_no = desk.get("/console/dating/hotline").content.decode()
    phone(alice).post("dating/weekly/answer", id=asked["id"], yes=True)
    said_yes = desk.get("/console/dating/hotline").content.decode()
    assert len({_body(page) for page in (waiting, said_no, said_yes)}) == 1


def _body(page: str) -> str:
    return (
        page[page.index("<main") : page.index("</main>")].split("csrfmiddlewaretoken")[0]
        + page[page.rindex("<table") :]
    )


def test_somebody_elses_phone_sees_nothing_of_a_call(
    listed: WeeklyList,
    alice: Profile,
    bob: Profile,
    charlie: Profile,
    phone: Any,
    line_of: Any,
    now: datetime,
    actor: Actor,
) -> None:
    call = interests.record_call(
        actor=actor, list_id=listed.pk, number=line_of(alice).number, phone=bob.person.phone, now=now
    )
    assert phone(charlie).get("dating/weekly/asked") == {"asked": [], "calls": []}
    outsider = phone(charlie)
    outsider.post("dating/weekly/confirm-call", id=str(call.pk), yes=True)
    assert outsider.status == 404


def test_a_newcomer_who_called_confirms_once_they_are_verified(
    listed: WeeklyList, alice: Profile, single: Any, phone: Any, line_of: Any, now: datetime, actor: Actor
) -> None:
    interests.record_call(actor=actor, list_id=listed.pk, number=line_of(alice).number, phone="19900000077", now=now)
    newcomer = single(77, "m", firm="port", nickname="新人")
    (call,) = phone(newcomer).get("dating/weekly/asked")["calls"]
    assert phone(newcomer).post("dating/weekly/confirm-call", id=call["id"], yes=True) == {"state": "asked"}


def test_a_wrong_number_of_the_list_is_refused(listed: WeeklyList, actor: Actor, now: datetime) -> None:
    with pytest.raises(Invalid):
        interests.record_call(actor=actor, list_id=listed.pk, number=99, phone="13800138000", now=now)


def test_a_colleague_who_calls_finds_nobody(
    bob: Profile, carol: Profile, agree: Any, publish: Any, line_of: Any, actor: Actor, phone: Any, now: datetime
) -> None:
    profiles.save(person_id=bob.person_id, changes={"district": "330106"}, now=now)
    agree(bob)
    (row,) = publish()
    interests.record_call(actor=actor, list_id=row.pk, number=1, phone=carol.person.phone, now=now)
    (call,) = phone(carol).get("dating/weekly/asked")["calls"]
    answer = phone(carol)
    answer.post("dating/weekly/confirm-call", id=call["id"], yes=True)
    assert answer.status == 404
    assert phone(bob).get("dating/weekly/asked")["asked"] == []


def test_the_database_keeps_one_question_of_one_about_one(
    listed: WeeklyList, alice: Profile, bob: Profile, line_of: Any, now: datetime
) -> None:
    given = {"line": line_of(alice), "asker": bob, "way": "request", "at": now, "until": now + KEPT_FOR}
    Interest.objects.create(**given)
    with pytest.raises(IntegrityError), transaction.atomic():
        Interest.objects.create(**given)


def test_pairs_out_of_a_list_are_counted_at_night_once(
    listed: WeeklyList, alice: Profile, bob: Profile, phone: Any, line_of: Any, now: datetime
) -> None:
    phone(bob).post("dating/weekly/interest", line=str(line_of(alice).pk))
    decisions.say_yes(person_id=alice.person_id, profile_id=bob.pk, now=now)
    Pair.objects.update(since=Interest.objects.get().at)
    listed.refresh_from_db()
    assert (listed.interests, listed.pairs) == (1, 0)
    interests.settle()
    interests.settle()
    listed.refresh_from_db()
    assert listed.pairs == 1
    since, until = now.replace(hour=0), now.replace(year=now.year + 1)
    assert metrics.pairs(since, until) == {listed.org_id: 1}
    assert metrics.listed(since, until) == {listed.org_id: 1}


def test_so_many_may_be_asked_about_and_no_more(
    single: Any, bob: Profile, agree: Any, publish: Any, phone: Any, line_of: Any, monkeypatch: Any, now: datetime
) -> None:
    monkeypatch.setattr(interests, "MOST_ASKED", 1)
    women = [single(60 + n, "f", district="330106") for n in range(2)]
    for woman in women:
        agree(woman)
    publish()
    interests.show(person_id=bob.person_id, line_id=line_of(women[0]).pk, now=now)
    with pytest.raises(Conflict):
        interests.show(person_id=bob.person_id, line_id=line_of(women[1]).pk, now=now)
    interests.take_back(person_id=bob.person_id, line_id=line_of(women[0]).pk, now=now)
    assert not Decision.objects.exists()
    interests.show(person_id=bob.person_id, line_id=line_of(women[1]).pk, now=now)


def test_nobody_asks_about_who_left(listed: Any, alice: Profile, bob: Profile, line_of: Any, now: datetime) -> None:
    line = line_of(alice).pk
    consent.withdraw(person_id=alice.person_id, purpose=LISTED, now=now)
    with pytest.raises(NotFound):
        interests.show(person_id=bob.person_id, line_id=line, now=now)


def test_as_many_queries_for_three_questions_as_for_one(
    listed: WeeklyList, alice: Profile, single: Any, line_of: Any, phone: Any, now: datetime
) -> None:
    def queries() -> int:
        caller = phone(alice)
        with CaptureQueriesContext(connection) as seen:
            caller.get("dating/weekly/asked")
        return len(seen)

    def ask(number: int) -> None:
        man = single(number, "m", firm="port")
        given = {"line": line_of(alice), "asker": man, "way": "request", "confirmed_at": now}
        Interest.objects.create(**given, at=now, until=now + KEPT_FOR)

    ask(70)
    one = queries()
    ask(71)
    ask(72)
    assert len(selectors.asked_of(alice, now)) == 3
    assert queries() == one


def test_what_a_caller_left_is_in_their_export_and_goes_with_them(
    listed: WeeklyList, alice: Profile, bob: Profile, line_of: Callable[..., Any], now: datetime, actor: Actor
) -> None:
    interests.record_call(actor=actor, list_id=listed.pk, number=line_of(alice).number, phone=bob.person.phone, now=now)
    assert scene.export is not None
    assert scene.erase is not None
    assert scene.export(bob.person_id)["weekly"]["asked_about"][0]["way"] == "hotline"
    scene.erase(bob.person_id, now)
    assert not Interest.objects.exists()
