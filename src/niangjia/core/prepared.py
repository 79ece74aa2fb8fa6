"""Hand-written queries of the busiest paths: parsed and planned once a connection, answered in binary.

Django's queries are bound in the client, so the server parses and plans each call anew. For the short queries that
every request asks, that takes longer than answering them. Whoever is in no such hurry uses the ORM.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import connection
from psycopg import Cursor

Row = tuple[Any, ...]
Params = Sequence[Any] | Mapping[str, Any]


class _Prepared(Cursor[Row]):
    """Moments come in UTC, straight from psycopg: Django's own reading of them is written in Python."""

    def execute(self, query: Any, params: Params | None = None, **_settled: Any) -> Any:
        return super().execute(query, params, prepare=True, binary=True)


def fetch_all(sql: str, params: Params) -> list[Row]:
    """Every row. Parameters as psycopg's: %s, or %(name)s; the server must be able to tell their types."""
    connection.ensure_connection()
    # Wrapped as Django does it: its errors, its counting, and reading requests that cannot write all hang on that.
    with connection._prepare_cursor(_Prepared(connection.connection)) as cursor:  # type: ignore[attr-defined]  # no public door
        cursor.execute(sql, params)
        rows: list[Row] = cursor.fetchall()
        return rows


def fetch_one(sql: str, params: Params) -> Row | None:
    """The first row, or None."""
    return next(iter(fetch_all(sql, params)), None)
