"""What the unions of the demo city have on: a year that is over, a festival, and the weeks ahead."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

CITY, XIHU = "330100", "330106"
SURVEY: Final = (
    {"code": "joy", "title": "总的感觉怎么样？", "kind": "satisfaction", "required": True},
    {"code": "wish", "title": "下次想参加什么？", "kind": "long"},
)
_MEAL: Final = (
    {"code": "meal", "title": "中午一起吃饭吗？", "kind": "yes_no", "required": True},
    {
        "code": "diet",
        "title": "有没有忌口？",
        "kind": "choices",
        "options": [
            {"code": "none", "title": "没有"},
            {"code": "halal", "title": "清真"},
            {"code": "vegetarian", "title": "素食"},
            {"code": "spicy", "title": "不吃辣"},
        ],
        "when": {"question": "meal", "answers": ["yes"]},
    },
)

_BUS: Final = (
    {"code": "x1", "title": "接送大巴", "places": 12, "note": "8:00 武林门发车，14:00 返回"},
    {"code": "x2", "title": "登山杖", "places": 30, "note": "现场借用，结束归还"},
    {"code": "x3", "title": "家庭合影", "places": 6, "each": False, "note": "一家一张，洗好寄到单位"},
)


@dataclass(frozen=True)
class Spot:
    """A place of the city, with its point on Chinese maps (GCJ-02)."""

    place: str
    address: str
    district: str
    lat: float
    lon: float


CENTRE: Final = Spot("杭州市职工文化中心", "拱墅区中河北路 116 号", "330105", 30.283, 120.171)
LAKE: Final = Spot("少年宫广场", "西湖区环城西路 1 号", "330106", 30.262, 120.154)
WETLAND: Final = Spot("西溪湿地周家村入口", "西湖区天目山路 518 号", "330106", 30.270, 120.063)
TEA: Final = Spot("龙井村茶山步道", "西湖区龙井路", "330106", 30.222, 120.113)
HALL: Final = Spot("黄龙体育中心羽毛球馆", "西湖区黄龙路 1 号", "330106", 30.267, 120.136)
XIHU_HOUSE: Final = Spot("西湖区职工服务中心", "西湖区文三路 120 号", "330106", 30.279, 120.130)
RIVER: Final = Spot("钱江新城城市阳台", "上城区之江路", "330102", 30.246, 120.211)
STATION: Final = Spot("滨江区工会驿站", "滨江区江南大道 228 号", "330108", 30.208, 120.212)
SCHOOL: Final = Spot("杭州职工学院", "钱塘区学林街 1 号", "330114", 30.316, 120.359)
ONLINE: Final = Spot("", "", "", 0.0, 0.0)


@dataclass(frozen=True)
class Happening:
    """`day` counts from today, `hour` is in China; `come` of those with a place came. `more` goes into the plan."""

    title: str
    day: int
    hour: float
    hours: float
    spot: Spot
    topics: tuple[str, ...]
    places: int
    taken: int
    about: str = ""
    region: str = CITY
    waiting: int = 0
    come: int = 0
    picture: str = ""
    opens: int = -14  # days before it begins; registration closes `closes` hours before
    closes: float = 12
    series: str = ""
    more: Mapping[str, Any] = field(default_factory=dict)


FESTIVAL: Final = "杭州冬日相亲嘉年华"
READING: Final = "西湖区悦读会"
LEAGUE: Final = "职工羽毛球联赛"

_SINGLES: Final = {"discreet": True, "facts": ("employer", "single")}


def _past(title: str, day: int, spot: Spot, topics: str, places: int, taken: int, come: int, **more: Any) -> Happening:
    hour = more.pop("hour", 14)
    return Happening(title, -day, hour, 2.5, spot, tuple(topics.split()), places, taken, come=come, **more)


LAST_YEAR: Final = (
    _past("龙井茶山春日徒步", 238, TEA, "outdoor", 60, 60, 54, picture="mountain", about="满山新绿，边走边认茶。"),
    _past("职工羽毛球联赛春季站", 222, HALL, "sport", 48, 45, 41, series=LEAGUE, picture="badminton"),
    _past("悦读会：《平凡的世界》", 209, XIHU_HOUSE, "reading", 30, 26, 22, series=READING, region=XIHU,
          picture="books"),
    _past("女职工插花课", 195, XIHU_HOUSE, "craft", 24, 24, 23, region=XIHU, picture="flowers"),
    _past("骑手交通安全与急救课", 181, STATION, "skill health", 50, 38, 35),
    _past("单身职工西湖慢走", 168, LAKE, "dating outdoor", 60, 57, 49, picture="lake", more=_SINGLES),
    _past("悦读会：《苏东坡传》", 152, XIHU_HOUSE, "reading", 30, 28, 24, series=READING, region=XIHU, picture="books"),
    _past("暑期爱心托班开放日", 138, CENTRE, "family", 80, 71, 62),
    _past("劳动合同怎么看：维权讲座", 120, CENTRE, "law", 100, 64, 51, hour=19),
    _past("职工羽毛球联赛夏季站", 109, HALL, "sport", 48, 48, 43, series=LEAGUE, picture="badminton"),
    _past("钱塘江畔夜跑", 96, RIVER, "sport outdoor", 120, 96, 80, hour=19, picture="sea"),
    _past("心灵驿站：学会放松", 84, XIHU_HOUSE, "mind health", 40, 33, 30, region=XIHU),
    _past("中秋做月饼", 60, CENTRE, "food family", 40, 40, 38, picture="dish"),
    _past("悦读会：《边城》", 48, XIHU_HOUSE, "reading", 30, 22, 19, series=READING, region=XIHU, picture="books"),
    _past("数控技能比武观摩", 37, SCHOOL, "skill", 60, 47, 40),
    _past("职工羽毛球联赛秋季站", 24, HALL, "sport", 48, 46, 42, series=LEAGUE, picture="badminton"),
    _past(
        "咖啡拉花体验课", 9, XIHU_HOUSE, "food craft", 20, 20, 18, region=XIHU, picture="coffee",
        about="一杯拿铁的诞生。老师手把手教，做好的自己喝。",
        more={"certificate": "完成两个半小时的咖啡拉花体验课程，特此证明。", "survey": SURVEY, "cost_fen": 240_000},
    ),
)  # fmt: skip

_CARNIVAL: Final = tuple(
    Happening(title, day, hour, hours, spot, ("dating", *topics), places, taken, about, series=FESTIVAL, more=more)
    for title, day, hour, hours, spot, topics, places, taken, about, more in (
        ("直播课一：怎样开始一段聊天", 4, 19.5, 1.5, ONLINE, ("mind",), 2000, 34, "心理老师讲，边听边提问。",
         {"stream": "https://live.bilibili.com/6", "discreet": True}),
        ("直播课二：吵架之后怎么和好", 11, 19.5, 1.5, ONLINE, ("mind",), 2000, 21, "两个人的事，慢慢说。",
         {"stream": "https://live.bilibili.com/6", "discreet": True}),
        ("直播课三：婚前要聊的十件事", 18, 19.5, 1.5, ONLINE, ("law",), 2000, 12, "房子、孩子、父母，先说清楚更踏实。",
         {"stream": "https://live.bilibili.com/6", "discreet": True}),
        ("线上见面第一场：80 后", 6, 20, 1.5, ONLINE, (), 40, 23, "一对一视频聊几分钟，红娘在场。",
         {**_SINGLES, "stream": "https://meeting.tencent.com/dm/demo1", "age_from": 37, "age_to": 46}),
        ("线上见面第二场：90 后", 13, 20, 1.5, ONLINE, (), 40, 31, "一对一视频聊几分钟，红娘在场。",
         {**_SINGLES, "stream": "https://meeting.tencent.com/dm/demo2", "age_from": 27, "age_to": 36}),
        ("线上见面第三场：不限年龄", 20, 20, 1.5, ONLINE, (), 60, 18, "一对一视频聊几分钟，红娘在场。",
         {**_SINGLES, "stream": "https://meeting.tencent.com/dm/demo3"}),
        ("主题一：湿地摇橹听芦花", 8, 13.5, 3, WETLAND, ("outdoor",), 60, 47, "六人一条船，船到哪儿聊到哪儿。",
         _SINGLES),
        ("主题二：一起做一顿饭", 15, 10, 4, CENTRE, ("food",), 40, 32, "四人一灶，会不会做都行。", _SINGLES),
        ("主题三：冬日羽毛球混双", 22, 14, 3, HALL, ("sport",), 48, 26, "抽签配对，输赢都开心。", _SINGLES),
        ("千人互选", 25, 20, 2, ONLINE, (), 1000, 58, "两个小时里互相看看，选中彼此才会知道。到时请打开“找对象”。",
         {**_SINGLES, "stream": "https://meeting.tencent.com/dm/demo4"}),
        ("骑手、司机专场", 16, 15, 2, STATION, (), 40, 15, "白天跑单的人也有自己的一场，骑车来有停车位。",
         {**_SINGLES, "gig": True}),
    )
)  # fmt: skip

AHEAD: Final = (
    Happening(
        "职工文化中心开放日", 0, 8, 14, CENTRE, ("culture", "family"), 200, 46, "书画、合唱、棋牌都开着门，来转转。",
        come=17, closes=0.5, picture="guitar",
    ),
    Happening(
        "西溪湿地冬日徒步", 6, 9, 4, WETLAND, ("outdoor",), 60, 22, "看芦花，走八公里，中午在湿地食堂吃面。",
        region=XIHU, picture="lake", more={"form": _MEAL, "cost_fen": 360_000, "max_party": 3, "addons": _BUS},
    ),
    Happening(
        "陶艺手作课", 7, 14, 2.5, XIHU_HOUSE, ("craft",), 16, 16, "一人一块泥，烧好了寄到单位。",
        region=XIHU, waiting=5, picture="flowers",
    ),
    Happening(
        "职工羽毛球联赛冬季站", 9, 13.5, 4, HALL, ("sport",), 32, 0, "混双为主，按水平分组，由组委会审核。",
        series=LEAGUE, picture="badminton",
        more={"way": "approval", "asked": 11, "accepted": 9,
              "form": ({"code": "level", "title": "水平", "kind": "choice", "required": True,
                        "options": [{"code": "a", "title": "常打"}, {"code": "b", "title": "会打"},
                                    {"code": "c", "title": "爱打"}]},)},
    ),
    Happening(
        "元旦越剧《梁祝》惠民票", 30, 19.5, 2.5, CENTRE, ("culture", "music"), 120, 0,
        "一百二十张票，抽签送，人人可以复算。",
        closes=120, opens=-35, picture="guitar", more={"way": "lottery", "entered": 40, "max_party": 2},
    ),
    Happening(
        "冬季养生直播课", 2, 19.5, 1.5, ONLINE, ("health",), 5000, 28, "省中医院老师讲，边听边提问。",
        more={"stream": "https://live.bilibili.com/6"},
    ),
    Happening(
        "骑手暖冬体检", 5, 9, 8, STATION, ("health",), 150, 14, "骑手、快递员、司机免费体检，随到随检。",
        more={"gig": True, "priority": ("first_timers",)},
    ),
    Happening(
        "悦读会：《人间草木》", 12, 14, 2, XIHU_HOUSE, ("reading",), 30, 11,
        "汪曾祺的花草与吃食。带上书，没有也送一本。",
        region=XIHU, series=READING, picture="books",
    ),
    Happening(
        "2027 迎新健步走", 45, 8.5, 3, RIVER, ("sport", "outdoor"), 1000, 0, "一千个名额，按行业分一部分给一线职工。",
        opens=-42, picture="sea",
        more={"quotas": (("trade:快递", 100), ("trade:外卖配送", 100), ("trade:交通运输", 100)),
              "priority": ("gig",), "cost_fen": 6_000_000},
    ),
    *_CARNIVAL,
)  # fmt: skip

CALLED_OFF: Final = Happening(
    "西湖夜游摇橹船", 3, 18.5, 2, LAKE, ("outdoor",), 40, 18, "坐船看灯。", region=XIHU, picture="lake"
)
CALLED_OFF_WHY: Final = "寒潮大风，湖上停航。改期另行通知。"
DRAFT: Final = Happening("新春写福字", 60, 14, 3, CENTRE, ("culture", "family"), 100, 0, "红纸、墨、毛笔都备好了。")
QUESTIONS: Final = ("冬天手脚冰凉，吃什么好？", "夜班回来睡不着怎么办？", "膏方要不要跟着吃？")
WISHES: Final = ("想学烘焙", "周末再来一次", "能不能晚上开班", "带家属的活动", "手冲咖啡", "时间再长一点就好了")
