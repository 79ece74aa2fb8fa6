"""A meeting online has a room of the two's own; a couple that wants a counsellor learns whom to call."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest

from niangjia.core.messages.models import Note
from niangjia.kernel.errors import Invalid, NotFound
from niangjia.scenes.dating.desk import calls, errors, following, home, meeting
from niangjia.scenes.dating.desk.models import Meeting, MeetingSignal
from niangjia.scenes.dating.desk.tests.conftest import Centre
from niangjia.scenes.dating.desk.types import When
from niangjia.scenes.dating.events.calls import Seat
from niangjia.scenes.dating.models import Profile
from niangjia.scenes.dating.services import blocking

pytestmark = pytest.mark.django_db
_HOUR = timedelta(hours=1)


def _arranged(centre: Centre, one: Profile, other: Profile, kind: str = "online") -> Meeting:
    """Both agreed to meet tomorrow at this time."""
    pair, starts = centre.found(one, other), centre.now + timedelta(days=1)
    when = When(kind=kind, starts_at=starts, ends_at=starts + _HOUR, place="湖滨的茶馆" if kind == "outside" else "")
    row = meeting.propose(actor=centre.hong, introduction_id=pair.pk, when=when, now=centre.now)
    for who in (one, other):
        row = meeting.answer(person_id=who.person_id, meeting_id=row.pk, fits=True, now=centre.now)
    return row


def _seat(who: Profile, row: Meeting, now: datetime) -> Seat:
    return calls.seat(person_id=who.person_id, meeting_id=row.pk, now=now)


def test_the_room_of_two_is_open_from_ten_minutes_before_to_the_end(
    centre: Centre, alice: Profile, bob: Profile
) -> None:
    row = _arranged(centre, alice, bob)
    for moment in (row.starts_at - timedelta(minutes=11), row.ends_at + timedelta(minutes=1)):
        with pytest.raises(errors.NotNow):
            _seat(alice, row, moment)
    seats = [_seat(who, row, row.starts_at - timedelta(minutes=9)) for who in (alice, bob)]
    assert sorted(seat.first for seat in seats) == [False, True]  # one of them begins


def test_nobody_else_finds_the_room_and_a_block_closes_it(
    centre: Centre, alice: Profile, bob: Profile, carol: Profile
) -> None:
    row = _arranged(centre, alice, bob)
    centre.record(carol)
    with pytest.raises(NotFound):
        _seat(carol, row, row.starts_at)
    _seat(alice, row, row.starts_at)
    blocking.block(person_id=bob.person_id, profile_id=alice.pk, now=centre.now)
    with pytest.raises(NotFound):
        _seat(alice, row, row.starts_at)


def test_a_meeting_elsewhere_or_one_not_agreed_has_no_room(
    centre: Centre, alice: Profile, bob: Profile, single: Callable[..., Profile]
) -> None:
    row = _arranged(centre, alice, bob, kind="outside")
    with pytest.raises(NotFound):
        _seat(alice, row, row.starts_at)
    other = _arranged(centre, single(5, "f"), single(6, "m", firm="port"))
    meeting.call_off(actor=centre.hong, meeting_id=other.pk, now=centre.now)
    with pytest.raises(errors.NotNow):
        calls.seat(person_id=other.introduction.one.person_id, meeting_id=other.pk, now=other.starts_at)


def test_two_browsers_find_each_other_and_nothing_of_it_stays(
    centre: Centre, alice: Profile, bob: Profile, api: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    row = _arranged(centre, alice, bob)
    calls.signal(person_id=alice.person_id, meeting_id=row.pk, body='{"hello": true}', now=row.starts_at)
    heard = calls.signals(person_id=bob.person_id, meeting_id=row.pk, after=None, now=row.starts_at)
    assert [one.body for one in heard] == ['{"hello": true}']
    assert calls.signals(person_id=alice.person_id, meeting_id=row.pk, after=None, now=row.starts_at) == []
    monkeypatch.setattr("niangjia.kernel.clock.now", lambda: row.starts_at)
    assert (
        api(bob.person).get("dating/help/meeting/signals", meeting=str(row.pk))["items"][0]["body"] == '{"hello": true}'
    )
    assert api(bob.person).post("dating/help/meeting/seat", meeting=str(row.pk))["kind"] == "peer"
    calls.forget(now=row.ends_at + timedelta(days=1))
    assert not MeetingSignal.objects.exists()


def test_home_reminds_of_a_meeting_of_today(centre: Centre, alice: Profile, bob: Profile) -> None:
    row = _arranged(centre, alice, bob)

    def codes(now: datetime) -> list[str]:
        return [line["code"] for line in home.waiting(alice.person_id, now)]

    assert "help_soon" not in codes(row.starts_at - timedelta(days=2))
    assert "help_soon" in codes(row.starts_at - 3 * _HOUR)
    assert "help_soon" not in codes(row.ends_at)


def test_who_the_counsellor_is_is_read_once_both_wish_it(
    centre: Centre, alice: Profile, bob: Profile, api: Callable[..., Any]
) -> None:
    pair, who = centre.found(alice, bob), "周老师，0571-88880000"
    with pytest.raises(Invalid):
        following.offer_counsel(actor=centre.hong, introduction_id=pair.pk, who=" ", now=centre.now)
    following.offer_counsel(actor=centre.hong, introduction_id=pair.pk, who=who, now=centre.now)

    def read(one: Profile) -> Any:
        return api(one.person).get("dating/help/people")["items"][0]

    following.take_counsel(person_id=alice.person_id, introduction_id=pair.pk, yes=True, now=centre.now)
    assert read(alice)["counsellor"] == read(bob)["counsellor"] == ""  # or it would tell what the other said
    for _twice in range(2):
        following.take_counsel(person_id=bob.person_id, introduction_id=pair.pk, yes=True, now=centre.now)
    assert read(alice)["counsellor"] == read(bob)["counsellor"] == who
    told = Note.objects.filter(template__in=("help_counsel_both", "help_counsel_taken"))
    assert sorted(told.values_list("template", "person_id")) == sorted(
        [
            ("help_counsel_both", alice.person_id),
            ("help_counsel_both", bob.person_id),
            ("help_counsel_taken", centre.hong.person_id),
        ]
    )
