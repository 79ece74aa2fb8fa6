"""`niangjia rotate-keys`: a new master key, and everything sealed anew with it, while all goes on running (check E2).

Old keys stay in the ring, for backups and for what is kept only for a while (voice notes, pieces of uploaded rolls).
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import connection, models, transaction

from niangjia.core.audit import services as audit
from niangjia.core.crypto import EncryptedText, current_head, keys
from niangjia.core.files import store
from niangjia.core.files.models import Photo
from niangjia.kernel import clock

BATCH = 500


def begin(*, algorithm: keys.Algorithm) -> int:
    """A new master key, from now on the one that seals; returns its number. Others read it when they first meet it."""
    path = Path(settings.VAR) / "keys.json"
    ring = keys.add_master(path, algorithm=algorithm)
    keys.install(ring, path)
    audit.record(
        action="keys.rotated", actor_id=None, subject_id=None, target=("key", str(ring.current)), now=clock.now()
    )
    return ring.current


def seal_anew() -> Iterator[tuple[str, int]]:
    """Every sealed column, then the photos, with how many values changed. Stopped in the middle, it goes on there.

    A value that somebody changes meanwhile is left as they wrote it: the next run finds it if it still has to.
    """
    for model in apps.get_models():
        for field in model._meta.concrete_fields:
            if isinstance(field, EncryptedText) and not model._meta.proxy:
                yield f"{model._meta.db_table}.{field.attname}", _column(model, field)
    yield "photos", sum(store.seal_anew(photo) for photo in Photo.objects.iterator())


def _column(model: type[models.Model], field: EncryptedText) -> int:
    meta, quote = model._meta, connection.ops.quote_name
    table, key, column = quote(meta.db_table), quote(meta.pk.attname), quote(field.attname)
    todo = (
        f"SELECT {key}, {column} FROM {table} WHERE {column} <> ''"  # noqa: S608  # names of our own models
        f" AND substring({column} FROM 1 FOR 4) <> %s AND {key} > %s ORDER BY {key} LIMIT {BATCH}"
    )
    first = todo.replace(f" AND {key} > %s", "")
    swap = f"UPDATE {table} SET {column} = %s WHERE {key} = %s AND {column} = %s"  # noqa: S608  # as above
    changed, last = 0, None
    while True:
        rows = _rows(first, [current_head()]) if last is None else _rows(todo, [current_head(), last])
        if not rows:
            return changed
        last = rows[-1][0]
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET LOCAL niangjia.sealing_anew = 'on'")
            for pk, old in rows:
                plain = field.open(bytes(old), model(pk=pk))
                cursor.execute(swap, [field.close(plain, pk), pk, bytes(old)])
                changed += cursor.rowcount
            cursor.execute("SET LOCAL niangjia.sealing_anew = 'off'")  # a caller's transaction may go on


def _rows(sql: str, params: list[Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return list(cursor.fetchall())
