"""Who looked at my data, all of it to take along, and being forgotten."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from ninja import Field, Router, Schema

from niangjia.core import access
from niangjia.core.privacy import looks as seen
from niangjia.core.privacy.erase import erase
from niangjia.core.privacy.export import export
from niangjia.interfaces.api.paging import page_of
from niangjia.interfaces.api.requests import person_of
from niangjia.kernel import clock

router = Router(tags=["me"])


class LookOut(Schema):
    who: str
    what: str
    purpose: str
    at: datetime


class Looks(Schema):
    items: list[LookOut]
    next: str | None


class Confirmed(Schema):
    confirm: str = Field(max_length=20)


class Erased(Schema):
    receipt: str
    at: datetime


@router.get("/looks", response=Looks)
@access.signed_in
def looks(request: HttpRequest, cursor: str | None = None, own: bool = False) -> Any:
    """Who looked at or changed my data; with `own`, what I did myself too."""
    me = person_of(request).pk
    events, after = page_of(seen.shown_to(me, own=own), by="at", cursor=cursor)
    return {"items": seen.in_words(events, person_id=me), "next": after}


@router.get("/me/export", response=dict[str, Any])
@access.signed_in
def take_along(request: HttpRequest) -> Any:
    person, now = person_of(request), clock.now()
    name = f"niangjia-{clock.today(now).isoformat()}.json"
    return JsonResponse(
        export(person=person, now=now),
        json_dumps_params={"ensure_ascii": False, "indent": 1},
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


@router.post("/me/erase", response=Erased)
@access.signed_in
def forget_me(request: HttpRequest, response: HttpResponse, confirmed: Confirmed) -> Any:
    done = erase(person=person_of(request), confirm=confirmed.confirm, now=clock.now())
    request.session.flush()
    response["Clear-Site-Data"] = '"*"'
    return done
