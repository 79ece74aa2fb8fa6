"""What happens to every request before it reaches its view."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from contextvars import ContextVar
from datetime import UTC, datetime, timedelta
from typing import Any

from django.contrib.auth.middleware import AuthenticationMiddleware
from django.contrib.auth.models import AnonymousUser
from django.contrib.sessions.middleware import SessionMiddleware
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.utils import translation

from niangjia.core.access.declare import SAFE_METHODS
from niangjia.core.access.selectors import actor_of
from niangjia.core.access.types import NOBODY, Actor
from niangjia.core.accounts.models import Person, Session
from niangjia.core.accounts.sessions import BORN, FACTOR, SEEN
from niangjia.core.audit import services as audit
from niangjia.kernel import clock

IDLE = timedelta(minutes=30)  # of a staff session (check A5)
ABSOLUTE = timedelta(hours=12)

Handler = Callable[[HttpRequest], HttpResponse]


class BearerOrCookieSessions(SessionMiddleware):
    """The session key comes by cookie, or as a bearer token where a gateway forwards no cookies."""

    def process_request(self, request: HttpRequest) -> None:
        kind, _, token = request.headers.get("Authorization", "").partition(" ")
        if kind.lower() == "bearer" and token:
            request.session = self.SessionStore(token.strip()[:64])
            request.by_bearer = True  # type: ignore[attr-defined]
        else:
            super().process_request(request)


class PersonMiddleware(AuthenticationMiddleware):
    """Puts `request.user` (the person) and `request.actor` (what they may do) on the request, from one query."""

    def process_request(self, request: HttpRequest) -> None:
        person = _living_person(request)
        request.user = person or AnonymousUser()
        request.actor = _actor(request, person)  # type: ignore[attr-defined]
        if person:
            translation.activate(person.language)
            request.LANGUAGE_CODE = person.language
        elif request.method not in SAFE_METHODS:
            audit.acting(None)  # a living session has told the database who acts as it was read


def _living_person(request: HttpRequest) -> Person | None:
    """The person of this session, if it still lives; a dead session is emptied."""
    session: Any = request.session
    stamp = session.get("_auth_user_hash")  # loads the session and its person
    person: Person | None = session.person
    if stamp is None or person is None:
        return None
    now = clock.now()
    if not person.is_active or stamp != person.get_session_auth_hash() or _staff_session_over(session, now):
        session.flush()
        return None
    if FACTOR in session:
        _touch(session, now)
    return person


def _staff_session_over(session: Any, now: datetime) -> bool:
    if FACTOR not in session:
        return False
    seen, born = (datetime.fromtimestamp(session[key], UTC) for key in (SEEN, BORN))
    return now - seen > IDLE or now - born > ABSOLUTE


def _touch(session: Any, now: datetime) -> None:
    session[SEEN] = now.timestamp()
    session.modified = False  # saved here and now, not with the response of a reading request
    Session.objects.filter(session_key=session.session_key).update(
        seen_at=now, session_data=session.encode(session._session)
    )


def _actor(request: HttpRequest, person: Person | None) -> Actor:
    if person is None:
        return NOBODY
    factor = request.session.get(FACTOR)
    return actor_of(
        person_id=person.pk,
        is_staff=person.is_staff,
        second_factor_at=datetime.fromtimestamp(factor, UTC) if factor else None,
        session_key=request.session.session_key or "",
    )


class WriteInReadingRequest(RuntimeError):
    """A GET request tried to change the database: a bug, found at once."""


_WRITES = re.compile(r"\b(INSERT|UPDATE|DELETE|MERGE|TRUNCATE|COPY|CALL|CREATE|ALTER|DROP|GRANT)\b", re.IGNORECASE)
_QUOTED = re.compile(r"'[^']*'|\"[^\"]*\"")


_NOTING = ContextVar("noting", default=False)


@contextmanager
def noting() -> Iterator[None]:
    """For the one thing that is written while reading: how many people somebody was shown. Nobody reads that change."""
    before = _NOTING.set(True)
    try:
        yield
    finally:
        _NOTING.reset(before)


def _refuse_writes(execute: Any, sql: Any, params: Any, many: bool, context: Any) -> Any:
    text = str(sql)
    if not text.startswith("SELECT") or "FOR UPDATE" in text:  # the common case costs next to nothing
        found = _WRITES.search(_QUOTED.sub("", text))
        if found and not _NOTING.get():
            raise WriteInReadingRequest(found[0])
    return execute(sql, params, many, context)


def reading_requests_cannot_write(get_response: Handler) -> Handler:
    """The innermost middleware: while a GET is answered, the connection itself refuses to write."""

    def middleware(request: HttpRequest) -> HttpResponse:
        reading = request.method in SAFE_METHODS
        with connection.execute_wrapper(_refuse_writes) if reading else nullcontext():
            return get_response(request)

    return middleware
