"""What is on: for everybody in time, near a place, or with what may suit somebody first, and why."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from math import asin, cos, radians, sin, sqrt
from typing import Final, Literal
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from niangjia.core.consent.services import has as has_consent
from niangjia.core.orgs.models import Level, Org
from niangjia.engines.allocation import selectors as allocation
from niangjia.engines.allocation.models import Booking
from niangjia.engines.allocation.types import LIVE, Figures
from niangjia.kernel import clock
from niangjia.scenes.activities.models import Activity, ActivityPhoto, State, Taste
from niangjia.scenes.activities.policies import open_to
from niangjia.scenes.activities.selectors.offers import missing, work_of
from niangjia.scenes.activities.types import FOR_ME, PAGE, SCENE, TOPICS

Order = Literal["soon", "near", "for_me"]
EARTH_KM: Final = 6371.0
NEAR_KM: Final = 30.0  # nobody crosses the province for an evening of badminton
_LOOKED_AT: Final = 600  # of what lies ahead, put in order at once


@dataclass(frozen=True)
class Search:
    """`lat` and `lon` come rounded from the phone, are rounded again here, and are kept nowhere."""

    order: Order = "soon"
    topics: tuple[str, ...] = ()
    district: str = ""
    online: bool | None = None
    from_day: date | None = None
    to_day: date | None = None
    lat: float | None = None
    lon: float | None = None


@dataclass(frozen=True)
class Found:
    """An activity as one of a list."""

    activity: Activity
    figures: Figures
    mine: Booking | None
    photo: UUID | None = None
    km: float | None = None
    why: tuple[str, ...] = ()


@dataclass(frozen=True)
class Liking:
    """What somebody may like, with their consent: chosen topics, what they came to before, where they are."""

    chosen: frozenset[str] = frozenset()
    before: frozenset[str] = frozenset()
    district: str = ""


def visible(person_id: UUID, now: datetime) -> QuerySet[Activity]:
    """What this person may see, whatever its time."""
    return Activity.objects.filter(open_to(work_of(person_id, now).path or None))


def activity_for(person_id: UUID, activity_id: UUID, now: datetime) -> Activity:
    """One activity, if it is this person's to see; whoever has a place sees it in any case."""
    has_place = Q(slot__bookings__person_id=person_id) & ~Q(state=State.DRAFT)
    open_here = open_to(work_of(person_id, now).path or None)
    rows = Activity.objects.filter(open_here | has_place, pk=activity_id).select_related("org", "series", "slot")
    found = rows.distinct().first()
    if found is None:
        raise missing()
    return found


def find(*, person_id: UUID, search: Search, offset: int, now: datetime) -> tuple[list[Found], int | None]:
    """One page, and where the next one begins."""
    ahead = visible(person_id, now).filter(_wanted(search), state=State.PUBLISHED, ends_at__gt=now)
    in_time = ahead.select_related("org").order_by("starts_at", "pk")
    end = offset + PAGE
    if search.order == "soon":
        page: list[Ordered] = [(row, _km(row, search), ()) for row in in_time[offset : end + 1]]
    else:
        page = _in_order(person_id, list(in_time[:_LOOKED_AT]), search)[offset : end + 1]
    return dressed(person_id, page[:PAGE]), end if len(page) > PAGE else None


def _wanted(search: Search) -> Q:
    wanted = Q(topics__overlap=list(search.topics)) if search.topics else Q()
    if search.district:
        wanted &= Q(district=search.district)
    if search.online is not None:
        wanted &= ~Q(stream="") if search.online else Q(stream="")
    return wanted & _on_days(search)


def _on_days(search: Search) -> Q:
    """What touches these days, both counted."""
    wanted = Q()
    if search.from_day:
        wanted &= Q(ends_at__gt=_midnight(search.from_day))
    if search.to_day and search.to_day < date.max:
        wanted &= Q(starts_at__lt=_midnight(search.to_day + timedelta(days=1)))
    return wanted


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), clock.SHANGHAI)


Ordered = tuple[Activity, float | None, tuple[str, ...]]


def _in_order(person_id: UUID, rows: Sequence[Activity], search: Search) -> list[Ordered]:
    if search.order == "near":
        near = [(row, _km(row, search), ()) for row in rows]
        placed = [item for item in near if item[1] is not None and item[1] <= NEAR_KM]
        return sorted(placed, key=lambda item: item[1] or 0.0)
    liking = liking_of(person_id)
    if liking is None:
        return [(row, _km(row, search), ()) for row in rows]
    scored = [(row, _km(row, search), reasons(row, liking)) for row in rows]
    return sorted(scored, key=lambda item: -len(item[2]))  # sorted keeps the order in time within each


def is_personal(person_id: UUID) -> bool:
    return has_consent(person_id=person_id, purpose=FOR_ME)


def liking_of(person_id: UUID) -> Liking | None:
    """None without consent: then nothing about this person is looked at."""
    if not is_personal(person_id):
        return None
    taste = Taste.objects.filter(person_id=person_id).first()
    came = Booking.objects.filter(person_id=person_id, slot__resource__scene=SCENE, arrived_at__isnull=False)
    topics = Activity.objects.filter(slot__in=came.values("slot")).values_list("topics", flat=True)
    before = frozenset(topic for row in topics for topic in row)
    return Liking(frozenset(taste.topics if taste else ()), before, taste.district if taste else "")


def reasons(activity: Activity, liking: Liking) -> tuple[str, ...]:
    """Why it stands where it stands, in words."""
    chosen = [topic for topic in activity.topics if topic in liking.chosen]
    before = [topic for topic in activity.topics if topic in liking.before - liking.chosen]
    found = []
    if chosen:
        found.append(_("You like: {topics}").format(topics="、".join(str(TOPICS[topic]) for topic in chosen)))
    if before:
        found.append(_("You came before to: {topics}").format(topics="、".join(str(TOPICS[t]) for t in before)))
    if liking.district and liking.district == activity.district:
        found.append(_("In your district"))
    return tuple(found)


def _km(activity: Activity, search: Search) -> float | None:
    """As the crow flies, between points of one and the same map (GCJ-02), in steps of half a kilometre."""
    if None in (activity.lat, activity.lon, search.lat, search.lon):
        return None
    assert activity.lat is not None and activity.lon is not None  # noqa: PT018  # for the type checker
    assert search.lat is not None and search.lon is not None  # noqa: PT018  # same
    here, there = (round(search.lat, 2), round(search.lon, 2)), (activity.lat, activity.lon)
    return round(distance_km(here, there) * 2) / 2


def distance_km(one: tuple[float, float], other: tuple[float, float]) -> float:
    lat1, lon1, lat2, lon2 = (radians(part) for part in (*one, *other))
    half = sin((lat2 - lat1) / 2) ** 2 + cos(lat1) * cos(lat2) * sin((lon2 - lon1) / 2) ** 2
    return 2 * EARTH_KM * asin(sqrt(half))


def dressed(person_id: UUID, rows: Sequence[Ordered]) -> list[Found]:
    """With how full they are, my own booking and a picture, in three queries whatever their number."""
    slots = [row.slot_id for row, _km_away, _why in rows if row.slot_id]
    figures = allocation.figures(slots)
    mine = {
        booking.slot_id: booking
        for booking in Booking.objects.filter(slot__in=slots, person_id=person_id, state__in=LIVE)
    }
    photos = first_photos(row.pk for row, _km_away, _why in rows)
    return [
        Found(
            activity=row,
            figures=figures.get(row.slot_id, Figures()) if row.slot_id else Figures(),
            mine=mine.get(row.slot_id) if row.slot_id else None,
            photo=photos.get(row.pk),
            km=km,
            why=why,
        )
        for row, km, why in rows
    ]


def first_photos(activity_ids: Iterable[UUID]) -> dict[UUID, UUID]:
    rows = ActivityPhoto.objects.filter(activity__in=list(activity_ids)).order_by("activity", "number")
    return dict(rows.distinct("activity").values_list("activity_id", "photo_id"))


def figures_of(activity: Activity) -> Figures:
    return allocation.figures([activity.slot_id]).get(activity.slot_id, Figures()) if activity.slot_id else Figures()


def districts() -> list[tuple[str, str]]:
    """Code and name of every district that has a union here."""
    rows = Org.objects.filter(level=Level.COUNTY, form="", ended_at=None).exclude(region="").order_by("region", "path")
    return [(region, name.removesuffix("总工会")) for region, name in rows.values_list("region", "name")]
