"""Two places to meet with times to book, visits of the last days, and what two firms present."""

from collections.abc import Sequence
from datetime import time, timedelta
from typing import Final

from niangjia.core.access import Actor
from niangjia.core.access.selectors import grants_of
from niangjia.core.access.types import Grant
from niangjia.core.orgs.models import Employer, Org
from niangjia.demo.city.plan import City, id_of
from niangjia.engines.allocation import services as doors
from niangjia.engines.allocation.models import Booking, CheckInList
from niangjia.engines.allocation.types import ScanIn
from niangjia.kernel.errors import DomainError
from niangjia.scenes.dating.models import Profile
from niangjia.scenes.dating.venues import booking, publishing, shows
from niangjia.scenes.dating.venues.models import Opening, Venue
from niangjia.scenes.dating.venues.types import WRITE_SHOWS, Hours, Plan, ShowPlan

_HOUR, _DAY = timedelta(hours=1), timedelta(days=1)
_CITY_OFFICER, _HR, _CITY = 2, 1, "330100"

_VENUES: Final = (
    Plan(
        "hall",
        "西湖恋爱体验馆",
        "杭州市西湖区教工路 88 号二楼",
        "330106",
        about="有茶桌、桌游、手作台和一面拍照墙。两个人来，给一张小任务单；一个人来，工作人员陪着破冰。",
        rules="请准时到，迟到半小时名额让给别人。\n馆里不推销、不拍别人。\n有事来不了，提前两小时在手机上取消就好。",
        phone="12351",
    ),
    Plan(
        "centre",
        "拱墅职工交友中心",
        "杭州市拱墅区湖墅南路 260 号工人文化宫三楼",
        "330105",
        about="红娘常驻，安静的小房间四间，适合第一次见面。有热水、有图书、有人在。",
        rules="第一次见面，请告诉一位朋友您在哪儿。\n房间门不上锁，走廊有工作人员。",
        phone="12351",
    ),
)
_SHOWS: Final = (
    (
        "龙井茶园青年开放日",
        "采一小时茶，学一手炒茶，再坐下来喝一杯自己炒的。公司结对的茶园请客，"
        "青年员工和大家一起分组，工会会员都欢迎，名额 40 位。\n"
        "村里食堂管午饭，回程有大巴到地铁口。",
        "西湖区龙井村茶园",
        9,
    ),
    (
        "智造园区夜跑交友",
        "下班后绕园区慢跑五公里，跑不动就走。终点有羊肉串和姜茶，配速相近的人一组，边跑边聊。\n"
        "园区三家企业一起办，欢迎别的单位的朋友来。",
        "滨江区江汉路智造园北门",
        13,
    ),
)


def open_doors(city: City) -> None:
    """Nothing in a city that is for measuring."""
    if city.large:
        return
    key = city.person_ids[city.named.staff[_CITY_OFFICER]]
    actor = Actor(person_id=key, grants=grants_of(key), second_factor_at=city.now)
    org = Org.objects.get(form="", region=_CITY)
    crowd = list(
        Profile.objects.filter(verified_until__gt=city.now, barred_until=None)
        .exclude(visibility="paused")
        .order_by("pk")
    )[-60:]
    for number, plan in enumerate(_VENUES):
        _venue(city, actor, org, plan, crowd[number * 30 : number * 30 + 30])
    _present(city, actor)


def _venue(city: City, actor: Actor, org: Org, plan: Plan, crowd: Sequence[Profile]) -> None:
    opened = city.midnight - 9 * _DAY
    row = publishing.draft(actor=actor, org_id=org.pk, plan=plan, now=opened)
    publishing.publish(actor=actor, venue_id=row.pk, now=opened)
    first, last = city.people.today - 8 * _DAY, city.people.today + 10 * _DAY
    hours = Hours(first, last, frozenset((3, 4, 5, 6)), time(18), 90, 2, 8)
    publishing.open_hours(actor=actor, venue_id=row.pk, hours=hours, now=opened)
    _visit(city, actor, row, crowd)


def _visit(city: City, actor: Actor, row: Venue, crowd: Sequence[Profile]) -> None:
    """Two each week for everybody in the crowd; those of the last days came, but for one."""
    openings = list(Opening.objects.filter(venue=row).order_by("starts_at"))
    for place, profile in enumerate(crowd):
        opening = openings[place % len(openings)]
        try:
            booking.book(
                person_id=profile.person_id,
                opening_id=opening.pk,
                key=id_of(f"venue {row.name}", place),
                pair_id=None,
                now=city.midnight - 8 * _DAY,
                clock=city.midnight - 8 * _DAY,
            )
        except DomainError:
            continue
    for opening in openings:
        if opening.starts_at < city.now - _DAY:
            _arrive(actor, opening)


def _arrive(actor: Actor, opening: Opening) -> None:
    assert actor.person_id is not None  # a member of staff
    entrance = CheckInList.objects.get(slot=opening.slot_id, is_entrance=True)
    bookings = Booking.objects.filter(slot=opening.slot_id, state="booked").order_by("pk")
    scans = [ScanIn(id=id_of("scan", row.pk.int % 10**9), at=opening.starts_at, booking_id=row.pk) for row in bookings]
    doors.check_in(list_id=entrance.pk, scans=scans, by_id=actor.person_id, now=opening.starts_at)


def _present(city: City, union: Actor) -> None:
    """By the HR account's firm and by another; one more waits for the union."""
    hr = city.person_ids[city.named.staff[_HR]]
    firm = Employer.objects.select_related("org").get(pk=city.employer_ids[city.named.firm])
    under = Org.objects.get(form="", region=_CITY).path
    other = (
        Employer.objects.select_related("org").filter(org__path__startswith=under, ended_at=None).exclude(pk=firm.pk)
    )
    another = other.order_by("pk").first()
    for employer, (title, text, place, days) in zip((firm, another), _SHOWS, strict=True):
        if employer is None or not employer.org.path.startswith(under):
            continue
        actor = _desk_of(employer, hr)
        plan = ShowPlan(
            title, text, place, city.midnight + days * _DAY + 14 * _HOUR, "/dating/events", nobody_named=True
        )
        row = shows.write(actor=actor, employer_id=employer.pk, plan=plan, now=city.midnight - 3 * _DAY)
        shows.send(actor=actor, show_id=row.pk, now=city.midnight - 3 * _DAY)
        shows.decide(actor=union, show_id=row.pk, publish=True, reason="", now=city.midnight - 2 * _DAY)
    plan = ShowPlan(
        "冬至包饺子，等你来捏一个",
        "冬至那天食堂留给单身的朋友，四人一桌包饺子，煮好一起吃。会包不会包都行。",
        "本公司员工食堂",
        city.midnight + 24 * _DAY + 17 * _HOUR,
        nobody_named=True,
    )
    actor = _desk_of(firm, hr)
    row = shows.write(actor=actor, employer_id=firm.pk, plan=plan, now=city.midnight - _DAY)
    shows.send(actor=actor, show_id=row.pk, now=city.midnight - _DAY)


def _desk_of(employer: Employer, person_id: object) -> Actor:
    """The personnel desk of a firm."""
    grant = Grant("enterprise_hr", employer.org_id, employer.org.path, frozenset((WRITE_SHOWS,)))
    return Actor(person_id=person_id, grants=(grant,))  # type: ignore[arg-type]  # an id of the plan
