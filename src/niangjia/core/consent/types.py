"""Purposes for which people are asked, and who must hear when a consent is taken back."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

PURPOSES: dict[str, "Purpose"] = {}
WITHDRAWN: list[Callable[[UUID, str, datetime], None]] = []  # called in the withdrawing transaction


@dataclass(frozen=True)
class Purpose:
    """One thing we may do with somebody's facts, asked for by itself and never in a bundle.

    Raise `version` when `text` changes its meaning: a consent to older words no longer counts, and we ask again.
    """

    code: str
    version: str
    title: object
    text: object
    sensitive: bool = False


def register(*purposes: Purpose) -> None:
    for purpose in purposes:
        PURPOSES[purpose.code] = purpose
