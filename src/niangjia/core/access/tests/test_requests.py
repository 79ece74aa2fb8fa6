"""What every request must pass: reading cannot write, foreign sites cannot act, staff sessions end (A4–A6, D3)."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client

from niangjia.core.accounts import services
from niangjia.core.accounts.middleware import WriteInReadingRequest, reading_requests_cannot_write
from niangjia.core.accounts.models import Person, Session
from niangjia.core.orgs.models import Org

START = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE accounts_person SET sex = 'f'",
        "WITH gone AS (DELETE FROM accounts_person RETURNING id) SELECT * FROM gone",
        "SELECT * FROM accounts_person FOR UPDATE; DELETE FROM accounts_person",
    ],
)
def test_a_reading_request_cannot_write_whatever_it_tries(rf: Any, statement: str) -> None:
    def view(request: Any) -> Any:
        with connection.cursor() as cursor:
            cursor.execute(statement)

    with pytest.raises(WriteInReadingRequest):
        reading_requests_cannot_write(view)(rf.get("/"))


@pytest.mark.django_db
def test_a_foreign_page_cannot_act_with_our_cookie(make_person: Any) -> None:
    alice = make_person(1)
    victim = Client(enforce_csrf_checks=True)
    session = victim.session
    services._begin(session, alice, now=datetime.now(UTC))
    victim.cookies["session"] = session.session_key or ""
    refused = victim.post("/api/v1/me/settings", '{"large_type": true}', content_type="application/json")
    assert refused.status_code == 403
    assert not Person.objects.get().large_type


@pytest.mark.django_db
def test_the_same_request_with_a_bearer_token_needs_no_cookie_and_no_csrf_token(make_person: Any) -> None:
    session = Client().session
    services._begin(session, make_person(1), now=datetime.now(UTC))
    bare = Client(enforce_csrf_checks=True)
    answer = bare.post(
        "/api/v1/me/settings",
        '{"large_type": true}',
        content_type="application/json",
        headers={"Authorization": f"Bearer {session.session_key}"},
    )
    assert answer.status_code == 200
    assert Person.objects.get().large_type


@pytest.fixture
def officer(make_person: Any, grant: Any, tree: dict[str, Org]) -> Person:
    person: Person = make_person(1)
    grant(person, "union_officer", tree["xihu"])
    return person


@pytest.mark.django_db
@pytest.mark.parametrize(("idle", "status"), [(timedelta(minutes=30), 200), (timedelta(minutes=30, seconds=1), 401)])
def test_a_staff_session_ends_after_half_an_hour_of_nothing(
    officer: Person, api: Any, idle: timedelta, status: int
) -> None:
    with time_machine.travel(START, tick=False) as clock:
        app = api(officer, staff=True)
        clock.shift(idle)
        app.get("me")
        assert app.status == status


@pytest.mark.django_db
def test_a_staff_session_ends_after_twelve_hours_however_busy(officer: Person, api: Any) -> None:
    with time_machine.travel(START, tick=False) as clock:
        app = api(officer, staff=True)
        for _ in range(24 * 2):
            clock.shift(timedelta(minutes=15))
            app.get("me")
            assert app.status == 200
        clock.shift(timedelta(seconds=1))
        app.get("me")
        assert app.status == 401


@pytest.mark.django_db
def test_a_workers_session_does_not_end_when_idle(make_person: Any, api: Any) -> None:
    with time_machine.travel(START, tick=False) as clock:
        app = api(make_person(2))
        clock.shift(timedelta(days=3))
        app.get("me")
        assert app.status == 200


@pytest.mark.django_db
def test_signing_in_anew_changes_the_session_key(make_person: Any) -> None:
    session = Client().session
    session.create()
    planted = session.session_key
    services._begin(session, make_person(1), now=datetime.now(UTC))
    assert session.session_key != planted
    assert not Session.objects.filter(session_key=planted).exists()


@pytest.mark.django_db
def test_without_the_second_factor_a_role_is_worth_nothing(officer: Person, api: Any, rf: Any) -> None:
    from niangjia.core.access.selectors import actor_of  # noqa: PLC0415  # beside what it shows

    now = datetime.now(UTC)
    assert actor_of(person_id=officer.pk, is_staff=True, second_factor_at=None).grants == ()
    assert actor_of(person_id=officer.pk, is_staff=True, second_factor_at=now).grants != ()
