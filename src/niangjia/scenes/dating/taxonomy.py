"""What people can say about themselves in fixed words: hobbies, education, family, habits.

Codes are stored, so they are never renamed or reused; titles may be reworded at any time.
Titles are kept in both languages here, not in the message catalogue, because they are facts of this list and not
phrases of the interface: adding a hobby must touch one line.
"""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Term:
    """One word to choose."""

    code: str
    zh: str
    en: str

    def title(self, language: str) -> str:
        return self.en if language.startswith("en") else self.zh


@dataclass(frozen=True, slots=True)
class Hobby(Term):
    group: str


def _terms(*rows: tuple[str, str, str]) -> tuple[Term, ...]:
    return tuple(Term(*row) for row in rows)


def _group(group: str, *rows: tuple[str, str, str]) -> tuple[Hobby, ...]:
    return tuple(Hobby(*row, group=group) for row in rows)


HOBBY_GROUPS: Final = _terms(
    ("ball", "球类", "Ball games"),
    ("fitness", "健身", "Fitness"),
    ("outdoor", "户外", "Outdoors"),
    ("travel", "出游", "Going out"),
    ("music", "音乐舞蹈", "Music and dance"),
    ("craft", "文艺手作", "Art and craft"),
    ("reading", "阅读影视", "Books and screen"),
    ("food", "美食", "Food and drink"),
    ("play", "游戏聚会", "Games and company"),
    ("home", "居家生活", "Home life"),
    ("growth", "公益成长", "Giving and growing"),
)

HOBBIES: Final[tuple[Hobby, ...]] = (
    *_group(
        "ball",
        ("badminton", "羽毛球", "Badminton"),
        ("table_tennis", "乒乓球", "Table tennis"),
        ("basketball", "篮球", "Basketball"),
        ("football", "足球", "Football"),
        ("tennis", "网球", "Tennis"),
        ("volleyball", "排球", "Volleyball"),
        ("billiards", "台球", "Billiards"),
        ("bowling", "保龄球", "Bowling"),
    ),
    *_group(
        "fitness",
        ("running", "跑步", "Running"),
        ("gym", "撸铁健身", "Weight training"),
        ("swimming", "游泳", "Swimming"),
        ("yoga", "瑜伽", "Yoga"),
        ("pilates", "普拉提", "Pilates"),
        ("boxing", "拳击搏击", "Boxing"),
        ("tai_chi", "太极", "Tai chi"),
        ("rope_skipping", "跳绳", "Rope skipping"),
    ),
    *_group(
        "outdoor",
        ("hiking", "徒步爬山", "Hiking"),
        ("cycling", "骑行", "Cycling"),
        ("camping", "露营", "Camping"),
        ("fishing", "钓鱼", "Fishing"),
        ("climbing", "攀岩", "Climbing"),
        ("paddle_boarding", "桨板皮划艇", "Paddling"),
        ("skating", "滑板轮滑", "Skating"),
        ("skiing", "滑雪", "Skiing"),
        ("frisbee", "飞盘", "Frisbee"),
        ("motorcycling", "摩托车", "Motorcycling"),
    ),
    *_group(
        "travel",
        ("travel", "旅行", "Travel"),
        ("road_trip", "自驾游", "Road trips"),
        ("city_walk", "逛街遛弯", "City walks"),
        ("museums", "看展逛博物馆", "Museums"),
        ("old_towns", "古镇古村", "Old towns"),
        ("theme_parks", "游乐园", "Theme parks"),
    ),
    *_group(
        "music",
        ("karaoke", "K歌", "Karaoke"),
        ("guitar", "吉他", "Guitar"),
        ("piano", "钢琴", "Piano"),
        ("folk_instruments", "民乐", "Folk instruments"),
        ("concerts", "演唱会音乐节", "Concerts"),
        ("choir", "合唱", "Choir"),
        ("square_dance", "广场舞", "Square dance"),
        ("street_dance", "街舞", "Street dance"),
        ("ballroom", "交谊舞", "Ballroom dance"),
        ("opera", "越剧戏曲", "Chinese opera"),
    ),
    *_group(
        "craft",
        ("calligraphy", "书法", "Calligraphy"),
        ("painting", "画画", "Painting"),
        ("photography", "摄影", "Photography"),
        ("hanfu", "汉服", "Hanfu"),
        ("pottery", "陶艺", "Pottery"),
        ("knitting", "编织刺绣", "Knitting and embroidery"),
        ("flowers", "插花", "Flower arranging"),
        ("models", "模型手办", "Models and figures"),
        ("woodwork", "木工", "Woodwork"),
    ),
    *_group(
        "reading",
        ("reading", "读书", "Reading"),
        ("writing", "写作", "Writing"),
        ("films", "看电影", "Films"),
        ("series", "追剧", "Series"),
        ("anime", "动漫", "Anime"),
        ("theatre", "话剧脱口秀", "Theatre and stand-up"),
        ("history", "历史", "History"),
    ),
    *_group(
        "food",
        ("cooking", "做饭", "Cooking"),
        ("baking", "烘焙", "Baking"),
        ("eating_out", "探店", "Eating out"),
        ("tea", "喝茶", "Tea"),
        ("coffee", "咖啡", "Coffee"),
        ("barbecue", "烧烤火锅", "Barbecue and hot pot"),
        ("home_brewing", "小酌", "A small drink"),
    ),
    *_group(
        "play",
        ("murder_mystery", "剧本杀", "Murder mystery games"),
        ("board_games", "桌游", "Board games"),
        ("esports", "电竞手游", "Esports"),
        ("console_games", "主机游戏", "Console games"),
        ("chess", "象棋围棋", "Chess and go"),
        ("mahjong", "麻将掼蛋", "Mahjong and cards"),
        ("escape_rooms", "密室逃脱", "Escape rooms"),
    ),
    *_group(
        "home",
        ("cats", "养猫", "Cats"),
        ("dogs", "养狗", "Dogs"),
        ("aquarium", "养鱼", "Aquarium"),
        ("gardening", "种花种菜", "Gardening"),
        ("tidying", "收纳家居", "A tidy home"),
        ("diy", "修修补补", "Mending things"),
        ("cars", "汽车", "Cars"),
    ),
    *_group(
        "growth",
        ("volunteering", "公益志愿", "Volunteering"),
        ("languages", "学外语", "Languages"),
        ("skills", "考证学技能", "Skills and certificates"),
        ("investing", "理财", "Saving and investing"),
        ("technology", "数码科技", "Technology"),
        ("programming", "编程", "Programming"),
    ),
)

EDUCATIONS: Final = _terms(  # from low to high: "at least" is a slice of this
    ("junior", "初中及以下", "Junior secondary or less"),
    ("senior", "高中/中专", "Senior secondary"),
    ("college", "大专", "College diploma"),
    ("bachelor", "本科", "Bachelor"),
    ("master", "硕士", "Master"),
    ("doctor", "博士", "Doctor"),
)

MARITAL: Final = _terms(
    ("never", "未婚", "Never married"),
    ("divorced", "离异", "Divorced"),
    ("widowed", "丧偶", "Widowed"),
)

CHILDREN: Final = _terms(
    ("none", "没有孩子", "No children"),
    ("with_me", "有孩子，跟我生活", "Children who live with me"),
    ("elsewhere", "有孩子，不跟我生活", "Children who live elsewhere"),
    ("grown", "孩子已成年", "Grown-up children"),
)

SMOKING: Final = _terms(
    ("never", "不抽烟", "I do not smoke"),
    ("sometimes", "偶尔抽", "Now and then"),
    ("often", "经常抽", "Often"),
    ("quitting", "正在戒", "Giving it up"),
)

DRINKING: Final = _terms(
    ("never", "不喝酒", "I do not drink"),
    ("social", "聚会时喝一点", "A little in company"),
    ("often", "喜欢喝两杯", "I like a drink"),
)

NEAR: Final[tuple[tuple[str, str], ...]] = (
    # Who likes the one can usually be asked along to the other. Read both ways; a pair stands here once.
    ("badminton", "table_tennis"),
    ("badminton", "tennis"),
    ("table_tennis", "tennis"),
    ("basketball", "football"),
    ("basketball", "volleyball"),
    ("football", "frisbee"),
    ("billiards", "bowling"),
    ("running", "gym"),
    ("running", "cycling"),
    ("running", "rope_skipping"),
    ("running", "hiking"),
    ("gym", "boxing"),
    ("gym", "swimming"),
    ("swimming", "paddle_boarding"),
    ("yoga", "pilates"),
    ("yoga", "tai_chi"),
    ("hiking", "camping"),
    ("hiking", "climbing"),
    ("hiking", "cycling"),
    ("hiking", "photography"),
    ("camping", "barbecue"),
    ("camping", "fishing"),
    ("camping", "road_trip"),
    ("cycling", "motorcycling"),
    ("skating", "skiing"),
    ("skating", "street_dance"),
    ("frisbee", "camping"),
    ("travel", "road_trip"),
    ("travel", "photography"),
    ("travel", "old_towns"),
    ("travel", "eating_out"),
    ("road_trip", "cars"),
    ("motorcycling", "cars"),
    ("city_walk", "eating_out"),
    ("city_walk", "coffee"),
    ("city_walk", "photography"),
    ("museums", "history"),
    ("museums", "theatre"),
    ("museums", "painting"),
    ("old_towns", "history"),
    ("old_towns", "hanfu"),
    ("theme_parks", "escape_rooms"),
    ("karaoke", "concerts"),
    ("karaoke", "choir"),
    ("guitar", "piano"),
    ("guitar", "concerts"),
    ("piano", "choir"),
    ("folk_instruments", "opera"),
    ("folk_instruments", "hanfu"),
    ("square_dance", "ballroom"),
    ("square_dance", "tai_chi"),
    ("calligraphy", "painting"),
    ("calligraphy", "tea"),
    ("pottery", "painting"),
    ("pottery", "woodwork"),
    ("knitting", "flowers"),
    ("flowers", "gardening"),
    ("models", "anime"),
    ("woodwork", "diy"),
    ("reading", "writing"),
    ("reading", "history"),
    ("films", "series"),
    ("films", "theatre"),
    ("anime", "esports"),
    ("anime", "console_games"),
    ("cooking", "baking"),
    ("cooking", "eating_out"),
    ("cooking", "gardening"),
    ("baking", "coffee"),
    ("tea", "coffee"),
    ("barbecue", "home_brewing"),
    ("barbecue", "eating_out"),
    ("murder_mystery", "escape_rooms"),
    ("murder_mystery", "board_games"),
    ("board_games", "mahjong"),
    ("board_games", "chess"),
    ("esports", "console_games"),
    ("cats", "dogs"),
    ("aquarium", "fishing"),
    ("tidying", "cooking"),
    ("diy", "cars"),
    ("languages", "travel"),
    ("languages", "skills"),
    ("skills", "programming"),
    ("technology", "programming"),
    ("technology", "console_games"),
    ("volunteering", "dogs"),
)

HOBBY_INDEX: Final[dict[str, int]] = {hobby.code: at for at, hobby in enumerate(HOBBIES)}


def near(code: str) -> frozenset[str]:
    """The hobbies next to one hobby."""
    return frozenset(b if a == code else a for a, b in NEAR if code in (a, b))
