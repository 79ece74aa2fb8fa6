"""Two who found each other write; everybody else, staff too, sees nothing of it."""

import json
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection

from niangjia.core.files.models import Photo
from niangjia.core.messages.models import Note
from niangjia.kernel.errors import DomainError
from niangjia.kernel.ids import new_id
from niangjia.scenes.dating.chat import sending, sounds
from niangjia.scenes.dating.chat.models import Message, Voice
from niangjia.scenes.dating.chat.tests.conftest import picture, recording
from niangjia.scenes.dating.models import Pair, Profile
from niangjia.scenes.dating.services import blocking, decisions
from niangjia.scenes.dating.tests.test_queries import cost

pytestmark = pytest.mark.django_db
SECRET = "周六宝石山看日出"


def read(app: Any, pair: Pair, **more: Any) -> Any:
    return app.get("dating/chat/messages", pair=str(pair.pk), **more)


def test_what_alice_writes_bob_reads(phone: Any, alice: Profile, bob: Profile, pair: Pair) -> None:
    sent = phone(alice).post("dating/chat/send", pair=str(pair.pk), key=str(new_id()), text=f" {SECRET} ")
    (got,) = read(phone(bob), pair)["messages"]
    assert (sent["text"], sent["mine"]) == (SECRET, True)
    assert (got["text"], got["mine"], got["number"]) == (SECRET, False, 1)
    assert got["key"] is None  # the phone's own business


def test_only_what_is_new_is_asked_for(phone: Any, alice: Profile, bob: Profile, pair: Pair, say: Any) -> None:
    for text in ("一", "二", "三"):
        say(alice, text)
    app = phone(bob)
    assert [row["text"] for row in read(app, pair, after=1)["messages"]] == ["二", "三"]
    assert [row["text"] for row in read(app, pair, before=2)["messages"]] == ["一"]
    assert read(app, pair, after=3)["messages"] == []


def test_a_long_conversation_comes_page_by_page(phone: Any, alice: Profile, pair: Pair, say: Any) -> None:
    for number in range(45):
        if number % 39 == 38:
            connection.cursor().execute("DELETE FROM accounts_bucket")
        say(alice, str(number))
    last = read(phone(alice), pair)
    assert (len(last["messages"]), last["more"], last["messages"][-1]["text"]) == (40, True, "44")
    first = read(phone(alice), pair, before=last["messages"][0]["number"])
    assert ([row["text"] for row in first["messages"]], first["more"]) == (["0", "1", "2", "3", "4"], False)


def test_the_same_key_is_the_same_message(phone: Any, alice: Profile, pair: Pair) -> None:
    app, key = phone(alice), str(new_id())
    once, again = (app.post("dating/chat/send", pair=str(pair.pk), key=key, text="在吗") for _ in range(2))
    assert once["id"] == again["id"]
    assert Message.objects.count() == 1
    files = [picture(), picture()]
    one, two = (
        app._answer(app.client.post("/api/v1/dating/chat/picture", {"file": f, "pair": pair.pk, "key": K}))
        for f in files
    )
    assert one["id"] == two["id"]
    assert Photo.objects.filter(purpose="chat").count() == 1


K = str(new_id())


def test_a_picture_and_a_voice_note_arrive(phone: Any, alice: Profile, bob: Profile, pair: Pair, show: Any) -> None:
    show(alice)
    show(alice, voice=True)
    app = phone(bob)
    seen, heard = read(app, pair)["messages"]
    shown = app.client.get(seen["picture"])
    assert (shown.status_code, shown["Content-Type"]) == (200, "image/jpeg")
    assert (heard["kind"], heard["seconds"]) == ("voice", 2)
    sound = app.client.get("/api/v1/dating/chat/sound", {"message": heard["id"]})
    assert (sound.status_code, sound["Content-Type"]) == (200, "audio/wav")
    assert sound.content == recording().read()


HOSTILE = {
    "a page": b"<html><script>alert(1)</script></html>",
    "nothing": b"",
    "a head alone": b"RIFF\x00\x00\x00\x00WAVE",
    "another kind of sound": sounds.wav(bytes(16000)).replace(b"\x07\x00\x01\x00", b"\x01\x00\x02\x00", 1),
    "too short": sounds.wav(bytes(100)),
    "too long": sounds.wav(bytes(16000 * 61)),
    "claims more than there is": sounds.wav(bytes(16000))[:-9000],
    "two bodies": sounds.wav(bytes(16000)) + b"data\x04\x00\x00\x00abcd",
}


@pytest.mark.parametrize("what", HOSTILE)
def test_no_other_recording_is_taken(what: str, phone: Any, alice: Profile, pair: Pair) -> None:
    app = phone(alice)
    file = SimpleUploadedFile("v.wav", HOSTILE[what])
    app._answer(app.client.post("/api/v1/dating/chat/voice", {"file": file, "pair": pair.pk, "key": new_id()}))
    assert app.status == 422
    assert not Voice.objects.exists()


def test_what_a_recording_says_about_its_phone_is_lost(phone: Any, alice: Profile, bob: Profile, pair: Pair) -> None:
    plain = sounds.wav(bytes(16000))
    note = b"LIST" + (20).to_bytes(4, "little") + b"INFOISFT30.27N120.15"
    marked = plain[:12] + note + plain[12:]
    samples = sounds.samples_of(marked)
    assert b"30.27N" in marked
    assert sounds.wav(samples) == plain


def test_charlie_and_the_staff_see_nothing(
    phone: Any, api: Any, grant: Any, make_person: Any, tree: Any,
    alice: Profile, bob: Profile, charlie: Profile, pair: Pair, say: Any, show: Any,
) -> None:  # fmt: skip
    words, seen, heard = say(alice, SECRET), show(alice), show(alice, voice=True)
    officer = make_person(80)
    grant(officer, "city_admin", tree["hangzhou"])
    photo = read(phone(bob), pair)["messages"][1]["picture"]
    for app in (phone(charlie), api(officer, staff=True)):
        answers = [
            read(app, pair),
            app.get("dating/chat/talks"),
            app.get("dating/chat/sound", message=str(heard.pk)),
            app.post("dating/chat/send", pair=str(pair.pk), key=str(new_id()), text="x"),
            app.post("dating/chat/read", pair=str(pair.pk), number=3),
            app.post("dating/chat/take-back", message=str(words.pk)),
            app.post("dating/chat/end", pair=str(pair.pk)),
            app.post("dating/chat/report", pair=str(pair.pk), reason="money", messages=[str(words.pk)]),
            app.get("me/export"),
        ]
        assert SECRET not in json.dumps(answers, ensure_ascii=False, default=str)
        assert app.client.get(photo).status_code == 403
    assert Message.objects.count() == 3
    assert seen.pk
    assert Pair.objects.get().ended_at is None
    assert [row["text"] for row in read(phone(bob), pair)["messages"]] == [SECRET, "", ""]  # it was there to be leaked


def test_no_table_and_no_file_holds_a_readable_word(alice: Profile, pair: Pair, say: Any, show: Any) -> None:
    say(alice, SECRET)
    show(alice, voice=True)
    show(alice)
    dump = b"".join(path.read_bytes() for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file())
    assert len(dump) > 1_000
    assert b"JFIF" not in dump
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            with cursor.copy(f"COPY {table} TO STDOUT") as copy:
                dump += b"".join(bytes(part) for part in copy)
    assert len(dump) > 32_000  # the sound is in it
    for form in (SECRET.encode(), SECRET.encode().hex().encode(), bytes(range(64)).hex().encode()):
        assert form not in dump


def test_after_a_block_the_conversation_is_gone_for_both(
    phone: Any, alice: Profile, bob: Profile, pair: Pair, say: Any, now: Any
) -> None:
    sent = say(alice, SECRET)
    blocking.block(person_id=alice.person_id, profile_id=bob.pk, now=now)
    for me in (alice, bob):
        app = phone(me)
        assert app.get("dating/chat/talks")["items"] == []
        read(app, pair)
        assert (app.status, app.response.json()["error"]["code"]) == (404, "chat_over")
        app.post("dating/chat/send", pair=str(pair.pk), key=str(new_id()), text="还在吗")
        assert app.status == 404
    phone(alice).post("dating/chat/take-back", message=str(sent.pk))
    assert Message.objects.count() == 1


def test_bob_is_told_once_until_he_has_read(phone: Any, alice: Profile, bob: Profile, pair: Pair, say: Any) -> None:
    for text in ("一", "二", "三"):
        say(alice, text)
    told = Note.objects.filter(person_id=bob.person_id, template="dating_chat_new")
    assert told.count() == 1
    app = phone(bob)
    assert app.get("dating/chat/talks")["unread"] == 3
    assert app.post("dating/chat/read", pair=str(pair.pk), number=2)["unread"] == 1
    assert told.count() == 1
    assert app.post("dating/chat/read", pair=str(pair.pk), number=99)["unread"] == 0
    assert told.count() == 0
    say(alice, "四")
    assert told.count() == 1
    assert app.get("dating/chat/talks")["unread"] == 1  # 99 was not believed


def test_who_read_that_note_in_the_inbox_is_told_anew(
    bob: Profile, alice: Profile, pair: Pair, say: Any, now: Any
) -> None:
    notes = Note.objects.filter(person_id=bob.person_id, template="dating_chat_new")
    for text in ("一", "二"):
        say(alice, text)
        assert notes.get().read_at is None
        notes.update(read_at=now)


def test_read_marks_are_for_both_or_for_none(phone: Any, alice: Profile, bob: Profile, pair: Pair, say: Any) -> None:
    say(alice, "在吗")
    phone(bob).post("dating/chat/read", pair=str(pair.pk), number=1)
    assert read(phone(alice), pair)["read_to"] == 1
    for who in (alice, bob):
        phone(who).post("dating/chat/read-marks", on=False)
        assert [read(phone(me), pair)["read_to"] for me in (alice, bob)] == [None, None]
        phone(who).post("dating/chat/read-marks", on=True)
    assert read(phone(alice), pair)["read_to"] == 1


def test_taken_back_both_see_that_and_nothing_else(
    phone: Any, alice: Profile, bob: Profile, pair: Pair, say: Any, show: Any
) -> None:
    rows = [say(alice, SECRET), show(alice), show(alice, voice=True)]
    for row in rows:
        assert phone(alice).post("dating/chat/take-back", message=str(row.pk))["taken_back"] is True
    for me in (alice, bob):
        seen = read(phone(me), pair)
        assert [(row["taken_back"], row["text"], row["picture"]) for row in seen["messages"]] == [(True, "", None)] * 3
        assert sorted(seen["taken_back"]) == [1, 2, 3]
    assert not Photo.objects.filter(purpose="chat").exists()
    assert not Voice.objects.exists()
    assert not Message.objects.exclude(text=b"").exists()


def test_not_another_s_and_not_after_five_minutes(
    phone: Any, alice: Profile, bob: Profile, pair: Pair, say: Any, now: Any
) -> None:
    old = say(alice, "说早了", at=now - timedelta(minutes=6))
    mine = say(alice, "刚说的")
    app = phone(alice)
    app.post("dating/chat/take-back", message=str(old.pk))
    assert (app.status, app.response.json()["error"]["code"]) == (409, "too_late")
    app = phone(bob)
    app.post("dating/chat/take-back", message=str(mine.pk))
    assert app.status == 404
    assert not Message.objects.filter(taken_back_at__isnull=False).exists()


def test_alice_ends_it_and_bob_is_told_kindly(phone: Any, alice: Profile, bob: Profile, pair: Pair, say: Any) -> None:
    say(bob, SECRET)
    phone(alice).post("dating/chat/end", pair=str(pair.pk))
    for me in (alice, bob):
        app = phone(me)
        assert app.get("dating/pairs")["items"] == []
        read(app, pair)
        assert app.status == 404
    told = phone(bob).get("inbox")["items"][0]
    assert "结束" in told["title"] or "ended" in told["title"]
    assert alice.nickname not in json.dumps(told, ensure_ascii=False)
    assert not Note.objects.filter(person_id=alice.person_id, template="dating_chat_new").exists()


def test_who_find_each_other_again_begin_anew(
    phone: Any, alice: Profile, bob: Profile, pair: Pair, say: Any, now: Any
) -> None:
    say(alice, SECRET, at=now - timedelta(minutes=1))
    phone(alice).post("dating/chat/end", pair=str(pair.pk))
    later = now + timedelta(minutes=1)
    decisions.say_yes(person_id=alice.person_id, profile_id=bob.pk, now=later)
    assert read(phone(bob), pair)["messages"] == []
    row = sending.send_text(
        person_id=bob.person_id, pair_id=pair.pk, key=new_id(), text="又见面了", sure=False, now=later
    )
    assert row.number == 2
    assert phone(alice).get("dating/chat/talks")["unread"] == 1


def test_who_is_barred_is_told_why(phone: Any, alice: Profile, bob: Profile, pair: Pair, now: Any) -> None:
    Profile.objects.filter(pk=alice.pk).update(barred_until=now + timedelta(days=3))
    app = phone(alice)
    app.post("dating/chat/send", pair=str(pair.pk), key=str(new_id()), text="在吗")
    error = app.response.json()["error"]
    assert (app.status, error["code"]) == (403, "restricted")
    assert error["next"]
    app = phone(bob)
    app.post("dating/chat/send", pair=str(pair.pk), key=str(new_id()), text="在吗")
    assert (app.status, app.response.json()["error"]["code"]) == (409, "away")
    assert not Message.objects.exists()


def test_nobody_writes_forty_times_a_minute_for_long(phone: Any, alice: Profile, pair: Pair, say: Any) -> None:
    for number in range(40):
        say(alice, str(number))
    with pytest.raises(DomainError) as refused:
        say(alice, "41")
    assert refused.value.code == "too_many"
    assert Message.objects.count() == 40


def test_lists_cost_the_same_with_one_and_with_three(
    phone: Any, alice: Profile, bob: Profile, pair: Pair, say: Any, single: Callable[..., Profile], now: Any
) -> None:
    say(bob, "一")
    app = phone(alice)
    paths: Any = [("dating/chat/talks", {}), ("dating/chat/messages", {"pair": str(pair.pk)})]
    one = [cost(app, "get", path, **query) for path, query in paths]
    for number in (31, 32):
        other = single(number, "m", firm="port")
        for me, them in ((alice, other), (other, alice)):
            decisions.say_yes(person_id=me.person_id, profile_id=them.pk, now=now)
        for text in ("二", "三"):
            sending.send_text(
                person_id=other.person_id,
                pair_id=Pair.objects.get(first_id__in=(other.pk, alice.pk), second_id__in=(other.pk, alice.pk)).pk,
                key=new_id(), text=text, sure=False, now=now,
            )  # fmt: skip
        say(alice, "又一条")
    assert [cost(app, "get", path, **query) for path, query in paths] == one
    assert max(one) <= 9
