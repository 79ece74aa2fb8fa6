"""The same strict headers on every response, whatever made it (check D1)."""

import re
from typing import Any

import pytest

from niangjia.interfaces.boot.checks import endpoints

pytestmark = pytest.mark.django_db
PATHS = [
    "/",
    "/console/",
    "/console/sign-in",
    "/console/people",
    "/cockpit/",
    "/nothing/here",
    "/console/people/none/",
    "/api/v1/me",
    "/api/v1/nothing",
    "/static/console/console.css",
]


@pytest.mark.parametrize("path", PATHS)
def test_every_response_carries_them(path: str, api: Any) -> None:
    headers = api().client.get(path).headers
    policy = headers["Content-Security-Policy"]
    assert "unsafe" not in policy
    for directive in ("default-src 'none'", "object-src 'none'", "base-uri 'none'", "frame-ancestors 'none'"):
        assert directive in policy
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "geolocation=()" in headers["Permissions-Policy"]


def test_https_is_remembered_for_a_year(api: Any, settings: Any) -> None:
    settings.HTTPS = True
    for path in PATHS:
        assert api().client.get(path)["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains"


def test_each_response_has_a_nonce_of_its_own(api: Any) -> None:
    client = api().client
    first, second = (
        re.search(r"'nonce-([\w-]+)'", client.get("/console/sign-in")["Content-Security-Policy"]) for _ in range(2)
    )
    assert first
    assert second
    assert first[1] != second[1]


@pytest.mark.parametrize("role", ["union_officer", "city_admin", "security_admin", "audit_admin", "enterprise_hr"])
def test_no_page_carries_inline_script_or_style(role: str, staff: Any, town: Any) -> None:
    client = staff(role, "province")
    for end in endpoints():
        if end.route.startswith(("/console/", "/cockpit/")) and "<" not in end.route:
            text = client.get(end.route, follow=True).content.decode(errors="replace")
            assert not re.search(r"\son\w+=|style=\"|<style|<script(?![^>]*src=)", text), end.route


@pytest.mark.parametrize("path", ["/console/", "/console/people", "/api/v1/me"])
def test_personal_pages_are_kept_nowhere(path: str, staff: Any, town: Any) -> None:
    assert staff("union_officer", "xihu").get(path)["Cache-Control"] == "no-store"
