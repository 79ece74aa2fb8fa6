# ruff: noqa: E501  (lists of Chinese names: a full-width character counts double)
"""Legal names and nicknames as people have them: by family, sex and decade of birth."""

from typing import Final

import numpy as np

from niangjia.demo.dice import Bools, Ints, weighted

SURNAMES: Final = (  # per ten thousand, roughly, with Zhejiang's own leanings
    "王 690 李 650 张 620 陈 560 刘 470 吴 250 周 240 徐 230 黄 215 朱 190 杨 270 赵 190 孙 160 胡 165 林 150 沈 145 俞 70 "
    "郑 120 何 130 高 110 马 110 罗 95 郭 105 叶 105 金 100 蒋 95 潘 80 方 80 钱 70 许 90 冯 75 唐 75 董 65 袁 65 程 60 "
    "曹 60 邓 65 彭 60 曾 60 萧 12 肖 60 田 45 谢 75 韩 60 宋 70 傅 45 余 60 丁 60 杜 45 夏 55 汪 60 姚 55 范 50 卢 45 "
    "陆 60 姜 50 崔 32 钟 48 谭 42 石 45 廖 42 贾 35 韦 30 付 35 白 32 邹 35 孟 28 熊 35 秦 32 邱 35 江 40 尹 26 薛 28 "
    "闫 20 段 25 雷 30 侯 25 龙 26 史 28 陶 35 黎 22 贺 22 顾 48 毛 38 郝 18 龚 30 邵 42 万 26 严 34 覃 12 武 16 戴 42 "
    "莫 22 孔 22 向 16 汤 35 常 14 温 16 康 16 施 35 牛 12 樊 14 葛 22 邢 12 安 10 齐 10 易 16 乔 10 伍 10 庞 10 颜 14 "
    "倪 26 庄 18 聂 12 章 50 鲁 16 岳 8 翟 10 申 8 欧 12 耿 8 关 8 兰 10 焦 8 祝 26 左 8 柳 12 甘 10 骆 20 楼 30 裘 14 "
    "虞 14 应 22 童 26 竺 6 娄 8 柴 10 来 8 阮 14 詹 16 占 6 项 18 卓 8 盛 16 欧阳 8 诸葛 3 上官 2 司马 1"
)

_ONE_M = (
    "军 勇 伟 强 刚 斌 峰 涛 辉 波",
    "磊 鹏 超 杰 凯 浩 俊 飞 翔 宇",
    "杰 鑫 凯 豪 涛 宇 阳 昊 晨 航",
    "轩 睿 博 航 宇 晨 昊 宸 烁 铭",
)
_ONE_F = (
    "芳 燕 红 丽 敏 霞 萍 玲 英 娟",
    "婷 静 丹 倩 颖 洁 琳 蕾 莉 雪",
    "婷 悦 雪 瑶 欣 琪 倩 莹 璐 蕊",
    "萱 涵 悦 怡 诺 妍 玥 琪 苒 媛",
)
_FIRST_M = (
    "建 志 国 卫 永 海 晓 文 明 小 立 新",
    "志 晓 俊 海 文 伟 建 嘉 浩 少 世 云",
    "俊 嘉 文 子 家 浩 志 泽 天 宇 思 一",
    "子 浩 宇 俊 梓 泽 一 嘉 皓 奕 锦 睿",
)
_LAST_M = (
    "军 国 平 华 明 强 民 林 东 峰 斌 良",
    "杰 伟 峰 鹏 明 辉 亮 龙 飞 斌 超 锋",
    "杰 豪 涛 辰 轩 伟 彬 峰 霖 宇 阳 文",
    "轩 涵 宇 辰 然 杰 泽 航 博 睿 铭 昊",
)
_FIRST_F = (
    "秀 小 玉 丽 春 建 美 晓 海 红 雪 惠",
    "晓 丽 雅 海 小 雪 佳 美 文 春 玲 慧",
    "佳 雨 思 梦 晓 雅 嘉 诗 子 欣 静 婉",
    "雨 梓 欣 诗 思 子 佳 梦 语 若 可 心",
)
_LAST_F = (
    "芳 英 萍 华 珍 琴 梅 兰 凤 娟 燕 丽",
    "燕 丽 娟 萍 婷 霞 敏 玲 琴 芬 娜 芳",
    "怡 婷 琪 雯 颖 慧 瑶 玲 洁 莹 妮 敏",
    "涵 萱 怡 琪 彤 妍 桐 语 菲 瑶 宁 晴",
)
_ONE_SHARE = (34, 38, 22, 10)  # percent of one-character given names in the 70s, 80s, 90s, 00s


def _grid(*eras: str) -> list[list[str]]:
    return [era.split(" ") for era in eras]


_ONE = (_grid(*_ONE_F), _grid(*_ONE_M))
_FIRST = (_grid(*_FIRST_F), _grid(*_FIRST_M))
_LAST = (_grid(*_LAST_F), _grid(*_LAST_M))


def legal_names(rng: np.random.Generator, *, male: Bools, birth_year: Ints) -> tuple[list[str], list[str]]:
    """Legal names, and their surnames apart."""
    tokens = SURNAMES.split()
    surnames, count = tokens[::2], len(male)
    family = weighted(rng, [int(weight) for weight in tokens[1::2]], count)
    era = np.clip(birth_year // 10 - 197, 0, 3)
    single = rng.random(count) * 100 < np.array(_ONE_SHARE)[era]
    a, b = rng.integers(0, 10_000, count), rng.integers(0, 10_000, count)
    rows = zip(male.tolist(), era.tolist(), single.tolist(), a.tolist(), b.tolist(), strict=True)
    given = [_given(m, e, s, x, y) for m, e, s, x, y in rows]
    families = [surnames[at] for at in family.tolist()]
    return [f + g for f, g in zip(families, given, strict=True)], families


def _given(male: bool, era: int, single: bool, a: int, b: int) -> str:
    if single:
        return _ONE[male][era][a % 10]
    if not male and era > 0 and b % 23 == 0:  # 婷婷, 佳佳
        return _LAST[0][era][a % 12] * 2
    first, last = _FIRST[male][era][a % 12], _LAST[male][era][b % 12]
    return first + last if first != last else first + _LAST[male][era][(b + 5) % 12]


_THINGS = [
    "柠檬",
    "橘子",
    "小鱼干",
    "栗子",
    "年糕",
    "汤圆",
    "薄荷",
    "青团",
    "豆浆",
    "葡萄",
    "番茄",
    "芝麻",
    "奶茶",
    "桂花",
    "龙井",
    "小笼包",
    "莲蓬",
    "荷叶",
    "松果",
    "云朵",
    "风筝",
    "帆船",
    "灯塔",
    "纸飞机",
    "小星星",
    "月亮",
    "晚霞",
    "雪人",
    "石头",
    "竹笋",
    "蒲公英",
    "向日葵",
    "山雀",
    "白鹭",
    "松鼠",
    "小熊",
    "刺猬",
    "海豚",
    "橘猫",
    "柴犬",
    "麻雀",
    "考拉",
    "水獭",
    "长颈鹿",
]
_MOODS = [
    "慢悠悠的",
    "爱笑的",
    "不加糖的",
    "认真的",
    "会发光的",
    "早起的",
    "晒太阳的",
    "安静的",
    "迷路的",
    "有点甜的",
    "圆滚滚的",
    "刚睡醒的",
    "慢热的",
    "下班后的",
    "踏实的",
    "路过的",
    "周末的",
    "靠谱的",
    "勤快的",
    "温柔的",
    "想吃火锅的",
    "不爱说话的",
    "会做饭的",
    "爱散步的",
]
_PLACES = [
    "西湖边",
    "运河边",
    "钱塘江畔",
    "西溪",
    "满觉陇",
    "九溪",
    "湘湖边",
    "龙坞",
    "良渚",
    "桥西",
    "武林路",
    "河坊街",
    "吴山脚下",
    "城西",
    "滨江",
    "下沙",
    "大运河",
    "富春江边",
    "千岛湖",
    "径山",
]
_WHO = [
    "的风",
    "的猫",
    "散步的人",
    "的小太阳",
    "的桂花",
    "的傍晚",
    "看日落",
    "的骑车人",
    "的银杏",
    "等雨停",
    "的一盏灯",
    "的清晨",
    "的早餐",
    "的雨",
]
_PHRASES = [
    "晚风",
    "南风知意",
    "小满",
    "谷雨",
    "一苇",
    "知秋",
    "半夏",
    "初七",
    "简单点",
    "木木",
    "山月",
    "听雨",
    "向暖",
    "阿Q",
    "十里",
    "一颗糖",
    "微光",
    "春山",
    "且慢",
    "清欢",
    "平安喜乐",
    "海边的夏天",
    "云淡风轻",
    "岁月如歌",
    "知足常乐",
    "宁静致远",
    "一路有你",
    "阳光总在",
    "老朋友",
    "三月",
    "青山",
    "拾光",
    "小确幸",
    "随遇而安",
    "好好吃饭",
]
_CITY = [
    "Leo",
    "Kevin",
    "Tina",
    "Amy",
    "Luna",
    "Jason",
    "Coco",
    "Sunny",
    "Momo",
    "Nana",
    "Eric",
    "Lily",
    "Yoyo",
    "Allen",
    "Vivi",
    "Echo",
    "Ray",
    "Kiki",
]


def nicknames(
    rng: np.random.Generator, *, legal_name: list[str], surname: list[str], male: Bools, age: Ints
) -> list[str]:
    """What people call themselves. The full legal name never stands in it."""
    style = weighted(rng, (13, 11, 22, 15, 11, 8, 12, 8), len(surname)).tolist()
    a, b = rng.integers(0, 1 << 30, len(surname)).tolist(), rng.integers(0, 1 << 30, len(surname)).tolist()
    rows = zip(style, legal_name, surname, male.tolist(), age.tolist(), a, b, strict=True)
    return [_nickname(s, name, family, m, years, x, y) for s, name, family, m, years, x, y in rows]


def _nickname(style: int, name: str, family: str, male: bool, age: int, a: int, b: int) -> str:
    given = name[len(family) :]
    if style == 0:
        return "阿" + given[-1]
    if style == 1:
        return ("老" if age > 38 and male else "小") + (family if b % 3 else given[-1])
    if style == 2:
        return _MOODS[a % len(_MOODS)] + _THINGS[b % len(_THINGS)]
    if style == 3:
        return _PLACES[a % len(_PLACES)] + _WHO[b % len(_WHO)]
    if style == 4:
        return _PHRASES[a % len(_PHRASES)] + ("", "", "", str(b % 90 + 10))[b % 4]
    if style == 5:
        return f"{_CITY[a % len(_CITY)]}{'' if b % 3 else family}"
    if style == 6:
        return f"{_THINGS[a % len(_THINGS)]}{('', '酱', '同学', '先生' if male else '小姐', '本人', 'er')[b % 6]}"
    return f"{given[-1]}{given[-1]}" if not male else f"{family}{('师傅', '同学', '哥', '先生', '工')[b % 5]}"
