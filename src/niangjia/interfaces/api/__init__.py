"""The worker API, assembled from the core's endpoints and each scene's router. No arguments in paths."""

import logging
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from ninja.errors import HttpError, ValidationError

from niangjia.core import access
from niangjia.core.registry import scenes
from niangjia.interfaces.api import consents, facts, files, home, inbox, live, me, privacy, sign_in, system
from niangjia.interfaces.api.schema import WorkerApi
from niangjia.interfaces.errors import respond, server_error
from niangjia.kernel import errors

log = logging.getLogger(__name__)
api = WorkerApi(title="Niangjia", version="1", docs_url=None, openapi_url=None, urls_namespace="api")

for room in (system, sign_in, me, home, inbox, live, facts, consents, files, privacy):
    api.add_router("", room.router)
for scene in scenes():
    if scene.router is not None:
        api.add_router(f"/{scene.slug}", scene.router, tags=[scene.slug])


@api.exception_handler(errors.DomainError)
def on_domain_error(request: HttpRequest, error: errors.DomainError) -> HttpResponse:
    return respond(request, error)


@api.exception_handler(ValidationError)
def on_validation_error(request: HttpRequest, error: ValidationError) -> HttpResponse:
    fields = {str(fault["loc"][-1]): _hint(fault) for fault in error.errors}
    return respond(
        request,
        errors.Invalid(
            _("Something is missing or not quite right."),
            next_step=_("Please look at the marked places."),
            fields=fields,
        ),
    )


def _hint(fault: dict[str, Any]) -> str:
    """A few words for the kinds of faults people make; the rest are faults of a program."""
    kind = str(fault["type"])
    if kind == "missing":
        return _("Please fill this in.")
    if "too_long" in kind or "less_than" in kind:
        return _("This is too long or too large.")
    if "too_short" in kind or "greater_than" in kind:
        return _("This is too short or too small.")
    return _("Please check this.")


@api.exception_handler(HttpError)
def on_http_error(request: HttpRequest, error: HttpError) -> HttpResponse:
    return respond(
        request, errors.Invalid(_("We did not understand that."), next_step=_("Please go back and try again."))
    )


@api.exception_handler(Exception)
def on_bug(request: HttpRequest, error: Exception) -> HttpResponse:
    """Logged with its traceback, told without it."""
    log.exception("unhandled", exc_info=error)
    return server_error(request)


@access.public(reason="the source of this description is public; it tells nothing about anybody")
def description(request: HttpRequest) -> JsonResponse:
    return JsonResponse(api.get_openapi_schema(path_prefix="/api/v1/"))
