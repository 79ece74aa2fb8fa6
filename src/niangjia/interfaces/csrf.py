"""Cross-site requests change nothing (check D3): what could carry a cookie must prove where it comes from."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseForbidden
from django.middleware.csrf import CsrfViewMiddleware

from niangjia.interfaces.csp_reports import ROUTE


class Csrf(CsrfViewMiddleware):
    """Django's check, without its exemptions (django-ninja exempts every view of its own).

    Left out is only what no foreign site can make a browser send: a bearer token, or JSON without our session cookie
    (a page elsewhere cannot send JSON without asking us first, and we never say yes). And reports on the content
    policy: a browser sends them without a token, and they change nothing.
    """

    def process_view(
        self, request: HttpRequest, callback: Callable[..., Any] | None, args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> HttpResponseForbidden | None:
        if getattr(request, "by_bearer", False) or _json_without_cookie(request) or request.path == f"/{ROUTE}":
            return None
        return super().process_view(request, _never_exempt, args, kwargs)


def _json_without_cookie(request: HttpRequest) -> bool:
    return (
        request.path.startswith("/api/")
        and settings.SESSION_COOKIE_NAME not in request.COOKIES
        and request.content_type == "application/json"
    )


def _never_exempt() -> HttpResponse:
    """Stands in for the view, so that no `csrf_exempt` mark on it counts."""
    raise NotImplementedError
