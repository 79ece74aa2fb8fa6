"""A year of the size that a province's brand reported (D4): in a large city, for measuring.

What unions put on goes through the services that they use themselves; the hundred thousand who came are written by
COPY. Nobody is in two places at once: people take part in turn, and one turn is longer than what goes on at a time.
"""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import pairwise
from operator import itemgetter
from typing import Final
from uuid import UUID

from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.db.models import F

from niangjia.core.access import Actor
from niangjia.core.access.selectors import grants_of
from niangjia.core.orgs.models import Form, Org
from niangjia.demo import happenings
from niangjia.demo.city.activities import crowd
from niangjia.demo.city.copying import Row, copy
from niangjia.demo.city.plan import SEED, City, id_of
from niangjia.demo.dice import stream
from niangjia.demo.happenings import CITY, Spot
from niangjia.demo.named import POSTS
from niangjia.engines.allocation.models import Booking, CheckInList, Pool, Scan, Slot
from niangjia.engines.allocation.types import USUAL
from niangjia.kernel import clock
from niangjia.kernel.ids import new_id
from niangjia.scenes.activities.models import Activity, State, SurveyDone, SurveySheet
from niangjia.scenes.activities.plan import Plan
from niangjia.scenes.activities.services import publishing
from niangjia.scenes.dating.events import closing, sealing
from niangjia.scenes.dating.models import Event, Pair, Profile

ACTIVITIES: Final = 983
CAME: Final = 103_986
PAIRS: Final = 4_817
NEEDED: Final = 20_000  # people, so that nobody goes out every week
_FEWEST, _MOST = 24, 420
_DAY, _WEEK = timedelta(days=1), timedelta(weeks=1)
_OPENS, _CLOSES = timedelta(days=14), timedelta(hours=12)
_SITTING: Final = ((5, 9.0), (5, 14.0), (6, 9.5), (6, 14.0), (2, 19.0), (4, 19.0), (3, 14.0))  # weekday, hour
_KINDS: Final = (
    ("登山健步", "outdoor sport", happenings.TEA),
    ("羽毛球交流赛", "sport", happenings.HALL),
    ("读书分享会", "reading", happenings.XIHU_HOUSE),
    ("亲子手工", "family craft", happenings.CENTRE),
    ("急救技能课", "skill health", happenings.STATION),
    ("插花体验", "craft", happenings.XIHU_HOUSE),
    ("滨江夜跑", "sport outdoor", happenings.RIVER),
    ("美食沙龙", "food", happenings.CENTRE),
    ("心理减压讲座", "mind health", happenings.SCHOOL),
    ("劳动法律咨询", "law", happenings.CENTRE),
)
_MEETING: Final = (("单身职工联谊", "dating", happenings.LAKE), ("青年交友茶会", "dating", happenings.CENTRE))
_SAID: Final = ("5", "5", "4", "5", "4", "5", "3", "4", "5", "2")


@dataclass(frozen=True)
class Held:
    """An activity of the year, and whom the turn brought to it: those who came first."""

    activity: Activity
    people: tuple[UUID, ...]
    came: int


def fill(city: City) -> None:
    if len(city.people) < NEEDED:
        return
    weeks = _weeks(city.people.today)
    held = _held(city, weeks)
    places = dict(Pool.objects.filter(slot__in=[one.activity.places for one in held]).values_list("slot", "pk"))
    doors = dict(CheckInList.objects.filter(slot__in=places, is_entrance=True).values_list("slot", "pk"))
    booked = [[new_id() for _person in one.people] for one in held]
    copy(
        Booking, _BOOKING, (row for one, keys in zip(held, booked, strict=True) for row in _bookings(one, keys, places))
    )
    copy(Scan, _SCAN, (row for one, keys in zip(held, booked, strict=True) for row in _scans(one, keys, doors)))
    _settle(held)
    _ask(held)
    _find_each_other(city, weeks)


def _weeks(today: date) -> list[date]:
    """The Mondays of the weeks that are over in this calendar year, or in the last one while this one is young."""
    monday = today - timedelta(days=today.weekday())
    mondays = [monday - back * _WEEK for back in range(1, 106)]
    year = [day for day in mondays if day.year == mondays[0].year]
    return sorted(year if len(year) >= 26 else [day for day in mondays if day.year == mondays[0].year - 1])


def _moment(monday: date, weekday: int, hour: float) -> datetime:
    return datetime.combine(monday, time(), clock.SHANGHAI) + weekday * _DAY + timedelta(hours=hour)


def _officer(city: City) -> Actor:
    row = next(row for row, post in zip(city.named.staff, POSTS, strict=True) if post.role == "city_admin")
    key = city.person_ids[row]
    return Actor(person_id=key, grants=grants_of(key), second_factor_at=city.now)


def _held(city: City, weeks: Sequence[date]) -> list[Held]:
    """So many that, with what the small city tells of, it comes to the figures."""
    told = Activity.objects.filter(
        state=State.PUBLISHED,
        ends_at__gte=_moment(weeks[0], 0, 0),
        ends_at__lt=_moment(weeks[-1] + _WEEK, 0, 0),
    )
    came = Booking.objects.filter(slot__in=told.values("slot"), state="booked", arrived_at__isnull=False).count()
    sizes = _sizes(ACTIVITIES - told.count(), CAME - came)
    actor, hosts, turn = _officer(city), _hosts(), _Turn(city)
    dice = stream(seed=SEED, purpose="a year of activities")
    by = dice.integers(0, len(hosts), len(sizes)).tolist()
    kinds = dice.integers(0, 100, len(sizes)).tolist()
    found = []
    for at, size in enumerate(sizes):
        monday = weeks[at * len(weeks) // len(sizes)]
        starts = _moment(monday, *_SITTING[at % len(_SITTING)])
        people = turn.next(size + size // 9, starts - _OPENS)
        activity = _publish(actor, hosts[by[at]], kinds[at], starts, len(people))
        found.append(Held(activity, people, size))
    return found


def _sizes(count: int, total: int) -> list[int]:
    """Many small ones and a few large, which add up."""
    dice = stream(seed=SEED, purpose="how many came")
    shape = _FEWEST + (_MOST - _FEWEST) * dice.random(count) ** 3
    edges = [0, *(total * shape.cumsum() / shape.sum()).astype(int).tolist()]
    edges[-1] = total
    return [end - begin for begin, end in pairwise(edges)]


def _hosts() -> list[Org]:
    """Of twenty: the city three, its districts twelve, its towns three, firms two."""
    city = Org.objects.get(form="", region=CITY)
    below = Org.objects.filter(path__startswith=city.path, ended_at=None).order_by("path")
    districts, towns = (list(below.filter(form="", depth=city.depth + deeper)) for deeper in (1, 2))
    firms = list(below.filter(form=Form.SINGLE)[:40])
    shares = (([city], 3), (districts, 12), (towns[:: max(1, len(towns) // 40)], 3), (firms or [city], 2))
    return [orgs[at % len(orgs)] for orgs, share in shares for at in range(40 * share)]


class _Turn:
    """People one after the other, those only who were verified by then; when all had their turn it begins anew."""

    def __init__(self, city: City) -> None:
        known, busy = city.people.facts.employer, {*crowd(city), *(city.person_ids[row] for row in city.named.staff)}
        rows = [row for row in range(len(city.people)) if known[row] == "verified" and city.person_ids[row] not in busy]
        rows.sort(key=lambda row: -city.steps.employed[row])
        self.since = [city.ago(city.steps.employed[row]) for row in rows]
        self.people = [city.person_ids[row] for row in rows]
        self.at = 0

    def next(self, count: int, by: datetime) -> tuple[UUID, ...]:
        there = bisect_left(self.since, by)
        start, self.at = self.at, self.at + count
        if self.at > there:
            start, self.at = 0, count
        if count > there:
            raise ValueError(f"{there} people cannot fill {count} places: the city is too small for its year")
        return tuple(self.people[start : self.at])


def _publish(actor: Actor, org: Org, kind: int, starts: datetime, places: int) -> Activity:
    meets = kind < 12 and not org.form
    title, topics, spot = _MEETING[kind % 2] if meets else _KINDS[kind % len(_KINDS)]
    at = starts - _OPENS - _WEEK
    plan = _plan(f"{org.name.removesuffix('总工会').removesuffix('工会')[-12:]}{title}", topics, spot, starts, places)
    draft = publishing.draft(actor=actor, org_id=org.pk, plan=plan, now=at)
    return publishing.publish(actor=actor, activity_id=draft.pk, now=at)


def _plan(title: str, topics: str, spot: Spot, starts: datetime, places: int) -> Plan:
    return Plan(
        title=title,
        about=f"{title}，欢迎来。",
        topics=tuple(topics.split()),
        discreet="dating" in topics,
        place=spot.place,
        address=spot.address,
        district=spot.district,
        lat=spot.lat,
        lon=spot.lon,
        starts_at=starts,
        ends_at=starts + timedelta(hours=2.5),
        opens_at=starts - _OPENS,
        closes_at=starts - _CLOSES,
        cancel_until=starts - timedelta(hours=3),
        capacity=places + places // 8,
        survey=happenings.SURVEY,
    )


_BOOKING: Final = (
    "id slot_id pool_id person_id booked_by_id party state tier keys rank asked_at settled_at told_at during "
    "arrived_at absent_at request_key"
)
_SCAN: Final = "id list_id booking_id at received_at outcome counted"


def _bookings(held: Held, keys: Sequence[UUID], places: dict[UUID, UUID]) -> Iterator[Row]:
    activity = held.activity
    slot, during = activity.places, DateTimeTZRange(activity.starts_at, activity.ends_at)
    step = (activity.closes_at - activity.opens_at) / (len(keys) + 1)
    for number, (key, person) in enumerate(zip(keys, held.people, strict=True)):
        asked = activity.opens_at + (number + 1) * step
        came = number < held.came
        arrived = _arrival(activity, number) if came else None
        absent = None if came else activity.ends_at + _DAY
        who: Row = (key, slot, places[slot], person, person, key, "booked", USUAL, [], 0)
        yield (*who, asked, asked, asked, during, arrived, absent, id_of("year", key.int))


def _arrival(activity: Activity, number: int) -> datetime:
    return activity.starts_at - timedelta(minutes=20) + number * timedelta(seconds=8)


def _scans(held: Held, keys: Sequence[UUID], doors: dict[UUID, UUID]) -> Iterator[Row]:
    door = doors[held.activity.places]
    for number, key in enumerate(keys[: held.came]):
        at = _arrival(held.activity, number)
        yield (new_id(), door, key, at, at, "welcome", True)


def _settle(held: Sequence[Held]) -> None:
    """Counters as they stand, and no nightly job has anything left to do about it."""
    by_slot = {one.activity.places: one for one in held}
    pools = list(Pool.objects.filter(slot__in=by_slot))
    for pool in pools:
        pool.taken = len(by_slot[pool.slot_id].people)
    Pool.objects.bulk_update(pools, ["taken"], batch_size=200)
    Slot.objects.filter(pk__in=by_slot).update(counted_at=F("ends_at") + _DAY)
    ours = Activity.objects.filter(slot__in=by_slot)
    ours.update(reminded_at=F("starts_at") - _DAY, closed_at=F("ends_at") + timedelta(hours=2))


def _ask(held: Sequence[Held]) -> None:
    """Every third of those who came said how it was; who they are stands apart from what they said."""
    said = [(one.activity.pk, person) for one in held for person in one.people[: one.came : 3]]
    copy(SurveyDone, "id activity_id person_id", ((new_id(), *row) for row in said))
    sheets = ((at, _SAID[number % len(_SAID)]) for number, (at, _person) in enumerate(said))
    copy(SurveySheet, "id activity_id answers", ((new_id(), at, f'{{"joy": "{joy}"}}') for at, joy in sheets))


def _find_each_other(city: City, weeks: Sequence[date]) -> None:
    """Mutual selections, and the pairs that came out of them: joined as the close itself joins them."""
    org, singles = Org.objects.get(form="", region=CITY), _Singles(city)
    moments = [_moment(monday, weekday, 21) for monday in weeks for weekday in (2, 5)]
    for at, moment in enumerate(moments):
        pairs = PAIRS * (at + 1) // len(moments) - PAIRS * at // len(moments)
        closing.join(singles.couples(pairs, moment), moment)
        _closed(org, at, moment, pairs)


def _closed(org: Org, at: int, moment: datetime, pairs: int) -> None:
    """What stays of a selection when it is over: numbers and fingerprints."""
    key, entrants = id_of("selection", at), 5 * pairs
    prints = [id_of("print", at * 10_000 + one).hex for one in range(entrants)]
    title = f"第 {at + 1} 场心动互选"
    proof = {
        "event": str(key),
        "title": title,
        "closed_at": moment.isoformat(),
        "entrants": entrants,
    }
    Event.objects.create(
        id=key,
        org=org,
        kind="selection",
        title=title,
        about="线上互选。选中彼此的两个人，在同一秒知道。",
        state="published",
        places=1000,
        picks=5,
        opens_at=moment - 2 * _DAY,
        closes_at=moment,
        closed_at=moment,
        entrants=entrants,
        picked=4 * entrants,
        pairs=pairs,
        proof={**proof, "pairs": pairs, "commitment": sealing.commitment(prints), "fingerprints": prints},
        second={"asked": 0, "weight": 0.0, "bound": 0.0},
        second_until=moment + _DAY,
    )


class _Singles:
    """Women and men of different firms, verified by then, who have not found each other yet."""

    def __init__(self, city: City) -> None:
        story = [city.profile_ids[row] for row in (city.named.woman, city.named.man)]
        working = Profile.objects.filter(verified_until__gt=city.now, employer__isnull=False).exclude(pk__in=story)
        self.sides = [
            list(
                working.filter(sex=sex).order_by("employer_since", "pk").values_list("employer_since", "pk", "employer")
            )
            for sex in "fm"
        ]
        self.taken = set(Pair.objects.values_list("first", "second"))
        self.dice = stream(seed=SEED, purpose="selections")

    def couples(self, count: int, by: datetime) -> list[tuple[UUID, UUID]]:
        there = [max(2, bisect_left(side, by, key=itemgetter(0))) for side in self.sides]
        found: list[tuple[UUID, UUID]] = []
        while len(found) < count:
            (_since, she, hers), (_his_since, he, his) = (
                side[int(self.dice.integers(0, most))] for side, most in zip(self.sides, there, strict=True)
            )
            both = (min(she, he), max(she, he))
            if hers != his and both not in self.taken:
                self.taken.add(both)
                found.append(both)
        return found
