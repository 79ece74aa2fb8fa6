"""Staff sign-in: two factors, no default administrator, setup secrets that work once (checks A5, A6, A7, A9)."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine

from niangjia.core.access.models import RoleGrant
from niangjia.core.accounts import factors
from niangjia.core.accounts.administrators import first_administrator, setup_secret
from niangjia.core.accounts.models import Person, SecondFactor
from niangjia.kernel import clock
from niangjia.kernel.errors import Conflict

pytestmark = pytest.mark.django_db


def digits(person: Person, *, later: int = 0) -> str:
    secret = SecondFactor.objects.get(person=person).secret
    return factors.code_at(secret, int(clock.now().timestamp()) // factors.STEP + later)


@pytest.fixture
def by_phone(api: Any, phones: Any, jobs: Any) -> Callable[[str], Any]:
    """A browser in which somebody has signed in with phone and code, and has not given a second factor."""

    def sign_in(phone: str) -> Any:
        client = api().client
        page = client.post("/console/sign-in", {"phone": phone})
        jobs.run()
        challenge = page.content.decode().split('name="challenge" value="')[1].split('"')[0]
        typed = {"phone": phone, "challenge": challenge, "code": phones.code(phone)}
        client.last = client.post("/console/sign-in", typed)
        return client

    return sign_in


@pytest.fixture
def admin(tree: Any, by_phone: Any) -> Any:
    """The first administrator, just let in."""
    secret = first_administrator(phone="19900000001", now=clock.now())
    client = by_phone("19900000001")
    client.post("/console/sign-in/setup", {"secret": secret})
    client.person = Person.objects.get()
    client.last = client.post("/console/sign-in/setup", {"code": digits(client.person)})
    return client


def test_there_is_nobody_to_sign_in_as_before_the_first_administrator(tree: Any) -> None:
    assert not Person.objects.exists()
    assert not RoleGrant.objects.exists()


def test_the_first_administrator_gets_in_by_phone_secret_and_authenticator(admin: Any) -> None:
    assert admin.last["Location"] == "/console/"
    assert admin.get("/console/roles").status_code == 200


def test_two_administrators_are_made_by_hand_and_no_third(admin: Any, by_phone: Any) -> None:
    secret = first_administrator(phone="19900000002", now=clock.now())
    client = by_phone("19900000002")
    client.post("/console/sign-in/setup", {"secret": secret})
    other = Person.objects.exclude(pk=admin.person.pk).get()
    client.post("/console/sign-in/setup", {"code": digits(other)})
    assert client.get("/console/roles").status_code == 200
    with pytest.raises(Conflict):
        first_administrator(phone="19900000003", now=clock.now())


def test_a_setup_secret_works_once_and_for_its_owner_only(by_phone: Any, make_person: Any) -> None:
    alice, bob = make_person(1), make_person(2)
    secret = setup_secret(person=alice, by=None, now=clock.now())
    thief = by_phone("19900000002")
    assert thief.post("/console/sign-in/setup", {"secret": secret}).status_code == 422
    owner = by_phone("19900000001")
    assert b"<svg" in owner.post("/console/sign-in/setup", {"secret": secret}).content
    assert owner.post("/console/sign-in/setup", {"secret": secret}).status_code == 422
    assert not SecondFactor.objects.filter(person=bob).exists()


def test_a_setup_secret_dies_after_three_days(by_phone: Any, make_person: Any) -> None:
    secret = setup_secret(person=make_person(1), by=None, now=clock.now() - timedelta(days=3))
    assert by_phone("19900000001").post("/console/sign-in/setup", {"secret": secret}).status_code == 422


def test_without_a_setup_secret_no_authenticator_is_tied(by_phone: Any, make_person: Any) -> None:
    person = make_person(1)
    client = by_phone("19900000001")
    factors.enrol(person=person)  # somebody began elsewhere
    assert client.post("/console/sign-in/setup", {"code": digits(person)}).status_code == 422
    assert client.get("/console/sign-in/factor").status_code == 302
    assert not SecondFactor.objects.filter(confirmed_at__isnull=False).exists()


def test_a_code_of_the_authenticator_works_once(admin: Any) -> None:
    used = digits(admin.person)
    assert admin.post("/console/sign-in/factor", {"code": used}).status_code == 422
    assert admin.post("/console/sign-in/factor", {"code": digits(admin.person, later=1)}).status_code == 302


def test_tries_are_limited(admin: Any) -> None:
    wrong = [admin.post("/console/sign-in/factor", {"code": "000000"}).status_code for _ in range(9)]
    assert wrong[-1] == 429


def test_grave_pages_ask_again_after_ten_minutes(admin: Any) -> None:
    later = datetime.now(UTC) + timedelta(minutes=11)
    with time_machine.travel(later, tick=False):
        asked = admin.get("/console/roles/propose")
        assert asked["Location"].startswith("/console/sign-in?next=")
        again = admin.get(asked["Location"], follow=True)
        assert "再确认一次" in again.content.decode()
        given = admin.post("/console/sign-in/factor", {"code": digits(admin.person), "next": "/console/roles/propose"})
        assert given["Location"] == "/console/roles/propose"
        assert admin.get("/console/roles/propose").status_code == 200


@pytest.mark.parametrize(("idle", "status"), [(30 * 60 - 1, 200), (30 * 60 + 1, 302)])
def test_half_an_hour_of_silence_ends_a_session(admin: Any, idle: int, status: int) -> None:
    with time_machine.travel(datetime.now(UTC), tick=False) as travel:
        admin.get("/console/")
        travel.shift(idle)
        assert admin.get("/console/roles").status_code == status


def test_twelve_hours_end_it_however_busy(admin: Any) -> None:
    with time_machine.travel(datetime.now(UTC), tick=False) as travel:
        for _ in range(12 * 3 - 1):
            travel.shift(20 * 60)
            assert admin.get("/console/roles").status_code == 200
        travel.shift(20 * 60 + 1)
        assert admin.get("/console/roles").status_code == 302


def test_a_worker_signed_in_for_days_still_becomes_staff(
    make_person: Any, grant: Any, by_phone: Any, tree: Any
) -> None:
    person = make_person(1)
    with time_machine.travel(datetime.now(UTC) - timedelta(days=3), tick=False):
        grant(person, "union_officer", tree["xihu"])
        secret = setup_secret(person=person, by=None, now=clock.now())
        client = by_phone("19900000001")
    with time_machine.travel(datetime.now(UTC) - timedelta(hours=1), tick=False):
        client.post("/console/sign-in/setup", {"secret": secret})
        client.post("/console/sign-in/setup", {"code": digits(person)})
        assert client.get("/console/").status_code == 200


@pytest.mark.parametrize("wanted", ["https://evil.example/", "//evil.example/console/", "/api/v1/me", "javascript:1"])
def test_after_signing_in_one_stays_in_the_house(admin: Any, wanted: str) -> None:
    sent = admin.post("/console/sign-in/factor", {"code": digits(admin.person, later=1), "next": wanted})
    assert sent["Location"] == "/console/"


def test_signing_out_leaves_nothing_behind(admin: Any) -> None:
    gone = admin.post("/console/sign-out")
    assert "storage" in gone["Clear-Site-Data"]
    assert admin.get("/console/")["Location"].startswith("/console/sign-in")
