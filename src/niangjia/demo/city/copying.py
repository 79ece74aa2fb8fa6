"""Rows into a table by COPY, the only way that is quick enough for a city of a million."""

from collections.abc import Iterable
from typing import Any

from django.db import connection, models

from niangjia.core.crypto import EncryptedText

Row = tuple[Any, ...]


def copy(model: type[models.Model], columns: str, rows: Iterable[Row]) -> None:
    """`columns` names what each row gives; every other column gets its field's default, the same in every row."""
    given = columns.split()
    rest = [field for field in model._meta.concrete_fields if field.attname not in given and not _counts_itself(field)]
    constants = tuple(_constant(field) for field in rest)
    names = ", ".join(f'"{name}"' for name in (*given, *(field.attname for field in rest)))
    with connection.cursor() as cursor, cursor.copy(f'COPY "{model._meta.db_table}" ({names}) FROM STDIN') as into:
        for row in rows:
            into.write_row(row + constants)


def _counts_itself(field: "models.Field[Any, Any]") -> bool:
    return isinstance(field, models.AutoField | models.BigAutoField)


def _constant(field: "models.Field[Any, Any]") -> Any:
    if field.unique:
        raise ValueError(f"{field} must differ from row to row")
    if isinstance(field, models.JSONField):
        return "{}"
    return b"" if isinstance(field, EncryptedText) else field.get_default()


def sealer(model: type[models.Model], name: str) -> EncryptedText:
    """The field itself: `sealer(Person, "phone").close(text, pk)` is what its column holds."""
    field = model._meta.get_field(name)
    assert isinstance(field, EncryptedText)
    return field
