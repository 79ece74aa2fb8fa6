"""An uploaded table, kept sealed and in pieces until it is read."""

from collections.abc import Iterable, Iterator
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from niangjia.core.crypto import seal, unseal
from niangjia.core.rolls.models import FilePart, Import
from niangjia.core.rolls.tables import FILE_LIMIT
from niangjia.kernel.errors import Invalid

PIECE = 2**20


def pieces(file: Iterable[bytes]) -> Iterator[bytes]:
    """The same bytes in pieces of one size; refused as soon as there are too many."""
    held, total = bytearray(), 0
    for some in file:
        total += len(some)
        if total > FILE_LIMIT:
            raise Invalid(
                _("The file is too big."), code="too_big", next_step=_("Save only the member table, or split it.")
            )
        held += some
        while len(held) >= PIECE:
            yield bytes(held[:PIECE])
            del held[:PIECE]
    if held:
        yield bytes(held)


def keep(found: Import, file: Iterable[bytes]) -> None:
    for number, piece in enumerate(pieces(file)):
        sealed = seal(piece, place=_place(found.pk, number))
        FilePart(of=found, number=number, sealed=sealed).save(force_insert=True)


def kept(import_id: UUID) -> Iterator[bytes]:
    rows = FilePart.objects.filter(of=import_id).order_by("number").values_list("number", "sealed")
    for number, sealed in list(rows):
        yield unseal(bytes(sealed), place=_place(import_id, number))


def _place(import_id: UUID, number: int) -> str:
    return f"rolls_filepart/{import_id}/{number}"
