"""Alice and bob can meet, charlie looks on, carol is bob's colleague; and a desk that runs lists."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest

from niangjia.core.access import Actor
from niangjia.core.access.selectors import grants_of
from niangjia.core.accounts.models import Person
from niangjia.core.consent import services as consent
from niangjia.core.orgs.models import Org
from niangjia.scenes.dating.models import Profile
from niangjia.scenes.dating.tests.conftest import (  # noqa: F401  # fixtures of the scene
    alice,
    attest,
    bob,
    carol,
    charlie,
    firms,
    now,
    phone,
    single,
)
from niangjia.scenes.dating.weekly import desk, listing
from niangjia.scenes.dating.weekly.models import Line, WeeklyList
from niangjia.scenes.dating.weekly.types import LISTED, PUBLIC, Words


@pytest.fixture
def officer(make_person: Callable[..., Person], grant: Callable[..., Any], tree: dict[str, Org]) -> Person:
    staff = make_person(900)
    grant(staff, "union_officer", tree["hangzhou"])
    return staff


@pytest.fixture
def actor(officer: Person, now: datetime) -> Actor:  # noqa: F811  # the fixture above
    return Actor(person_id=officer.pk, grants=tuple(grants_of(officer.pk)), second_factor_at=now)


@pytest.fixture
def agree(now: datetime) -> Callable[..., None]:  # noqa: F811  # the fixture above
    """`agree(alice, public=True)` puts her on the next list."""

    def make(profile: Profile, *, public: bool = False, **words: Any) -> None:
        consent.give(person_id=profile.person_id, purpose=LISTED, now=now)
        if public:
            consent.give(person_id=profile.person_id, purpose=PUBLIC, now=now)
        given = {"says": f"我是{profile.nickname}，爱爬山", "wishes": "真诚就好", **words}
        listing.put(person_id=profile.person_id, words=Words(**given, public=public), now=now)

    return make


@pytest.fixture
def publish(actor: Actor, now: datetime) -> Callable[[], list[WeeklyList]]:  # noqa: F811  # the fixture above
    """Drafts of all towns, published."""

    def make() -> list[WeeklyList]:
        desk.draft_week(now=now)
        rows = WeeklyList.objects.filter(state="draft").order_by("town")
        return [desk.publish(actor=actor, list_id=row.pk, now=now) for row in rows]

    return make


@pytest.fixture
def line_of() -> Callable[[Profile], Line]:
    return lambda profile: Line.objects.get(profile=profile)
