"""The few pages that anybody may open: a card to share, and whether a certificate is genuine. No personal data."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from pydantic import BaseModel

from niangjia.core import access
from niangjia.kernel import clock
from niangjia.scenes.activities import tickets
from niangjia.scenes.activities.api.frame import answer, router
from niangjia.scenes.activities.selectors import public


@router.get("/share")
@access.public(reason="a card to hand on: title, time and place of a union's published activity, nobody's name")
def share(request: HttpRequest, activity: UUID) -> HttpResponse:
    row = public.shared(activity)
    home = request.build_absolute_uri("/")
    return _page(request, "activities/share.html", public.card_page(row, home, clock.now()))


class ShareCode(BaseModel):
    """For the picture that a phone draws to hand on: where the QR code leads."""

    address: str
    svg: str


@router.get("/share/code", response=ShareCode)
@access.signed_in
def share_code(request: HttpRequest, activity: UUID) -> Any:
    address = public.address_of(public.shared(activity), request.build_absolute_uri("/"))
    return answer(ShareCode(address=address, svg=tickets.qr_svg(address)))


@router.get("/certificate/verify")
@access.public(reason="whoever is shown a certificate may ask whether it is genuine; the code is the proof")
def verify(request: HttpRequest, code: str = "") -> HttpResponse:
    return _page(request, "activities/verify.html", {"code": code[:20], "found": public.verified(code)})


def _page(request: HttpRequest, template: str, shown: dict[str, Any]) -> HttpResponse:
    return render(request, template, {**shown, "nonce": getattr(request, "csp_nonce", "")})
