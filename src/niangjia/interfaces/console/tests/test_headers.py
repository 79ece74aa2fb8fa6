"""The same strict headers on every response, whatever made it (check D1)."""

import json
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
    assert "geolocation=(self)" in headers["Permissions-Policy"]


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


REPORT = {
    "csp-report": {
        "effective-directive": "script-src-elem",
        "blocked-uri": "https://evil.example/x.js?phone=19900000001",
        "document-uri": "https://house.example/console/people/3b0c8f44-0000-4000-8000-000000000000/?q=19900000001",
    }
}
MODERN = [{"type": "csp-violation", "body": {"effectiveDirective": "img-src\nforged line", "blockedURL": "inline"}}]


def test_a_broken_policy_is_one_plain_line_of_the_log(api: Any, caplog: pytest.LogCaptureFixture) -> None:
    browser = api().client
    for report, kind in ((REPORT, "application/csp-report"), (MODERN, "application/reports+json")):
        sent = browser.post("/csp-reports", json.dumps(report), content_type=kind)
        assert (sent.status_code, sent.content) == (204, b"")
    assert [record.getMessage() for record in caplog.records if "policy" in record.getMessage()] == [
        "content policy: script-src-elem refused https://evil.example on /console/people/-/",
        "content policy: img-srcforgedline refused inline on -",
    ]


@pytest.mark.parametrize("body", ["", "{", "[1, null]", '{"csp-report": 7}', '{"body": {"documentURL": "http://["}}'])
def test_what_is_no_report_is_left_aside(body: str, api: Any) -> None:
    assert api().client.post("/csp-reports", body, content_type="application/csp-report").status_code == 204


def test_reports_are_small_and_few(api: Any) -> None:
    browser = api().client
    assert browser.get("/csp-reports").status_code == 405
    large = json.dumps({"csp-report": {"blocked-uri": "x" * 9000}})
    assert browser.post("/csp-reports", large, content_type="application/csp-report").status_code == 413
    answers = [browser.post("/csp-reports", "{}", content_type="application/csp-report").status_code for _ in range(40)]
    assert (answers.count(204), answers.count(429)) == (30, 10)


def test_policies_say_where_to_report(api: Any) -> None:
    headers = api().client.get("/console/sign-in").headers
    assert "report-uri /csp-reports; report-to csp" in headers["Content-Security-Policy"]
    assert headers["Reporting-Endpoints"] == 'csp="/csp-reports"'
