"""What a shared phone or a proxy must not keep (check D4)."""

from collections.abc import Callable
from typing import Any

import pytest

from niangjia.core.accounts.models import Person

PERSONAL = ("me", "home", "inbox", "facts", "consents", "looks", "me/export", "photos/show?token=x", "ping")


@pytest.mark.parametrize("page", PERSONAL)
def test_personal_answers_are_kept_nowhere(
    make_person: Callable[..., Person], api: Callable[..., Any], page: str
) -> None:
    phone = api(make_person(1))
    phone.get(page)
    assert phone.response["Cache-Control"] == "no-store"
    assert phone.response["Referrer-Policy"] in ("no-referrer", "same-origin")  # nothing to others


def test_signing_out_clears_the_app(make_person: Callable[..., Person], api: Callable[..., Any]) -> None:
    phone = api(make_person(1))
    phone.post("sign-out")
    assert phone.response["Clear-Site-Data"] == '"cache", "storage"'


def test_being_forgotten_clears_everything(make_person: Callable[..., Person], api: Callable[..., Any]) -> None:
    phone = api(make_person(1))
    phone.post("me/erase", confirm="删除")
    assert phone.response["Clear-Site-Data"] == '"*"'
