"""From a message sent to the other's open line, through a real live process and the real database."""

from typing import Any

import pytest

from niangjia.core import live
from niangjia.interfaces.live.tests.test_live import heard_by_database, listen, next_word, process
from niangjia.kernel import clock
from niangjia.kernel.ids import new_id
from niangjia.scenes.dating.chat import following, sending
from niangjia.scenes.dating.chat.errors import AreYouSure
from niangjia.scenes.dating.chat.models import Message
from niangjia.scenes.dating.models import Pair, Profile
from niangjia.scenes.dating.scam import services as scam
from niangjia.scenes.dating.scam.types import Verdict
from niangjia.scenes.dating.services import blocking

__all__ = ["process"]
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def lines(process: int, alice: Profile, bob: Profile, charlie: Profile) -> dict[str, Any]:
    """An open line of each, after its first word."""
    heard_by_database(process)
    found = {}
    for who in (alice, bob, charlie):
        ticket = live.ticket(person_id=who.person_id, now=clock.now())
        found[who.nickname] = listen(process, ticket)
        assert next_word(found[who.nickname]) == "all all"
    return found


def mark(who: Profile) -> str:
    """Tells this line something else: what comes before it is all that there was."""
    key = new_id()
    live.tell(person_ids=[who.person_id], room="mark", key=key)
    return f"mark {key}"


def heard(lines: dict[str, Any], who: Profile) -> list[str]:
    end, words = mark(who), []
    while (word := next_word(lines[who.nickname])) != end:
        words.append(word)
    return words


def test_both_of_the_two_hear_and_nobody_else(
    lines: dict[str, Any], alice: Profile, bob: Profile, charlie: Profile, pair: Pair, now: Any
) -> None:
    row = sending.send_text(
        person_id=alice.person_id, pair_id=pair.pk, key=new_id(), text="周六见", sure=False, now=now
    )
    assert heard(lines, bob) == [f"chat {pair.pk}"]
    assert heard(lines, alice) == [f"chat {pair.pk}"]
    following.take_back(person_id=alice.person_id, message_id=row.pk, now=now)
    assert heard(lines, bob) == [f"chat {pair.pk}"]
    assert heard(lines, charlie) == []


def test_what_was_not_kept_is_not_told(
    lines: dict[str, Any], alice: Profile, bob: Profile, pair: Pair, now: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(scam, "weigh", lambda **_known: Verdict("ask"))
    with pytest.raises(AreYouSure):
        sending.send_text(person_id=alice.person_id, pair_id=pair.pk, key=new_id(), text="x", sure=False, now=now)
    assert not Message.objects.exists()
    assert heard(lines, bob) == []


def test_a_block_is_told_to_nobody(lines: dict[str, Any], alice: Profile, bob: Profile, pair: Pair, now: Any) -> None:
    blocking.block(person_id=alice.person_id, profile_id=bob.pk, now=now)
    assert heard(lines, bob) == []
