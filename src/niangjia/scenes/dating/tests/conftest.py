"""Verified singles of two firms: alice and bob can meet, charlie looks on, carol is bob's colleague."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from niangjia.core.accounts.models import Person
from niangjia.core.attestations.models import Attestation
from niangjia.core.consent import purposes
from niangjia.core.consent import services as consent
from niangjia.core.orgs.models import Employer, Org
from niangjia.kernel import clock
from niangjia.scenes.dating.models import Profile
from niangjia.scenes.dating.services import profiles, standing
from niangjia.scenes.dating.tests.events_ground import Ground, ground


@pytest.fixture
def now() -> datetime:
    return clock.now()


@pytest.fixture
def firms(tree: dict[str, Org], now: datetime) -> dict[str, Employer]:
    def make(code: str, name: str, org: str) -> Employer:
        return Employer.objects.create(
            uscc=code * 18, name=name, industry="茶业", district="330106", org=tree[org], created_at=now
        )

    return {"tea": make("1", "西湖龙井茶厂", "firm_a"), "port": make("2", "宁波港机厂", "firm_b")}


@pytest.fixture
def attest(now: datetime) -> Callable[..., None]:
    """All three facts for a person, as the core would write them."""

    def make(person: Person, employer: Employer, *, days: int = 300) -> None:
        since = now - timedelta(days=30)
        kinds: tuple[dict[str, Any], ...] = (
            {"kind": "real_person", "method": "face", "issuer": "alipay"},
            {"kind": "employer", "method": "roll", "issuer": "roll", "employer": employer},
            {
                "kind": "single",
                "method": "pledge",
                "issuer": "self",
                "pledge": "1",
                "pledge_hash": b"x",
                "expires_at": now + timedelta(days=days),
            },
        )
        for facts in kinds:
            Attestation.objects.create(person=person, made_at=since, **facts)
        standing.facts_changed([person.pk], now)

    return make


@pytest.fixture
def single(
    make_person: Callable[..., Person], firms: dict[str, Employer], attest: Callable[..., None], now: datetime
) -> Callable[..., Profile]:
    """`single(1, "f")` is a verified single with a profile; further words go into the profile."""

    def make(number: int, sex: str, *, firm: str = "tea", born: date = date(1996, 5, 4), **words: Any) -> Profile:
        person = make_person(number, sex=sex, birth_date=born, id_index=b"%d" % number)
        consent.give(person_id=person.pk, purpose=purposes.PROFILE, now=now)
        attest(person, firms[firm])
        changes = {"nickname": f"n{number}", "hobbies": ["hiking", "tea"], **words}
        return profiles.save(person_id=person.pk, changes=changes, now=now)

    return make


@pytest.fixture
def alice(single: Callable[..., Profile]) -> Profile:
    return single(1, "f", firm="tea", nickname="小爱", height_cm=165, district="330106", education="bachelor")


@pytest.fixture
def bob(single: Callable[..., Profile]) -> Profile:
    return single(2, "m", firm="port", nickname="阿波", height_cm=178, district="330212", education="college")


@pytest.fixture
def charlie(single: Callable[..., Profile]) -> Profile:
    return single(3, "m", firm="port", nickname="查理", height_cm=170, district="330106", education="master")


@pytest.fixture
def carol(single: Callable[..., Profile]) -> Profile:
    return single(4, "f", firm="port", nickname="卡罗")


@pytest.fixture
def phone(api: Callable[..., Any]) -> Callable[[Profile], Any]:
    """The phone of the person behind a profile."""
    return lambda profile: api(profile.person)


@pytest.fixture
def house(make_person: Callable[..., Person], grant: Callable[..., Any], tree: dict[str, Org], now: datetime) -> Ground:
    """Somebody who organises events, and everything they need."""
    return ground(make_person, grant, tree, now)
