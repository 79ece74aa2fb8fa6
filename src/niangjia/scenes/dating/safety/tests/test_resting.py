"""One tap on a bad day: out of sight until a morning to come, and back by itself."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from niangjia.core.audit import services as audit
from niangjia.core.consent import purposes
from niangjia.core.consent import services as consent
from niangjia.scenes.dating.models import Profile, Visibility
from niangjia.scenes.dating.safety import resting
from niangjia.scenes.dating.safety.models import Rest
from niangjia.scenes.dating.scene import scene
from niangjia.scenes.dating.services import profiles

DAY = timedelta(days=1)


def _seen(phone: Any, viewer: Profile) -> int:
    return len(phone(viewer).post("dating/browse")["items"])


@pytest.mark.parametrize(("how_long", "days"), [("tomorrow", 1), ("week", 7)])
def test_it_ends_by_itself_as_it_was_before(
    how_long: Any, days: int, phone: Any, alice: Profile, bob: Profile, now: datetime
) -> None:
    profiles.save(person_id=bob.person_id, changes={"visibility": "fitting"}, now=now)
    app = phone(bob)
    until = datetime.fromisoformat(app.post("dating/safety/rest", how_long=how_long)["resting_until"])
    assert (_seen(phone, alice), app.post("dating/browse")["error"]["code"]) == (0, "paused")
    assert resting.wake(now=until - timedelta(seconds=1)) == 0
    assert resting.wake(now=until) == 1
    assert Profile.objects.get(pk=bob.pk).visibility == Visibility.FITTING
    assert _seen(phone, alice) == 1
    assert (until - now).days in (days - 1, days)


def test_a_later_break_without_end_does_not_end(phone: Any, bob: Profile, now: datetime) -> None:
    resting.rest(person_id=bob.person_id, how_long="tomorrow", now=now)
    profiles.resume(person_id=bob.person_id, now=now)
    assert not Rest.objects.exists()
    profiles.pause(person_id=bob.person_id, now=now)
    assert resting.wake(now=now + 30 * DAY) == 0
    assert Profile.objects.get(pk=bob.pk).visibility == Visibility.PAUSED


def test_who_paused_for_good_is_not_brought_back_by_a_rest(bob: Profile, now: datetime) -> None:
    profiles.pause(person_id=bob.person_id, now=now)
    resting.rest(person_id=bob.person_id, how_long="tomorrow", now=now)
    resting.wake(now=now + 2 * DAY)
    assert Profile.objects.get(pk=bob.pk).visibility == Visibility.PAUSED


def test_without_consent_nobody_comes_back(bob: Profile, now: datetime) -> None:
    resting.rest(person_id=bob.person_id, how_long="tomorrow", now=now)
    consent.withdraw(person_id=bob.person_id, purpose=purposes.PROFILE, now=now)
    assert scene.on_consent_withdrawn
    scene.on_consent_withdrawn(bob.person_id, purposes.PROFILE, now)
    resting.wake(now=now + 2 * DAY)
    assert Profile.objects.get(pk=bob.pk).visibility == Visibility.PAUSED


def test_how_many_looked_is_told_in_steps_and_without_names(
    phone: Any, alice: Profile, bob: Profile, now: datetime
) -> None:
    app = phone(bob)
    assert [week["step"] for week in app.get("dating/safety/looks")["weeks"]] == ["none"] * 4
    phone(alice).post("dating/open", id=str(bob.pk))
    looks = app.get("dating/safety/looks")
    assert looks["weeks"][0]["step"] == "few"
    assert str(alice.pk) not in str(looks)
    for _look in range(12):
        audit.record(action="dating.profile_opened", actor_id=None, subject_id=bob.person_id, now=now)
    assert app.get("dating/safety/looks")["weeks"][0]["step"] == "10"
