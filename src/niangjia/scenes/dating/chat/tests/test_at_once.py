"""The same message sent twice at the same moment is one; two messages get two numbers."""

import contextlib
import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.db import IntegrityError, connection

from niangjia.core.messages.models import Note
from niangjia.kernel.ids import new_id
from niangjia.scenes.dating.chat import selectors, sending
from niangjia.scenes.dating.chat.models import Message
from niangjia.scenes.dating.models import Pair, Profile

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
    barrier, kept = threading.Barrier(2), sending._kept

    def waiting(*args: Any) -> Message:
        with contextlib.suppress(threading.BrokenBarrierError):
            barrier.wait(timeout=2)
        return kept(*args)

    monkeypatch.setattr(sending, "_kept", waiting)


def write(me: Profile, pair: Pair, now: Any, key: Any = None) -> Callable[[], Message]:
    return lambda: sending.send_text(
        person_id=me.person_id, pair_id=pair.pk, key=key or new_id(), text="在吗", sure=False, now=now
    )


def test_without_the_lock_two_take_one_number(
    alice: Profile, bob: Profile, pair: Pair, now: Any, all_have_looked: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    unlocked = selectors.open_pair
    monkeypatch.setattr(sending, "open_pair", lambda me, key, locked=False: unlocked(me, key))
    results = at_once(write(alice, pair, now), write(bob, pair, now))
    assert any(isinstance(result, IntegrityError) for result in results)
    assert Message.objects.count() == 1


def test_with_the_lock_both_are_kept_in_order(
    alice: Profile, bob: Profile, pair: Pair, now: Any, all_have_looked: None
) -> None:
    at_once(write(alice, pair, now), write(bob, pair, now))
    assert sorted(Message.objects.values_list("number", flat=True)) == [1, 2]


def test_one_message_sent_by_an_impatient_phone_is_one(alice: Profile, bob: Profile, pair: Pair, now: Any) -> None:
    key = new_id()
    results = at_once(*[write(alice, pair, now, key)] * 8)
    assert {row.pk for row in results} == {Message.objects.get().pk}
    assert Note.objects.filter(person_id=bob.person_id, template="dating_chat_new").count() == 1
