"""A centre with two stations and a group wedding, through the services that staff and members use."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import product
from uuid import UUID

import numpy as np

from niangjia.core.access import Actor, base_roles
from niangjia.core.access.models import RoleGrant
from niangjia.core.access.selectors import grants_of
from niangjia.core.accounts.models import Person
from niangjia.core.attestations.models import Attestation
from niangjia.core.orgs.models import Org
from niangjia.demo.city.history import pair_rows
from niangjia.demo.city.plan import SEED, City
from niangjia.demo.dice import stream
from niangjia.kernel import clock
from niangjia.kernel.errors import DomainError
from niangjia.scenes.dating.desk import (
    following,
    housekeeping,
    introducing,
    keeping,
    meeting,
    registering,
    rewarding,
)
from niangjia.scenes.dating.desk import jobs as desk_jobs
from niangjia.scenes.dating.desk.models import Follow, Introduction, Record, Station, StationMember, Visit
from niangjia.scenes.dating.desk.types import Asked, StationPlan, When
from niangjia.scenes.dating.models import Profile
from niangjia.scenes.dating.weddings import applying, arranging
from niangjia.scenes.dating.weddings.types import Plan

_DAY, _HOUR = timedelta(days=1), timedelta(hours=1)
_MATCHMAKER, _CITY_OFFICER, _DISTRICT_OFFICER = 0, 2, 3  # rows of POSTS
_RECORDS = 38
_WISHES = (
    "爱笑，住得近一点，周末能一起走走。",
    "踏实、有商有量，家里人好相处。",
    "想找个能一起做饭的人，其他慢慢聊。",
    "上夜班多，希望对方能理解。",
    "年纪差不多就好，喜欢安静。",
)
_NOTES = (
    ("visit", "今天来中心坐了半个钟头，比上次放松多了。"),
    ("call", "电话里聊了聊，最近换了班次，周日有空。"),
    ("note", "不着急，想先从朋友做起。约见面尽量安排在傍晚。"),
    ("visit", "带着同事一起来的，顺便看了看相亲角。"),
)
_TASKS = ("打个电话问问近况", "约个时间来中心坐坐", "帮着把资料再补一补")


@dataclass
class _Centre:
    """Who works here, and who came."""

    city: City
    dice: np.random.Generator
    boss: Actor
    officer: Actor
    hong: Actor
    lan: Actor
    centre: Station
    branch: Station
    records: list[tuple[Profile, Record]] = field(default_factory=list)

    def at(self, days: float) -> datetime:
        return self.city.midnight - timedelta(days=days) + 10 * _HOUR


def story(city: City) -> tuple[int, int] | None:
    """Rows of a daughter who asked a matchmaker, and of a son whom nobody has registered yet. They would fit."""
    people, facts, named = city.people, city.people.facts, city.named
    taken = {named.woman, named.man, named.newcomer, *named.staff}
    free = [
        row
        for row in range(len(people))
        if facts.verified[row] and not facts.paused[row] and people.visibility[row] == "verified" and row not in taken
    ]
    names = Counter(people.nickname)
    free = [row for row in free if names[people.nickname[row]] == 1]
    women, men = ([row for row in free if people.sex[row] == sex][:80] for sex in ("f", "m"))
    met = {frozenset((a, b)) for a, b, _minutes in pair_rows(city)}
    fitting = [two for two in product(women, men) if _fit(city, *two) and frozenset(two) not in met]
    return max(fitting, key=lambda two: _common(city, *two), default=None)


def _fit(city: City, woman: int, man: int) -> bool:
    people = city.people
    near = abs(int(people.age[woman]) - int(people.age[man])) <= 4
    return _common(city, woman, man) >= 2 and near and people.employer[woman] != people.employer[man]


def _common(city: City, woman: int, man: int) -> int:
    return len(set(city.people.hobbies[woman]) & set(city.people.hobbies[man]))


def open_doors(city: City) -> None:
    """Nothing in a city that is for measuring."""
    if city.large:
        return
    it = _house(city)
    _register(it)
    _introduce(it)
    _reward(it)
    desk_jobs.suggest.defer()  # the worker makes the list of whom to introduce
    _wedding(it)


def _actor(city: City, person: Person) -> Actor:
    return Actor(person_id=person.pk, grants=grants_of(person.pk), second_factor_at=city.now)


def _house(city: City) -> _Centre:
    staff = Person.objects.in_bulk([city.person_ids[row] for row in city.named.staff])
    posts = [staff[city.person_ids[row]] for row in city.named.staff]
    region, district = Org.objects.get(form="", region="330100"), Org.objects.get(form="", region="330106")
    lan = _second_matchmaker(city, region)
    boss, officer = _actor(city, posts[_CITY_OFFICER]), _actor(city, posts[_DISTRICT_OFFICER])
    since = city.midnight - 400 * _DAY
    plan = StationPlan(
        "杭州市职工交友中心",
        "延安路 12 号工人文化宫二楼",
        "每天 9:00–20:30",
        "从 2013 年开始，为职工牵线，也为职工守口。",
    )
    centre = housekeeping.open_station(actor=boss, org_id=region.pk, plan=plan, now=since)
    plan = StationPlan("西湖分站", "文三路 88 号职工之家", "周二到周日 13:00–20:00", "傍晚有小场，下了班也来得及。")
    branch = housekeeping.open_station(actor=boss, org_id=district.pk, plan=plan, centre_id=centre.pk, now=since)
    plan = StationPlan("城北分站", "石祥路工友驿站", "周末 9:00–17:00", "给骑手和司机留了停车的地方。")
    housekeeping.open_station(actor=boss, org_id=region.pk, plan=plan, centre_id=centre.pk, now=since)
    for station, name in ((centre, "桂花厅"), (centre, "龙井厅"), (branch, "荷花厅")):
        housekeeping.add_room(actor=boss, station_id=station.pk, name=name)
    hong = _actor(city, posts[_MATCHMAKER])
    for actor, name, station in ((hong, "红姐", centre), (lan, "阿兰", centre), (lan, "阿兰", branch)):
        assert actor.person_id is not None  # staff have accounts
        housekeeping.add_member(actor=boss, station_id=station.pk, person_id=actor.person_id, shown_as=name, now=since)
    it = _Centre(city, stream(seed=SEED, purpose="matchmaking"), boss, officer, hong, lan, centre, branch)
    _money(it)
    _brand(it, region)
    days = [clock.today(city.midnight) - timedelta(days=int(n)) for n in it.dice.integers(1, 300, 420)]
    Visit.objects.bulk_create(Visit(station=centre if n % 3 else branch, day=day) for n, day in enumerate(days))
    return it


def _second_matchmaker(city: City, org: Org) -> Actor:
    """Somebody who looks for nobody, and works at the centre."""
    named = {city.person_ids[row] for row in city.named.staff}
    story_rows = {city.person_ids[row] for row in (city.named.newcomer,)}
    known = Person.objects.filter(dating_profile=None, is_staff=False, closed_at=None, id_index__isnull=False)
    person = known.exclude(pk__in=named | story_rows).order_by("pk")[0]
    Person.objects.filter(pk=person.pk).update(is_staff=True)
    RoleGrant(person=person, org=org, role=base_roles.MATCHMAKER.code, granted_at=city.midnight - 400 * _DAY).save()
    return _actor(city, person)


def _money(it: _Centre) -> None:
    year = clock.today(it.city.now).year
    for station, fen in ((it.centre, 12_000_000), (it.branch, 3_600_000)):
        housekeeping.set_budget(actor=it.boss, station_id=station.pk, year=year, fen=fen, now=it.at(200))
    lines = [
        housekeeping.propose_spending(
            actor=it.boss, station_id=it.branch.pk, year=year, what=what, fen=fen, now=it.at(30)
        )
        for what, fen in (("傍晚小场的茶点", 86_000), ("荷花厅换灯", 132_000), ("红娘培训一天", 240_000))
    ]
    for line in lines[:2]:
        housekeeping.decide_spending(actor=it.officer, spending_id=line.pk, agree=True, now=it.at(25))


def _brand(it: _Centre, org: Org) -> None:
    members = list(StationMember.objects.filter(station=it.centre).order_by("shown_as").values_list("pk", flat=True))
    row = housekeeping.write_brand(
        actor=it.boss,
        org_id=org.pk,
        name="红姐牵线",
        story="红姐在纺织厂上了二十年班，认识半个城北。退下来以后在中心值班，最爱听年轻人说“不急，慢慢来”。\n她说：牵线不是凑数，两个人都愿意，才算数。",
        members=members,
        now=it.at(90),
    )
    housekeeping.publish_brand(actor=it.boss, brand_id=row.pk, shown=True, now=it.at(90))


def _crowd(it: _Centre) -> list[Profile]:
    city, told = it.city, story(it.city)
    kept = {city.profile_ids[row] for row in (city.named.woman, city.named.man)}
    kept |= {city.profile_ids[row] for row in told or ()}
    rows = Profile.objects.filter(verified_until__gt=city.now, barred_until=None, visibility="verified")
    rows = rows.exclude(pk__in=kept).select_related("person").order_by("pk")
    women, men = ([row for row in rows[:400] if row.sex == sex] for sex in ("f", "m"))
    return [one for two in zip(women, men, strict=False) for one in two][: _RECORDS + 6]


def _register(it: _Centre) -> None:
    """Most came by themselves; some were registered and said yes, some said no, some have not answered."""
    crowd = _crowd(it)
    for number, profile in enumerate(crowd[:_RECORDS]):
        days = float(it.dice.integers(6, 240))
        station = it.branch if number % 4 == 0 else it.centre
        _come(it, profile, station, number, it.at(days if number >= 14 else 230.0 - number))
    for number, profile in enumerate(crowd[_RECORDS:]):
        asked = _registered(it, profile, it.centre, ("parent", "firm", "desk")[number % 3], it.at(number * 4 + 1))
        if number == 1:
            registering.answer(person_id=profile.person_id, asking_id=asked, yes=False, now=it.at(1))
    told = story(it.city)
    if told:
        her = Profile.objects.select_related("person").get(pk=it.city.profile_ids[told[0]])
        _come(it, her, it.centre, 0, it.at(9))
    for number, (_profile, record) in enumerate(it.records[::3]):
        kind, text = _NOTES[number % len(_NOTES)]
        keeping.write(actor=it.hong, record_id=record.pk, kind=kind, text=text, now=it.at(5))
        if number % 2:
            due = clock.today(it.city.now) + timedelta(days=number - 4)
            text = _TASKS[number % len(_TASKS)]
            keeping.add_task(actor=it.hong, record_id=record.pk, text=text, due_on=due, now=it.at(5))
    Record.objects.filter(pk__in=[record.pk for _p, record in it.records[::2]]).update(matchmaker=it.hong.person_id)


def _come(it: _Centre, profile: Profile, station: Station, number: int, at: datetime) -> None:
    wishes = _WISHES[number % len(_WISHES)]
    if number % 5 < 3:
        row = registering.ask_for_help(person_id=profile.person_id, station_id=station.pk, wishes=wishes, now=at)
    else:
        key = _registered(it, profile, station, ("parent", "firm")[number % 2], at)
        answered = registering.answer(person_id=profile.person_id, asking_id=key, yes=True, now=at + _HOUR)
        assert answered is not None  # they said yes
        row = answered
    it.records.append((profile, row))


def _registered(it: _Centre, profile: Profile, station: Station, source: str, at: datetime) -> UUID:
    asked = Asked(phone=profile.person.phone, name=profile.nickname, wishes="性格好，人实在。")
    return registering.register(actor=it.boss, station_id=station.pk, source=source, asked=asked, now=at).pk


def _couples(it: _Centre) -> Iterator[tuple[tuple[Profile, Record], tuple[Profile, Record]]]:
    """Women and men who came, two and two; the story's daughter stays free."""
    rows = it.records[:_RECORDS]
    yield from zip(rows[::2], rows[1::2], strict=False)


def _introduce(it: _Centre) -> None:
    """In every state: asked, not this time, found, meeting ahead, in love, married, ended."""
    for number, (one, other) in enumerate(_couples(it)):
        if number >= 15:
            break
        days = 3.0 if number < 4 else 200.0 if number in (5, 6) else float(it.dice.integers(12, 170))
        by = it.lan if number in (5, 6) else it.hong
        try:
            row = introducing.introduce(
                actor=by,
                record_id=one[1].pk,
                other_id=other[1].pk,
                words="两位都爱往山里走，想着说不定聊得来。" if number % 3 == 0 else "",
                now=it.at(days),
            )
        except DomainError:
            continue
        _go_on(it, number, row, one[0], other[0], days)
    introducing.settle_due(now=it.city.now)


def _go_on(it: _Centre, number: int, row: Introduction, one: Profile, other: Profile, days: float) -> None:
    if number < 3:
        return  # still asked
    if number in (7, 11):
        introducing.answer(person_id=one.person_id, introduction_id=row.pk, yes=True, now=it.at(days - 1))
        return  # settled as "not this time"
    for profile in (one, other):
        introducing.answer(person_id=profile.person_id, introduction_id=row.pk, yes=True, now=it.at(days - 1))
    row.refresh_from_db()
    if row.state != "both_yes":
        return
    if number in (3, 4, 8):
        _meet(it, row, one, other, number)
    story_of = {5: "registered", 6: "sweets", 9: "in_love", 10: "in_love", 12: "ended"}.get(number)
    if story_of:
        why = "distance" if story_of == "ended" else ""
        following.note_story(actor=it.hong, introduction_id=row.pk, story=story_of, why=why, now=it.at(4))
    for follow in Follow.objects.filter(introduction=row, due_on__lte=clock.today(it.city.now), step="3d"):
        says = story_of if story_of in ("in_love", "ended") else "meeting"
        who = one if follow.record.person_id == one.person_id else other
        following.tell(
            person_id=who.person_id, follow_id=follow.pk, says=says, stars=4 + number % 2, now=it.at(days - 5)
        )


def _meet(it: _Centre, row: Introduction, one: Profile, other: Profile, number: int) -> None:
    starts = it.city.midnight + timedelta(days=number - 1, hours=18, minutes=30)
    room = it.centre.rooms.order_by("name")[number % 2]
    when = When(kind="room", starts_at=starts, ends_at=starts + _HOUR, room_id=room.pk)
    try:
        made = meeting.propose(actor=it.hong, introduction_id=row.pk, when=when, now=it.at(1))
    except DomainError:
        return
    for profile in (one, other) if number != 4 else ():
        meeting.answer(person_id=profile.person_id, meeting_id=made.pk, fits=True, now=it.at(0.5))


def _reward(it: _Centre) -> None:
    """One waits for the second pair of eyes, one was paid: those whom 阿兰 introduced."""
    rows = Introduction.objects.filter(made_by=it.lan.person_id, state="both_yes").select_related("one", "other")
    for number, row in enumerate(rows.order_by("made_at", "pk")[:2]):
        on = clock.today(it.at(8))
        try:
            for record in (row.one, row.other):
                rewarding.say_married(person_id=record.person_id, introduction_id=row.pk, married_on=on, now=it.at(7))
            rewarding.saw_certificate(actor=it.hong, introduction_id=row.pk, now=it.at(6))
            reward = rewarding.propose(actor=it.hong, introduction_id=row.pk, now=it.at(6))
        except DomainError:
            continue
        if number == 1:
            rewarding.decide(actor=it.boss, reward_id=reward.pk, agree=True, now=it.at(5))


def _wedding(it: _Centre) -> None:
    plan = Plan(
        title="西子湖畔·职工集体婚礼",
        place="西湖文化广场",
        held_at=it.city.midnight + 54 * _DAY + 9 * _HOUR,
        apply_until=it.city.midnight + 30 * _DAY + 17 * _HOUR,
        places=20,
        about="九十九级台阶、二十对新人、一个不用操心的上午。礼服、摄影和喜糖都由工会准备，家里人坐第一排。",
        how="一位在手机上报名，另一位用自己的手机点头；带结婚证到工会核对一下就好。不收任何费用。",
    )
    made = arranging.draft(actor=it.boss, org_id=it.centre.org_id, plan=plan, now=it.at(20))
    arranging.publish(actor=it.boss, wedding_id=made.pk, now=it.at(20))
    real = Attestation.objects.filter(kind="real_person", fallen_at=None, person__dating_profile__isnull=False)
    named = [it.city.person_ids[row] for row in (it.city.named.woman, it.city.named.man, *(story(it.city) or ()))]
    people = (
        Person.objects.filter(pk__in=real.values("person_id"), is_staff=False).exclude(pk__in=named).order_by("-pk")
    )
    brides, grooms = (list(people.filter(sex=sex)[:8]) for sex in ("f", "m"))
    _apply(it, made.pk, list(zip(brides, grooms, strict=False)), clock.today(it.at(60)))


def _apply(it: _Centre, wedding_id: UUID, couples: Sequence[tuple[Person, Person]], on: date) -> None:
    for number, (one, other) in enumerate(couples):
        try:
            couple = applying.apply(person_id=one.pk, wedding_id=wedding_id, partner_phone=other.phone, now=it.at(9))
            if number == 7:
                continue  # has not answered yet
            applying.join(person_id=other.pk, couple_id=couple.pk, yes=True, now=it.at(8))
            if number < 5:
                arranging.saw_certificate(actor=it.boss, couple_id=couple.pk, married_on=on, now=it.at(4))
            if number < 4:
                arranging.confirm(actor=it.boss, couple_id=couple.pk, now=it.at(3))
                for who, how in ((one, "full"), (other, "masked" if number % 2 else "full")):
                    applying.show(person_id=who.pk, couple_id=couple.pk, how=how, now=it.at(2))
        except DomainError:
            continue
