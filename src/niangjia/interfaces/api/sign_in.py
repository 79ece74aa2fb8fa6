"""Signing in: by phone, by Alipay or WeChat, and through a mini-program's web-view."""

from datetime import datetime
from typing import Literal
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from ninja import Field, Router, Schema

from niangjia.core import access
from niangjia.core.accounts import codes, devices, services
from niangjia.core.accounts.models import Person
from niangjia.core.endpoints import Empty
from niangjia.interfaces.api.me import me_of
from niangjia.interfaces.api.requests import address_of, person_of
from niangjia.interfaces.api.types import Me
from niangjia.kernel import clock

router = Router(tags=["sign-in"])
FORGET = '"cache", "storage"'  # not cookies: the mark of a known device stays
BEFORE = "one must be able to sign in before being signed in"


class CodeWanted(Schema):
    phone: str = Field(max_length=40)


class CodeSent(Schema):
    challenge: UUID
    resend_after: int
    expires_in: int


class CodeTyped(Schema):
    phone: str = Field(max_length=40)
    code: str = Field(max_length=12)
    challenge: UUID


class SignedIn(Schema):
    token: str
    me: Me


class OutsideCode(Schema):
    code: str = Field(max_length=200)


class OutsideAnswer(Schema):
    state: Literal["signed_in", "phone_needed"]
    bind_ticket: str | None = None
    token: str | None = None


class Binding(CodeTyped):
    bind_ticket: str = Field(max_length=100)


class TicketMade(Schema):
    ticket: str
    expires_in: int


class TicketGiven(Schema):
    ticket: str = Field(max_length=100)


@router.post("/sign-in/code", response=CodeSent)
@access.public(reason=BEFORE)
def send_code(request: HttpRequest, wanted: CodeWanted) -> codes.Challenge | dict[str, object]:
    sent = codes.send_code(phone=wanted.phone, address=address_of(request), now=clock.now())
    return {"challenge": sent.id, "resend_after": sent.resend_after, "expires_in": sent.expires_in}


@router.post("/sign-in/verify", response=SignedIn)
@access.public(reason=BEFORE)
def verify(request: HttpRequest, response: HttpResponse, typed: CodeTyped) -> SignedIn:
    now = clock.now()
    person = services.sign_in_by_code(session=request.session, address=address_of(request), now=now, **typed.dict())
    _remember_device(request, response, person, now)
    return _signed_in(request, person)


@router.post("/sign-in/alipay", response=OutsideAnswer)
@access.public(reason=BEFORE)
def by_alipay(request: HttpRequest, response: HttpResponse, given: OutsideCode) -> OutsideAnswer:
    return _by_outside(request, response, "alipay", given.code)


@router.post("/sign-in/wechat", response=OutsideAnswer)
@access.public(reason=BEFORE)
def by_wechat(request: HttpRequest, response: HttpResponse, given: OutsideCode) -> OutsideAnswer:
    return _by_outside(request, response, "wechat", given.code)


@router.post("/sign-in/bind", response=SignedIn)
@access.public(reason=BEFORE)
def bind(request: HttpRequest, response: HttpResponse, typed: Binding) -> SignedIn:
    now = clock.now()
    person = services.bind_outside(
        session=request.session,
        ticket=typed.bind_ticket,
        phone=typed.phone,
        code=typed.code,
        challenge=typed.challenge,
        address=address_of(request),
        now=now,
    )
    _remember_device(request, response, person, now)
    return _signed_in(request, person)


@router.post("/bridge/ticket", response=TicketMade)
@access.signed_in
def make_ticket(request: HttpRequest) -> TicketMade:
    ticket = services.bridge_ticket(person=person_of(request), now=clock.now())
    return TicketMade(ticket=ticket, expires_in=60)


@router.post("/bridge/redeem", response=SignedIn)
@access.public(reason="the ticket is the proof")
def redeem_ticket(request: HttpRequest, given: TicketGiven) -> SignedIn:
    person = services.redeem_bridge(
        session=request.session, ticket=given.ticket, address=address_of(request), now=clock.now()
    )
    return _signed_in(request, person)


@router.post("/me/phone", response=SignedIn)
@access.signed_in
def change_phone(request: HttpRequest, typed: CodeTyped) -> SignedIn:
    """The code was sent to the new number, as for signing in."""
    person = services.change_phone(
        session=request.session,
        person=person_of(request),
        address=address_of(request),
        now=clock.now(),
        **typed.dict(),
    )
    return _signed_in(request, person)


@router.post("/sign-out", response=Empty)
@access.public(reason="signing out twice does no harm")
def sign_out(request: HttpRequest, response: HttpResponse) -> Empty:
    services.sign_out(session=request.session)
    response["Clear-Site-Data"] = FORGET
    return Empty()


def _by_outside(request: HttpRequest, response: HttpResponse, provider: str, code: str) -> OutsideAnswer:
    now = clock.now()
    person, ticket = services.sign_in_by_outside(
        session=request.session, provider=provider, code=code, address=address_of(request), now=now
    )
    if person is None:
        return OutsideAnswer(state="phone_needed", bind_ticket=ticket)
    _remember_device(request, response, person, now)
    return OutsideAnswer(state="signed_in", token=request.session.session_key)


def _remember_device(request: HttpRequest, response: HttpResponse, person: Person, now: datetime) -> None:
    """Not for a web-view that redeems a ticket: it runs on the phone that just signed in."""
    carried = request.COOKIES.get(devices.COOKIE, "")
    if not devices.knows(carried, person.pk):
        devices.tell_of_new(person=person, now=now)
    response.set_cookie(
        devices.COOKIE,
        devices.marked(carried, person.pk),
        max_age=devices.LIFE,
        secure=settings.HTTPS,
        httponly=True,
        samesite="Lax",
    )


def _signed_in(request: HttpRequest, person: Person) -> SignedIn:
    return SignedIn(token=request.session.session_key or "", me=me_of(person))
