"""Loading the demo city into the database: all of it or nothing, and once.

What is made up comes from pure functions of a seed (`demo.people` and its neighbours); `demo.city` writes it, by COPY.
"""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import connection, transaction

from niangjia.core.accounts.models import Person
from niangjia.core.orgs.models import Employer
from niangjia.demo.city import attesting, history, members, notes, orgs, photos, profiles, staff, waiting
from niangjia.demo.city.plan import City, id_of, make_city
from niangjia.demo.city.staff import Account
from niangjia.engines.metrics import services as metrics
from niangjia.kernel import clock


class Occupied(Exception):
    """The database holds something else; nothing was touched."""


def load_city(*, people: int, now: datetime | None = None) -> list[Account]:
    """The city of so many people, unless it is there already; returns who can be played, and how they sign in."""
    there_since = _there_since(people)
    city = make_city(people=people, now=there_since or now or clock.now())
    if there_since is None:
        with transaction.atomic():
            _load(city)
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
        metrics.observe_weeks(weeks=2 if city.large else 12, now=now or clock.now())
    staff.hand_out_authenticators()
    return staff.accounts(city)


def _there_since(people: int) -> datetime | None:
    """The day on which this city was loaded: its people are as old as they were on that day."""
    if not settings.DEMO:
        raise Occupied("This is not a demo: NIANGJIA_DEMO is not set.")
    if not Person.objects.exists():
        return None
    ends = [id_of("person", row) for row in (0, people - 1, people)]
    found = set(Person.objects.filter(pk__in=ends).values_list("pk", flat=True))
    if found != set(ends[:2]):
        raise Occupied(f"This database holds other people than a demo city of {people:,}.")
    return Employer.objects.get(pk=id_of("employer", 0)).created_at + timedelta(minutes=orgs.FOUNDED)


def _load(city: City) -> None:
    if city.large:
        with connection.cursor() as cursor:  # no audit events and no look-ups of keys for millions of made-up rows
            cursor.execute("SET LOCAL session_replication_role = replica")
    orgs.plant(city)
    members.register(city)
    staff.appoint(city)
    attesting.attest(city)
    profiles.introduce(city)
    photos.hang(city)
    history.relate(city)
    notes.tell(city)
    waiting.leave_waiting(city)
