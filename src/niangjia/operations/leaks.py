"""`niangjia trace-photo`: a member's photo turned up elsewhere. To whom was it shown? (check G4, ADR 13)"""

import io
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from django.db import transaction
from PIL import Image

from niangjia.core.accounts.codes import phone_index
from niangjia.core.accounts.models import Person
from niangjia.core.audit import services as audit
from niangjia.core.files import decode, store
from niangjia.core.files.decode import Variant
from niangjia.core.files.models import Photo
from niangjia.core.files.services import PERSONAL
from niangjia.core.files.tracing import Named, soft_signs, who
from niangjia.kernel.china import mask_name, mask_phone, parse_phone
from niangjia.kernel.errors import Invalid
from niangjia.operations.failures import Failure

SHOWN: Final[tuple[Variant, ...]] = ("full", "thumb")  # a blur carries no mark


@dataclass(frozen=True)
class Asked:
    """What whoever runs the machine says: the file, whose photo, who asks, and why."""

    file: Path
    of: str
    by: str
    reason: str
    original: Path | None = None


@dataclass(frozen=True)
class _Ours:
    """One original: as a picture, with what the marks in it hang on."""

    what: str
    picture: Image.Image
    salt: int


def trace(asked: Asked, *, now: datetime) -> Iterator[str]:
    """Name those to whom it was shown, with the odds, or nobody. Both kinds of answer are written into the log."""
    owner, staff = _person(asked.of), _person(asked.by)
    if not staff.is_staff:
        raise Failure("Only staff may ask this.", "Say with --by the phone of somebody who works in the back office.")
    if not asked.reason.strip():
        raise Failure("A reason is needed.", "Say in a sentence with --reason why it is asked.")
    found = _picture(asked.file)
    _log("photo_traced", staff, owner, asked, now)
    alike = False
    for ours in _originals(owner, asked.original):
        signs = soft_signs(ours.picture, found, ours.salt)
        if signs is not None:
            alike = True
            yield f"It is {ours.what}."
            everybody = Person.objects.exclude(pk=owner.pk).order_by("pk").values_list("pk", flat=True)
            if named := who(signs, everybody.iterator(chunk_size=10_000)):
                yield from _told(named, staff, asked, now)
                return
    yield "Nobody can be named: " + ("its marks are too faint, or it has none." if alike else "it is another picture.")


def _told(named: list[Named], staff: Person, asked: Asked, now: datetime) -> Iterator[str]:
    for one in named:
        person = Person.objects.get(pk=one.viewer_id)
        _log("photo_traced_to", staff, person, asked, now)
        yield (
            f"Shown to {mask_name(person.legal_name) or '?'} {mask_phone(person.phone)} ({person.pk}): fits by "
            f"{one.fits:.1f} of 16; chance alone would name anybody at all once in {1 / max(one.by_chance, 1e-99):.0e}."
        )
    yield "This tells whose screen it came from, not who passed it on. Hear them before anything is decided."


@transaction.atomic
def _log(action: str, staff: Person, subject: Person, asked: Asked, now: datetime) -> None:
    audit.record(action=action, actor_id=staff.pk, subject_id=subject.pk, purpose=asked.reason.strip(), now=now)


def _originals(owner: Person, file: Path | None) -> Iterator[_Ours]:
    """Large and small of every photo they show; or of their own file, drawn as it once was."""
    if file is not None:
        drawn = _drawn(file)
        for variant in SHOWN:
            yield _Ours("made from the file they gave", _opened(drawn.files[variant]), drawn.dhash)
        return
    for photo in Photo.objects.filter(owner=owner, purpose__in=PERSONAL).order_by("-made_at", "pk"):
        for variant in SHOWN:
            if data := store.read(photo, variant):
                yield _Ours(f"photo {photo.pk}", _opened(data), photo.dhash)


def _opened(data: bytes) -> Image.Image:
    with Image.open(io.BytesIO(data)) as opened:
        return opened.convert("RGB")


def _drawn(file: Path) -> decode.Drawn:
    """Under the same limits as every picture from outside."""
    try:
        return decode.draw(file.read_bytes(), name=file.name)
    except OSError as error:
        raise Failure(f"The file cannot be read: {error.strerror}", "Is the path right?") from error
    except Invalid as error:
        raise Failure(str(error.message), "It must be a JPG, PNG or WebP picture.") from error


def _picture(file: Path) -> Image.Image:
    return _opened(_drawn(file).files["full"])


def _person(phone: str) -> Person:
    try:
        index = phone_index(parse_phone(phone))
    except ValueError as error:
        raise Failure(f"{phone} is no phone number.", "Write the eleven digits.") from error
    found = Person.objects.filter(phone_index=index).first()
    if found is None:
        raise Failure(f"Nobody here has the phone {phone}.", "Look it up in the back office.")
    return found
