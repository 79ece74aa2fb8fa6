"""Security headers on every response, whatever made it (check D1)."""

import secrets
from collections.abc import Callable
from functools import lru_cache

from django.conf import settings
from django.core.exceptions import DisallowedHost
from django.http import HttpRequest, HttpResponse

from niangjia.core import live, ports
from niangjia.core.registry import scenes
from niangjia.interfaces.csp_reports import ROUTE

Handler = Callable[[HttpRequest], HttpResponse]

FIXED = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",  # "no-referrer" would make browsers hide the origin of our own forms too
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(self), geolocation=(self), microphone=(self), payment=(), usb=()",
}
PRIVATE = "no-store"
REPORTS = f'csp="/{ROUTE}"'


def policy(nonce: str, listen: str = "", video: str = "") -> str:
    """The content security policy: our own files, and inline only what carries this response's nonce.

    `listen` is where the live process is, when that is another origin; `video` the union's own video server.

    Nothing inline, nothing evaluated: that is why the back office has a page skeleton of its own. The one of unfold
    drives everything by Alpine, which turns attributes of the page into code.
    """
    connect = _words("'self'", listen, video)
    return (
        f"default-src 'none'; script-src 'self' 'nonce-{nonce}'; style-src 'self' 'nonce-{nonce}'; "
        f"img-src 'self' data: blob:; font-src 'self' data:; connect-src {connect}; "
        "form-action 'self'; base-uri 'none'; "
        "object-src 'none'; frame-ancestors 'none'; manifest-src 'self'; media-src 'self' blob:; "
        f"frame-src {_frames()}; report-uri /{ROUTE}; report-to csp"
    )


@lru_cache(maxsize=1)
def _frames() -> str:
    """Whose players may stand within our pages: hosts that a scene names, and nobody else's."""
    return " ".join(f"https://{host}" for scene in scenes() for host in scene.frames) or "'none'"


def _words(*sources: str) -> str:
    return " ".join(filter(None, sources))


@lru_cache(maxsize=1)
def _video() -> str:
    """LiveKit's client opens a socket, and asks the same host over HTTP why, when that fails."""
    server = ports.video().server
    return _words(server, server.replace("ws", "http", 1))


def _listen(request: HttpRequest) -> str:
    """Another origin than ours, of the live process; "" when it is ours, or when nobody should be answered here."""
    try:
        return live.origin(scheme=request.scheme or "http", host=request.get_host()) or ""
    except DisallowedHost:
        return ""


def security_headers(get_response: Handler) -> Handler:
    def middleware(request: HttpRequest) -> HttpResponse:
        request.csp_nonce = secrets.token_urlsafe(16)  # type: ignore[attr-defined]
        response = get_response(request)
        for name, value in FIXED.items():
            response.headers.setdefault(name, value)
        response.headers.setdefault("Content-Security-Policy", policy(request.csp_nonce, _listen(request), _video()))  # type: ignore[attr-defined]
        response.headers.setdefault("Reporting-Endpoints", REPORTS)
        if settings.HTTPS:
            response.headers["Strict-Transport-Security"] = "max-age=31536000; includeSubDomains"
        if not request.path.startswith(("/static/", "/assets/")):
            response.headers.setdefault("Cache-Control", PRIVATE)
        return response

    return middleware
