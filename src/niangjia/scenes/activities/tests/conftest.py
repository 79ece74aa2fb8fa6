"""A union that organises, and people who come: alice and bob of Hangzhou's tea factory, charlie of Ningbo's port."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest

from niangjia.core.access import Actor
from niangjia.core.access.selectors import grants_of
from niangjia.core.accounts.models import Person
from niangjia.core.attestations.models import Attestation
from niangjia.core.orgs.models import Employer, Org
from niangjia.engines.allocation import services as allocation
from niangjia.engines.allocation.models import Booking, CheckInList
from niangjia.engines.allocation.types import ScanIn
from niangjia.kernel import clock
from niangjia.scenes.activities.models import Activity
from niangjia.scenes.activities.plan import Plan
from niangjia.scenes.activities.services import publishing, registering
from niangjia.scenes.activities.services.registering import Wanted

DAY = timedelta(days=1)
HOUR = timedelta(hours=1)


@pytest.fixture
def now() -> datetime:
    return clock.now()


@pytest.fixture
def firms(tree: dict[str, Org], now: datetime) -> dict[str, Employer]:
    def make(code: str, name: str, org: str, industry: str) -> Employer:
        return Employer.objects.create(
            uscc=code * 18, name=name, industry=industry, district="330106", org=tree[org], created_at=now
        )

    return {
        "tea": make("1", "西湖龙井茶厂", "firm_a", "茶业"),
        "port": make("2", "宁波港机厂", "firm_b", "机械制造"),
        "parcels": make("3", "灵隐速递", "lingyin", "快递"),
    }


@pytest.fixture
def worker(make_person: Callable[..., Person], firms: dict[str, Employer], now: datetime) -> Callable[..., Person]:
    """`worker(1, "tea")` works there, and it is verified."""

    def make(number: int, firm: str = "tea", **facts: Any) -> Person:
        person = make_person(number, **{"legal_name": f"工友{number}", **facts})
        Attestation.objects.create(
            person=person, kind="employer", method="roll", issuer="roll", employer=firms[firm], made_at=now - DAY
        )
        return person

    return make


@pytest.fixture
def alice(worker: Callable[..., Person]) -> Person:
    return worker(1, legal_name="王爱丽")


@pytest.fixture
def bob(worker: Callable[..., Person]) -> Person:
    return worker(2, legal_name="李小波")


@pytest.fixture
def charlie(worker: Callable[..., Person]) -> Person:
    return worker(3, "port", legal_name="赵查理")


@pytest.fixture
def officer(make_person: Any, grant: Any, tree: dict[str, Org], now: datetime) -> Callable[..., Actor]:
    """`officer("xihu")` organises for that union; `officer("firm_a", "enterprise_hr")` for a firm."""
    hired = iter(range(700, 760))

    def hire(org: str = "xihu", role: str = "union_officer") -> Actor:
        person = make_person(next(hired))
        grant(person, role, tree[org])
        return Actor(person_id=person.pk, grants=grants_of(person.pk), second_factor_at=now)

    return hire


@pytest.fixture
def olga(officer: Callable[..., Actor]) -> Actor:
    """The officer of Xihu district's union."""
    return officer()


@pytest.fixture
def plan(now: datetime) -> Callable[..., Plan]:
    """An evening in five days, open now; further words change it."""

    def make(**words: Any) -> Plan:
        starts = words.pop("starts_at", now + 5 * DAY)
        usual: dict[str, Any] = {
            "title": "茶山徒步",
            "about": "走一圈，认识新朋友。",
            "place": "龙井村口",
            "starts_at": starts,
            "ends_at": starts + 3 * HOUR,
            "opens_at": now - DAY,
            "closes_at": starts - HOUR,
            "cancel_until": starts - 2 * HOUR,
            "capacity": 10,
        }
        return Plan(**{**usual, **words})

    return make


@pytest.fixture
def offer(olga: Actor, tree: dict[str, Org], plan: Callable[..., Plan], now: datetime) -> Callable[..., Activity]:
    """A published activity of Xihu district's union."""

    def publish(*, org: str = "xihu", by: Actor = olga, **words: Any) -> Activity:
        draft = publishing.draft(actor=by, org_id=tree[org].pk, plan=plan(**words), now=now)
        return publishing.publish(actor=by, activity_id=draft.pk, now=now)

    return publish


@pytest.fixture
def register(now: datetime) -> Callable[..., Booking]:
    """Somebody takes a place, as the phone would."""

    def take(person: Person, activity: Activity, **words: Any) -> Booking:
        wanted = Wanted(activity=activity.pk, key=uuid4(), **words)
        claimed = registering.register(person_id=person.pk, wanted=wanted, now=now)
        return Booking.objects.get(pk=claimed.booking_id)

    return take


@pytest.fixture
def past(now: datetime) -> Callable[..., Activity]:
    """An activity as it is once it is over: everything about it a week earlier."""

    def age(activity: Activity, by: timedelta = timedelta(days=6)) -> Activity:
        for name in ("starts_at", "ends_at", "opens_at", "closes_at", "cancel_until"):
            setattr(activity, name, getattr(activity, name) - by)
        activity.save()
        allocation.move_slot(slot_id=activity.places, starts_at=activity.starts_at, ends_at=activity.ends_at, now=now)
        return activity

    return age


@pytest.fixture
def arrive(now: datetime, olga: Actor) -> Callable[..., None]:
    """They came, and were scanned."""

    by_id = olga.person_id
    assert by_id is not None

    def scan(*bookings: Booking, at: datetime | None = None) -> None:
        for booking in bookings:
            door = CheckInList.objects.get(slot_id=booking.slot_id, is_entrance=True)
            given = ScanIn(uuid4(), at or now, booking_id=booking.pk)
            allocation.check_in(list_id=door.pk, scans=[given], by_id=by_id, now=now)

    return scan
