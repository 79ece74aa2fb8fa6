"""A yes stays secret until it is mutual; then both know, once."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from niangjia.core.messages.models import Note
from niangjia.interfaces.errors import body_of
from niangjia.kernel.errors import DomainError
from niangjia.scenes.dating.models import Decision, Pair, Profile
from niangjia.scenes.dating.selectors.people import gone
from niangjia.scenes.dating.services import blocking, decisions, profiles


def test_two_yeses_make_a_pair_and_both_are_told(phone: Any, alice: Profile, bob: Profile) -> None:
    first = phone(alice).post("dating/yes", id=str(bob.pk))
    assert first == {"state": "yes_said", "pair": None}
    second = phone(bob).post("dating/yes", id=str(alice.pk))
    assert second["state"] == "mutual"
    for me, other in ((alice, bob), (bob, alice)):
        pairs = phone(me).get("dating/pairs")["items"]
        assert [(pair["id"], pair["other"]["id"]) for pair in pairs] == [(second["pair"], str(other.pk))]
        assert Note.objects.filter(person_id=me.person_id, template="dating_mutual").count() == 1


def test_a_repeated_yes_changes_nothing(phone: Any, alice: Profile, bob: Profile) -> None:
    app = phone(alice)
    assert [app.post("dating/yes", id=str(bob.pk))["state"] for _ in range(3)] == ["yes_said"] * 3
    other = phone(bob)
    answers = [other.post("dating/yes", id=str(alice.pk)) for _ in range(3)]
    assert answers[0] == answers[1] == answers[2]
    assert app.post("dating/yes", id=str(bob.pk)) == answers[0]
    assert Decision.objects.count() == 2
    assert Note.objects.filter(template="dating_mutual").count() == 2


def test_a_yes_can_be_taken_back_before_and_after(phone: Any, alice: Profile, bob: Profile) -> None:
    mine, theirs = phone(alice), phone(bob)
    mine.post("dating/yes", id=str(bob.pk))
    assert mine.post("dating/take-back", id=str(bob.pk))["state"] == "none"
    assert theirs.post("dating/yes", id=str(alice.pk))["state"] == "yes_said"
    assert mine.post("dating/yes", id=str(bob.pk))["state"] == "mutual"
    assert mine.post("dating/take-back", id=str(bob.pk))["state"] == "none"
    assert theirs.get("dating/pairs")["items"] == mine.get("dating/pairs")["items"] == []
    assert mine.post("dating/yes", id=str(bob.pk))["state"] == "mutual"
    assert Pair.objects.count() == 1


def test_whom_i_passed_does_not_come_again_and_does_not_know(phone: Any, alice: Profile, bob: Profile) -> None:
    mine, theirs = phone(alice), phone(bob)
    assert mine.post("dating/pass", id=str(bob.pk))["state"] == "passed"
    assert mine.post("dating/browse")["items"] == []
    assert len(theirs.post("dating/browse")["items"]) == 1
    assert theirs.post("dating/yes", id=str(alice.pk))["state"] == "yes_said"
    assert mine.post("dating/take-back", id=str(bob.pk))["state"] == "none"
    assert len(mine.post("dating/browse")["items"]) == 1


def test_those_i_said_yes_to_are_my_list(phone: Any, alice: Profile, bob: Profile, charlie: Profile) -> None:
    app = phone(alice)
    for other in (bob, charlie):
        app.post("dating/yes", id=str(other.pk))
    assert [card["id"] for card in app.get("dating/said")["items"]] == [str(charlie.pk), str(bob.pk)]
    assert {card["said"] for card in app.get("dating/said")["items"]} == {"yes"}
    phone(bob).post("dating/yes", id=str(alice.pk))
    assert [card["id"] for card in app.get("dating/said")["items"]] == [str(charlie.pk)]


def _hidden(other: Profile, now: Any) -> None:
    profiles.pause(person_id=other.person_id, now=now)


def _hidden_by_block(other: Profile, me: Profile, now: Any) -> None:
    blocking.block(person_id=other.person_id, profile_id=me.pk, now=now)


@pytest.mark.parametrize("why", ["paused", "blocked", "same sex", "colleague", "oneself", "nobody"])
def test_to_the_unseen_no_yes_can_be_said(
    why: str, phone: Any, alice: Profile, bob: Profile, carol: Profile, single: Callable[..., Profile], now: Any
) -> None:
    """All six answers are the same, to the letter."""
    target = {"same sex": carol.pk, "oneself": alice.pk, "nobody": "5b1d5a4c-8c3e-4d0e-9d2c-0a3d0d9d5f11"}.get(
        why, bob.pk
    )
    if why == "paused":
        _hidden(bob, now)
    elif why == "blocked":
        decisions.say_yes(person_id=bob.person_id, profile_id=alice.pk, now=now)
        _hidden_by_block(bob, alice, now)
    elif why == "colleague":
        target = single(9, "m", firm="tea").pk
    app = phone(alice)
    for act in ("yes", "pass", "open"):
        answer = app.post(f"dating/{act}", id=str(target))
        assert app.status == 404
        assert answer == body_of(gone())
    assert not Decision.objects.filter(chooser=alice).exists()


ACTS = st.sampled_from(["yes", "yes", "yes", "pass", "back", "block", "free"])
MOVES = st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3), ACTS), max_size=25)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(moves=MOVES)
def test_pairs_are_the_mutual_yeses_at_all_times(
    moves: list[tuple[int, int, str]], single: Callable[..., Profile], now: Any
) -> None:
    with transaction.atomic():
        people = [single(50 + n, "fm"[n % 2], firm=("tea", "port")[n % 2]) for n in range(4)]
        said: set[tuple[int, int]] = set()
        blocks: set[tuple[int, int]] = set()
        for one, other, move in moves:
            if one % 2 == other % 2:
                continue  # only women and men meet here
            _play(people[one], people[other], move, now)
            _model(said, blocks, one, other, move)
            mutual = {frozenset(pair) for pair in said if pair[::-1] in said and not _apart(blocks, *pair)}
            assert _living(people) == mutual
        transaction.set_rollback(True)


def _play(one: Profile, other: Profile, move: str, now: Any) -> None:
    ids: dict[str, Any] = {"person_id": one.person_id, "profile_id": other.pk}
    plays: dict[str, Callable[[], object]] = {
        "yes": lambda: decisions.say_yes(**ids, now=now),
        "pass": lambda: decisions.pass_by(**ids, now=now),
        "back": lambda: decisions.take_back(**ids, now=now),
        "block": lambda: blocking.block(**ids, now=now),
        "free": lambda: blocking.unblock(**ids),
    }
    try:
        plays[move]()
    except DomainError:
        return


def _model(said: set[tuple[int, int]], blocks: set[tuple[int, int]], one: int, other: int, move: str) -> None:
    """What should be true, in the simplest words."""
    if move == "free":
        blocks.discard((one, other))
    elif move == "back":
        said.discard((one, other))
    elif not _apart(blocks, one, other):
        (said.add if move == "yes" else said.discard)((one, other))
        if move == "block":
            blocks.add((one, other))
    elif move == "block" and ((one, other) in said or (one, other) in blocks):
        blocks.add((one, other))
        said.discard((one, other))


def _apart(blocks: set[tuple[int, int]], one: int, other: int) -> bool:
    return (one, other) in blocks or (other, one) in blocks


def _living(people: list[Profile]) -> set[frozenset[int]]:
    place = {person.pk: n for n, person in enumerate(people)}
    rows = Pair.objects.filter(ended_at=None).values_list("first_id", "second_id")
    return {frozenset({place[first], place[second]}) for first, second in rows if first and second}
