"""Sessions in the database, each tied to its person, so that one query tells who is there. (SESSION_ENGINE)"""

from datetime import UTC, datetime
from typing import Any

from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import connection

from niangjia.core import prepared
from niangjia.core.accounts.models import Person, Session
from niangjia.core.audit.services import ACTING
from niangjia.core.crypto import EncryptedText

PERSON, BORN, SEEN, FACTOR = "_auth_user_id", "born", "seen", "factor"


class SessionStore(DatabaseStore):
    """Django's store with three moments kept as columns and the person read along with the session."""

    person: Person | None = None

    @classmethod
    def get_model_class(cls) -> type[AbstractBaseSession]:
        return Session

    def load(self) -> dict[str, Any]:
        """Session and person by one hand-written query, which also tells the database who acts."""
        row = prepared.fetch_one(_LOAD, [self.session_key, datetime.now(UTC)])
        if row is None:
            self._session_key = None
            return {}
        self.person = _person(row[2:]) if row[2] else None
        data: dict[str, Any] = self.decode(row[0])
        return data

    def create_model_instance(self, data: dict[str, Any]) -> AbstractBaseSession:
        row = super().create_model_instance(data)
        assert isinstance(row, Session)
        row.person_id = data.get(PERSON)
        row.created_at, row.seen_at = _moment(data, BORN), _moment(data, SEEN)
        row.second_factor_at = _moment(data, FACTOR)
        return row


_FIELDS = Person._meta.concrete_fields
_COLUMNS = ", ".join(f"p.{field.column}" for field in _FIELDS)  # the primary key comes first
_LOAD = f"""
SELECT s.session_data, {ACTING.format("s.person_id")}, {_COLUMNS}
  FROM accounts_session s LEFT JOIN accounts_person p ON p.id = s.person_id
WHERE s.session_key = %s AND s.expire_date > %s
"""  # noqa: S608  # column names of our own model


def _person(values: tuple[Any, ...]) -> Person:
    read = [
        field.from_db_value(value, None, connection) if isinstance(field, EncryptedText) else value
        for field, value in zip(_FIELDS, values, strict=True)
    ]
    return Person.from_db(connection.alias, [field.attname for field in _FIELDS], read)


def _moment(data: dict[str, Any], key: str) -> datetime | None:
    return datetime.fromtimestamp(data[key], UTC) if key in data else None
