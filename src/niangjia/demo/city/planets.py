"""Interest planets: topics, posts, replies, a meet-up, posts that wait to be looked at; and schools for the circle."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

from niangjia.core.access import Actor
from niangjia.core.access.selectors import grants_of
from niangjia.core.orgs.models import Org
from niangjia.demo.city.plan import SEED, City, id_of
from niangjia.demo.dice import stream
from niangjia.engines.workflow import services as workflow
from niangjia.kernel.errors import DomainError
from niangjia.scenes.dating.circle.models import Ties
from niangjia.scenes.dating.circle.selectors import key_of
from niangjia.scenes.dating.models import Profile
from niangjia.scenes.dating.planets import meeting, opening, reviewing, writing
from niangjia.scenes.dating.planets.models import Joining, Meetup, Planet, Post, States, Topic
from niangjia.scenes.dating.planets.types import Wanted, Written

_HOUR, _DAY = timedelta(hours=1), timedelta(days=1)
_CITY_OFFICER, _CITY = 2, "330100"

_PLANETS: Final = (
    ("hiking", "登山星球", "周末一起爬山，走得慢也不怕。", ("周末爬哪座", "晒晒山顶")),
    ("badminton", "羽毛球星球", "找球友、约场地，新手老手都欢迎。", ("约球", "球拍怎么选")),
    ("cooking", "灶台星球", "今天吃什么，大家一起想。", ("今晚做了啥", "家乡菜")),
    ("reading", "读书星球", "一月一本，读完聊聊。", ("这个月读什么",)),
    ("cats", "毛孩子星球", "养猫养狗的，都来晒一晒。", ("晒晒你家那位",)),
    ("", "夜班人星球", "下了夜班，天刚亮，也有人陪你说话。", ("下班吃什么",)),
)  # fmt: skip
_SAID: Final = {
    "登山星球": (
        (
            "周六天好，有人一起走北高峰吗？灵隐上，梅家坞下，慢慢走三个钟头。",
            ("算我一个，我带橘子。", "刚下夜班，能睡到九点再出发不？", "梅家坞那家面馆好吃！"),
        ),
        ("宝石山看日出，六点前要到蛤蟆峰，戴个头灯。", ("上周去过，云海真好看。",)),
        ("新手问一句：爬山鞋买几百块的够用吗？", ("两三百的够了，袜子穿厚点。",)),
        ("老和山那条路修好了，台阶新铺的，好走。", ()),
    ),
    "羽毛球星球": (
        ("黄龙那边周三晚上七点，双打三缺一。", ("我行，水平一般，跑得勤快。",)),
        ("线断了，哪家穿线快？", ("体育场路口那家，半小时。",)),
    ),
    "灶台星球": (
        ("今晚做了片儿川，雪菜是我妈腌的。", ("隔着屏幕都香。", "求个雪菜的做法。")),
        ("一个人的饭怎么做才不剩？", ("一荤一素一汤，量减半，米放一小把。",)),
        ("我们金华的烂生菜滚豆腐，有人吃过吗？", ("老乡！我妈也做。",)),
    ),
    "读书星球": (("这个月读《人世间》，读到哪儿了？", ("第一部看完，哭了两回。",)),),
    "毛孩子星球": (("年糕今天会开门了，厨房不保。", ("我家那只会开冰箱。",)),),
    "夜班人星球": (("下夜班的早饭，一碗咸豆浆最实在。", ("再加根油条。",)),),
}  # fmt: skip
_HELD: Final = (
    "想组个登山群，加我微信 shan_2026，拉你进来。",
    "低价出球拍，先付定金，收款码发你。",
    "做菜视频都在 www.caicaicai.top ，大家点个关注。",
)
_SCHOOLS: Final = ("浙江工业大学", "杭州职业技术学院", "浙江机电职业技术学院", "金华第一中学", "宁波大学", "浙江大学")


def settle(city: City) -> None:
    """Nothing in a city that is for measuring."""
    if city.large:
        return
    key = city.person_ids[city.named.staff[_CITY_OFFICER]]
    actor = Actor(person_id=key, grants=grants_of(key), second_factor_at=city.now)
    crowd = _crowd(city)
    _schools(city, crowd)
    planets = _open(city, actor, Org.objects.get(form="", region=_CITY))
    _live(planets, crowd)
    _talk(city, planets, crowd)
    _wait(city, planets, crowd[2:])
    _meet(city, planets[0], crowd, actor)


def _crowd(city: City) -> list[Profile]:
    """The two of the demo's story come first."""
    story = [city.profile_ids[row] for row in (city.named.woman, city.named.man)]
    others = Profile.objects.filter(verified_until__gt=city.now, barred_until=None).exclude(visibility="paused")
    rows = {row.pk: row for row in others.filter(employer__org__path__startswith=_path()).order_by("pk")[:160]}
    rows |= {row.pk: row for row in Profile.objects.filter(pk__in=story)}
    return [rows[pk] for pk in dict.fromkeys([*story, *rows])]


def _path() -> str:
    return str(Org.objects.get(form="", region=_CITY).path)


def _schools(city: City, crowd: Sequence[Profile]) -> None:
    dice = stream(seed=SEED, purpose="schools")
    picks = dice.integers(0, len(_SCHOOLS), size=len(crowd)).tolist()
    picks[:2] = [3, 3]
    rows = [
        Ties(profile=one, school=_SCHOOLS[at], school_key=key_of(_SCHOOLS[at]), by_outings=True)
        for one, at in zip(crowd, picks, strict=True)
        if one.pk.int % 3 or at == picks[0]
    ]
    Ties.objects.bulk_create(rows, ignore_conflicts=True)


def _open(city: City, actor: Actor, org: Org) -> list[Planet]:
    made = []
    for at, (hobby, title, about, topics) in enumerate(_PLANETS):
        opened = city.midnight - (60 - at) * _DAY
        planet = opening.open_planet(actor=actor, org_id=org.pk, hobby=hobby, title=title, about=about, now=opened)
        for number, topic in enumerate(topics):
            opening.set_topic(actor=actor, planet_id=planet.pk, title=topic, now=opened + number * _HOUR)
        made.append(planet)
    return made


def _live(planets: Sequence[Planet], crowd: Sequence[Profile]) -> None:
    rows = [
        Joining(planet=planet, profile=one)
        for planet in planets
        for at, one in enumerate(crowd)
        if planet.hobby in one.hobbies or at < 2 or one.pk.int % 7 == 0
    ]
    Joining.objects.bulk_create(rows)


def _talk(city: City, planets: Sequence[Planet], crowd: Sequence[Profile]) -> None:
    """In bulk: what is said here leads nowhere else, and need not be weighed."""
    dice = stream(seed=SEED, purpose="planets")
    posts: list[Post] = []
    for planet in planets:
        topics = list(Topic.objects.filter(planet=planet).order_by("made_at"))
        for at, (text, replies) in enumerate(_SAID[planet.title]):
            people = dice.permutation(len(crowd))[: 1 + len(replies)].tolist()
            said = city.midnight - (2 * at + 1) * _DAY + 19 * _HOUR
            top = _post(planet, crowd[people[0]], text, said, topic=topics[at % len(topics)])
            posts.append(top)
            for number, (who, reply) in enumerate(zip(people[1:], replies, strict=True), 1):
                posts.append(_post(planet, crowd[who], reply, said + number * timedelta(minutes=17), parent=top))
    Post.objects.bulk_create(posts)


def _post(planet: Planet, who: Profile, text: str, at: datetime, **more: Any) -> Post:
    return Post(planet=planet, author=who, text=text, at=at, state=States.SHOWN, key=_key(planet.title, text), **more)


def _key(*words: str) -> UUID:
    return id_of("planet " + " ".join(words), 0)


def _wait(city: City, planets: Sequence[Planet], crowd: Sequence[Profile]) -> None:
    """Three held back by their words, one reported: the inbox of the union has something to decide."""
    said = city.now - 3 * _HOUR
    for planet, text, who in zip(planets, _HELD, crowd, strict=False):
        Joining.objects.get_or_create(planet=planet, profile=who)
        _try(writing.write, person_id=who.person_id, written=Written(planet.pk, text, _key("held", text)), now=said)
    row = Post.objects.filter(planet=planets[1], parent=None, state=States.SHOWN).select_related("author").first()
    for one in crowd[5:15]:
        if row and _try(reviewing.report, person_id=one.person_id, post_id=row.pk, reason="advertising", now=city.now):
            return


def _try(act: object, **words: object) -> bool:
    """Who may not, does not."""
    try:
        act(**words)  # type: ignore[operator]  # one of the services above
    except DomainError:
        return False
    return True


def _meet(city: City, planet: Planet, crowd: Sequence[Profile], actor: Actor) -> None:
    """One that the union agreed to, by the woman of the demo's story, and one that waits."""
    saturday = city.midnight + (5 - city.people.today.weekday()) % 7 * _DAY + 7 * _DAY
    ideas = (
        (crowd[0], "周六慢走北高峰", "走得慢没关系，中午在梅家坞吃面。自带水。", "灵隐公交站门口", True),
        (crowd[2], "宝石山看日出", "五点半集合，带头灯。", "葛岭路口", False),
    )
    for number, (who, title, about, place, named) in enumerate(ideas):
        begin = saturday + (number * 24 + 9) * _HOUR
        wanted = Wanted(title, about, place, begin, begin + 4 * _HOUR, 16, "330106", named)
        meeting.propose(
            person_id=who.person_id, planet_id=planet.pk, wanted=wanted, key=_key("idea", title), now=city.now
        )
    row = Meetup.objects.get(title="周六慢走北高峰")
    if row.case:
        workflow.move(case=row.case, actor=actor, transition="agree", reason="", now=city.now)
    for number, one in enumerate(crowd[:9]):
        key = id_of("meet-up claim", number)
        _try(meeting.enter, person_id=one.person_id, meetup_id=row.pk, key=key, now=city.now, clock=city.now)
