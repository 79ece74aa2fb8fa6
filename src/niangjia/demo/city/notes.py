"""What people find in their inbox, and what their unions told everybody."""

import json
from collections.abc import Iterator
from datetime import datetime, time, timedelta

from niangjia.core.audit import services as audit
from niangjia.core.messages.models import Announcement, Note
from niangjia.core.orgs.models import Org
from niangjia.demo.city.copying import Row, copy
from niangjia.demo.city.history import offering, pair_rows
from niangjia.demo.city.plan import City
from niangjia.demo.facts import YEAR
from niangjia.kernel import clock
from niangjia.kernel.ids import new_id
from niangjia.scenes.dating.types import week_of

_DAY = 24 * 60
_READ_AFTER = timedelta(hours=3)
_UNREAD = 5 * _DAY  # minutes: what came since then is still new to some

_ANNOUNCEMENTS = (
    (
        "330100",
        3,
        "本周六下午，西湖边慢走交友，名额60人",
        "时间：周六下午两点到五点。集合：断桥旁少年宫广场。\n一路有工会志愿者陪着，不喊口号，不上台，走一圈就认识了。\n"
        "请穿舒服的鞋。下雨改到周日，会发通知。",
    ),
    (
        "330100",
        12,
        "“娘家”上线啦：三样核验，一次办好",
        "真人、单位、单身承诺，三样都核过，大家才放心。资料只给核验过的人看，手机号和证件号加密保存，谁看过您都查得到。\n"
        "有什么不顺手的，随时到工会服务台说一声。",
    ),
    (
        "330106",
        6,
        "西湖区职工羽毛球友谊赛报名",
        "男女混双，水平不限，重在出汗。以工会为单位报名，也可以个人报名由我们配对。\n场地：区职工文化中心。奖品：一筒好球和一箱龙井酥。",
    ),
    (
        "330106",
        20,
        "冬季送温暖：快递、外卖、网约车师傅请看",
        "各街道工会驿站备好了热水、雨衣、充电口和常用药，早七点到晚十点。\n在“娘家”里能查到最近的驿站。辛苦了，路上慢点。",
    ),
)


_LOOKS = (7, 23, 14, 9)  # at the two of the story, week by week back from this one


def tell(city: City) -> None:
    if not city.large:
        _looked_at(city)
    copy(Note, "id person_id template params at read_at", _notes(city))
    offices = {org.region: org for org in Org.objects.filter(form="", region__in=("330100", "330106"))}
    authors = dict(zip(("330100", "330106"), city.named.staff[2:4], strict=True))
    for region, days, title, body in _ANNOUNCEMENTS:
        Announcement(
            org=offices[region],
            title=title,
            body=body,
            author_id=city.person_ids[authors[region]],
            published_at=city.ago(days * _DAY - 600),
        ).save(force_insert=True)


def _looked_at(city: City) -> None:
    """As opening a profile notes it: the week, and nobody's name."""
    monday = datetime.combine(week_of(city.now), time(), clock.SHANGHAI)
    for row in (city.named.woman, city.named.man):
        for back, count in enumerate(_LOOKS):
            for _look in range(count):
                audit.record(
                    action="dating.profile_opened",
                    actor_id=None,
                    subject_id=city.person_ids[row],
                    now=monday - timedelta(weeks=back),
                )


def _notes(city: City) -> Iterator[Row]:
    facts, steps = city.people.facts, city.steps
    for row in range(len(city.people)):
        for kind, at in (
            ("real_person", steps.proven),
            ("employer", steps.employed),
            ("single", steps.pledged),
        ):
            if getattr(facts, kind)[row] in ("verified", "fallen"):
                yield _note(city, row, f"{kind}_verified", at[row], {"until": _until(city, row, kind)})
        if facts.single[row] == "fallen":
            yield _note(city, row, "fact_fell_expired", steps.pledged[row] - (YEAR * _DAY + 300))
        if facts.employer[row] == "fallen":
            roll = facts.employer_method[row] == "roll"
            yield _note(city, row, "fact_fell_left_roll" if roll else "fact_fell_said_left", steps.employed[row] // 2)
    yield from _about_pairs(city)


def _about_pairs(city: City) -> Iterator[Row]:
    for (a, b, minutes), offered in zip(pair_rows(city), offering(city).tolist(), strict=True):
        for row in (a, b):
            yield _note(city, row, "dating_mutual", minutes)
            if offered == 2:
                yield _note(city, row, "dating_contacts_open", max(1, minutes - 120))


def _until(city: City, row: int, kind: str) -> str:
    end = city.ago(city.steps.pledged[row]) + timedelta(days=YEAR)
    return end.date().isoformat() if kind == "single" else ""


def _note(city: City, row: int, template: str, minutes: int, params: dict[str, str] | None = None) -> Row:
    at = city.ago(minutes)
    read = None if minutes < _UNREAD and row % 3 else at + _READ_AFTER
    return (new_id(), city.person_ids[row], template, json.dumps(params or {}), at, read)
