"""Two are asked alone; two yeses make the one pair; a no is never told, not even by its timing."""

from collections.abc import Callable
from datetime import timedelta
from threading import Barrier, Thread
from typing import Any

import pytest
from django.db import connection

from niangjia.core.messages.models import Note as Message
from niangjia.kernel.errors import Conflict, NotFound
from niangjia.scenes.dating.desk import candidates, errors, following, introducing, meeting, selectors
from niangjia.scenes.dating.desk.models import Follow, Introduction, Meeting, MeetingRoom, Task
from niangjia.scenes.dating.desk.tests.conftest import Centre
from niangjia.scenes.dating.desk.types import ANSWER_WITHIN, When
from niangjia.scenes.dating.models import Pair, Profile, Visibility
from niangjia.scenes.dating.services import blocking


def _say(centre: Centre, who: Profile, row: Introduction, *, yes: bool) -> Introduction:
    return introducing.answer(person_id=who.person_id, introduction_id=row.pk, yes=yes, now=centre.now)


def _templates(who: Profile) -> list[str]:
    return list(Message.objects.filter(person=who.person).order_by("at", "pk").values_list("template", flat=True))


def test_candidates_come_with_reasons_in_plain_words(
    centre: Centre, alice: Profile, bob: Profile, charlie: Profile
) -> None:
    hers = centre.record(alice)
    centre.record(bob)
    found = candidates.candidates(actor=centre.hong, record=hers, now=centre.now)
    assert [one.seen.pk for one in found] == [bob.pk]  # charlie never asked for help
    assert found[0].why
    assert charlie.nickname not in str(found)


def test_blocks_breaks_and_colleagues_hold_at_the_desk_too(
    centre: Centre, alice: Profile, bob: Profile, carol: Profile, charlie: Profile
) -> None:
    hers, colleague = centre.record(alice), centre.record(carol)
    his, third = centre.record(bob), centre.record(charlie)
    assert candidates.candidates(actor=centre.hong, record=colleague, now=centre.now) == []  # carol, bob: one firm
    blocking.block(person_id=bob.person_id, profile_id=alice.pk, now=centre.now)
    Profile.objects.filter(pk=charlie.pk).update(visibility=Visibility.PAUSED)
    assert candidates.candidates(actor=centre.hong, record=hers, now=centre.now) == []
    said = set()
    for record in (his, third):
        with pytest.raises(errors.NoFit) as refused:
            centre.introduce(hers, record)
        said.add(str(refused.value.message))
    assert len(said) == 1  # a block and a break look the same


def test_two_yeses_make_the_one_pair(centre: Centre, alice: Profile, bob: Profile) -> None:
    row = centre.found(alice, bob)
    assert row.state == "both_yes"
    assert (row.one_says, row.other_says) == ("", "")
    first, second = sorted((alice.pk, bob.pk))
    assert Pair.objects.get().first_id == first
    assert Pair.objects.get().second_id == second
    assert Follow.objects.filter(introduction=row).count() == 6


def test_a_private_no_stays_private(
    centre: Centre, alice: Profile, bob: Profile, single: Callable[..., Profile]
) -> None:
    """Bob said yes. Whether alice said no or nothing, what he and the desk see is the same, and at the same time."""
    dora, emil = single(5, "f"), single(6, "m", firm="port")
    no = centre.introduce(centre.record(alice), centre.record(bob))
    silence = centre.introduce(centre.record(dora), centre.record(emil))
    _say(centre, alice, no, yes=False)
    _say(centre, bob, no, yes=True)
    _say(centre, emil, silence, yes=True)

    def shown() -> list[tuple[Any, ...]]:
        rows = {two.row.pk: two for two in selectors.introduced(centre.hong)}
        return [(rows[key].row.state, rows[key].row.settled_at, rows[key].row.until) for key in (no.pk, silence.pk)]

    assert len(set(shown())) == 1
    assert _templates(bob) == _templates(emil)
    introducing.settle_due(now=centre.now + ANSWER_WITHIN - timedelta(seconds=1))
    assert "help_not_now" not in _templates(bob)
    introducing.settle_due(now=centre.now + ANSWER_WITHIN)
    assert len(set(shown())) == 1
    assert shown()[0][0] == "not_now"
    assert _templates(bob) == _templates(emil)
    assert _templates(bob)[-1] == "help_not_now"
    assert "help_not_now" not in _templates(alice)
    no.refresh_from_db()
    assert (no.one_says, no.other_says) == ("", "")
    assert not Pair.objects.exists()


def test_a_yes_and_a_no_are_sealed_alike(centre: Centre, alice: Profile, bob: Profile) -> None:
    row = centre.introduce(centre.record(alice), centre.record(bob))
    sizes = []
    for yes in (True, False):
        _say(centre, alice, row, yes=yes)
        with connection.cursor() as cursor:
            cursor.execute("SELECT length(one_says) + length(other_says) FROM dating_desk_introduction")
            sizes.append(cursor.fetchone()[0])
    assert sizes[0] == sizes[1]


def test_outsiders_can_neither_answer_nor_see(centre: Centre, alice: Profile, bob: Profile, charlie: Profile) -> None:
    row = centre.introduce(centre.record(alice), centre.record(bob))
    centre.record(charlie)
    with pytest.raises(NotFound):
        _say(centre, charlie, row, yes=True)
    assert selectors.introduced(centre.stranger) == []
    with pytest.raises(NotFound):
        following.note_story(actor=centre.stranger, introduction_id=row.pk, story="in_love", now=centre.now)


def test_who_blocks_after_a_yes_ends_it_as_a_silence(centre: Centre, alice: Profile, bob: Profile) -> None:
    row = centre.introduce(centre.record(alice), centre.record(bob))
    _say(centre, alice, row, yes=True)
    blocking.block(person_id=alice.person_id, profile_id=bob.pk, now=centre.now)
    assert _say(centre, bob, row, yes=True).state == "asked"
    assert not Pair.objects.exists()


def test_the_same_two_are_introduced_once(centre: Centre, alice: Profile, bob: Profile) -> None:
    hers, his = centre.record(alice), centre.record(bob)
    centre.introduce(hers, his)
    with pytest.raises(errors.IntroducedBefore):
        centre.introduce(his, hers)


def _when(centre: Centre, hours: int = 24, **words: Any) -> When:
    starts = centre.now + timedelta(hours=hours)
    given = {"kind": "room", "room_id": centre.room.pk, **words}
    return When(starts_at=starts, ends_at=starts + timedelta(hours=1), **given)


def test_a_meeting_is_on_when_it_suits_both(centre: Centre, alice: Profile, bob: Profile) -> None:
    row = centre.found(alice, bob)
    proposed = meeting.propose(actor=centre.hong, introduction_id=row.pk, when=_when(centre), now=centre.now)
    meeting.answer(person_id=alice.person_id, meeting_id=proposed.pk, fits=True, now=centre.now)
    assert Meeting.objects.get().state == "proposed"
    meeting.answer(person_id=bob.person_id, meeting_id=proposed.pk, fits=True, now=centre.now)
    assert Meeting.objects.get().state == "agreed"
    due = Follow.objects.filter(step="3d").values_list("due_on", flat=True)
    assert set(due) == {(proposed.starts_at + timedelta(days=3)).astimezone().date()} or len(set(due)) == 1


def test_a_time_that_does_not_suit_lets_the_room_go(
    centre: Centre, alice: Profile, bob: Profile, single: Callable[..., Profile]
) -> None:
    row, others = centre.found(alice, bob), centre.found(single(5, "f"), single(6, "m", firm="port"))
    proposed = meeting.propose(actor=centre.hong, introduction_id=row.pk, when=_when(centre), now=centre.now)
    with pytest.raises(errors.RoomTaken):
        meeting.propose(actor=centre.lan, introduction_id=others.pk, when=_when(centre), now=centre.now)
    with pytest.raises(errors.ProposalWaits):
        meeting.propose(actor=centre.hong, introduction_id=row.pk, when=_when(centre, 48), now=centre.now)
    meeting.answer(person_id=bob.person_id, meeting_id=proposed.pk, fits=False, now=centre.now)
    assert meeting.propose(actor=centre.lan, introduction_id=others.pk, when=_when(centre), now=centre.now).room


def test_how_are_you_is_asked_of_each_and_what_both_say_becomes_their_story(
    centre: Centre, alice: Profile, bob: Profile
) -> None:
    row = centre.found(alice, bob)
    later = centre.now + timedelta(days=4)
    assert following.ask_due(now=later) == 2
    assert following.ask_due(now=later) == 0
    assert Task.objects.count() == 2
    mine = {f.record.person_id: f for f in Follow.objects.filter(step="3d").select_related("record")}
    following.tell(person_id=alice.person_id, follow_id=mine[alice.person_id].pk, says="in_love", stars=5, now=later)
    row.refresh_from_db()
    assert row.story == "meeting"  # one alone does not say it
    with pytest.raises(NotFound):
        following.tell(person_id=bob.person_id, follow_id=mine[alice.person_id].pk, says="ended", now=later)
    following.tell(person_id=bob.person_id, follow_id=mine[bob.person_id].pk, says="in_love", now=later)
    row.refresh_from_db()
    assert row.story == "in_love"


def test_counselling_is_only_offered_and_taken(centre: Centre, alice: Profile, bob: Profile) -> None:
    row = centre.found(alice, bob)
    following.offer_counsel(actor=centre.hong, introduction_id=row.pk, who="周老师 0571-88880000", now=centre.now)
    following.take_counsel(person_id=alice.person_id, introduction_id=row.pk, yes=True, now=centre.now)
    assert selectors.introduced(centre.hong)[0].counsel == "offered"  # who wants it alone is not shown
    following.take_counsel(person_id=bob.person_id, introduction_id=row.pk, yes=True, now=centre.now)
    assert selectors.introduced(centre.hong)[0].counsel == "accepted"


@pytest.mark.django_db(transaction=True)
def test_a_room_is_given_to_one_couple_in_a_race(
    centre: Centre, alice: Profile, bob: Profile, single: Callable[..., Profile]
) -> None:
    """First the race with the guard off: both get the room. Then with it."""
    rows = [centre.found(alice, bob), centre.found(single(5, "f"), single(6, "m", firm="port"))]
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_get_constraintdef(oid) FROM pg_constraint WHERE conname = 'desk_one_couple_a_room'")
        definition = cursor.fetchone()[0]
        cursor.execute("ALTER TABLE dating_desk_meeting DROP CONSTRAINT desk_one_couple_a_room")
    try:
        assert _both_at_once(centre, rows) == 2
    finally:
        Meeting.objects.all().delete()
        with connection.cursor() as cursor:
            cursor.execute(f"ALTER TABLE dating_desk_meeting ADD CONSTRAINT desk_one_couple_a_room {definition}")
    assert _both_at_once(centre, rows) == 1


def _both_at_once(centre: Centre, rows: list[Introduction]) -> int:
    ready, done = Barrier(2), []

    def run(key: Any) -> None:
        try:
            ready.wait(timeout=20)
            meeting.propose(actor=centre.hong, introduction_id=key, when=_when(centre), now=centre.now)
            done.append(key)
        except Conflict:
            pass
        finally:
            connection.close()

    threads = [Thread(target=run, args=(row.pk,)) for row in rows]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert MeetingRoom.objects.count() == 1
    return len(done)
