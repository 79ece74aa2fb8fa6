"""Staff sign in: a code by phone, then six digits from an authenticator, asked for again before grave acts."""

from uuid import UUID

import segno
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from niangjia.core import access
from niangjia.core.accounts import administrators, codes, factors, services
from niangjia.core.accounts.models import Person, SecondFactor
from niangjia.core.accounts.sessions import FACTOR
from niangjia.core.pages import status_of, told
from niangjia.interfaces.api.requests import address_of
from niangjia.interfaces.console.frame import next_of, page
from niangjia.kernel import clock
from niangjia.kernel.errors import DomainError, Invalid

BEFORE = "one must be able to sign in before being signed in"
SETUP = "setting_up"


@access.public(reason=BEFORE)
def sign_in(request: HttpRequest) -> HttpResponse:
    """First the phone, then its code; who is signed in already goes on to the second factor."""
    if isinstance(request.user, Person):
        return _on(request, "factor" if administrators.has_authenticator(request.user) else "setup")
    if request.method != "POST":
        return _phone(request)
    try:
        return _code_typed(request) if "code" in request.POST else _code_wanted(request)
    except DomainError as error:
        ask = _code if "code" in request.POST else _phone
        return ask(request, status=status_of(error), **told(error))


def _on(request: HttpRequest, step: str) -> HttpResponse:
    return redirect(f"/console/sign-in/{step}?{urlencode({'next': next_of(request)})}")


def _code_wanted(request: HttpRequest) -> HttpResponse:
    sent = codes.send_code(phone=request.POST.get("phone", ""), address=address_of(request), now=clock.now())
    return _code(request, challenge=sent.id)


def _code_typed(request: HttpRequest) -> HttpResponse:
    services.sign_in_by_code(
        session=request.session,
        phone=request.POST.get("phone", ""),
        code=request.POST["code"],
        challenge=_challenge(request.POST.get("challenge", "")),
        address=address_of(request),
        now=clock.now(),
    )
    person = Person.objects.get(pk=request.session["_auth_user_id"])
    return _on(request, "factor" if administrators.has_authenticator(person) else "setup")


def _challenge(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError as error:
        raise Invalid(_("Please ask for a new code.")) from error


def _phone(request: HttpRequest, status: int = 200, **context: object) -> HttpResponse:
    typed = {"phone": request.POST.get("phone", ""), "next": next_of(request)}
    return page(request, "console/sign_in.html", _("Sign in"), status=status, **typed, **context)


def _code(request: HttpRequest, status: int = 200, **context: object) -> HttpResponse:
    typed = {
        "phone": request.POST.get("phone", ""),
        "challenge": request.POST.get("challenge", ""),
        "next": next_of(request),
    }
    return page(request, "console/sign_in_code.html", _("Your code"), status=status, **{**typed, **context})


@access.signed_in
def factor(request: HttpRequest) -> HttpResponse:
    """Six digits from the authenticator, for signing in and whenever an act asks for them anew."""
    person = _person(request)
    if not administrators.has_authenticator(person):
        return _on(request, "setup")
    again = FACTOR in request.session
    if request.method != "POST":
        return _digits(request, again=again)
    try:
        factors.check(person=person, code=request.POST.get("code", ""), now=clock.now())
    except DomainError as error:
        return _digits(request, again=again, status=status_of(error), **told(error))
    services.give_second_factor(session=request.session, now=clock.now())
    return redirect(next_of(request))


def _digits(request: HttpRequest, *, again: bool, status: int = 200, **context: object) -> HttpResponse:
    title = _("Confirm once more that it is you") if again else _("Six digits from your authenticator")
    return page(
        request, "console/sign_in_factor.html", title, status=status, again=again, next=next_of(request), **context
    )


@access.signed_in
def setup(request: HttpRequest) -> HttpResponse:
    """Tie an authenticator: the setup secret first, then the QR code, then the first six digits."""
    person = _person(request)
    if request.method != "POST":
        return _setup_page(request, person)
    try:
        if "secret" in request.POST:
            address = address_of(request)
            administrators.begin_setup(person=person, secret=request.POST["secret"], address=address, now=clock.now())
            request.session[SETUP] = True
            return _setup_page(request, person)
        return _confirm(request, person)
    except DomainError as error:
        return _setup_page(request, person, status=status_of(error), **told(error))


def _confirm(request: HttpRequest, person: Person) -> HttpResponse:
    """Only the session that redeemed the secret may confirm what the secret began."""
    if not request.session.get(SETUP):
        raise Invalid(_("Please enter your setup secret first."))
    factors.check(person=person, code=request.POST.get("code", ""), now=clock.now())
    del request.session[SETUP]
    services.give_second_factor(session=request.session, now=clock.now())
    return redirect(next_of(request))


def _setup_page(request: HttpRequest, person: Person, status: int = 200, **context: object) -> HttpResponse:
    begun = SecondFactor.objects.filter(person=person, confirmed_at=None).first() if _is_setting_up(request) else None
    drawing = {"qr": _qr(factors.address_for(begun)), "secret": begun.secret} if begun else {}
    title = _("Set up your authenticator")
    return page(
        request, "console/sign_in_setup.html", title, status=status, next=next_of(request), **drawing, **context
    )


def _is_setting_up(request: HttpRequest) -> bool:
    return bool(request.session.get(SETUP))


def _qr(address: str) -> str:
    """As an inline drawing: the secret passes through no file and no address."""
    return segno.make(address, error="m").svg_inline(scale=5, border=3, omitsize=True)


def _person(request: HttpRequest) -> Person:
    assert isinstance(request.user, Person)  # the view declares that somebody is signed in
    return request.user


@access.public(reason="signing out twice does no harm")
def sign_out(request: HttpRequest) -> HttpResponse:
    if request.method == "POST":
        services.sign_out(session=request.session)
    response = redirect("/console/sign-in")
    response["Clear-Site-Data"] = '"cache", "storage"'
    return response
