"""Who may call a view is decided here, for pages and API alike, before the view or its arguments are touched."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse

from niangjia.core.access import actor_of
from niangjia.interfaces.boot.checks import access_of
from niangjia.interfaces.errors import respond
from niangjia.kernel.errors import DomainError

Handler = Callable[[HttpRequest], HttpResponse]


class Undeclared(RuntimeError):
    """A view without declaration was reached: the check at start was passed over."""


def fence(get_response: Handler) -> Handler:
    def middleware(request: HttpRequest) -> HttpResponse:
        return get_response(request)

    def process_view(request: HttpRequest, callback: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        access = access_of(callback, request.method or "")
        if access is None:
            raise Undeclared(request.path)
        try:
            access.check(actor_of(request))
        except DomainError as error:
            return respond(request, error)
        return None

    middleware.process_view = process_view  # type: ignore[attr-defined]  # Django looks for it there
    return middleware
