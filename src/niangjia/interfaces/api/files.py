"""Photos: taken in and shown."""

from typing import Literal
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import File, Form, Router, Schema
from ninja.files import UploadedFile
from pypinyin import lazy_pinyin

from niangjia.core import access
from niangjia.core.accounts import limits
from niangjia.core.accounts.models import Person
from niangjia.core.files import services
from niangjia.interfaces.api.requests import person_of
from niangjia.kernel import clock
from niangjia.kernel.china import mask_phone

router = Router(tags=["files"])
UPLOADS = (limits.Limit("photo-hour", 60, 3600), limits.Limit("photo-day", 200, 86400))
ONLY_A_PICTURE = "default-src 'none'; sandbox"


class PhotoOut(Schema):
    id: UUID
    url: str


@router.post("/photos", response=PhotoOut)
@access.signed_in
def photos(
    request: HttpRequest, file: File[UploadedFile], purpose: Form[Literal["profile", "identity", "evidence"]]
) -> PhotoOut:
    person, now = person_of(request), clock.now()
    limits.take(UPLOADS, who=str(person.pk), now=now)
    photo = services.store_photo(owner_id=person.pk, upload=file, purpose=purpose, now=now)
    return PhotoOut(id=photo.pk, url=services.photo_url(photo, person.pk, "thumb", now))


@router.get("/photos/show", url_name="show_photo")
@access.signed_in
def show(request: HttpRequest, token: str) -> HttpResponse:
    me = person_of(request)
    picture = services.open_photo(
        token=token[:200], viewer_id=me.pk, epoch=me.session_epoch, viewer=_in_latin(me), now=clock.now()
    )
    return HttpResponse(
        picture,
        content_type="image/jpeg",
        headers={"Content-Disposition": 'inline; filename="photo.jpg"', "Content-Security-Policy": ONLY_A_PICTURE},
    )


def _in_latin(person: Person) -> str:
    """Who looks, for the mark over a document: in letters that every picture library can draw."""
    name = "".join(lazy_pinyin(person.legal_name)).title() if person.legal_name else ""
    plain = "".join(letter for letter in name if letter.isascii() and letter.isprintable())
    return f"{plain} {mask_phone(person.phone)}".strip()
