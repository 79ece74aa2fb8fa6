"""Two yeses at the same moment make one pair, always."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import connection

from niangjia.core.messages.models import Note
from niangjia.scenes.dating.models import Pair, Profile
from niangjia.scenes.dating.services import decisions
from niangjia.scenes.dating.types import Answer

pytestmark = pytest.mark.django_db(transaction=True)


def _at_once(*calls: Callable[[], Answer]) -> list[Answer]:
    """Run the calls in threads, each on a connection of its own."""
    answers: list[Answer] = []

    def run(call: Callable[[], Answer]) -> None:
        try:
            answers.append(call())
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(call,)) for call in calls]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


@pytest.fixture
def both_have_looked(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each yes waits, after it has looked for the other's, until the other has looked too (or cannot)."""
    barrier = threading.Barrier(2)
    decide = decisions._decide

    def waiting(*args: Any) -> None:
        with _patience():
            barrier.wait(timeout=2)
        decide(*args)

    monkeypatch.setattr(decisions, "_decide", waiting)


@contextmanager
def _patience() -> Iterator[None]:
    try:
        yield
    except threading.BrokenBarrierError:
        return


def _both_say_yes(alice: Profile, bob: Profile, now: Any) -> list[Answer]:
    return _at_once(
        lambda: decisions.say_yes(person_id=alice.person_id, profile_id=bob.pk, now=now),
        lambda: decisions.say_yes(person_id=bob.person_id, profile_id=alice.pk, now=now),
    )


def test_without_the_lock_the_pair_is_lost(
    alice: Profile, bob: Profile, now: Any, both_have_looked: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(decisions, "lock_two", lambda one, other: None)
    assert [answer.state for answer in _both_say_yes(alice, bob, now)] == ["yes_said", "yes_said"]
    assert not Pair.objects.exists()


def test_with_the_lock_one_of_the_two_sees_the_other(
    alice: Profile, bob: Profile, now: Any, both_have_looked: None
) -> None:
    assert sorted(answer.state for answer in _both_say_yes(alice, bob, now)) == ["mutual", "yes_said"]
    assert Pair.objects.get().ended_at is None
    assert Note.objects.filter(template="dating_mutual").count() == 2


def test_ten_at_once_are_one_decision_each_and_one_pair(alice: Profile, bob: Profile, now: Any) -> None:
    calls = [
        lambda me=me, other=other: decisions.say_yes(person_id=me.person_id, profile_id=other.pk, now=now)
        for me, other in [(alice, bob), (bob, alice)] * 5
    ]
    assert len(_at_once(*calls)) == 10
    assert Pair.objects.count() == 1
    assert Note.objects.filter(template="dating_mutual").count() == 2
