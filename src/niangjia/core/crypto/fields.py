"""A model field whose column is sealed bytes and whose value is text."""

from typing import Any

from django.db import models
from django.db.models.query_utils import DeferredAttribute

from niangjia.core.crypto.seal import seal, unseal


class Sealed(bytes):
    """Bytes as they came from the column, not opened yet."""


class _OpensOnRead(DeferredAttribute):
    """Decrypts when somebody asks, so that lists which show no secrets cost nothing."""

    field: "EncryptedText"

    def __get__(self, instance: Any, owner: Any = None) -> Any:
        value = super().__get__(instance, owner)
        if isinstance(value, Sealed):
            value = instance.__dict__[self.field.attname] = self.field.open(value, instance)
        return value

    def __set__(self, instance: Any, value: Any) -> None:
        """Only there to come before the instance's own dictionary when an attribute is looked up."""
        instance.__dict__[self.field.attname] = value


class EncryptedText(models.Field[str, str]):
    """Text encrypted with table, primary key and field name bound in (check E1). "" is stored as no bytes.

    The model's primary key must be known before saving; `QuerySet.update` therefore refuses plain text.
    """

    descriptor_class = _OpensOnRead

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("editable", False)
        kwargs.setdefault("default", "")
        super().__init__(*args, **kwargs)

    def get_internal_type(self) -> str:
        return "BinaryField"

    def place(self, pk: object) -> str:
        return f"{self.model._meta.db_table}/{pk}/{self.attname}"

    def open(self, sealed: bytes, instance: models.Model) -> str:
        return self.read(sealed, instance.pk)

    def read(self, sealed: bytes, pk: object) -> str:
        """The text of a column read by hand."""
        return unseal(sealed, place=self.place(pk)).decode() if sealed else ""

    def close(self, text: str, pk: object) -> bytes:
        return seal(text.encode(), place=self.place(pk)) if text else b""

    def from_db_value(self, value: bytes | memoryview | None, *_: object) -> Sealed | None:
        return None if value is None else Sealed(bytes(value))

    def pre_save(self, model_instance: models.Model, add: bool) -> bytes:
        value = model_instance.__dict__.get(self.attname, "")
        return value if isinstance(value, bytes) else self.close(value, model_instance.pk)

    def get_prep_value(self, value: Any) -> Any:
        if value is not None and not isinstance(value, bytes):
            raise TypeError(f"{self.attname} is encrypted: it can only be saved through its row")
        return value
