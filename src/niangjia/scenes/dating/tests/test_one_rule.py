"""The rule is written in SQL, and in places a second time for a row in hand: the two must say the same."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from niangjia.core.access import Actor
from niangjia.scenes.dating.models import Profile, Shelf
from niangjia.scenes.dating.policies import Sight, meets, stands, wishes_of
from niangjia.scenes.dating.selectors.people import browse
from niangjia.scenes.dating.services import standing
from niangjia.scenes.dating.types import Filters

AGES = st.none() | st.integers(20, 45)
HEIGHTS = st.none() | st.integers(150, 190)
SOME = st.sets(st.sampled_from(["", "bachelor", "master"]), max_size=2).map(lambda codes: sorted(codes - {""}))


@st.composite
def words(draw: Any) -> dict[str, Any]:
    return {
        "birth_date": date(2026, 1, 1) - timedelta(days=draw(st.integers(19 * 366, 46 * 365))),
        "height_cm": draw(HEIGHTS),
        "education": draw(st.sampled_from(["", "bachelor", "master"])),
        "visibility": draw(st.sampled_from(["verified", "fitting", "paused"])),
        "see_colleagues": draw(st.booleans()),
        "wish_age_from": draw(AGES),
        "wish_age_to": draw(AGES),
        "wish_height_from": draw(HEIGHTS),
        "wish_height_to": draw(HEIGHTS),
        "wish_educations": draw(SOME),
    }


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(mine=words(), theirs=words(), colleagues=st.booleans())
def test_sql_and_python_agree_about_who_sees_whom(
    mine: dict[str, Any],
    theirs: dict[str, Any],
    colleagues: bool,
    alice: Profile,
    bob: Profile,
    carol: Profile,
    now: Any,
) -> None:
    me, other = (carol, bob) if colleagues else (alice, bob)
    with transaction.atomic():
        for row, said in ((me, mine), (other, theirs)):
            Profile.objects.filter(pk=row.pk).update(**said)
            row.refresh_from_db()
        both_open = me.see_colleagues and other.see_colleagues
        fits = meets(other, wishes_of(me), now) and meets(me, wishes_of(other), now)
        expected = (
            "paused" not in (me.visibility, other.visibility)
            and stands(me, now)
            and stands(other, now)
            and (not colleagues or both_open)
            and (other.visibility == "verified" or fits)
        )
        seen = other.pk in {row.pk for row in browse(me, Filters(), None, now).rows}
        by_shelf = other.pk in {row.pk for row in browse(me, Filters(hobbies=("tea",)), None, now).rows}
        policy = Sight(me, now).which(Actor(person_id=me.person_id), "meet").filter(pk=other.pk).exists()
        transaction.set_rollback(True)
    assert (seen, by_shelf, policy) == (expected, expected, expected)


def test_the_shelves_hold_what_the_profiles_say(single: Callable[..., Profile], now: Any) -> None:
    """After any kind of write, also in bulk, and also when verification comes and goes."""
    people = [single(60 + n, "fm"[n % 2]) for n in range(4)]
    Profile.objects.filter(pk=people[0].pk).update(hobbies=["opera", "tea", "opera"], district="330106")
    Profile.objects.update(active_week=date(2026, 11, 2))
    Profile.objects.filter(pk=people[1].pk).update(verified_until=None)
    people[2].delete()
    assert _shelves() == _expected()
    assert people[1].pk not in {key for key, *_rest in _shelves()}
    standing.renew_all(now=now)
    assert people[1].pk in {key for key, *_rest in _shelves()}
    assert _shelves() == _expected()


def _shelves() -> set[tuple[Any, ...]]:
    return set(Shelf.objects.values_list("profile_id", "hobby", "sex", "district", "active_week", "turn"))


def _expected() -> set[tuple[Any, ...]]:
    return {
        (row.pk, hobby, row.sex, row.district, row.active_week, row.turn)
        for row in Profile.objects.filter(verified_until__isnull=False)
        for hobby in row.hobbies
    }
