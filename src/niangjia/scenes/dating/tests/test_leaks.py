"""What must not be seen is not there: over every reading route, to the letter (checks G2, G8)."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from niangjia.core.audit.selectors import about
from niangjia.scenes.dating.models import Profile
from niangjia.scenes.dating.services import blocking, contacts, decisions

READING = (
    "dating/profile", "dating/said", "dating/pairs", "dating/blocked", "dating/reports", "dating/restrictions",
    "dating/circle", "dating/planets", "dating/planets/mine", "dating/safety", "dating/tiers", "dating/events",
    "dating/chat/talks", "dating/chat/ended",
)  # fmt: skip
AROUND = ("home", "inbox", "looks", "me")


def everything_seen_by(app: Any) -> str:
    """All that somebody can read in dating and around it, as one text without what changes by the minute."""
    seen: list[Any] = [app.get(path) for path in (*READING, *AROUND)]
    for order in ("newest", "active"):
        page = app.post("dating/browse", order=order)
        seen.append(page)
        seen += [app.post("dating/open", id=card["id"]) for card in page.get("items", [])]
    return json.dumps(_without_addresses(seen), ensure_ascii=False, sort_keys=True)


def _without_addresses(value: Any) -> Any:
    """Addresses of photos are signed anew each time."""
    if isinstance(value, dict):
        return {key: _without_addresses(part) for key, part in value.items() if key not in ("url", "photo")}
    return [_without_addresses(part) for part in value] if isinstance(value, list) else value


@pytest.mark.parametrize("said", ["yes", "pass", "yes and back"])
def test_bob_reads_the_same_whatever_alice_said_of_him(
    said: str, phone: Any, alice: Profile, bob: Profile, carol: Profile, now: Any
) -> None:
    dora = alice  # bob sees one woman only: his colleague carol is hidden from him
    app = phone(bob)
    before = everything_seen_by(app)
    ids = {"person_id": dora.person_id, "profile_id": bob.pk, "now": now}
    (decisions.pass_by if said == "pass" else decisions.say_yes)(**ids)
    if said == "yes and back":
        decisions.take_back(**ids)
    assert everything_seen_by(app) == before
    assert dora.nickname in before  # the comparison holds something


def test_after_a_block_neither_finds_a_trace_of_the_other(
    phone: Any, alice: Profile, bob: Profile, charlie: Profile, now: Any
) -> None:
    for one, other in ((alice, bob), (bob, alice)):
        decisions.say_yes(person_id=one.person_id, profile_id=other.pk, now=now)
    pair = phone(alice).get("dating/pairs")["items"][0]["id"]
    contacts.offer(person_id=bob.person_id, pair_id=pair, kind="wechat", value="bobo_1996", now=now)
    assert alice.nickname in everything_seen_by(phone(bob))
    blocking.block(person_id=alice.person_id, profile_id=bob.pk, now=now)
    seen_by_bob = everything_seen_by(phone(bob))
    for trace in (alice.nickname, str(alice.pk), str(alice.person_id), "bobo_1996"):
        assert trace not in seen_by_bob
    seen_by_alice = everything_seen_by(phone(alice)).replace(json.dumps(phone(alice).get("dating/blocked")), "")
    assert "bobo_1996" not in seen_by_alice
    assert str(bob.pk) not in json.dumps(phone(alice).post("dating/browse"))
    assert charlie.nickname in seen_by_alice


def test_the_blocked_stay_blocked_after_leaving_and_coming_back(
    phone: Any, alice: Profile, bob: Profile, now: Any
) -> None:
    blocking.block(person_id=alice.person_id, profile_id=bob.pk, now=now)
    app = phone(bob)
    app.post("dating/leave", confirm="删除")
    app.post("dating/profile", nickname="new face")
    assert app.post("dating/browse")["items"] == []
    assert phone(alice).post("dating/browse")["items"] == []


def test_no_answer_holds_a_persons_own_id_or_a_moment_they_were_here(
    phone: Any, alice: Profile, bob: Profile, single: Callable[..., Profile]
) -> None:
    seen = everything_seen_by(phone(alice))
    assert str(bob.person_id) not in seen
    assert "active" not in seen
    assert "last_seen" not in seen


def test_the_log_that_bob_may_read_does_not_name_alice(phone: Any, alice: Profile, bob: Profile, now: Any) -> None:
    phone(alice).post("dating/open", id=str(bob.pk))
    decisions.say_yes(person_id=alice.person_id, profile_id=bob.pk, now=now)
    phone(alice).post("dating/report", id=str(bob.pk), reason="money", details="asked for money")
    blocking.block(person_id=alice.person_id, profile_id=bob.pk, now=now)
    events = list(about(bob.person_id))
    assert events  # something could leak
    assert alice.person_id not in {event.actor_id for event in events}
