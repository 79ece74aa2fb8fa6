"""The weekly list of two towns, one draft, a call to the hotline, and a week of the live programme."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from niangjia.core.access import Actor
from niangjia.core.access.selectors import grants_of
from niangjia.core.consent import services as consent
from niangjia.core.orgs.models import Org
from niangjia.demo.city.plan import City
from niangjia.demo.named import MAN_PHONE
from niangjia.kernel.errors import DomainError
from niangjia.scenes.dating.models import Profile
from niangjia.scenes.dating.types import week_of
from niangjia.scenes.dating.weekly import desk, interests, listing, programme
from niangjia.scenes.dating.weekly.models import Line, Live, Suggestion, WeeklyList
from niangjia.scenes.dating.weekly.models.lives import LiveState, Outcome
from niangjia.scenes.dating.weekly.types import LISTED, LIVE, PUBLIC, Invitation, Words

_HOUR, _DAY = timedelta(hours=1), timedelta(days=1)
_CITY_OFFICER, _CITY = 2, "330100"
_HOME: Final = "330106"  # of the two everybody plays: its list is a draft that waits to be looked through
_EACH: Final = 14

_SAYS: Final = (
    "周末不是在爬山就是在去爬山的路上",
    "会做饭，也乐意洗碗",
    "话不多，答应的事都记着",
    "上班写代码，下班种阳台的花",
    "养了一只橘猫，脾气随我",
    "骑行爱好者，绕西湖一圈不带喘",
    "爱看老电影，也爱陪爸妈散步",
    "手稳，心也稳，做事有头有尾",
    "夜班不多，休息天想找人一起逛菜场",
    "爱拍照，风景和人都能拍好看",
    "羽毛球打得一般，跑得勤快",
    "慢热，熟了以后很会讲冷笑话",
    "喜欢读书，也喜欢热闹的饭桌",
    "老家在山里，会炒茶",
)
_WISHES: Final = (
    "真诚、爱笑就好",
    "愿意一起走走路、聊聊天",
    "有商有量，慢慢来",
    "",
    "孝顺父母，爱干净",
    "能一起把日子过踏实",
)


@dataclass
class _Desk:
    actor: Actor
    org: Org


def publish(city: City) -> None:
    """Nothing in a city that is for measuring."""
    if city.large:
        return
    key = city.person_ids[city.named.staff[_CITY_OFFICER]]
    at_desk = _Desk(
        Actor(person_id=key, grants=grants_of(key), second_factor_at=city.now),
        Org.objects.get(form="", region=_CITY),
    )
    towns = _towns(city)
    for people in towns.values():
        _agree(people, city)
    _lists(city, at_desk, towns)
    crowd = [row for people in towns.values() for row in people]
    _talks(city, at_desk, crowd)


def _towns(city: City) -> dict[str, list[Profile]]:
    """The home of the two, and the two largest others."""
    story = [city.profile_ids[row] for row in (city.named.woman, city.named.man)]
    stands = Profile.objects.filter(verified_until__gt=city.now, barred_until=None, district__startswith=_CITY[:4])
    found: dict[str, list[Profile]] = {}
    for row in stands.exclude(visibility="paused").exclude(pk__in=story).order_by("pk")[:900]:
        found.setdefault(row.district, []).append(row)
    others = sorted(found.keys() - {_HOME}, key=lambda town: (-len(found[town]), town))[:2]
    return {town: found.get(town, [])[:_EACH] for town in (_HOME, *others)}


def _agree(people: Sequence[Profile], city: City) -> None:
    at = city.ago(9 * 24 * 60)
    for place, profile in enumerate(people):
        public = place % 3 != 0
        for purpose in (LISTED, PUBLIC) if public else (LISTED,):
            consent.give(person_id=profile.person_id, purpose=purpose, now=at)
        says = _SAYS[(place + len(profile.nickname)) % len(_SAYS)]
        words = Words(says, _WISHES[place % len(_WISHES)], with_photo=place % 4 == 1, public=public)
        listing.put(person_id=profile.person_id, words=words, now=at)


def _lists(city: City, at_desk: _Desk, towns: dict[str, list[Profile]]) -> None:
    monday = city.midnight - city.people.today.weekday() * _DAY
    before = monday - 7 * _DAY + 9 * _HOUR
    desk.draft_week(now=before)
    for row in WeeklyList.objects.filter(monday=week_of(before)).order_by("town"):
        desk.publish(actor=at_desk.actor, list_id=row.pk, now=before)
    desk.draft_week(now=city.now)
    for row in WeeklyList.objects.filter(monday=week_of(city.now)).exclude(town=_HOME).order_by("town"):
        desk.publish(actor=at_desk.actor, list_id=row.pk, now=min(city.now, monday + 10 * _HOUR))
    WeeklyList.objects.filter(town=_HOME, state="published").update(state="closed", interests=9, pairs=1)
    _ask(city, at_desk, towns)


def _ask(city: City, at_desk: _Desk, towns: dict[str, list[Profile]]) -> None:
    """A few yeses of strangers, and a call of the man's that waits for his word."""
    for town in [*towns][1:]:
        lines = list(Line.objects.filter(list__town=town, list__state="published").order_by("number"))
        for asker, line in zip(towns[_HOME], lines[::2], strict=False):
            try:
                interests.show(person_id=asker.person_id, line_id=line.pk, now=city.now - _HOUR)
            except DomainError:
                continue  # of the same sex, or colleagues
    women = Line.objects.filter(list__state="published", profile__sex="f").order_by("list__town", "pk")
    called = women.exclude(profile__employer=_employer_of(city)).first()
    if called is not None and called.number is not None:
        desk_actor, number = at_desk.actor, called.number
        interests.record_call(actor=desk_actor, list_id=called.list_id, number=number, phone=MAN_PHONE, now=city.now)


def _employer_of(city: City) -> UUID | None:
    return Profile.objects.get(pk=city.profile_ids[city.named.man]).employer_id


def _talks(city: City, at_desk: _Desk, crowd: Sequence[Profile]) -> None:
    """Last week's talks with what came of them, this week's, and one that waits for the two of the story."""
    woman, man = (Profile.objects.get(pk=city.profile_ids[row]) for row in (city.named.woman, city.named.man))
    for profile in (woman, man, *crowd[:40]):
        consent.give(person_id=profile.person_id, purpose=LIVE, now=city.ago(9 * 24 * 60))
    couples = _couples(crowd)
    evening = city.midnight + 20 * _HOUR
    for days, outcome in ((-8, Outcome.PAIR), (-7, Outcome.NONE), (-6, Outcome.PAIR), (-5, Outcome.NONE)):
        live = _invite(city, at_desk, couples, evening + days * _DAY, evening + (days - 3) * _DAY)
        if live is not None:
            settled = evening + (days + 2) * _DAY
            Live.objects.filter(pk=live.pk).update(state=LiveState.OVER, outcome=outcome, settled_at=settled)
    for days in (1, 2):
        live = _invite(city, at_desk, couples, evening + days * _DAY, city.now)
        for guest in live.guests.select_related("profile") if live and days == 1 else ():
            programme.answer(person_id=guest.profile.person_id, live_id=guest.live_id, yes=True, now=city.now)
    plan = Invitation(woman.pk, man.pk, evening + 3 * _DAY)
    programme.invite(actor=at_desk.actor, org_id=at_desk.org.pk, plan=plan, now=city.now)
    rows = [
        Suggestion(org=at_desk.org, woman=one, man=other, place=place, made_at=city.now)
        for place, (one, other) in enumerate(couples[:8])
    ]
    Suggestion.objects.bulk_create(rows)


def _couples(crowd: Sequence[Profile]) -> list[tuple[Profile, Profile]]:
    women, men = ([row for row in crowd[:40] if row.sex == sex] for sex in ("f", "m"))
    return [(one, other) for one, other in zip(women, men, strict=False) if one.employer_id != other.employer_id]


def _invite(
    city: City, at_desk: _Desk, couples: list[tuple[Profile, Profile]], starts: datetime, asked: datetime
) -> Live | None:
    while couples:
        woman, man = couples.pop(0)
        try:
            plan = Invitation(woman.pk, man.pk, starts)
            return programme.invite(actor=at_desk.actor, org_id=at_desk.org.pk, plan=plan, now=asked)
        except DomainError:
            continue
    return None
