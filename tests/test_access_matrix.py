"""Every endpoint × every role × every method, generated from what the server itself declares (check B1)."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import SystemCheckError
from django.test import Client

from niangjia.core.access import roles
from niangjia.core.access.declare import Access
from niangjia.core.orgs.models import Org
from niangjia.interfaces.boot.checks import Endpoint, endpoints

MATRIX = Path(__file__).with_name("access_matrix.txt")
METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")
REFUSED = {401, 403}


def declared() -> list[Endpoint]:
    return sorted(set(endpoints()), key=lambda end: (end.route, end.method))


def described(access: Access | None) -> str:
    assert access is not None
    if access.public:
        return f"public ({access.reason})"
    return f"{access.permission or 'signed in'}{', fresh second factor' if access.fresh else ''}"


def test_the_matrix_in_the_repository_is_the_one_the_server_has() -> None:
    """A new endpoint, or one opened wider, shows in review as a changed line. To accept: `make matrix`."""
    lines = [f"{end.method:6} {end.route:50} {described(end.access)}" for end in declared()]
    assert MATRIX.read_text().splitlines() == lines


def who() -> list[str]:
    return ["stranger", "worker", *sorted(roles.ROLES)]


@pytest.mark.django_db
@pytest.mark.parametrize("role", who())
def test_each_role_reaches_what_it_may_and_nothing_else(
    role: str, api: Any, make_person: Any, grant: Any, tree: dict[str, Org]
) -> None:
    wrong = [
        (method, end.route, status)
        for end in declared()
        if end.method != "*" and "(?P" not in end.route
        for method in METHODS
        if not _right(
            end, method, role, status := _ask(_client(role, api, make_person, grant, tree), method, end.route)
        )
    ]
    assert wrong == []


def _client(role: str, api: Any, make_person: Any, grant: Any, tree: dict[str, Org]) -> Client:
    """A fresh session each time: some endpoints end it."""
    if role == "stranger":
        return Client()
    person = make_person(1)
    if role != "worker" and not person.role_grants.exists():
        grant(person, role, tree["xihu"])
    client: Client = api(person, staff=role != "worker").client
    return client


def _ask(client: Client, method: str, route: str) -> int:
    call: Callable[..., Any] = getattr(client, method.lower())
    answer = call(route) if method == "GET" else call(route, "{}", content_type="application/json")
    return int(answer.status_code)


def _right(end: Endpoint, method: str, role: str, status: int) -> bool:
    others = {e.method for e in declared() if e.route == end.route}
    if method not in others:
        return status in {404, 405}
    if method != end.method:
        return True  # the other line of this route speaks for it
    access = end.access
    assert access is not None
    allowed = access.public or (role != "stranger" and (not access.permission or _holds(role, access.permission)))
    return status < 500 and (status not in REFUSED) == allowed


def _holds(role: str, permission: str) -> bool:
    return role in roles.ROLES and permission in roles.ROLES[role].permissions


def test_a_view_that_declares_nothing_stops_the_start(settings: Any) -> None:
    settings.ROOT_URLCONF = "tests.undeclared_urls"
    with pytest.raises(SystemCheckError, match="forgotten"):
        call_command("check")
