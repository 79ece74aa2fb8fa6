"""Many tries at once, many spellings, many numbers: what an attacker would do (checks A1, A3)."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection

from niangjia.core.accounts import codes, factors, limits
from niangjia.core.accounts.models import SignInCode
from niangjia.kernel import clock
from niangjia.kernel.errors import Invalid, TooMany

PHONE = "19900000001"


@pytest.fixture
def now() -> datetime:
    return clock.now()  # the worker that delivers a code looks at the real clock


def send(phones: Any, jobs: Any, now: datetime) -> dict[str, Any]:
    challenge = codes.send_code(phone=PHONE, address="10.0.0.1", now=now)
    jobs.run()
    return {"phone": PHONE, "challenge": challenge.id, "code": phones.code(PHONE)}


def tries(answers: list[dict[str, Any]], now: datetime) -> int:
    """How many of these answers, all given at the same moment, are accepted."""

    def one(answer: dict[str, Any]) -> bool:
        try:
            codes.check_code(**answer, address="10.0.0.1", now=now)
        except (Invalid, TooMany):
            return False
        else:
            return True
        finally:
            connection.close()

    with ThreadPoolExecutor(max_workers=20) as pool:
        return sum(pool.map(one, answers))


@pytest.mark.django_db(transaction=True)
def test_of_many_uses_of_one_code_at_the_same_moment_exactly_one_succeeds(
    phones: Any, jobs: Any, now: datetime
) -> None:
    answer = send(phones, jobs, now)
    assert tries([answer] * 5, now) == 1


@pytest.mark.django_db(transaction=True)
def test_the_race_is_real_without_the_conditional_update(
    phones: Any, jobs: Any, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With a check that looks first and marks afterwards, the same code opens more than one door."""

    def look_then_mark(number: str, code: str, challenge: Any, template: str, now: datetime) -> bool:
        row = SignInCode.objects.get(id=challenge)
        fine = row.used_at is None and bytes(row.mac) == codes._mac(challenge, code, template)
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_sleep(0.05)")
        SignInCode.objects.filter(id=challenge).update(used_at=now)
        return fine

    answer = send(phones, jobs, now)
    monkeypatch.setattr(codes, "_use", look_then_mark)
    assert tries([answer] * 5, now) > 1


@pytest.mark.django_db
@pytest.mark.parametrize(("late", "accepted"), [(codes.LIFE - timedelta(seconds=1), True), (codes.LIFE, False)])
def test_a_code_lives_five_minutes(phones: Any, jobs: Any, now: datetime, late: timedelta, accepted: bool) -> None:
    answer = send(phones, jobs, now)
    if accepted:
        assert codes.check_code(**answer, address="x", now=now + late) == PHONE
    else:
        with pytest.raises(Invalid):
            codes.check_code(**answer, address="x", now=now + late)


@pytest.mark.django_db
def test_ten_wrong_codes_lock_a_number_even_over_many_challenges_and_addresses(
    phones: Any, jobs: Any, now: datetime
) -> None:
    def guess(minute: int, number: int) -> str:
        code = f"{(int(answer['code']) + 1 + number) % 10**6:06}"
        later = now + timedelta(minutes=minute)
        try:
            codes.check_code(**{**answer, "code": code}, address=f"10.0.{minute}.{number}", now=later)
        except Invalid:
            return "wrong"
        except TooMany:
            return "locked"
        return "in"

    answers = []
    for minute in range(5):
        answer = send(phones, jobs, now + timedelta(minutes=minute))
        answers += [guess(minute, number) for number in range(4)]
    assert answers == ["wrong"] * 10 + ["locked"] * 10


@pytest.mark.django_db
def test_a_right_code_forgives_the_wrong_ones_before(phones: Any, jobs: Any, now: datetime) -> None:
    answer = send(phones, jobs, now)
    wrong = {**answer, "code": "000000" if answer["code"] != "000000" else "000001"}
    with pytest.raises(Invalid):
        codes.check_code(**wrong, address="x", now=now)
    codes.check_code(**answer, address="x", now=now)
    for _ in range(10):
        limits.take(limits.TRY_PHONE, who=PHONE, now=now)


@pytest.mark.django_db
def test_a_flood_of_messages_to_many_numbers_from_one_address_is_stopped(phones: Any, now: datetime) -> None:
    for number in range(60):
        codes.send_code(phone=f"1990001{number:04}", address="10.0.0.1", now=now)
    with pytest.raises(TooMany):
        codes.send_code(phone="19900020000", address="10.0.0.1", now=now)


@pytest.mark.django_db
def test_no_code_and_no_number_stands_in_a_table_as_it_is(phones: Any, jobs: Any, now: datetime) -> None:
    challenge = codes.send_code(phone=PHONE, address="10.0.0.1", now=now)
    with connection.cursor() as cursor:
        cursor.execute("SELECT string_agg(t::text, ' ') FROM inbox_outbound t")
        waiting = cursor.fetchone()[0]
    jobs.run()
    code = phones.code(PHONE)
    for secret in (PHONE, code.encode().hex(), PHONE.encode().hex()):
        assert secret not in waiting
    assert code.encode() not in bytes(SignInCode.objects.get(id=challenge.id).mac)


@pytest.mark.django_db
def test_an_authenticator_code_works_once_and_only_near_its_time(make_person: Any, now: datetime) -> None:
    person = make_person(1)
    factor, address = factors.enrol(person=person)
    assert address.startswith("otpauth://totp/")
    code = factors.code_at(factor.secret, int(now.timestamp()) // 30)
    factors.check(person=person, code=code, now=now)
    with pytest.raises(Invalid):
        factors.check(person=person, code=code, now=now)
    old = factors.code_at(factor.secret, int(now.timestamp()) // 30 - 2)
    with pytest.raises(Invalid):
        factors.check(person=person, code=old, now=now)


@pytest.mark.django_db
def test_guessing_an_authenticator_is_stopped_after_eight_tries(make_person: Any, now: datetime) -> None:
    person = make_person(1)
    factors.enrol(person=person)
    for _ in range(8):
        with pytest.raises(Invalid):
            factors.check(person=person, code="12345", now=now)
    with pytest.raises(TooMany):
        factors.check(person=person, code="12345", now=now)
