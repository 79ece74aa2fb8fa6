"""Text as it is meant, whatever it is dressed as: one reading for messages, profiles and posts.

`plain` undoes what can be undone letter by letter: full-width and decorated letters, invisible characters, letters of
other alphabets, traditional and look-alike characters, characters taken to pieces, dots between them.
`spelt` makes a pattern of a word that also finds it in pinyin, half in pinyin, in rarer characters of the same sound,
and cut over two messages. Everything remembers where it stood in the original, so that evidence is shown as written.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Final

from pypinyin import lazy_pinyin

STOP: Final = ","  # every mark that ends a thought; nothing is found across it
LINE: Final = "\n"
_INVISIBLE: Final = frozenset({"Cf", "Cc", "Mn", "Me", "Cn", "Co", "Cs"})
_STOPS: Final = frozenset("，。！？；：,!?;…")
_LIKE_DOTS: Final = frozenset("丶")  # letters by name, dots by look
_KEPT_MARKS: Final = frozenset("%:/.@&+")  # part of links and figures, between Latin letters or digits

# Letters of other alphabets that look like Latin ones.
_ALPHABETS: Final = str.maketrans("авекмнорстухіѕјԁԛԝɡαβεικνορτυχωıɑ𝚟✓√∨ᐯ", "abekmhopctyxisjdqwgabeiknoptuxwiavvvvv")
_TRADITIONAL: Final = str.maketrans(
    "臺資轉賬帳錢幣擬財貸證劃導師賺勝賭馬號碼掃聯繫電訊軟體驗內幕數據貨匯黃銀賣買價漲盈虧損這個們來時間會說對開關門見"
    "現網頁點擊鏈連結團隊單務薦註冊轉發險風穩獲區塊礦級專業戶頭陸機構課學習選號賓賠償還債費稅務運輸裝備軍醫",
    "台资转账帐钱币拟财贷证划导师赚胜赌马号码扫联系电讯软体验内幕数据货汇黄银卖买价涨盈亏损这个们来时间会说对开关门见"
    "现网页点击链连结团队单务荐注册转发险风稳获区块矿级专业户头陆机构课学习选号宾赔偿还债费税务运输装备军医",
)
# Characters that nobody uses by chance where the right one is meant.
_LOOK_ALIKES: Final = str.maketrans(
    "溦薇葳崴嶶癓伩芯孒乄叧夲噺恏莪沵伱祢玳幤", "微微微微微微信信了入另本新好我你你你代币"
)
_IN_PIECES: Final = {
    "亻言": "信", "贝才": "财", "车专": "转", "贝长": "账", "钅戋": "钱", "扌殳": "投", "次贝": "资", "木几": "机",
    "氵匚": "汇", "巾长": "帐", "贝兼": "赚", "禾急": "稳", "扌是": "提", "王见": "现", "口牙": "呀", "彳微": "微",
}  # fmt: skip
_DRESSED: Final = "".join(map(chr, {**_TRADITIONAL, **_LOOK_ALIKES})) + "".join(_LIKE_DOTS)
_ORDINARY: Final = re.compile(f"(?:(?![{_DRESSED}])[一-龥]|[，。！？；：,!?;0-9])*")
_DIGIT_WORDS: Final = str.maketrans("〇零一二两三四五六七八九壹贰叁肆伍陆柒捌玖幺", "0012234567891234567891")
_HEARTS: Final = frozenset("❤♥💗💓💕💖💙💚💛💜🧡🖤🤍♡")
_PICTURES: Final = {"🐧": "qq"}  # others are dropped: they stand between letters as often as for something

# The commonest characters: when one of them stands where another of its sound is looked for, it means itself.
_COMMON: Final = frozenset(
    "的一是不了在人有我他这个们中来上大为和国地到以说时要就出会可也你对生能而子那得于着下自之年过发后作里用道行所然家种事成"
    "方多经么去法学如都同现当没动面起看定天分还进好小部其些主样理心她本前开但因只从想实日军者意无力它与长把机十民第公此已工"
    "使情明性知全三又关点正业外将两高间由问很最重并物手应战向头文体政美相见被利什二等产或新己制身果加西斯月话合回特代内信表"
    "化老给世位次度门任常先海通教儿原东声提立及比员解水名真论处走义各入几口认条平系气题活尔更别打女变四神总何电数安少报才结"
    "反受目太量再感建务做接必场件计管期市直德资命山金指克许统区保至队形社便空决治展马科司五基眼书非则听白却界达光放强即像难"
    "且权思王象完设式色路记南品住告类求据程北边死张该交规万取拉格望觉术领共确传师观清今切院让识候带导争运笔快早晚吃饭喝睡"
    "班妈爸哥姐弟妹朋友爱喜欢请谢哦嗯哈吧呢吗啊呀啦周末店票车房租城京杭州宁波菜花茶酒鱼狗猫雨雪热冷春夏秋冬节岁男孩照片电影"
    "歌跑步健身旅游拍图玩累忙闲懂忘找帮送买卖穿衣服鞋帽件块毛钱元角零六七八九百千半双单位号街校园班级课考试网站手机微聊视频音"
    "息始终每次越远近块啥咋您咱俩谁哪怎吃完刚偶尔啥差不多"
)


@dataclass(frozen=True)
class Plain:
    """Text as it is meant; `places[i]` is where letter i of it stood in the original."""

    text: str
    places: tuple[int, ...]

    def shown(self, original: str, start: int, end: int) -> str:
        """What stood in the original from letter `start` to before `end`, as it was written."""
        return original[self.places[start] : self.places[end - 1] + 1].strip()


def plain(text: str) -> Plain:
    """The text as it is meant. Marks that end a thought become `STOP`, lines stay lines."""
    letters = _without_dots(_letters(text))
    letters = _put_together(letters)
    return Plain("".join(letter for letter, _at in letters), tuple(at for _letter, at in letters))


def digits(text: str) -> str:
    """The same with written numbers as digits, letter by letter: for ways to be reached only."""
    return text.translate(_DIGIT_WORDS)


def _letters(text: str) -> list[tuple[str, int]]:
    """Every letter with its place. Most lines hold nothing but the characters of every day, which stay as they are."""
    if _ORDINARY.fullmatch(text):
        return [(STOP if char in _STOPS else char, at) for at, char in enumerate(text)]
    found: list[tuple[str, int]] = []
    for at, char in enumerate(text):
        if char == LINE:
            found.append((LINE, at))
        elif char in _HEARTS:
            if (found and found[-1][0] in "微v") or "".join(x for x, _ in found[-3:]) == "wei":
                found.append(("心", at))
        elif char in _PICTURES:
            found.extend((letter, at) for letter in _PICTURES[char])
        elif unicodedata.category(char) not in _INVISIBLE:
            found.extend((letter, at) for letter in _folded(char))
    return found


@lru_cache(maxsize=8192)
def _folded(char: str) -> str:
    """One character as the letters it stands for: "" for pictures and dots, STOP for the end of a thought."""
    if char in _STOPS:
        return STOP
    if char in _LIKE_DOTS:
        return ""
    letters = unicodedata.normalize("NFKC", char).lower()
    letters = letters.translate(_ALPHABETS).translate(_TRADITIONAL).translate(_LOOK_ALIKES)
    return "".join(one for one in letters if one.isalnum() or one in _STOPS or one in _KEPT_MARKS)


def _without_dots(letters: list[tuple[str, int]]) -> list[tuple[str, int]]:
    """Marks inside figures and links stay, others go; a thought of one letter belongs to its neighbours."""
    kept: list[tuple[str, int]] = []
    for index, (letter, at) in enumerate(letters):
        if letter in _KEPT_MARKS and not (_latin(letters, index - 1) and (letter == "%" or _latin(letters, index + 1))):
            continue
        kept.append((letter, at))
    stops = [-1, *(index for index, (letter, _at) in enumerate(kept) if letter in (STOP, LINE)), len(kept)]
    alone = {stop for a, b in pairwise(stops) if b - a == 2 for stop in (a, b)}
    return [one for index, one in enumerate(kept) if index not in alone or one[0] == LINE]


def _latin(letters: list[tuple[str, int]], index: int) -> bool:
    return 0 <= index < len(letters) and (letters[index][0] in _KEPT_MARKS or letters[index][0].isascii())


def _put_together(letters: list[tuple[str, int]]) -> list[tuple[str, int]]:
    """Characters taken to pieces, whole again."""
    done: list[tuple[str, int]] = []
    for letter, at in letters:
        whole = _IN_PIECES.get(done[-1][0] + letter) if done else None
        if whole:
            done[-1] = (whole, done[-1][1])
        else:
            done.append((letter, at))
    return done


@lru_cache(maxsize=1)
def _by_sound() -> dict[str, str]:
    """Every character of GB 2312 that is not a common one, by its sound."""
    sounds: dict[str, list[str]] = {}
    for code in range(0xB0A1, 0xF7FF):
        try:
            char = code.to_bytes(2, "big").decode("gb2312")
        except UnicodeDecodeError:
            continue
        if char not in _COMMON:
            sounds.setdefault(sound(char), []).append(char)
    return {name: "".join(chars) for name, chars in sounds.items()}


@lru_cache(maxsize=8192)
def sound(char: str) -> str:
    """The syllable of a character, without its tone."""
    return str(lazy_pinyin(char)[0]).replace("ü", "v")


def spelt(word: str) -> str:
    """A pattern of a word in all its dresses, to be searched for in `Plain.text`."""
    return LINE.join(_spelt(char) for char in word).replace(LINE, f"{LINE}?")


@lru_cache(maxsize=2048)
def _spelt(char: str) -> str:
    if not "一" <= char <= "鿿":
        return re.escape(char)
    name = sound(char)
    return f"(?:{name}|[{char}{_by_sound().get(name, '')}])"


_WORD: Final = re.compile(r"<([^<>]+)>")


def compiled(pattern: str) -> re.Pattern[str]:
    """A pattern in which `<词>` stands for a word in all its dresses and `~` for a few letters of the same thought."""
    spread = _WORD.sub(lambda found: f"(?:{spelt(found.group(1))})", "".join(pattern.split()))
    return re.compile(spread.replace("~", rf"[^{STOP}{LINE}]{{0,8}}"))
