"""Pairs who write to each other, made without a city: only what a message passes through."""

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.contrib.sessions.backends.base import SessionBase
from django.db import connection, transaction

from niangjia.core import live
from niangjia.core.accounts import services
from niangjia.core.accounts.models import Person
from niangjia.core.accounts.sessions import SessionStore
from niangjia.kernel import clock
from niangjia.kernel.ids import new_id
from niangjia.scenes.dating.models import Pair, Profile


@dataclass(frozen=True)
class Side:
    """One of a pair, signed in, with a ticket to listen."""

    person: UUID
    token: str
    ticket: str
    pair: UUID


def pairs(count: int) -> list[tuple[Side, Side]]:
    """Verified, of age, paired; nothing else of them exists."""
    now = clock.now()
    with transaction.atomic():
        people = [Person(id=new_id(), phone_index=b"bench%06d" % number, created_at=now) for number in range(2 * count)]
        Person.objects.bulk_create(people)
        words = {"birth_date": date(1996, 5, 4), "verified_until": now + timedelta(days=99), "visibility": "verified"}
        profiles = [
            Profile(
                person=person,
                sex="fm"[at % 2],
                nickname=f"n{at}",
                joined_on=now.date(),
                active_week=now.date(),
                **words,
            )
            for at, person in enumerate(people)
        ]
        Profile.objects.bulk_create(profiles)
        made = []
        for one, other in zip(profiles[::2], profiles[1::2], strict=True):
            first, second = sorted((one.pk, other.pk))
            made.append(Pair(first_id=first, second_id=second, since=now))
        Pair.objects.bulk_create(made)
        sides = [
            Side(person.pk, _token(person), live.ticket(person_id=person.pk, now=now), made[at // 2].pk)
            for at, person in enumerate(people)
        ]
    with connection.cursor() as cursor:
        cursor.execute("VACUUM (ANALYZE)")
    return list(zip(sides[::2], sides[1::2], strict=True))


def _token(person: Person) -> str:
    session: SessionBase = SessionStore()
    services._begin(session, person, now=clock.now())
    return session.session_key or ""
