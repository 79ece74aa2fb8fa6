"""Where a list goes on: signed, so that nobody makes one up, and as coarse as what it holds."""

from datetime import date, datetime

from django.core import signing

_SALT = "dating.cursor"


def write(kind: str, at: date | datetime, last: object) -> str:
    return signing.dumps([kind, at.isoformat(), str(last)], salt=_SALT)


def read(kind: str, cursor: str | None) -> tuple[str, str] | None:
    """(moment, last) of a cursor of this kind; None, which means the start, for anything else."""
    try:
        found, at, last = signing.loads(cursor or "", salt=_SALT)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    return (str(at), str(last)) if found == kind else None
