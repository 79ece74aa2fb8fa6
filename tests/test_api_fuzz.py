"""The API against its own description: whatever is sent, no crash and no answer that the description does not know."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
import schemathesis
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from hypothesis import HealthCheck, settings
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from niangjia.core.accounts import services
from niangjia.core.accounts.models import Person
from niangjia.core.accounts.sessions import SessionStore
from niangjia.interfaces.api import api as worker_api

schema = schemathesis.openapi.from_dict(worker_api.get_openapi_schema(path_prefix="/api/v1/"))
schema.app = WSGIHandler()


@schemathesis.check
def no_bug(ctx: Any, response: Any, case: schemathesis.Case[Any]) -> None:
    """Only one kind of 5xx is an answer: a provider outside that does not respond, said kindly."""
    if response.status_code >= 500:
        assert response.json()["error"]["code"] == "unavailable", response.text


CHECKS = [no_bug, status_code_conformance, content_type_conformance, response_schema_conformance]


@pytest.fixture(autouse=True)
def one_connection() -> Iterator[None]:
    """A real server closes its connections after a request; here the test's own transaction lives on them."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.fixture
def token(make_person: Any) -> str:
    """Somebody signed in and verified by nobody: most doors answer with what to do next, none may break."""
    person: Person = make_person(1)
    session = SessionStore()
    services._begin(session, person, now=datetime.now(UTC))
    return session.session_key or ""


@pytest.mark.django_db
@schema.parametrize()
@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
def test_whatever_is_sent_gets_an_answer_that_is_described(case: schemathesis.Case[Any], token: str) -> None:
    case.call_and_validate(headers={"Authorization": f"Bearer {token}"}, checks=CHECKS)


@pytest.mark.django_db
@schema.parametrize()
@settings(max_examples=4, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
def test_a_stranger_gets_an_answer_that_is_described_too(case: schemathesis.Case[Any]) -> None:
    case.call_and_validate(checks=CHECKS)
