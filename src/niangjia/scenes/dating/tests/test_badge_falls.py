"""Check G7: a fact that fell takes its badge away in every room that rests on it, in the same moment."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
import time_machine

from niangjia.core.attestations.models import Attestation
from niangjia.core.attestations.services import employment, pledges
from niangjia.core.attestations.services.standing import fall, of_person
from niangjia.core.orgs.models import Employer
from niangjia.scenes.dating.desk import candidates
from niangjia.scenes.dating.desk.tests.conftest import Centre, centre
from niangjia.scenes.dating.models import Profile
from niangjia.scenes.dating.selectors import people
from niangjia.scenes.dating.services import standing
from niangjia.scenes.dating.tests.test_crawling import take_away
from niangjia.scenes.dating.tests.test_every_door import World, close, everybody, staff, traces, world
from niangjia.scenes.dating.tests.walking import Known, walk
from niangjia.scenes.dating.types import Filters
from niangjia.scenes.dating.weekly import selectors as weekly
from niangjia.scenes.dating.weekly.models import WeeklyList

__all__ = ["centre", "close", "everybody", "staff", "world"]  # fixtures


def _firm(profile: Profile) -> Employer:
    assert profile.employer is not None
    return profile.employer


def _expired(bob: Profile, now: datetime) -> None:
    """The night's work has not come yet: the copy that the lists read knows the day by itself."""
    Attestation.objects.filter(person=bob.person, kind="single").update(expires_at=now + timedelta(hours=1))
    standing.facts_changed([bob.person_id], now)


def _employer_ended(bob: Profile, now: datetime) -> None:
    Employer.objects.filter(pk=_firm(bob).pk).update(ended_at=now)
    employment.fall_with_employers(now=now)


CAUSES: dict[str, Callable[[Profile, datetime], object]] = {
    "said to have left": lambda bob, now: employment.declare_left(person=bob.person, now=now),
    "off the roll": lambda bob, now: employment.fall_off_rolls(employers=[_firm(bob).pk], now=now),
    "employer ended": _employer_ended,
    "no longer single": lambda bob, now: pledges.declare_no_longer_single(person=bob.person, now=now),
    "pledge expired": _expired,
    "wrong identity": lambda bob, now: fall(which=of_person(bob.person_id, "real_person"), reason="corrected", now=now),
}


def _staff_sees(centre: Centre, alice: Profile, now: datetime) -> str:  # the fixture imported above
    """What the desk and the printed list say, which no member asks for."""
    lists = [line.nickname for row in WeeklyList.objects.all() for line in weekly.lines_of(row, now)]
    record = centre.record(alice)
    found = candidates.candidates(actor=centre.hong, record=record, now=now)
    return str([lists, [one.seen.nickname for one in found]])


@pytest.mark.parametrize("cause", CAUSES)
def test_the_badge_falls_in_every_room_at_once_and_rises_again(
    cause: str,
    world: World,  # fixtures imported above
    close: Known,
    phone: Any,
    alice: Profile,
    bob: Profile,
    attest: Callable[..., None],
    now: datetime,
) -> None:
    bob.refresh_from_db()
    firm = _firm(bob)
    assert len(traces(bob, list(walk(phone(alice), close)))) > 10
    CAUSES[cause](bob, now)
    with time_machine.travel(now + timedelta(hours=2)):
        app = phone(alice)
        assert traces(bob, list(walk(app, close))) == set()
        assert phone(bob).post("dating/browse")["error"]["code"] == "not_verified"
    Attestation.objects.filter(person=bob.person, fallen_at=None).update(fallen_at=now, fall_reason="renewed")
    attest(bob.person, firm)
    assert len(traces(bob, list(walk(phone(alice), close)))) > 10


def test_without_that_rule_the_fallen_are_still_seen(
    world: World,  # fixtures imported above
    close: Known,
    phone: Any,
    alice: Profile,
    bob: Profile,
    now: datetime,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    bob.refresh_from_db()
    CAUSES["said to have left"](bob, now)
    take_away(monkeypatch, r"{p}\.verified_until > %\(now\)s")
    assert len(traces(bob, list(walk(phone(alice), close)))) > 10


@pytest.mark.parametrize("cause", ["said to have left", "no longer single", "pledge expired"])
def test_the_desk_and_the_printed_list_forget_them_too(
    cause: str,
    world: World,  # fixtures imported above
    centre: Centre,
    alice: Profile,
    everybody: list[Profile],
    now: datetime,
) -> None:
    dan = everybody[0]
    centre.record(dan)
    assert _staff_sees(centre, alice, now).count(dan.nickname) == 2
    CAUSES[cause](dan, now)
    assert dan.nickname not in _staff_sees(centre, alice, now + timedelta(hours=2))


def test_a_missed_call_is_made_good_by_the_night(alice: Profile, bob: Profile, phone: Any, now: datetime) -> None:
    """Facts that fell without a word to dating, as after a restored backup, fall here within the day."""
    Attestation.objects.filter(person=bob.person, kind="employer").update(fallen_at=now, fall_reason="left_roll")
    assert people.browse(alice, Filters(), None, now).rows
    standing.renew_all(now=now)
    assert not people.browse(alice, Filters(), None, now).rows
