"""Words of the rolls: what a row of a table says, why one is bad, who listens."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

# Told (employers, now) within the transaction that applied or undid an import, so that what leans on rolls can follow.
ROLL_CHANGED: list[Callable[[frozenset[UUID], datetime], None]] = []

REASONS: dict[str, object] = {
    "name": _("The name is missing or cannot be read."),
    "id_number": _("The ID number does not add up."),
    "id_cut": _(
        "The spreadsheet cut the last digits of the ID number. Please format the column as text and fill it again."
    ),
    "phone": _("This is not a mainland mobile number."),
    "no_key": _("Please give an ID number or a mobile number; otherwise nobody can be recognised."),
    "uscc": _("The credit code does not add up."),
    "employer": _("We know no such employer in your part of the tree. Please register it first."),
    "employer_ambiguous": _("Several employers have this name. Please give the credit code."),
    "employer_missing": _("Please name the employer."),
    "joined_on": _("The day of joining cannot be read, or lies in the future."),
    "left_on": _("The day of leaving cannot be read."),
    "letters": _("Some characters of this row cannot be read."),
    "twice": _("The same person at the same employer stands in row {other} already."),
}


RETURNED: dict[str, object] = {
    "roll_changed": _("The roll has changed since this preview. Please look at it again, then apply it."),
    "employer_moved": _(
        "An employer in this table has ended or moved to another union. Please upload it again without it."
    ),
    "not_found": _("The permission to import here ended before it was applied."),
}


class BadRow(ValueError):
    """Why a row cannot be taken: a key of REASONS."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Member:
    """What a good row says. `gone` when it says that the member has left."""

    legal_name: str
    id_number: str
    phone: str
    joined_on: date | None
    gone: bool


@dataclass(frozen=True, slots=True)
class Counts:
    """What an import does. `left` counts roll entries, the others rows of the file."""

    new: int = 0
    changed: int = 0
    same: int = 0
    left: int = 0
    gone: int = 0
    bad: int = 0
