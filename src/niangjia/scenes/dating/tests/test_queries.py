"""How many statements a request costs, with one row and with three."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from niangjia.scenes.dating.models import Profile
from niangjia.scenes.dating.services import decisions


@pytest.fixture
def men(single: Callable[..., Profile]) -> list[Profile]:
    return [single(30 + n, "m", firm="port") for n in range(4)]


def cost(app: Any, method: str, path: str, **given: Any) -> int:
    with CaptureQueriesContext(
        connection,
    ) as seen:
        getattr(app, method)(path, **given)
    assert app.status == 200, app.response.content
    return len([query for query in seen if not query["sql"].startswith(("SAVEPOINT", "RELEASE"))])


def test_a_yes_costs_few_statements(phone: Any, alice: Profile, men: list[Profile]) -> None:
    assert cost(phone(alice), "post", "dating/yes", id=str(men[0].pk)) <= 6


@pytest.mark.parametrize(
    ("method", "path", "most"),
    [("post", "dating/browse", 7), ("get", "dating/said", 5), ("get", "dating/pairs", 6), ("get", "dating/reports", 4)],
)
def test_lists_cost_the_same_with_one_row_and_with_three(
    method: str, path: str, most: int, phone: Any, alice: Profile, men: list[Profile], now: Any
) -> None:
    app, costs = phone(alice), []
    for others in (men[:1], men[1:3]):
        for other in others:
            _meet(app, alice, other, path, now)
        costs.append(cost(app, method, path))
    assert costs[0] == costs[1] <= most


def _meet(app: Any, me: Profile, other: Profile, path: str, now: Any) -> None:
    if path == "dating/reports":
        app.post("dating/report", id=str(other.pk), reason="other")
    elif path != "dating/browse":
        decisions.say_yes(person_id=me.person_id, profile_id=other.pk, now=now)
        if path == "dating/pairs":
            decisions.say_yes(person_id=other.person_id, profile_id=me.pk, now=now)
