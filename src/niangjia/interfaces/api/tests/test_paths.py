"""A path that was found once is found again without asking every pattern; what is not there is not kept."""

from typing import Any
from unittest.mock import patch

import pytest
from django.urls import Resolver404, URLResolver, get_resolver

from niangjia.interfaces.api.paths import _Known

KNOWN = "/api/v1/activities/register"


def resolver() -> Any:
    return next(one for one in get_resolver().url_patterns if isinstance(one, _Known))


def test_a_path_is_looked_for_once() -> None:
    first = get_resolver().resolve(KNOWN)
    with patch.object(URLResolver, "resolve", side_effect=AssertionError("asked again")):
        assert resolver().resolve(KNOWN[1:]).func is first.func


def test_what_is_not_there_is_not_kept() -> None:
    known = resolver()._known
    before = dict(known)
    for path in ("api/v1/nothing", "api/v1/me/", "api/v1/me?x"):
        with pytest.raises(Resolver404):
            resolver().resolve(path)
    assert known == before


def test_every_kept_path_is_an_endpoint_without_arguments() -> None:
    get_resolver().resolve(KNOWN)
    assert all(not match.kwargs and not match.args for match in resolver()._known.values())
