"""What firms present: published by the union, read by members."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from pydantic import BaseModel

from niangjia.core import access
from niangjia.core.endpoints import answer
from niangjia.core.files.services import photo_url
from niangjia.kernel import clock
from niangjia.scenes.dating.api.frame import person_of, router
from niangjia.scenes.dating.selectors.people import member
from niangjia.scenes.dating.venues import selectors


class ShowOut(BaseModel):
    """One firm's event. `link` leads to where one registers: a route of the app or an https address."""

    id: UUID
    firm: str
    title: str
    text: str
    place: str
    day: datetime
    link: str
    photos: list[str]


class Shows(BaseModel):
    items: list[ShowOut]


@router.get("/shows", response=Shows)
@access.signed_in
def shows(request: HttpRequest) -> Any:
    """What is ahead, the next first."""
    now = clock.now()
    me = member(person_of(request), now)
    rows = list(selectors.shown(now)[:60])
    photos = selectors.pictures(shows=[row.pk for row in rows])
    return answer(
        Shows(
            items=[
                ShowOut(
                    **{name: getattr(row, name) for name in ("id", "title", "text", "place", "day", "link")},
                    firm=row.employer.name,
                    photos=[photo_url(photo, me.person_id, "full", now) for photo in photos.get(row.pk, ())],
                )
                for row in rows
            ]
        )
    )
