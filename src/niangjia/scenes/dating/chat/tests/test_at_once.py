"""The same message sent twice at the same moment is one; two messages get two numbers."""

import contextlib
import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection

from niangjia.core.messages.models import Note
from niangjia.kernel.errors import DomainError, TooMany
from niangjia.kernel.ids import new_id
from niangjia.scenes.dating.chat import sending, statements
from niangjia.scenes.dating.chat.models import Message
from niangjia.scenes.dating.models import Pair, Profile
from niangjia.scenes.dating.scam import services as scam
from niangjia.scenes.dating.scam.types import Verdict
from niangjia.scenes.dating.services import blocking, decisions
from niangjia.scenes.dating.tests.test_queries import cost

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*calls: Callable[[], Any]) -> list[Any]:
    """Each in a thread and on a connection of its own; what came of it, or what went wrong."""
    results: list[Any] = []

    def run(call: Callable[[], Any]) -> None:
        try:
            results.append(call())
        except Exception as error:
            results.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(call,)) for call in calls]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


@pytest.fixture
def all_have_looked(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each waits, before it writes, until the other has looked what is there (or cannot)."""
    barrier, keep = threading.Barrier(2), statements.keep

    def waiting(*args: Any, **named: Any) -> bool:
        with contextlib.suppress(threading.BrokenBarrierError):
            barrier.wait(timeout=1)
        return keep(*args, **named)

    monkeypatch.setattr(statements, "keep", waiting)


def write(me: Profile, pair: Pair, now: Any, key: Any = None) -> Callable[[], Message]:
    return lambda: sending.send_text(
        person_id=me.person_id, pair_id=pair.pk, key=key or new_id(), text="在吗", sure=False, now=now
    )


def test_who_does_not_look_again_loses_the_race(
    alice: Profile, bob: Profile, pair: Pair, now: Any, all_have_looked: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sending, "_LOOKS", 1)
    results = at_once(write(alice, pair, now), write(bob, pair, now))
    assert [type(result) for result in results if isinstance(result, DomainError)] == [TooMany]
    assert [row.number for row in Message.objects.all()] == [1]


def test_two_at_once_are_both_kept_in_order(
    alice: Profile, bob: Profile, pair: Pair, now: Any, all_have_looked: None
) -> None:
    at_once(write(alice, pair, now), write(bob, pair, now))
    assert sorted(Message.objects.values_list("number", flat=True)) == [1, 2]


def test_the_slower_is_weighed_with_what_the_faster_said(
    alice: Profile, bob: Profile, pair: Pair, now: Any, all_have_looked: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    weighed: list[int] = []

    def weigh(*, lines: Any, **_known: Any) -> Verdict:
        weighed.append(len(lines))
        return Verdict()

    monkeypatch.setattr(scam, "weigh", weigh)
    at_once(write(alice, pair, now), write(bob, pair, now))
    assert sorted(weighed) == [1, 1, 2]


@pytest.fixture
def ended_meanwhile(monkeypatch: pytest.MonkeyPatch, alice: Profile, bob: Profile, now: Any) -> None:
    """Bob blocks her after she was told that all is well, and before her message is kept."""
    keep, done = statements.keep, list[bool]()

    def blocked(*args: Any, **named: Any) -> bool:
        if not done:
            done.append(True)
            blocking.block(person_id=bob.person_id, profile_id=alice.pk, now=now)
        return keep(*args, **named)

    monkeypatch.setattr(statements, "keep", blocked)


def test_nothing_is_kept_once_the_pair_has_ended(alice: Profile, pair: Pair, now: Any, ended_meanwhile: None) -> None:
    with pytest.raises(DomainError) as refused:
        write(alice, pair, now)()
    assert refused.value.code == "chat_over"
    assert not Message.objects.exists()


def test_without_the_second_look_it_would_be(
    alice: Profile, pair: Pair, now: Any, ended_meanwhile: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(statements, "_KEEP", statements._KEEP.replace("AND r.ended_at IS NULL", ""))
    write(alice, pair, now)()
    assert Message.objects.count() == 1


def test_two_who_write_to_bob_at_once_are_one_note(
    alice: Profile, bob: Profile, pair: Pair, now: Any, single: Any, all_have_looked: None
) -> None:
    other = single(31, "f")
    for me, them in ((other, bob), (bob, other)):
        decisions.say_yes(person_id=me.person_id, profile_id=them.pk, now=now)
    second = Pair.objects.exclude(pk=pair.pk).get()
    at_once(write(alice, pair, now), write(other, second, now))
    assert Message.objects.count() == 2
    assert Note.objects.filter(person_id=bob.person_id, template="dating_chat_new").count() == 1


def test_one_message_sent_by_an_impatient_phone_is_one(alice: Profile, bob: Profile, pair: Pair, now: Any) -> None:
    key = new_id()
    results = at_once(*[write(alice, pair, now, key)] * 8)
    assert {row.pk for row in results} == {Message.objects.get().pk}
    assert Note.objects.filter(person_id=bob.person_id, template="dating_chat_new").count() == 1


def test_a_message_costs_six_statements_however_long_the_conversation(
    phone: Any, alice: Profile, bob: Profile, pair: Pair, now: Any
) -> None:
    """Session, profile, what stands before it, the limit, the message with its note, the word to the live process."""
    app, costs = phone(alice), []
    write(alice, pair, now)()
    for count in (0, 2, 9):
        for _message in range(count):
            write(bob, pair, now)()
        costs.append(cost(app, "post", "dating/chat/send", pair=str(pair.pk), key=str(new_id()), text="在吗"))
    assert costs == [6, 6, 6]
