"""The people of the demo whom everybody can play: two workers who suit each other, a newcomer, and the staff."""

from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from niangjia.core.access import base_roles
from niangjia.demo.decisions import Pairs
from niangjia.demo.dice import Bools
from niangjia.demo.employers import Employers
from niangjia.demo.people import People

WOMAN_PHONE, MAN_PHONE, NEWCOMER_PHONE = "15400000001", "15400000002", "15400000003"


@dataclass(frozen=True, slots=True)
class Post:
    """A member of staff: which role, on the union of which place (GB/T 2260; "" for the firm of the HR account)."""

    title: str
    role: str
    region: str
    phone: str
    name: str


POSTS: Final = (
    Post("matchmaker", base_roles.MATCHMAKER.code, "330100", "15400000011", "沈红梅"),
    Post("enterprise HR", base_roles.ENTERPRISE_HR.code, "", "15400000012", "韩佳宁"),
    Post("city officer", base_roles.CITY_ADMIN.code, "330100", "15400000013", "徐正平"),
    Post("district officer", base_roles.UNION_OFFICER.code, "330106", "15400000014", "方雨晴"),
    Post("system administrator", base_roles.SYSTEM_ADMIN.code, "330000", "15400000021", "冯磊"),
    Post("security administrator", base_roles.SECURITY_ADMIN.code, "330000", "15400000022", "蒋文静"),
    Post("second security administrator", base_roles.SECURITY_ADMIN.code, "330000", "15400000023", "唐建华"),
    Post("audit administrator", base_roles.AUDIT_ADMIN.code, "330000", "15400000024", "郑秋实"),
)


@dataclass(frozen=True, slots=True)
class Named:
    """Rows in People."""

    woman: int
    man: int
    newcomer: int
    staff: tuple[int, ...]  # in the order of POSTS
    firm: int  # row in Employers: where the HR account works


_SHARED: Final = ("hiking", "badminton", "cooking", "reading")
_WOMAN: Final[dict[str, Any]] = {
    "phone": WOMAN_PHONE,
    "legal_name": "林晓月",
    "nickname": "晓月",
    "height_cm": 165,
    "home_town": "330700",
    "hobbies": ("hiking", "badminton", "cooking", "reading", "cats"),
    "about": "金华人，来杭州第六年，已经把这里当家。周末爱爬山，宝石山看日出最拿手；羽毛球打得一般，跑得勤快。"
    "会做一手家乡的烂生菜滚豆腐，欢迎来评理。家有橘猫一只，名叫年糕。",
    "wish_text": "希望你踏实、爱笑，愿意一起爬山，也愿意一起洗碗。",
}
_MAN: Final[dict[str, Any]] = {
    "phone": MAN_PHONE,
    "legal_name": "陈志远",
    "nickname": "志远",
    "height_cm": 178,
    "home_town": "330400",
    "hobbies": ("hiking", "badminton", "cooking", "reading", "photography"),
    "about": "嘉兴人，在杭州工作八年。休息天不是在山上，就是在去球馆的路上，背包里常备相机和一壶龙井。"
    "厨艺是跟着我妈视频学的，红烧肉拿得出手。话不算多，答应的事都记着。",
    "wish_text": "想找一个能一起走长路的人，聊得来、有商有量，慢慢把日子过好。",
}
_BOTH: Final[dict[str, Any]] = {
    "district": "330106",
    "education": "bachelor",
    "marital": "never",
    "children": "none",
    "smoking": "never",
    "visibility": "verified",
    "see_colleagues": False,
    "photos_to": "verified",
    "photos": 3,
    "language": "zh-hans",
    "large_type": False,
}
_NEWCOMER: Final[dict[str, Any]] = {"phone": NEWCOMER_PHONE, "legal_name": "周小禾", "language": "zh-hans"}
_UNKNOWN: Final[dict[str, Any]] = {  # facts of somebody who has only signed up
    "stand": "new",
    "verified": False,
    "has_profile": False,
    "real_person": "none",
    "employer": "none",
    "single": "none",
    "real_person_method": "",
    "employer_method": "",
}


def name_people(people: People, *, employers: Employers, pairs: Pairs) -> Named:
    """Choose rows for the named ones and write over what the story needs."""
    chosen = np.bincount(np.concatenate([pairs.a, pairs.b]), minlength=len(people))
    female = np.array(people.sex) == "f"
    woman = _best(people, female, chosen, ages=(26, 30))
    elsewhere = people.employer != people.employer[woman]
    man = _best(people, ~female & elsewhere, chosen, ages=(27, 33))
    for row, facts in ((woman, _WOMAN), (man, _MAN)):
        _write(people, row, {**_BOTH, **facts})
        _open_wishes(people, row)
    others = [row for row in np.argsort(people.facts.stand != "new", kind="stable").tolist() if row not in (woman, man)]
    colleagues = {int(people.employer[woman]), int(people.employer[man])}  # whom dating would hide from the newcomer
    newcomer = next(row for row in others if int(people.employer[row]) not in colleagues)
    staff = [row for row in others if row != newcomer][: len(POSTS)]
    _sign_up_only(people, newcomer, _NEWCOMER, on_roll=True)
    for row, post in zip(staff, POSTS, strict=True):
        _sign_up_only(people, row, {"phone": post.phone, "legal_name": post.name}, on_roll=False)
        _show_papers(people, row)
    return Named(woman, man, newcomer, tuple(staff), _firm(people, employers))


def _best(people: People, among: Bools, chosen: Any, *, ages: tuple[int, int]) -> int:
    """An active one of the right age with the liveliest inbox."""
    fitting = (people.age >= ages[0]) & (people.age <= ages[1])
    score = chosen + 1000 * fitting + 10_000 * (among & people.facts.active)
    return int(np.argmax(score))


def _write(people: People, row: int, facts: dict[str, Any]) -> None:
    for name, value in facts.items():
        getattr(people, name)[row] = value


def _open_wishes(people: People, row: int) -> None:
    wishes = people.wishes
    ages, heights = (wishes.age_from, wishes.age_to), (wishes.height_from, wishes.height_to)
    for (low, high), (least, most) in ((ages, (24, 36)), (heights, (155, 190))):
        low[row], high[row] = least, most
    for lists in (wishes.educations, wishes.districts, wishes.marital):
        lists[row] = ()


def _sign_up_only(people: People, row: int, facts: dict[str, Any], *, on_roll: bool) -> None:
    _write(people, row, facts)
    for name, value in {**_UNKNOWN, "on_roll": on_roll, "active": False, "paused": False}.items():
        getattr(people.facts, name)[row] = value


def _show_papers(people: People, row: int) -> None:
    """Staff are known by name: each showed a document at a desk. More is not asked of them."""
    facts = people.facts
    facts.real_person[row], facts.real_person_method[row] = "verified", "document"
    facts.real_person_days_ago[row] = facts.registered_days_ago[row]


def _firm(people: People, employers: Employers) -> int:
    """The firm with a union of its own whose desk has the most to do."""
    asked = np.bincount(people.employer[people.facts.stand == "enterprise_asked"], minlength=len(employers))
    own = np.array(employers.form) == "single"
    return int(np.argmax(np.where(own, asked * 10_000 + employers.size, -1)))
