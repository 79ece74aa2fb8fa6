"""Photos: taken in, shown to whom they were promised, deleted."""

import hmac
import secrets
from collections.abc import Collection, Iterable, Sequence
from datetime import UTC, datetime, timedelta
from functools import lru_cache, partial
from uuid import UUID

from django.core import signing
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from niangjia.core.crypto import keyring
from niangjia.core.files import decode, store
from niangjia.core.files.decode import VARIANTS, Variant
from niangjia.core.files.hidden import hide
from niangjia.core.files.models import Photo
from niangjia.core.files.watermark import stamp
from niangjia.kernel import clock
from niangjia.kernel.errors import Forbidden
from niangjia.kernel.ids import new_id

URL_LIFE = timedelta(minutes=15)
IDENTITY_LIFE = timedelta(days=1)  # of a document photo that was not sent to any desk
GUARDED = frozenset({"identity", "evidence"})
PERSONAL = frozenset({"profile", "chat"})  # what one member shows another carries, unseen, whom it was shown to
ORPHAN_AGE = timedelta(days=1)


def store_photo(*, owner_id: UUID, upload: UploadedFile[bytes], purpose: str, now: datetime) -> Photo:
    """Take in a photo. The upload is read once, drawn anew, sealed, and its own bytes are kept nowhere."""
    if (upload.size or 0) > decode.MAX_BYTES:
        raise decode.refused(_("This photo is larger than 12 MB."), _("Please choose a smaller one."))
    drawn = decode.draw(upload.read(), name=upload.name or "")
    photo = Photo(
        owner_id=owner_id,
        purpose=purpose,
        key=secrets.token_hex(20),
        made_at=now,
        width=drawn.width,
        height=drawn.height,
        dhash=drawn.dhash,
        delete_at=now + IDENTITY_LIFE if purpose == Photo.Purpose.IDENTITY else None,
    )
    store.write(photo, dict(drawn.files))
    photo.save(force_insert=True)  # were this to fail, the nightly sweep finds the files
    return photo


def copy_photo(*, photo_id: UUID, owner_id: UUID, purpose: str, now: datetime) -> Photo | None:
    """The same picture as another photo, which stays when the first one goes; None when that is gone already."""
    photo = Photo.objects.filter(pk=photo_id).first()
    files = {variant: data for variant in VARIANTS if photo and (data := store.read(photo, variant)) is not None}
    if photo is None or not files:
        return None
    photo.pk, photo.key, photo._state.adding = new_id(), secrets.token_hex(20), True
    photo.owner_id, photo.purpose, photo.made_at, photo.delete_at = owner_id, purpose, now, None
    store.write(photo, files)
    photo.save(force_insert=True)
    return photo


def photo_url(
    photo: Photo | UUID, viewer_id: UUID, variant: Variant, now: datetime, *, epoch: int | None = None
) -> str:
    """An address that shows one variant to one viewer for a quarter of an hour. Whoever makes it has the right to.

    Documents and evidence are shown to others only with the viewer's session `epoch`: when their role ends or the tree
    changes, the address is dead with their sessions (check B5).
    """
    photo_id = photo.pk if isinstance(photo, Photo) else photo
    end = int((now + URL_LIFE).timestamp())
    token = signing.b64_encode(photo_id.bytes + bytes([VARIANTS.index(variant)]) + end.to_bytes(5, "big")).decode()
    return f"{_door()}?token={token}.{_mac(token, viewer_id, epoch)}"


@lru_cache(maxsize=1)
def _door() -> str:
    """The endpoint that shows photos: a page of cards asks for twenty addresses."""
    return reverse("api:show_photo")


def open_photo(*, token: str, viewer_id: UUID, epoch: int = 0, viewer: str = "", now: datetime) -> bytes:
    """The picture behind an address; another's, an old and a made-up address all look the same.

    Documents and evidence are marked over with who looks at them (`viewer`: a name in Latin letters, then the phone)
    and when. What members show each other is marked unseen, large ones also with a quiet line (ADR 13).
    """
    head, _dot, mac = token.partition(".")
    bound, free = (hmac.compare_digest(mac.encode(), _mac(head, viewer_id, e).encode()) for e in (epoch, None))
    if bound or free:
        raw = signing.b64_decode(head.encode())
        photo_id, variant, end = UUID(bytes=raw[:16]), VARIANTS[raw[16]], int.from_bytes(raw[17:], "big")
        photo = Photo.objects.filter(pk=photo_id).first()
        data = store.read(photo, variant) if photo and now < datetime.fromtimestamp(end, UTC) else None
        guarded = photo is not None and photo.purpose in GUARDED and photo.owner_id != viewer_id
        if photo is not None and data is not None and (bound or not guarded):
            return _marked(data, viewer_id, viewer, now) if guarded else _own(data, photo, variant, viewer_id, viewer)
    raise Forbidden(_("This photo cannot be shown."), next_step=_("Please load the page again."))


def _marked(data: bytes, viewer_id: UUID, viewer: str, now: datetime) -> bytes:
    at = now.astimezone(clock.SHANGHAI).strftime("%Y-%m-%d %H:%M")
    return stamp(data, " ".join(filter(None, (viewer, viewer_id.hex[:6], at))))


def _own(data: bytes, photo: Photo, variant: Variant, viewer_id: UUID, viewer: str) -> bytes:
    """A member's photo as this viewer gets it; its owner gets it as it is, and a blur needs no mark."""
    if photo.purpose not in PERSONAL or photo.owner_id == viewer_id or variant == "blur":
        return data
    digits = viewer[-4:] if variant == "full" and viewer[-4:].isdecimal() else ""
    return hide(data, salt=photo.dhash, viewer_id=viewer_id, digits=digits)


def _mac(token: str, viewer_id: UUID, epoch: int | None) -> str:
    """Binds the viewer without naming them in the address."""
    key = keyring().derive("photo-url", number=1)
    until = "" if epoch is None else f":{epoch}"
    return hmac.digest(key, f"{token}:{viewer_id}{until}".encode(), "sha256").hex()[:32]


def owned(*, owner_id: UUID, ids: Sequence[UUID], purpose: str) -> list[UUID]:
    """Those of `ids` that are this person's photos of this purpose, in the given order."""
    theirs = set(Photo.objects.filter(owner_id=owner_id, purpose=purpose, pk__in=ids).values_list("pk", flat=True))
    return [photo_id for photo_id in dict.fromkeys(ids) if photo_id in theirs]


def pictures(*, ids: Sequence[UUID], variant: Variant) -> list[bytes]:
    """The pictures themselves, for a look that a machine takes; those that are gone are left out."""
    rows = {photo.pk: photo for photo in Photo.objects.filter(pk__in=ids)}
    found = (store.read(rows[key], variant) for key in ids if key in rows)
    return [data for data in found if data is not None]


def existing(ids: Collection[UUID]) -> list[Photo]:
    return list(Photo.objects.filter(pk__in=ids).order_by("made_at", "pk"))


def delete_at(*, ids: Collection[UUID], at: datetime) -> None:
    """From `at` on the hourly job deletes these."""
    if ids:
        Photo.objects.filter(pk__in=ids).update(delete_at=at)


def delete_photos(*, owner_id: UUID, ids: Iterable[UUID] | None = None, purpose: str = "") -> int:
    """Delete a person's photos, all of them or some; rows now, bytes when the transaction is through."""
    photos = Photo.objects.filter(owner_id=owner_id)
    photos = photos.filter(pk__in=list(ids)) if ids is not None else photos
    return _delete(photos.filter(purpose=purpose) if purpose else photos)


def delete_due(*, now: datetime) -> int:
    return _delete(Photo.objects.filter(delete_at__lte=now))


@transaction.atomic
def _delete(photos: QuerySet[Photo]) -> int:
    gone = list(photos.values_list("pk", "purpose", "key"))
    Photo.objects.filter(pk__in=[pk for pk, _purpose, _key in gone]).delete()
    for _pk, purpose, key in gone:
        transaction.on_commit(partial(store.remove, purpose, key))
    return len(gone)


def sweep(*, now: datetime) -> int:
    """Remove files that no row knows of, once they are a day old."""
    old = (now - ORPHAN_AGE).timestamp()
    lost = {key: purpose for purpose, key, written in store.stored() if written < old}
    known = set(Photo.objects.filter(key__in=lost).values_list("key", flat=True))
    for key in lost.keys() - known:
        store.remove(lost[key], key)
    return len(lost.keys() - known)
