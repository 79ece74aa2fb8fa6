"""People who are signed in, and activities with places. Nothing of it is about anybody."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import connection

from niangjia.core.access import Actor
from niangjia.core.access.base_roles import CITY_ADMIN
from niangjia.core.access.models import RoleGrant
from niangjia.core.access.selectors import grants_of
from niangjia.core.accounts.models import Person, Session
from niangjia.core.accounts.sessions import PERSON, SessionStore
from niangjia.core.orgs.models import Org
from niangjia.engines.allocation.models import Booking, Pool, Slot
from niangjia.kernel import clock
from niangjia.kernel.ids import new_id
from niangjia.scenes.activities.models import Activity
from niangjia.scenes.activities.plan import Plan
from niangjia.scenes.activities.services import publishing

DAY = timedelta(days=1)


def members(count: int) -> list[tuple[UUID, str]]:
    """New people with their tokens, signed in as `sign-in/verify` does it, but all at once."""
    now = clock.now()
    people = [Person(created_at=now) for _ in range(count)]
    Person.objects.bulk_create(people, batch_size=5000)
    sessions = [_session(person, now) for person in people]
    Session.objects.bulk_create(sessions, batch_size=2000)
    _analyse()
    return [(person.pk, row.session_key) for person, row in zip(people, sessions, strict=True)]


def _session(person: Person, now: datetime) -> Session:
    store = SessionStore()
    store["_auth_user_backend"] = "django.contrib.auth.backends.ModelBackend"
    store[PERSON], store["_auth_user_hash"] = str(person.pk), person.get_session_auth_hash()
    store["born"] = store["seen"] = now.timestamp()
    store._session_key = secrets.token_hex(16)
    row = store.create_model_instance(dict(store.items()))
    assert isinstance(row, Session)
    return row


def activity(places: int) -> Activity:
    """Open to everybody, at a time of its own."""
    now = clock.now()
    begins = now + (30 + Slot.objects.count()) * DAY
    plan = Plan(
        title=f"{places} places",
        place="Hangzhou",
        starts_at=begins,
        ends_at=begins + timedelta(hours=2),
        opens_at=now - timedelta(minutes=5),
        closes_at=now + 5 * DAY,
        cancel_until=now + 5 * DAY,
        capacity=places,
    )
    actor, org = _organiser()
    made = publishing.draft(actor=actor, org_id=org.pk, plan=plan, now=now)
    return publishing.publish(actor=actor, activity_id=made.pk, now=now)


def _organiser() -> tuple[Actor, Org]:
    org = Org.objects.filter(level="city").first()
    if org is None:
        org = Org.objects.add_root({"name": "杭州市总工会", "level": "city", "region": "330100"})
    granted = RoleGrant.objects.filter(org=org, role=CITY_ADMIN.code).select_related("person").first()
    person = granted.person if granted else Person.objects.create(created_at=clock.now(), is_staff=True)
    if granted is None:
        RoleGrant.objects.create(person=person, role=CITY_ADMIN.code, org=org, granted_at=clock.now())
    return Actor(person_id=person.pk, grants=tuple(grants_of(person.pk)), second_factor_at=clock.now()), org


@dataclass(frozen=True)
class Books:
    """What the database says afterwards. `lost` are places acknowledged but not there."""

    oversold: int
    lost: int
    twice: int


def books(slot_id: UUID, acknowledged: Sequence[UUID]) -> Books:
    rows = list(Booking.objects.filter(slot=slot_id, state="booked").values_list("person", flat=True))
    capacity = sum(Pool.objects.filter(slot=slot_id, is_addon=False).values_list("capacity", flat=True))
    return Books(
        oversold=max(0, len(rows) - capacity), lost=len(set(acknowledged) - set(rows)), twice=len(rows) - len(set(rows))
    )


def entrants(slot_id: UUID, count: int) -> None:
    """So many new people in a lottery, as the engine writes them down, but in one statement."""
    now = clock.now()
    people = [Person(created_at=now) for _ in range(count)]
    Person.objects.bulk_create(people, batch_size=5000)
    ids = [new_id() for _ in people]
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO allocation_booking (id, slot_id, person_id, booked_by_id, party, state, tier, keys, asked_at,"
            " ticket) SELECT n.id, %s, n.person, n.person, n.id, 'entered', 1, '{}', %s,"
            " left(encode(sha256(uuid_send(n.id)), 'hex'), 32) FROM unnest(%s::uuid[], %s::uuid[]) AS n (id, person)",
            [slot_id, now, ids, [person.pk for person in people]],
        )
    _analyse()


def _analyse() -> None:
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
