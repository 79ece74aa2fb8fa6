"""Where browsers tell that a page broke its content policy: a line of the log, and nothing of anybody (check D1)."""

import json
import logging
import re
from collections.abc import Iterator
from typing import Any, Final
from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse

from niangjia.core import access
from niangjia.core.accounts import limits
from niangjia.interfaces.api.requests import address_of
from niangjia.kernel import clock

log = logging.getLogger(__name__)
ROUTE: Final = "csp-reports"
LARGEST = 8_192  # bytes
AT_ONCE = 5  # reports of one message
BY_ADDRESS = (limits.Limit("csp-ip", 30, 3600),)
BY_ALL = (limits.Limit("csp-all", 2_000, 3600),)
_NOT_PLAIN = re.compile(r"[^\w./:*-]", re.ASCII)
_KEY = re.compile(r"[0-9a-fA-F-]{16,}|\d{5,}")


@access.public(reason="a browser reports by itself, and nothing is told back")
def csp_reports(request: HttpRequest) -> HttpResponse:
    if request.method != "POST":
        return HttpResponse(status=405, headers={"Allow": "POST"})
    if len(request.headers.get("Content-Length", "")) > 5 or len(request.body) > LARGEST:
        return HttpResponse(status=413)
    limits.take_all([(BY_ADDRESS, address_of(request)), (BY_ALL, "all")], now=clock.now())
    for told in list(_reports(request.body))[:AT_ONCE]:
        log.warning("content policy: %s refused %s on %s", *told)
    return HttpResponse(status=204)


def _reports(body: bytes) -> Iterator[tuple[str, str, str]]:
    """(directive, what was refused, page), of either form in which browsers write; nothing of what is no report."""
    try:
        sent = json.loads(body)
    except ValueError:
        return
    for report in sent if isinstance(sent, list) else [sent]:
        found = report.get("csp-report") or report.get("body") if isinstance(report, dict) else None
        if isinstance(found, dict):
            yield (
                _plain(_first(found, "effectiveDirective", "effective-directive", "violated-directive")),
                _origin(_first(found, "blockedURL", "blocked-uri")),
                _page(_first(found, "documentURL", "document-uri")),
            )


def _first(report: dict[str, Any], *names: str) -> str:
    return next((str(report[name]) for name in names if report.get(name)), "")


def _origin(address: str) -> str:
    """`inline`, or scheme and host: what stands behind them may be anybody's."""
    parts = _split(address)
    return _plain(f"{parts[0]}://{parts[1]}" if parts[1] else address)


def _page(address: str) -> str:
    return _KEY.sub("-", _plain(_split(address)[2]))


def _split(address: str) -> tuple[str, str, str]:
    try:
        parts = urlsplit(address)
        return parts.scheme, parts.hostname or "", parts.path
    except ValueError:
        return "", "", ""


def _plain(text: str) -> str:
    return _NOT_PLAIN.sub("", text[:100]) or "-"
