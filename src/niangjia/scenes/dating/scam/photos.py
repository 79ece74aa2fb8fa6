"""Photos of profiles: near copies on two profiles, and codes that lead elsewhere, go to a person (ADR 11)."""

import io
from datetime import datetime
from typing import Any, Final

import zxingcpp
from django.db import connection, transaction
from PIL import Image

from niangjia.core.files import store
from niangjia.core.files.models import Photo
from niangjia.engines.workflow import services as workflow
from niangjia.scenes.dating.models import Profile, ProfilePhoto
from niangjia.scenes.dating.scam.kernels.looks import NEAR, Looks, looks
from niangjia.scenes.dating.scam.models import LookAlike, Print
from niangjia.scenes.dating.scam.types import LOOK_ALIKE
from niangjia.scenes.dating.services.reports import union_of

AT_ONCE: Final = 50
CLEAR: Final = 1000  # pixels: a code that a phone can read off a screen is read at this size
EVERYBODYS: Final = 6  # a picture on so many profiles is a landscape or a film still, and nobody's face

_NEAR = """
SELECT p.photo_id FROM dating_scam_print p
 WHERE p.profile_id <> %(mine)s
   AND EXISTS (SELECT FROM unnest(%(ways)s::bigint[]) AS way (bits)
                WHERE bit_count((p.whole # way.bits)::bit(64)) <= %(near)s
                   OR bit_count((p.middle # way.bits)::bit(64)) <= %(near)s)
 ORDER BY p.at, p.photo_id LIMIT %(most)s
"""


def look_at_new(*, now: datetime) -> int:
    """Every photo that a profile shows and nobody has looked at yet; returns how many."""
    new = ProfilePhoto.objects.filter(photo__in=Photo.objects.exclude(pk__in=Print.objects.values("photo")))
    rows = list(new.select_related("photo", "profile__employer__org").order_by("photo__made_at")[:AT_ONCE])
    for row in rows:
        _look(row, now)
    return len(rows)


@transaction.atomic
def _look(row: ProfilePhoto, now: datetime) -> None:
    """From here on others see it, unless there is a code in it. Whoever chooses photos meanwhile holds the profile."""
    Profile.objects.select_for_update(of=("self",)).filter(pk=row.profile_id).first()
    if not ProfilePhoto.objects.filter(photo=row.photo, profile=row.profile_id).exists():
        return
    data = store.read(row.photo, "full")
    found = looks(data) if data else None
    bits = (found.whole, found.middle) if found else (0, 0)
    mark = Print(photo=row.photo, profile=row.profile, whole=bits[0], middle=bits[1], at=now)
    if not Print.objects.bulk_create([mark], ignore_conflicts=True):
        return
    if data and has_code(data):
        _hold(row, now)
        return
    ProfilePhoto.objects.filter(photo=row.photo).update(waits=False)
    if found:
        _compare(row, found, now)


def has_code(data: bytes) -> bool:
    """A QR code, a bar code, whatever leads elsewhere."""
    with Image.open(io.BytesIO(data)) as opened:
        grey = opened.convert("L")
    grey.thumbnail((CLEAR, CLEAR))
    return bool(zxingcpp.read_barcodes(grey))


def _compare(row: ProfilePhoto, found: Looks, now: datetime) -> None:
    ways = [bits for bits in found.any_way() if bits]
    params: dict[str, Any] = {"mine": row.profile_id, "ways": ways, "near": NEAR, "most": EVERYBODYS}
    with connection.cursor() as cursor:
        cursor.execute(_NEAR, params)
        near = [key for (key,) in cursor.fetchall()]
    if 0 < len(near) < EVERYBODYS:
        other = Photo.objects.get(pk=near[0])
        _open(row.profile, LookAlike(photo=row.photo, other=other, why="same", place=row.place, at=now), now)


def _hold(row: ProfilePhoto, now: datetime) -> None:
    """Not shown until somebody has looked: what a code says is not for everybody who looks around."""
    held = LookAlike(photo=row.photo, why="code", place=row.place, at=now)
    ProfilePhoto.objects.filter(photo=row.photo).update(waits=True)
    _open(row.profile, held, now)


def _open(profile: Profile, row: LookAlike, now: datetime) -> None:
    row.case = workflow.open_case(
        kind=LOOK_ALIKE, org=union_of(profile), about_id=profile.person_id, opened_by_id=None, summary="", now=now
    )
    row.save(force_insert=True)
