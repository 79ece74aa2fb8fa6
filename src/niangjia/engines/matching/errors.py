"""Why a run failed: a code to keep, and words for staff. Nothing of what the error itself said is kept: it may hold
somebody's data; the log of the worker has it."""

from collections.abc import Mapping
from typing import Final

from django.db import DatabaseError
from django.utils.translation import gettext_lazy as _

from niangjia.engines.matching.kernels.errors import MatchingError

INTERRUPTED: Final = "interrupted"

WORDS: Final[Mapping[str, object]] = {
    INTERRUPTED: _("The worker was stopped before the run was finished."),
    "database": _("The database refused or did not answer. Is there room on the disk?"),
    "memory": _("The machine has too little memory for so many people."),
    "data": _("The people handed over describe no market; this is a mistake of ours, please report it."),
    "unexpected": _("Something went wrong that we did not foresee; the log of the worker tells more."),
}


def code_of(error: BaseException) -> str:
    kinds = ((DatabaseError, "database"), (MemoryError, "memory"), (MatchingError, "data"))
    return next((code for kind, code in kinds if isinstance(error, kind)), "unexpected")
