"""A report shows the union the messages that were chosen, and no others."""

import json
from datetime import timedelta
from typing import Any

import pytest

from niangjia.core.files.models import Photo
from niangjia.engines.workflow.models import Case
from niangjia.scenes.dating import processes
from niangjia.scenes.dating.chat import forgetting
from niangjia.scenes.dating.chat.models import Message, Quoted
from niangjia.scenes.dating.models import Pair, Profile
from niangjia.scenes.dating.services import blocking

pytestmark = pytest.mark.django_db
CHOSEN, KEPT = "借我两千应急", "我家住在文三路"


@pytest.fixture
def officer(make_person: Any, grant: Any, tree: Any, api: Any) -> Any:
    person = make_person(80)
    grant(person, "city_admin", tree["ningbo"])
    app = api(person, staff=True)
    app.person = person
    return app


def reported(app: Any, pair: Pair, *rows: Message) -> Any:
    found = app.post(
        "dating/chat/report", pair=str(pair.pk), reason="money", details="要钱", messages=[str(row.pk) for row in rows]
    )
    assert app.status == 200, found
    return Case.objects.get(receipt=found["receipt"])


def seen_by(officer: Any, case: Case, now: Any) -> str:
    shown = processes.exhibits(case.pk, officer.person.pk, now)
    return json.dumps([(str(e.title), e.text, bool(e.image), bool(e.sound)) for e in shown], ensure_ascii=False)


def test_only_what_was_chosen_is_copied(
    phone: Any, alice: Profile, bob: Profile, pair: Pair, say: Any, show: Any, officer: Any, now: Any
) -> None:
    rows = [say(bob, CHOSEN), show(bob), show(bob, voice=True)]
    say(alice, KEPT)
    case = reported(phone(alice), pair, *rows)
    seen = seen_by(officer, case, now)
    assert CHOSEN in seen
    assert KEPT not in seen
    assert Quoted.objects.count() == 3
    assert set(Quoted.objects.values_list("by_reporter", flat=True)) == {False}
    page = officer.client.post("/console/case", {"key": case.pk}).content.decode()
    assert CHOSEN in page
    assert KEPT not in page
    assert "<audio" in page
    sound = officer.client.get(next(e.sound for e in processes.exhibits(case.pk, officer.person.pk, now) if e.sound))
    assert (sound.status_code, sound["Content-Type"]) == (200, "audio/wav")


def test_the_sound_s_address_is_its_viewer_s_alone(
    phone: Any, api: Any, make_person: Any, grant: Any, tree: Any,
    alice: Profile, bob: Profile, pair: Pair, show: Any, officer: Any, now: Any,
) -> None:  # fmt: skip
    case = reported(phone(alice), pair, show(bob, voice=True))
    address = next(e.sound for e in processes.exhibits(case.pk, officer.person.pk, now) if e.sound)
    other = make_person(81)
    grant(other, "city_admin", tree["hangzhou"])
    assert api(other, staff=True).client.get(address).status_code == 404
    assert phone(bob).client.get(address).status_code in (302, 403)
    assert officer.client.get(address[:-3]).status_code == 404


def test_the_same_message_is_copied_once_and_more_can_follow(
    phone: Any, alice: Profile, bob: Profile, pair: Pair, say: Any
) -> None:
    first, second = say(bob, CHOSEN), say(bob, "快点")
    cases = {reported(phone(alice), pair, *rows) for rows in ([first], [first], [first, second])}
    assert len(cases) == 1
    assert Quoted.objects.count() == 2


def test_the_copy_stays_when_the_message_goes(
    phone: Any, alice: Profile, bob: Profile, pair: Pair, say: Any, show: Any, officer: Any, now: Any
) -> None:
    words, seen = say(bob, CHOSEN), show(bob)
    case = reported(phone(alice), pair, words, seen)
    for row in (words, seen):
        phone(bob).post("dating/chat/take-back", message=str(row.pk))
    phone(bob).post("dating/leave", confirm="删除")
    forgetting.forget(now=now)
    assert not Message.objects.exists()
    assert not Photo.objects.filter(purpose="chat").exists()
    assert CHOSEN in seen_by(officer, case, now)
    assert Quoted.objects.filter(photo__purpose="evidence").count() == 1


def test_who_harasses_and_blocks_first_is_not_safe_from_it(
    phone: Any, alice: Profile, bob: Profile, pair: Pair, say: Any, officer: Any, now: Any
) -> None:
    say(bob, CHOSEN)
    blocking.block(person_id=bob.person_id, profile_id=alice.pk, now=now)
    app = phone(alice)
    (over,) = app.get("dating/chat/ended")["items"]
    assert CHOSEN not in json.dumps(over, ensure_ascii=False)
    assert set(over) == {"pair", "at", "until"}
    assert CHOSEN in seen_by(officer, reported(app, pair), now)
    assert phone(bob).get("dating/chat/ended")["items"] == []  # nobody wrote to him


def test_a_living_conversation_is_not_handed_over_whole(
    phone: Any, alice: Profile, bob: Profile, pair: Pair, say: Any
) -> None:
    say(bob, CHOSEN)
    reported(phone(alice), pair)
    assert not Quoted.objects.exists()


def test_charlie_cannot_report_with_others_messages(
    phone: Any, alice: Profile, bob: Profile, charlie: Profile, pair: Pair, say: Any
) -> None:
    row = say(bob, CHOSEN)
    app = phone(charlie)
    app.post("dating/chat/report", pair=str(pair.pk), reason="money", messages=[str(row.pk)])
    assert app.status == 404
    assert not Quoted.objects.exists()


def test_messages_go_thirty_days_after_the_end_and_after_a_year(
    phone: Any, alice: Profile, bob: Profile, pair: Pair, say: Any, now: Any
) -> None:
    say(alice, "很久以前", at=now - timedelta(days=366))
    say(alice, "昨天")
    assert forgetting.forget(now=now) == 1
    phone(alice).post("dating/chat/end", pair=str(pair.pk))
    assert forgetting.forget(now=now + timedelta(days=29)) == 0
    assert forgetting.forget(now=now + timedelta(days=31)) == 1
    assert phone(alice).get("dating/chat/ended")["items"] == []


def test_what_alice_takes_along_is_her_own(
    phone: Any, alice: Profile, bob: Profile, pair: Pair, say: Any, show: Any
) -> None:
    say(alice, "我写的")
    say(bob, "他写的")
    show(alice)
    taken = json.dumps(phone(alice).get("me/export"), ensure_ascii=False, default=str)
    assert "我写的" in taken
    assert "他写的" not in taken
    phone(alice).post("me/erase", confirm="删除")
    assert not Message.objects.exists()
    assert not Photo.objects.filter(purpose="chat").exists()
