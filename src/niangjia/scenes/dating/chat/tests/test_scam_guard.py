"""What the scam guard says is asked of the sender, shown to the receiver, and punishes nobody by itself."""

from datetime import timedelta
from typing import Any

import pytest

from niangjia.kernel.ids import new_id
from niangjia.scenes.dating.chat.models import Message, Quoted
from niangjia.scenes.dating.models import Pair, Profile
from niangjia.scenes.dating.scam import services as scam
from niangjia.scenes.dating.scam.types import Caution, Cooling, Line, Verdict

pytestmark = pytest.mark.django_db
TEXT = "加我V信，带你赚钱"


@pytest.fixture
def weighed(monkeypatch: pytest.MonkeyPatch) -> list[list[Line]]:
    """Every conversation that was weighed; what names V信 is to be warned of."""
    seen: list[list[Line]] = []

    def weigh(*, lines: Any, **_known: Any) -> Verdict:
        seen.append(list(lines))
        return Verdict("warn", ("V信",), "leave") if "V信" in lines[-1].text else Verdict()

    monkeypatch.setattr(scam, "weigh", weigh)
    return seen


@pytest.fixture
def noted(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    kept: list[dict[str, Any]] = []
    monkeypatch.setattr(scam, "noted", lambda **given: kept.append(given))
    return kept


def write(app: Any, pair: Pair, text: str, **more: Any) -> Any:
    return app.post("dating/chat/send", **{"pair": str(pair.pk), "key": str(new_id()), "text": text, **more})


def test_the_sender_is_asked_first_and_nothing_is_kept(
    phone: Any, alice: Profile, bob: Profile, pair: Pair, weighed: Any, noted: Any
) -> None:
    app, key = phone(bob), str(new_id())
    asked = write(app, pair, TEXT, key=key)
    assert (app.status, asked["error"]["code"], asked["error"]["fields"]) == (409, "are_you_sure", {"text": "V信"})
    assert not Message.objects.exists()
    assert noted == []
    sent = write(app, pair, TEXT, key=key, sure=True)
    assert sent["text"] == TEXT
    assert [(given["message_id"], given["sender"].pk, given["receiver"].pk) for given in noted] == [
        (Message.objects.get().pk, bob.pk, alice.pk)
    ]
    write(app, pair, TEXT, key=key, sure=True)
    assert len(noted) == 1


def test_the_whole_conversation_is_weighed_with_whose_word_it_was(
    phone: Any, alice: Profile, bob: Profile, pair: Pair, weighed: Any
) -> None:
    for who, text in ((alice, "在吗"), (bob, "在的"), (alice, "忙什么呢")):
        write(phone(who), pair, text)
    assert [(line.mine, line.text) for line in weighed[-1]] == [(True, "在吗"), (False, "在的"), (True, "忙什么呢")]


def test_only_the_receiver_reads_the_warning(
    phone: Any, alice: Profile, bob: Profile, pair: Pair, weighed: Any, noted: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent = write(phone(bob), pair, TEXT, sure=True)

    def warnings_for(receiver: Profile, ids: Any) -> dict[Any, Caution]:
        words = {"evidence": ("V信",), "title": "小心", "text": "先别加", "police": "96110"}
        return {key: Caution(message_id=key, stage="leave", **words) for key in ids}  # type: ignore[arg-type]

    monkeypatch.setattr(scam, "warnings_for", warnings_for)
    (hers,) = phone(alice).get("dating/chat/messages", pair=str(pair.pk))["messages"]
    (his,) = phone(bob).get("dating/chat/messages", pair=str(pair.pk))["messages"]
    assert (hers["id"], hers["warning"]["evidence"], hers["warning"]["police"]) == (sent["id"], ["V信"], "96110")
    assert his["warning"] is None


def test_who_must_cool_off_begins_nothing_new_but_goes_on_with_what_there_is(
    phone: Any, alice: Profile, bob: Profile, pair: Pair, now: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    held = Cooling(now + timedelta(days=2), "有人举报", "写申诉", "NJ-1")
    monkeypatch.setattr(scam, "cooling", lambda sender, moment: held if sender.pk == bob.pk else None)
    app = phone(bob)
    refused = write(app, pair, "你好")["error"]
    assert (app.status, refused["code"], refused["next"]) == (403, "cooling", "写申诉")
    assert "有人举报" in refused["message"]
    monkeypatch.undo()
    write(app, pair, "你好")
    monkeypatch.setattr(scam, "cooling", lambda sender, moment: held)
    assert write(app, pair, "在吗")["text"] == "在吗"


@pytest.fixture
def warned(phone: Any, bob: Profile, pair: Pair, monkeypatch: pytest.MonkeyPatch) -> Any:
    """A message by Bob that is warned of; it is really noted."""

    def weigh(*, lines: Any, **_known: Any) -> Verdict:
        return Verdict("warn", ("V信",), "leave")

    monkeypatch.setattr(scam, "weigh", weigh)
    return write(phone(bob), pair, TEXT, sure=True)


def test_a_message_that_is_warned_of_stays_folded_until_its_warning_was_read(
    phone: Any, alice: Profile, pair: Pair, warned: Any
) -> None:
    hers = phone(alice)
    (folded,) = hers.get("dating/chat/messages", pair=str(pair.pk))["messages"]
    (talk,) = hers.get("dating/chat/talks")["items"]
    assert (folded["text"], folded["warning"]["folded"], folded["warning"]["evidence"]) == ("", True, ["V信"])
    assert (talk["last"]["text"], talk["last"]["folded"], talk["unread"]) == ("", True, 1)
    for _again in range(2):
        opened = hers.post("dating/chat/unfold", message=warned["id"])
        assert (opened["text"], opened["warning"]["folded"]) == (TEXT, False)
    (after,) = hers.get("dating/chat/messages", pair=str(pair.pk))["messages"]
    (talk,) = hers.get("dating/chat/talks")["items"]
    assert (after["text"], talk["last"]["text"], talk["last"]["folded"]) == (TEXT, TEXT, False)


def test_nobody_else_opens_it_and_nothing_that_is_over(
    phone: Any, alice: Profile, bob: Profile, charlie: Profile, pair: Pair, warned: Any
) -> None:
    for stranger in (bob, charlie):
        app = phone(stranger)
        app.post("dating/chat/unfold", message=warned["id"])
        assert app.status == 404
    hers = phone(alice)
    hers.post("dating/chat/end", pair=str(pair.pk))
    hers.post("dating/chat/unfold", message=warned["id"])
    assert hers.status == 404


def test_who_said_that_it_is_fine_is_warned_but_opens_nothing_more_until_worried(
    phone: Any, alice: Profile, bob: Profile, pair: Pair, warned: Any
) -> None:
    hers, his = phone(alice), phone(bob)

    def next_one(text: str) -> Any:
        write(his, pair, text, sure=True)
        return hers.get("dating/chat/messages", pair=str(pair.pk))["messages"][-1]

    hers.post("dating/chat/unfold", message=warned["id"])
    hers.post("dating/scam/said", message=warned["id"], said="fine")
    second = next_one("V信还是加一下")
    assert (second["text"], second["warning"]["evidence"]) == ("V信还是加一下", ["V信"])
    hers.post("dating/scam/said", message=second["id"], said="afraid")
    assert next_one("V信加了吗")["text"] == ""


def test_two_who_part_and_begin_anew_begin_without_that_trust(
    phone: Any, alice: Profile, bob: Profile, pair: Pair, warned: Any, now: Any
) -> None:
    hers = phone(alice)
    hers.post("dating/chat/unfold", message=warned["id"])
    hers.post("dating/scam/said", message=warned["id"], said="fine")
    Pair.objects.filter(pk=pair.pk).update(since=now + timedelta(days=1))
    assert not scam._trusted(pair.pk, alice)


def test_nobody_says_of_a_message_that_it_is_fine_before_they_have_opened_it(
    phone: Any, alice: Profile, pair: Pair, warned: Any
) -> None:
    hers = phone(alice)
    hers.post("dating/scam/said", message=warned["id"], said="fine")
    assert hers.status == 404


def test_a_folded_message_that_is_taken_back_leaves_no_words_behind(
    phone: Any, alice: Profile, bob: Profile, pair: Pair, warned: Any
) -> None:
    phone(bob).post("dating/chat/take-back", message=warned["id"])
    hers = phone(alice)
    (gone,) = hers.get("dating/chat/messages", pair=str(pair.pk))["messages"]
    (talk,) = hers.get("dating/chat/talks")["items"]
    assert (gone["text"], gone["warning"], talk["last"]["folded"]) == ("", None, False)


def test_a_folded_message_can_be_reported_and_stays_folded(phone: Any, alice: Profile, pair: Pair, warned: Any) -> None:
    hers = phone(alice)
    told = hers.post("dating/chat/report", pair=str(pair.pk), messages=[warned["id"]], reason="money")
    assert (hers.status, bool(told["receipt"])) == (200, True)
    assert hers.get("dating/chat/messages", pair=str(pair.pk))["messages"][0]["text"] == ""
    assert Quoted.objects.get().text == TEXT
