"""Loading the demo city into the database: all of it or nothing, and once.

What is made up comes from pure functions of a seed (`demo.people` and its neighbours); `demo.city` writes it, by COPY.
"""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import connection, transaction

from niangjia.core.accounts.models import Person
from niangjia.core.orgs.models import Employer
from niangjia.demo.city import (
    activities,
    attesting,
    chats,
    events,
    history,
    matchmaking,
    members,
    notes,
    orgs,
    photos,
    planets,
    profiles,
    scams,
    staff,
    venues,
    waiting,
    weekly,
    year,
)
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
        # vacuumed too, so that no measurement depends on when the autovacuum comes; a test's transaction cannot
        _run("ANALYZE" if connection.in_atomic_block else "VACUUM (ANALYZE)")
        metrics.observe_weeks(weeks=52 if city.large else 26, now=now or clock.now())
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
        _run(*_QUIET)
    orgs.plant(city)
    members.register(city)
    staff.appoint(city)
    attesting.attest(city)
    profiles.introduce(city)
    photos.hang(city)
    history.relate(city)
    chats.write(city)
    scams.warn(city)
    notes.tell(city)
    activities.hold(city)
    events.invite(city)
    weekly.publish(city)
    venues.open_doors(city)
    planets.settle(city)
    matchmaking.open_doors(city)
    waiting.leave_waiting(city)
    if city.large:
        year.fill(city)
        _run(*_LOUD)


# In a large city no audit events are written and no keys looked up for millions of made-up rows: triggers rest, except
# the one that keeps the shelves of browsing.
_QUIET = (
    "SET LOCAL session_replication_role = replica",
    "ALTER TABLE dating_profile ENABLE ALWAYS TRIGGER shelf_put",
)
_LOUD = ("SET LOCAL session_replication_role = origin", "ALTER TABLE dating_profile ENABLE TRIGGER shelf_put")


def _run(*statements: str) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
