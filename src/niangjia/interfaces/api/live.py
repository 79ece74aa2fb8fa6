"""Where to listen for what is new."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest
from ninja import Router, Schema

from niangjia.core import access, live
from niangjia.core.endpoints import person_of
from niangjia.kernel import clock

router = Router(tags=["live"])


class LiveLine(Schema):
    """Listen at `address` with `ticket` as bearer until `ends`; without an address, ask from time to time instead."""

    address: str | None
    ticket: str
    ends: datetime | None


@router.get("/live", response=LiveLine)
@access.signed_in
def where_to_listen(request: HttpRequest) -> Any:
    origin = live.origin(scheme=request.scheme or "http", host=request.get_host())
    if origin is None:
        return LiveLine(address=None, ticket="", ends=None)
    now = clock.now()
    ticket = live.ticket(person_id=person_of(request), now=now)
    return LiveLine(address=origin + live.PATH, ticket=ticket, ends=now + live.TICKET_LIFE)
