# ruff: noqa: E501  (lists of Chinese phrases: a full-width character counts double, and breaking them helps nobody)
"""The texts of a profile: about me, and what I wish for. A grammar rich enough that two people hardly ever say the same."""

from dataclasses import dataclass
from typing import Final

from niangjia.demo.lines import HOBBY_LINES

WEEK: Final = ("周末", "每周三晚上", "周六早上", "休息天", "下了班", "轮休的时候", "周日下午", "隔三差五")

_OPEN_LOCAL = (
    "土生土长的{town}人，家里人都在身边", "{town}本地人，从小在弄堂里长大", "老家{town}，离得近，每个月回去看爸妈两趟",
    "{town}人，说话带一点家乡口音", "我是{town}的，家里开过小店，从小会招呼人", "在{town}出生长大，对这片地方有感情",
    "{town}姑娘小伙都实在，我也是", "家在{town}，父母退休了，身体都好",
)  # fmt: skip
_OPEN_AWAY = (
    "从{town}来杭州第{years}年了，早把这里当家", "老家{town}，来杭州打拼{years}年，慢慢站稳了脚跟", "{town}人在杭州，过年回老家，平时想吃家乡菜就自己做",
    "一个人从{town}来到杭州，{years}年里搬过几次家，朋友越来越多", "{town}出来的，喜欢杭州的四季，打算长住", "老家在{town}，刚来时谁也不认识，现在菜场阿姨都认得我",
    "{years}年前从{town}来杭州，行李箱一个，现在日子过得有模有样", "{town}人，爽快，来杭州以后学会了喝绿茶",
)  # fmt: skip
_WORK = (
    "做{trade}{tenure}年了，活儿熟，心也定", "现在是一名{trade}，忙起来脚不沾地，闲下来爱琢磨", "工作是{trade}，辛苦归辛苦，靠手艺吃饭踏实",
    "在单位做{trade}，同事处得像一家人", "职业{trade}，班次稳定，{rest}", "当{trade}让我学会了耐心，{rest}", "我是{trade}，别人觉得普通，我自己挺喜欢",
    "干{trade}这一行{tenure}年，去年评上了先进", "做{trade}的，{rest}，时间可以提前约", "每天忙{trade}那些活儿，下了班就想过点简单日子",
    "平时上班做{trade}，认真是出了名的", "{trade}一枚，收入稳定，不大富大贵，够过日子",
)  # fmt: skip
_REST = (
    "做六休一",
    "有双休",
    "三班倒，但休息日多",
    "晚上一般都有空",
    "周末能休一天",
    "节假日偶尔值班",
    "上二休一",
    "下班准时",
)
_SELF = (
    "朋友说我慢热，熟了以后话挺多", "性格随和，不爱争，遇事喜欢好好商量", "有点内向，但认定的事会一直做下去", "爱笑，心大，睡一觉就没有过不去的坎",
    "做事利索，说到做到", "不太会说漂亮话，会把饭做好，把灯留着", "情绪稳定，家里的事愿意搭手", "记性好，你说过的小事我会记得",
    "不抬杠不冷战，有话当面讲", "比较独立，也享受有人一起吃饭的热闹", "喜欢照顾人，对老人小孩有耐心", "生活规律，十一点前睡觉",
    "花钱有数，该花的不抠", "脾气好，开车不路怒，排队不插队", "直性子，不绕弯，你放心", "嘴笨心热，帮人从不嫌麻烦",
    "好奇心重，什么都想试一试", "懂得感恩，也懂得分寸", "家里排行老大，习惯了担事", "日子过得不精致，但干净",
)  # fmt: skip
_FAMILY = {
    "never": ("爸妈不催婚，只说找个说得来的", "家庭和睦，父母都明事理", "家里有个妹妹，已经工作了", "没谈过几次恋爱，想认真谈一次", "父母身体硬朗，不需要操心",
              "一个人住，会照顾自己", "家里就盼着我带个人回去吃饭", "单身两年，把自己过明白了"),
    "divorced": ("有过一段婚姻，和平分开，没有牵扯", "离异几年了，吃过亏，也更懂得珍惜", "上一段没走到最后，我不怨谁，往前看", "一个人过了几年，想再有个家"),
    "widowed": ("爱人走了几年，想来也愿意我好好过", "一个人走过最难的那几年，现在想有个伴"),
}  # fmt: skip
_CHILD = {
    "with_me": ("孩子跟着我，懂事，爱看书", "带着孩子过，孩子是我的软肋也是铠甲"),
    "elsewhere": ("孩子跟着那边，我每周去看", "孩子不在身边，抚养费从没断过"),
    "grown": ("孩子大了，在外地工作，支持我找个伴", "孩子已经成家，轮到我想想自己了"),
}
_END = (
    "相信好的感情是细水长流。", "愿意从一起吃顿饭开始。", "有缘的话，先聊聊天吧。", "不着急，但是认真的。", "希望在这里遇到你。", "照片是今年的，人和照片一样。",
    "合得来就多走走。", "想把日子过成两个人的。", "欢迎来打个招呼。", "你好，很高兴认识你。", "我在认真找，你也是吧？", "一起把平常日子过好。", "",  "",
)  # fmt: skip

_WISH_OPEN = (
    "希望你{trait}", "想遇到一个{trait}的人", "最看重的是{trait}", "对另一半没有太多条件，{trait}就好", "你不用完美，{trait}就够了",
    "盼着有个{trait}的你", "找一个{trait}的人，一起过日子", "理想中的你{trait}",
)  # fmt: skip
_TRAITS = (
    "善良、踏实", "心地好，孝顺父母", "情绪稳定，能好好说话", "有责任心，肯担当", "爱笑，热爱生活", "真诚，不说谎", "懂得尊重人", "独立，也愿意依靠我",
    "讲道理，不冷战", "生活习惯好，不熬夜", "有一份稳定的工作，有自己的爱好", "勤快，爱干净", "温和，有耐心", "有主见，也听得进话", "三观合得来",
    "对家人好，对陌生人也客气", "会过日子，不攀比", "简单一点，直接一点",
)  # fmt: skip
_WISH_DO = (
    "要是也喜欢{hobby}就更好了", "能一起聊聊{hobby}最好", "不要求你爱{hobby}，愿意听我讲讲就行", "我的{hobby}，想分你一半", "有共同爱好最好，比如{hobby}",
    "不一定要有一样的爱好，各忙各的也能坐在一起", "能互相支持对方的工作", "节假日一起回两边老家", "愿意一起存钱、一起做计划", "吵架不过夜，晚饭一起吃",
    "能接受我的工作时间，我也会体谅你的", "两个人有商有量，日子就不会差",
)  # fmt: skip
_WISH_NEAR = (
    "最好也在杭州工作",
    "离得近一点，见面方便",
    "外地人本地人都可以",
    "愿意在杭州安家",
    "工作在哪个区都行，我可以去找你",
    "能常见面，别只在手机里聊",
    "",
    "",
)
_WISH_PACE = (
    "先做朋友，慢慢来。",
    "合适的话，一年内定下来也可以。",
    "节奏听你的。",
    "以结婚为前提，认真相处。",
    "见一面比聊一个月管用。",
    "不催不赶，合适最要紧。",
    "希望两家人也能处得来。",
    "房子车子慢慢挣，人对了就行。",
)
_WISH_PARENT = (
    "希望你能喜欢孩子",
    "愿意把孩子当自己人",
    "有没有孩子都可以，能互相理解就好",
    "重组家庭不容易，盼你有耐心",
)


@dataclass(frozen=True, slots=True)
class Self:
    """What a text is written from. `turns` are the dice: whole numbers, one for each choice."""

    town: str
    local: bool
    years: int
    trade: str
    marital: str
    children: str
    hobbies: tuple[str, ...]
    titles: tuple[str, ...]
    turns: list[int]


def _one(options: tuple[str, ...], turn: int) -> str:
    return options[turn % len(options)]


def about(me: Self) -> str:
    t = me.turns
    opening = _one(_OPEN_LOCAL if me.local else _OPEN_AWAY, t[0]).format(town=me.town, years=me.years)
    work = _one(_WORK, t[1]).format(trade=me.trade, tenure=1 + t[2] % (me.years + 1), rest=_one(_REST, t[2]))
    likes = [
        _one(HOBBY_LINES[h], turn).format(w=_one(WEEK, turn // 2)) for h, turn in zip(me.hobbies, t[3:5], strict=False)
    ]
    family = _one(_FAMILY[me.marital], t[5]) if t[5] % 3 or me.marital != "never" else ""
    child = _one(_CHILD[me.children], t[6]) if me.children in _CHILD else ""
    parts = [opening, work, *likes, family, child, _one(_SELF, t[7])]
    if t[8] % 4 == 0:  # some begin with themselves, not with where they come from
        parts = [parts[-1], *parts[1:-1]]
    body = "。".join(part for part in parts if part) + "。"
    return body + _one(_END, t[9])


def wish(me: Self) -> str:
    t = me.turns
    opening = _one(_WISH_OPEN, t[10]).format(trait=_one(_TRAITS, t[11]))
    shared = _one(_WISH_DO, t[12]).format(hobby=_one(me.titles, t[13]))
    family = _one(_WISH_PARENT, t[14]) if me.children != "none" else ""
    parts = [opening, shared, family, _one(_WISH_NEAR, t[14])]
    return "，".join(part for part in parts if part) + "。" + _one(_WISH_PACE, t[15])
