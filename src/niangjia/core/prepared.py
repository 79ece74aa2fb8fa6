"""Hand-written queries of the busiest paths: parsed and planned once a connection, answered in binary.

Django's queries are bound in the client, so the server parses and plans each call anew. For the short queries that
every request asks, that takes longer than answering them. Whoever is in no such hurry uses the ORM.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.db import connection
from psycopg import Cursor

Row = tuple[Any, ...]
Params = Sequence[Any] | Mapping[str, Any]


class _Prepared(Cursor[Row]):
    """Moments come in UTC, straight from psycopg: Django's own reading of them is written in Python."""

    def execute(self, query: Any, params: Params | None = None, **_settled: Any) -> Any:
        # A statement that is being logged goes with its text, which a prepared one has left at the server.
        return super().execute(query, params, prepare=not connection.queries_logged, binary=True)


def fetch_all(sql: str, params: Params) -> list[Row]:
    """Every row. Parameters as psycopg's, %s or %(name)s; where the server could not tell their type, a cast does."""
    connection.ensure_connection()
    # Wrapped as Django does it: its errors, its counting, and reading requests that cannot write all hang on that.
    with connection._prepare_cursor(_Prepared(connection.connection)) as cursor:  # type: ignore[attr-defined]  # no public door
        cursor.execute(sql, _untyped(params))
        rows: list[Row] = cursor.fetchall()
        return rows


def fetch_one(sql: str, params: Params) -> Row | None:
    """The first row, or None."""
    return next(iter(fetch_all(sql, params)), None)


def _untyped(params: Params) -> Params:
    """As text, whose type the statement tells. A NULL, a small and a large number would be three statements to plan."""
    if isinstance(params, Mapping):
        return {name: str(value) if _has_type(value) else value for name, value in params.items()}
    return [str(value) if _has_type(value) else value for value in params]


def _has_type(value: object) -> bool:
    return isinstance(value, int | date | UUID) and not isinstance(value, bool)
