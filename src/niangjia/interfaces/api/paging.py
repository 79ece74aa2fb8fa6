"""Pages that stay right while rows come in: the cursor says after which row to go on (newest first)."""

from datetime import datetime
from typing import Any, TypeVar
from uuid import UUID

from django.core import signing
from django.db.models import Model, Q, QuerySet

M = TypeVar("M", bound=Model)
_SALT = "cursor"


def page_of(rows: QuerySet[M], *, by: str, cursor: str | None, size: int = 20) -> tuple[list[M], str | None]:
    """One page of `rows`, which are ordered by (-by, -id), and the cursor of the next page.

    A cursor that was changed or is not ours begins again at the start.
    """
    after = _read(cursor)
    if after:
        moment, key = after
        rows = rows.filter(Q(**{f"{by}__lt": moment}) | Q(**{by: moment, "pk__lt": key}))
    found = list(rows[: size + 1])
    more = len(found) > size
    return found[:size], _write(found[size - 1], by) if more else None


def _write(row: Any, by: str) -> str:
    return signing.dumps([getattr(row, by).isoformat(), str(row.pk)], salt=_SALT)


def _read(cursor: str | None) -> tuple[datetime, UUID] | None:
    try:
        moment, key = signing.loads(cursor or "", salt=_SALT)
        return datetime.fromisoformat(moment), UUID(key)
    except (signing.BadSignature, ValueError):
        return None
