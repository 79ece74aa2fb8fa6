"""The counter: somebody shows their ID document to an officer, who writes down what stands on it."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from niangjia.core import access
from niangjia.core.attestations import services
from niangjia.core.attestations.desk_roles import VERIFY
from niangjia.core.attestations.services.in_person import Shown
from niangjia.core.pages import go, status_of, told
from niangjia.interfaces.api.requests import address_of
from niangjia.interfaces.console.frame import page
from niangjia.kernel import clock
from niangjia.kernel.errors import DomainError, Invalid


@access.needs(VERIFY)
def in_person(request: HttpRequest) -> HttpResponse:
    """One form in two steps: a code is sent to the phone, then told. Whatever goes wrong, what was typed stays."""
    if request.method != "POST":
        return _form(request)
    try:
        return _code_told(request) if "told" in request.POST else _code_wanted(request)
    except DomainError as error:
        return _form(request, status=status_of(error), **told(error))


def _code_wanted(request: HttpRequest) -> HttpResponse:
    sent = services.ask_for_code(
        actor=access.actor_of(request), shown=_shown(request), address=address_of(request), now=clock.now()
    )
    return _form(request, challenge=sent.id)


def _code_told(request: HttpRequest) -> HttpResponse:
    services.verify_in_person(
        actor=access.actor_of(request),
        shown=_shown(request),
        code=request.POST.get("code", ""),
        challenge=_challenge(request.POST.get("challenge", "")),
        address=address_of(request),
        now=clock.now(),
    )
    return go("/console/verify", "verified")


def _shown(request: HttpRequest) -> Shown:
    return Shown(
        phone=request.POST.get("phone", ""),
        legal_name=request.POST.get("legal_name", ""),
        id_number=request.POST.get("id_number", ""),
        original_seen="original_seen" in request.POST,
    )


def _challenge(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError as error:
        raise Invalid(_("Please send a code first.")) from error


def _form(request: HttpRequest, status: int = 200, **context: object) -> HttpResponse:
    shown = {"typed": request.POST, "challenge": request.POST.get("challenge", ""), **context}
    return page(request, "console/in_person.html", _("Document shown at the desk"), status=status, **shown)
