"""What can be had beside a place: how many are left, and who has which."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, Q

from niangjia.engines.allocation.models import Booking, Extra, Pool
from niangjia.engines.allocation.types import LIVE, TAKING
from niangjia.scenes.activities.addons import AddOnOffer, read
from niangjia.scenes.activities.models import Activity


@dataclass(frozen=True)
class Left:
    """One add-on and how it stands now. `waiting` counts those who have a place and want one."""

    offer: AddOnOffer
    taken: int
    capacity: int
    waiting: int

    @property
    def free(self) -> int:
        return max(0, self.capacity - self.taken)


@dataclass(frozen=True)
class Mine:
    """An add-on of one registration: `count` of it, of which `waiting` are not there yet."""

    code: str
    title: str
    count: int
    waiting: int


def offered_at(activity_id: UUID) -> tuple[AddOnOffer, ...]:
    found = Activity.objects.filter(pk=activity_id).values_list("addons", flat=True).first()
    return read(found or ())


def for_everybody(slot_id: UUID) -> tuple[str, ...]:
    """The codes of those that each of a party needs."""
    found = Activity.objects.filter(slot_id=slot_id).values_list("addons", flat=True).first()
    return tuple(one.code for one in read(found or ()) if one.each)


def left_of(activity: Activity) -> list[Left]:
    """In the order in which the organiser wrote them down; in two queries, in none where there are none."""
    offered = read(activity.addons)
    if not offered or activity.slot_id is None:
        return [Left(one, 0, one.places, 0) for one in offered]
    pools = {pool.key: pool for pool in Pool.objects.filter(slot=activity.slot_id, is_addon=True)}
    extras = Extra.objects.filter(pool__slot=activity.slot_id, state="waiting", booking__state__in=TAKING)
    counted = extras.order_by().values("pool__key").annotate(n=Count("pk"))
    lines = dict(counted.values_list("pool__key", "n"))
    here = [(one, pools[one.code]) for one in offered if one.code in pools]
    return [Left(one, pool.taken, pool.capacity, lines.get(one.code, 0)) for one, pool in here]


def of_parties(bookings: Sequence[Booking], titles: Mapping[UUID, Mapping[str, str]]) -> dict[UUID, tuple[Mine, ...]]:
    """What somebody has beside these places, for themselves and for nameless guests; `titles` by slot and code."""
    owners = {(row.party, row.person_id): row.pk for row in bookings}
    mine = Q(booking__in=[row.pk for row in bookings])
    guests = Q(booking__party__in=[row.party for row in bookings], booking__person=None, booking__state__in=LIVE)
    rows = Extra.objects.filter(mine | guests).exclude(state="given_back").select_related("pool", "booking")
    counted: dict[UUID, dict[str, list[int]]] = defaultdict(dict)
    slots = {row.pk: row.slot_id for row in bookings}
    for row in rows.order_by("pool__key", "pk"):
        host = owners.get((row.booking.party, row.booking.booked_by_id))
        owner = row.booking_id if row.booking_id in slots else host
        if owner is None:
            continue  # came with somebody else of the party
        cell = counted[owner].setdefault(row.pool.key, [0, 0])
        cell[0] += 1
        cell[1] += row.state == "waiting"
    return {
        key: tuple(Mine(code, titles.get(slots[key], {}).get(code, code), *cell) for code, cell in cells.items())
        for key, cells in counted.items()
    }


def beside(activity: Activity, booking: Booking) -> tuple[Mine, ...]:
    """What hangs on one booking."""
    return of_parties([booking], titles_by_slot([activity])).get(booking.pk, ()) if activity.addons else ()


def titles_by_slot(activities: Iterable[Activity]) -> dict[UUID, dict[str, str]]:
    return {row.places: {one.code: one.title for one in read(row.addons)} for row in activities if row.addons}


def by_booking(activity: Activity) -> dict[UUID, dict[str, str]]:
    """For lists of staff: booking, code, and whether it is there or waited for."""
    found: dict[UUID, dict[str, str]] = defaultdict(dict)
    rows = Extra.objects.filter(pool__slot=activity.slot_id, booking__state__in=LIVE).exclude(state="given_back")
    for booking_id, code, state in rows.values_list("booking", "pool__key", "state"):
        found[booking_id][code] = state
    return found
