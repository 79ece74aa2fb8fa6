"""Activities, through the same services that unions and workers use; only the clock is turned back."""

from collections.abc import Iterator, Sequence
from datetime import datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models import F

from niangjia.core.access import Actor
from niangjia.core.access.selectors import grants_of
from niangjia.core.attestations.models import Attestation
from niangjia.core.messages.models import Note
from niangjia.core.orgs.models import Org
from niangjia.demo import happenings
from niangjia.demo.art.scenes import draw_scene
from niangjia.demo.city.plan import SEED, City, id_of
from niangjia.demo.dice import stream
from niangjia.demo.happenings import CITY, Happening
from niangjia.demo.named import POSTS
from niangjia.engines.allocation import services as allocation
from niangjia.engines.allocation.models import Booking, CheckInList
from niangjia.engines.allocation.types import Quota, ScanIn
from niangjia.kernel import clock
from niangjia.kernel.errors import DomainError
from niangjia.kernel.ids import new_id
from niangjia.scenes.activities.addons import AddOnOffer
from niangjia.scenes.activities.audience import Audience
from niangjia.scenes.activities.models import Activity, LiveQuestion, Series
from niangjia.scenes.activities.plan import Plan
from niangjia.scenes.activities.services import after, desk, publishing, registering, telling
from niangjia.scenes.activities.services import series as founding
from niangjia.scenes.activities.services.registering import Wanted
from niangjia.scenes.activities.services.series import Words

_CROWD = 400  # of any city, so many people go out
_STORY = 2  # the woman and the man of the demo come first in the crowd
_READ_AFTER = timedelta(hours=3)
_ANSWERS: dict[str, Any] = {"meal": "yes", "diet": ["none"], "level": "b"}


class Year:
    """What is being written, and by whom."""

    def __init__(self, city: City) -> None:
        self.city = city
        self.dice = stream(seed=SEED, purpose="activities")
        self.crowd = crowd(city)
        self.staff = {
            post.region: _actor(city, row, city.now)
            for row, post in zip(city.named.staff, POSTS, strict=True)
            if post.role in ("city_admin", "union_officer")
        }
        self.orgs = {org.region: org for org in Org.objects.filter(form="", region__in=self.staff)}
        self.series: dict[str, UUID] = {}
        self.claims = 0

    def key(self) -> UUID:
        self.claims += 1
        return id_of("claim", self.claims)

    def shuffled(self) -> list[UUID]:
        """The crowd in another order each time; the two of the story keep their place in front."""
        order = self.dice.permutation(len(self.crowd) - _STORY) + _STORY
        return [*self.crowd[:_STORY], *(self.crowd[at] for at in order.tolist())]


def crowd(city: City) -> list[UUID]:
    """People whose employer is verified."""
    verified = set(Attestation.objects.filter(kind="employer", fallen_at=None).values_list("person_id", flat=True))
    rows = [city.named.woman, city.named.man, *range(len(city.people))]
    ids = dict.fromkeys(city.person_ids[row] for row in rows if row not in city.named.staff)
    return [key for key in ids if key in verified][:_CROWD]


def _actor(city: City, row: int, now: datetime) -> Actor:
    key = city.person_ids[row]
    return Actor(person_id=key, grants=grants_of(key), second_factor_at=now)


def hold(city: City) -> None:
    year = Year(city)
    _found_series(year)
    for happening in happenings.LAST_YEAR:
        _hold_past(year, happening)
    for happening in happenings.AHEAD:
        _offer_ahead(year, happening)
    _call_off(year, happenings.CALLED_OFF)
    _draft(year, happenings.DRAFT, city.now)
    _read_old_notes(city)


def _found_series(year: Year) -> None:
    first = year.city.people.today + timedelta(days=3)
    festival = Words(
        happenings.FESTIVAL,
        "一个月里，十一场。线上线下都有，骑手司机也有专场。",
        True,
        first,
        first + timedelta(days=24),
    )
    for region, words in (
        (CITY, festival),
        (CITY, Words(happenings.LEAGUE, "一年四站，打满三站有纪念球。")),
        ("330106", Words(happenings.READING, "每月一本书，一杯茶。")),
    ):
        row: Series = founding.found(
            actor=year.staff[region], org_id=year.orgs[region].pk, words=words, now=year.city.ago(400 * 24 * 60)
        )
        year.series[words.title] = row.pk


def _begins(city: City, happening: Happening) -> datetime:
    day = city.people.today + timedelta(days=happening.day)
    return datetime.combine(day, time(), clock.SHANGHAI) + timedelta(hours=happening.hour)


def _plan(year: Year, happening: Happening) -> Plan:
    starts, more, spot = _begins(year.city, happening), dict(happening.more), happening.spot
    audience = Audience(
        gig=more.pop("gig", False),
        facts=more.pop("facts", ()),
        age_from=more.pop("age_from", None),
        age_to=more.pop("age_to", None),
    )
    for told_later in ("asked", "accepted", "entered"):
        more.pop(told_later, None)
    addons = tuple(AddOnOffer(**row) for row in more.pop("addons", ()))
    quotas = tuple(Quota(key, places, starts - timedelta(days=3)) for key, places in more.pop("quotas", ()))
    return Plan(
        title=happening.title,
        about=happening.about or f"{happening.title}，欢迎来。",
        topics=happening.topics,
        starts_at=starts,
        ends_at=starts + timedelta(hours=happening.hours),
        opens_at=starts + timedelta(days=happening.opens),
        closes_at=starts - timedelta(hours=happening.closes if happening.day else -happening.hours / 2),
        cancel_until=starts - timedelta(hours=3),
        capacity=happening.places,
        place=spot.place,
        address=spot.address,
        district=spot.district,
        lat=spot.lat or None,
        lon=spot.lon or None,
        audience=audience,
        quotas=quotas,
        addons=addons,
        series_id=year.series.get(happening.series),
        **more,
    )


def _draft(year: Year, happening: Happening, now: datetime) -> Activity:
    by, org = year.staff[happening.region], year.orgs[happening.region]
    activity = publishing.draft(actor=by, org_id=org.pk, plan=_plan(year, happening), now=now)
    if happening.picture:
        picture = draw_scene(seed=SEED + abs(happening.day), kind=happening.picture)
        upload = SimpleUploadedFile("picture.jpg", picture, "image/jpeg")
        publishing.add_photo(actor=by, activity_id=activity.pk, upload=upload, now=now)
    return activity


def _publish(year: Year, happening: Happening) -> Activity:
    """A week before registration opens, or yesterday."""
    opens = _begins(year.city, happening) + timedelta(days=happening.opens)
    at = min(opens - timedelta(days=7), year.city.ago(24 * 60))
    activity = _draft(year, happening, at)
    by = year.staff[happening.region]
    return publishing.publish(actor=by, activity_id=activity.pk, now=at)


def _register(
    year: Year, activity: Activity, people: Iterator[UUID], count: int, *, wait: bool = False
) -> list[Booking]:
    """So many more people take part, one after the other from the opening on; who may not is passed over."""
    at = max(activity.opens_at, activity.published_at or activity.opens_at) + timedelta(days=1, minutes=5)
    last = min(activity.closes_at, year.city.ago(30)) - timedelta(minutes=1)
    found: list[UUID] = []
    for person_id in people:
        if len(found) == count:
            break
        beside = tuple(row["code"] for row in activity.addons[: len(found) % 3])
        answers = _ANSWERS if activity.form else {}
        wanted = Wanted(
            activity=activity.pk, key=year.key(), wait=wait, addons=beside, wait_for_addons=True, answers=answers
        )
        at = min(at + timedelta(minutes=17), last)
        try:
            found.append(registering.register(person_id=person_id, wanted=wanted, now=at).booking_id)
        except DomainError:
            continue
    telling.tell_settled(now=at)
    return list(Booking.objects.filter(pk__in=found).order_by("asked_at", "pk"))


def _hold_past(year: Year, happening: Happening) -> None:
    activity = _publish(year, happening)
    booked = _register(year, activity, iter(year.shuffled()), happening.taken)
    came = booked[: happening.come * len(booked) // max(1, happening.taken)]
    _let_in(year, activity, came)
    if happening.day > -8:
        return
    allocation.count_absent(slot_id=activity.places, now=activity.ends_at + timedelta(hours=25))
    after.close_ended(now=activity.ends_at + timedelta(hours=2))
    if activity.survey:
        _answer(year, activity, came)


def _let_in(year: Year, activity: Activity, came: Sequence[Booking]) -> None:
    door = CheckInList.objects.get(slot_id=activity.places, is_entrance=True)
    by = year.staff[CITY].person_id
    assert by is not None  # the city officer is somebody
    first = activity.starts_at - timedelta(minutes=20)
    scans = [
        ScanIn(new_id(), first + timedelta(seconds=40 * number), booking_id=booking.pk)
        for number, booking in enumerate(came)
    ]
    allocation.check_in(list_id=door.pk, scans=scans, by_id=by, now=activity.ends_at)


def _answer(year: Year, activity: Activity, came: Sequence[Booking]) -> None:
    at = activity.ends_at + timedelta(days=1)
    for number, booking in enumerate(came[_STORY:14]):
        joy = ("5", "5", "4", "5", "2")[number % 5]
        wish = happenings.WISHES[number % len(happenings.WISHES)]
        assert booking.person_id is not None  # they registered a moment ago
        sheet = {"joy": joy, "wish": wish}
        after.answer_survey(person_id=booking.person_id, activity_id=activity.pk, answers=sheet, now=at)


def _offer_ahead(year: Year, happening: Happening) -> None:
    activity, people = _publish(year, happening), iter(year.shuffled())
    if activity.opens_at > year.city.now:
        return
    more = happening.more
    count = more.get("entered") or more.get("asked", 0) + more.get("accepted", 0) or happening.taken
    booked = _register(year, activity, people, count)
    _register(year, activity, people, happening.waiting, wait=True)
    for booking in booked[: more.get("accepted", 0)]:
        by = year.staff[happening.region]
        at = year.city.ago(60)
        desk.decide(actor=by, activity_id=activity.pk, booking_id=booking.pk, accept=True, reason="", now=at)
    if happening.come:
        _let_in(year, activity, booked[: happening.come])
    if activity.stream and not activity.discreet:
        _ask(year, activity, booked)


def _ask(year: Year, activity: Activity, booked: Sequence[Booking]) -> None:
    for number, (text, booking) in enumerate(zip(happenings.QUESTIONS, booked, strict=False)):
        state = ("answered", "shown", "waiting")[number]
        answer = "生姜红枣水，睡前泡脚。" if number == 0 else ""
        LiveQuestion(
            activity=activity, person_id=booking.person_id, text=text, state=state, answer=answer,
            asked_at=year.city.ago(90 - number),
        ).save(force_insert=True)  # fmt: skip


def _call_off(year: Year, happening: Happening) -> None:
    activity = _publish(year, happening)
    _register(year, activity, iter(year.shuffled()), happening.taken)
    by, at = year.staff[happening.region], year.city.ago(5 * 60)
    publishing.cancel(actor=by, activity_id=activity.pk, reason=happenings.CALLED_OFF_WHY, now=at)


def _read_old_notes(city: City) -> None:
    """What is older than a week was read; nobody's home begins with a hundred messages."""
    old = Note.objects.filter(template__startswith="activity_", at__lt=city.ago(7 * 24 * 60), read_at=None)
    old.update(read_at=F("at") + _READ_AFTER)
