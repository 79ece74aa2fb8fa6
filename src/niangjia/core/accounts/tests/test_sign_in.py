"""Signing in by phone (checks A1 to A4)."""

from collections.abc import Callable
from typing import Any

import pytest

from niangjia.core.accounts import services
from niangjia.core.accounts.models import Person, Session

PHONE = "19900000001"


@pytest.fixture
def code_for(api: Callable[..., Any], phones: Any, jobs: Any) -> Callable[..., tuple[Any, dict[str, str]]]:
    """A phone that asked for a code: (its api, the right answer)."""

    def ask(phone: str = PHONE) -> tuple[Any, dict[str, str]]:
        app = api()
        sent = app.post("sign-in/code", phone=phone)
        assert app.status == 200, sent
        jobs.run()
        return app, {"phone": phone, "challenge": sent["challenge"], "code": phones.code(phone)}

    return ask


@pytest.mark.django_db
def test_a_phone_and_its_code_are_all_one_needs(code_for: Any) -> None:
    app, answer = code_for()
    signed_in = app.post("sign-in/verify", **answer)
    assert app.status == 200, signed_in
    assert signed_in["me"]["phone_masked"] == "199****0001"
    assert app.get("me")["id"] == signed_in["me"]["id"]


@pytest.mark.django_db
def test_a_code_works_once(code_for: Any) -> None:
    app, answer = code_for()
    app.post("sign-in/verify", **answer)
    again = app.post("sign-in/verify", **answer)
    assert app.status == 422
    assert "code" in again["error"]["fields"]


@pytest.mark.django_db
def test_after_five_wrong_codes_the_right_one_is_dead_too(code_for: Any) -> None:
    app, answer = code_for()
    wrong = "000000" if answer["code"] != "000000" else "000001"
    for _ in range(5):
        app.post("sign-in/verify", **{**answer, "code": wrong})
        assert app.status == 422
    app.post("sign-in/verify", **answer)
    assert app.status == 422


@pytest.mark.django_db
def test_a_code_of_one_phone_does_not_open_another(code_for: Any) -> None:
    app, answer = code_for()
    app.post("sign-in/verify", **{**answer, "phone": "19900000002"})
    assert app.status == 422
    assert not Person.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize("spelling", ["199 0000 0001", "+86 19900000001", "１９９００００００01", "199-0000-0001"])
def test_other_spellings_of_a_number_share_its_limits(code_for: Any, api: Any, spelling: str) -> None:
    code_for()
    other = api()
    refused = other.post("sign-in/code", phone=spelling)
    assert other.status == 429
    assert refused["error"]["retry_after"] > 0


@pytest.mark.django_db
def test_a_forged_forwarding_header_buys_no_more_tries(api: Any, phones: Any) -> None:
    app = api()
    for number in range(60):
        app.client.post(
            "/api/v1/sign-in/code",
            {"phone": f"1990001{number:04}"},
            content_type="application/json",
            headers={"X-Forwarded-For": f"10.0.0.{number}"},
        )
    app.client.post("/api/v1/sign-in/code")
    refused = app.client.post(
        "/api/v1/sign-in/code",
        {"phone": "19900020000"},
        content_type="application/json",
        headers={"X-Forwarded-For": "10.9.9.9"},
    )
    assert refused.status_code == 429


@pytest.mark.django_db
def test_known_and_unknown_numbers_get_the_same_answer(api: Any, make_person: Any) -> None:
    make_person(1)
    known, unknown = api(), api()
    first, second = known.post("sign-in/code", phone=PHONE), unknown.post("sign-in/code", phone="19900000009")
    assert known.status == unknown.status == 200
    assert first.keys() == second.keys()
    assert len(known.response.content) == len(unknown.response.content)


@pytest.mark.django_db
def test_after_sessions_are_ended_the_next_request_is_a_strangers(api: Any, make_person: Any) -> None:
    alice = make_person(1)
    app = api(alice)
    app.get("me")
    assert app.status == 200
    services.end_sessions(person_id=alice.pk)
    app.get("me")
    assert app.status == 401


@pytest.mark.django_db
def test_signing_out_kills_the_token(api: Any, make_person: Any) -> None:
    app = api(make_person(1))
    token = Session.objects.get().session_key
    app.post("sign-out")
    stranger = api()
    answer = stranger.client.get("/api/v1/me", headers={"Authorization": f"Bearer {token}"})
    assert answer.status_code == 401
