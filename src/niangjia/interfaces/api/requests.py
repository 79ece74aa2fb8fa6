"""What an endpoint may ask of a request."""

from typing import cast

from django.conf import settings
from django.http import HttpRequest

from niangjia.core.accounts.models import Person


def address_of(request: HttpRequest) -> str:
    """The caller's network address; forwarded ones count only from proxies we were told of (check A1)."""
    hops = [hop.strip() for hop in request.headers.get("X-Forwarded-For", "").split(",") if hop.strip()]
    proxies = settings.TRUSTED_PROXIES
    if proxies and len(hops) >= proxies:
        return hops[-proxies]
    return str(request.META.get("REMOTE_ADDR", ""))


def person_of(request: HttpRequest) -> Person:
    """The signed-in person; only for endpoints that declare they need one."""
    return cast(Person, request.user)
