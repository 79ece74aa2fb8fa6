"""Errors as people see them: one shape for the API, one page for the back office, both in the reader's language."""

import logging
from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from niangjia.core.pages import status_of
from niangjia.kernel import errors

log = logging.getLogger(__name__)
Handler = Callable[[HttpRequest], HttpResponse]


def body_of(error: errors.DomainError) -> dict[str, Any]:
    """The one shape of every error of the API."""
    return {
        "error": {
            "code": error.code,
            "message": str(error.message),
            "next": str(error.next_step),
            "fields": {name: str(hint) for name, hint in error.fields.items()},
            "retry_after": getattr(error, "retry_after", None),
        }
    }


def respond(request: HttpRequest, error: errors.DomainError) -> HttpResponse:
    """As JSON under /api/, as a page elsewhere; who must sign in is sent there and comes back."""
    if request.path.startswith("/api/"):
        response: HttpResponse = JsonResponse(body_of(error), status=status_of(error))
    elif isinstance(error, errors.SignInNeeded | errors.StepUpNeeded):
        return redirect("/console/sign-in?" + urlencode({"next": request.get_full_path()}))
    else:
        response = render(request, "error.html", {"error": error}, status=status_of(error))
    if isinstance(error, errors.TooMany):
        response["Retry-After"] = str(error.retry_after)
    return response


def kind_pages(get_response: Handler) -> Handler:
    """Middleware: errors of the domain become kind pages wherever they are raised outside the API."""

    def middleware(request: HttpRequest) -> HttpResponse:
        return get_response(request)

    def process_exception(request: HttpRequest, exception: Exception) -> HttpResponse | None:
        return respond(request, exception) if isinstance(exception, errors.DomainError) else None

    middleware.process_exception = process_exception  # type: ignore[attr-defined]  # Django looks for it there
    return middleware


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return respond(request, errors.NotFound(_("There is nothing here."), next_step=_("Go back to the start page.")))


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return respond(
        request, errors.Invalid(_("We did not understand that."), next_step=_("Please go back and try again."))
    )


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    return respond(
        request,
        errors.Forbidden(
            _("This page was open for too long."),
            code="csrf",
            next_step=_("Load it again; what you typed is still there."),
        ),
    )


def server_error(request: HttpRequest) -> HttpResponse:
    return respond(
        request,
        errors.Unavailable(
            _("Something went wrong on our side."),
            code="server_error",
            next_step=_("Nothing was lost. Please try again in a moment."),
        ),
    )
