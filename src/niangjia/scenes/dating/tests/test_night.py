"""What the night puts right."""

from datetime import timedelta
from typing import Any

from niangjia.core.attestations.models import Attestation
from niangjia.scenes.dating.jobs import night
from niangjia.scenes.dating.models import Decision, Profile
from niangjia.scenes.dating.services import decisions
from niangjia.scenes.dating.types import PASS_LIFE


def test_a_fact_that_fell_unheard_takes_the_profile_out_by_morning(
    phone: Any, alice: Profile, bob: Profile, now: Any
) -> None:
    Attestation.objects.filter(person=bob.person, kind="employer").update(fallen_at=now, fall_reason="left")
    assert len(phone(alice).post("dating/browse")["items"]) == 1
    night(timestamp=int((now + timedelta(hours=12)).timestamp()))
    assert phone(alice).post("dating/browse")["items"] == []
    assert Profile.objects.get(pk=bob.pk).employer_id is None


def test_old_passes_are_forgotten_and_yeses_are_not(alice: Profile, bob: Profile, charlie: Profile, now: Any) -> None:
    long_ago = now - PASS_LIFE - timedelta(days=1)
    decisions.pass_by(person_id=alice.person_id, profile_id=bob.pk, now=now)
    decisions.say_yes(person_id=alice.person_id, profile_id=charlie.pk, now=now)
    Decision.objects.update(at=long_ago)
    night(timestamp=int(now.timestamp()))
    assert [row.said for row in Decision.objects.all()] == ["yes"]
