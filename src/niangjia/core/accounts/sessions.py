"""Sessions in the database, each tied to its person, so that one query tells who is there. (SESSION_ENGINE)"""

from datetime import UTC, datetime
from typing import Any

from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.contrib.sessions.base_session import AbstractBaseSession

from niangjia.core.accounts.models import Person, Session

PERSON, BORN, SEEN, FACTOR = "_auth_user_id", "born", "seen", "factor"


class SessionStore(DatabaseStore):
    """Django's store with three moments kept as columns and the person read along with the session."""

    person: Person | None = None

    @classmethod
    def get_model_class(cls) -> type[AbstractBaseSession]:
        return Session

    def _get_session_from_db(self) -> AbstractBaseSession | None:
        try:
            row = Session.objects.select_related("person").get(
                session_key=self.session_key, expire_date__gt=datetime.now(UTC)
            )
        except Session.DoesNotExist:
            self._session_key = None
            return None
        self.person = row.person
        return row

    def create_model_instance(self, data: dict[str, Any]) -> AbstractBaseSession:
        row = super().create_model_instance(data)
        assert isinstance(row, Session)
        row.person_id = data.get(PERSON)
        row.created_at, row.seen_at = _moment(data, BORN), _moment(data, SEEN)
        row.second_factor_at = _moment(data, FACTOR)
        return row


def _moment(data: dict[str, Any], key: str) -> datetime | None:
    return datetime.fromtimestamp(data[key], UTC) if key in data else None
