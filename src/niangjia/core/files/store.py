"""Where the bytes of photos lie: sealed, under random names, apart by purpose."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings

from niangjia.core.crypto import current_head, seal, unseal
from niangjia.core.files.decode import VARIANTS, Variant
from niangjia.core.files.models import Photo


def folder(purpose: str, key: str) -> Path:
    return Path(settings.MEDIA_ROOT) / "photos" / purpose / key[:2] / key


def write(photo: Photo, files: dict[Variant, bytes]) -> None:
    place = folder(photo.purpose, photo.key)
    place.mkdir(parents=True, mode=0o700)
    for variant, data in files.items():
        with open(place / variant, "xb", opener=_for_us_only) as file:
            file.write(seal(data, place=_place(photo, variant)))


def read(photo: Photo, variant: Variant) -> bytes | None:
    """The picture; None when its file is gone."""
    try:
        sealed = (folder(photo.purpose, photo.key) / variant).read_bytes()
    except FileNotFoundError:
        return None
    return unseal(sealed, place=_place(photo, variant))


def seal_anew(photo: Photo) -> bool:
    """With the key now in use, file by file and each at once; False when nothing was to be done."""
    done = False
    for variant in VARIANTS:
        path = folder(photo.purpose, photo.key) / variant
        if path.exists() and not path.read_bytes().startswith(current_head()):
            draft = path.with_suffix(".new")
            data = unseal(path.read_bytes(), place=_place(photo, variant))
            with open(draft, "wb", opener=_for_us_only) as file:
                file.write(seal(data, place=_place(photo, variant)))
            draft.replace(path)
            done = True
    return done


def remove(purpose: str, key: str) -> None:
    shutil.rmtree(folder(purpose, key), ignore_errors=True)


def stored() -> Iterator[tuple[str, str, float]]:
    """Every stored photo: (purpose, key, when it was written)."""
    for place in (Path(settings.MEDIA_ROOT) / "photos").glob("*/*/*"):
        yield place.parent.parent.name, place.name, place.stat().st_mtime


def _place(photo: Photo, variant: Variant) -> str:
    assert variant in VARIANTS
    return f"photo/{photo.key}/{variant}"


def _for_us_only(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)
