"""The engine's list of whom to introduce: only those who asked for help, blocks hold, nobody twice."""

from collections.abc import Callable

from niangjia.core.consent import services as consents
from niangjia.scenes.dating.desk import selectors, suggesting
from niangjia.scenes.dating.desk.models import Suggestion
from niangjia.scenes.dating.desk.tests.conftest import Centre
from niangjia.scenes.dating.desk.types import PURPOSE
from niangjia.scenes.dating.models import Profile
from niangjia.scenes.dating.services import blocking


def _people(row: Suggestion) -> set[object]:
    return {row.one.person_id, row.other.person_id}


def test_only_those_who_asked_for_help_are_suggested(
    centre: Centre, alice: Profile, bob: Profile, charlie: Profile
) -> None:
    centre.record(alice)
    centre.record(bob)
    assert suggesting.suggest_all(now=centre.now) == 1
    row = Suggestion.objects.select_related("one", "other").get()
    assert _people(row) == {alice.person_id, bob.person_id}
    assert row.reasons
    assert len(selectors.suggested(centre.hong)) == 1
    assert selectors.suggested(centre.stranger) == []
    suggesting.suggest_all(now=centre.now)  # anew, not once more
    assert Suggestion.objects.count() == 1


def test_who_was_introduced_blocked_or_left_is_not_suggested(
    centre: Centre, alice: Profile, bob: Profile, charlie: Profile, single: Callable[..., Profile]
) -> None:
    dora = single(5, "f")
    hers, his = centre.record(alice), centre.record(bob)
    for who in (charlie, dora):
        centre.record(who)
    centre.introduce(hers, his)
    blocking.block(person_id=dora.person_id, profile_id=bob.pk, now=centre.now)
    consents.withdraw(person_id=charlie.person_id, purpose=PURPOSE, now=centre.now)
    assert suggesting.suggest_all(now=centre.now) == 0
