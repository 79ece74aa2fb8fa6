"""Telling words in disguise, made without looking at the guard's own tables: by Unicode, by sound, by scissors."""

import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from functools import lru_cache

from pypinyin import lazy_pinyin

from benchmarks.scam.read import Conversation, Turn
from niangjia.scenes.dating.scam.kernels import risk

SEED = 20261122
ZERO_WIDTH = "\u200b\u200c\u200d\u2060\ufeff\u00ad"
DOTS = (" ", ".", "·", "-", "_", "*", "~", "/", "|", "丶", "。", "，")
EMOJI = "🔥❤💰🌹😊✨🍵👉🎉🐟"
GREEK = str.maketrans("aeopcxyivknuBEHKMOPT", "аеорсхуіvкпиВЕНКМОРТ")  # Cyrillic on purpose
TRADITIONAL = str.maketrans(
    "资转账帐钱币财贷证导师赚赌马号码扫联系电软体验内数据货汇黄银买卖价涨盈亏损机构课会员开户稳兑现",
    "資轉賬帳錢幣財貸證導師賺賭馬號碼掃聯繫電軟體驗內數據貨匯黃銀買賣價漲盈虧損機構課會員開戶穩兌現",
)
Trick = Callable[[str, random.Random], str]


def _between(marks: Sequence[str]) -> Trick:
    return lambda word, dice: "".join(
        char + (dice.choice(marks) if at + 1 < len(word) else "") for at, char in enumerate(word)
    )


def _full_width(word: str, dice: random.Random) -> str:
    return "".join(chr(ord(char) + 0xFEE0) if "!" <= char <= "~" else char + dice.choice(ZERO_WIDTH) for char in word)


def _pinyin(word: str, dice: random.Random) -> str:
    """Every second character, beginning with either."""
    first = dice.randrange(2)
    return "".join(lazy_pinyin(char)[0] if at % 2 == first else char for at, char in enumerate(word))


@lru_cache(maxsize=1)
def _sounds() -> dict[str, list[str]]:
    """The commoner half of GB 2312, by sound: whatever a keyboard offers."""
    found: dict[str, list[str]] = {}
    for high in range(0xB0, 0xD8):
        for low in range(0xA1, 0xFF):
            try:
                char = bytes((high, low)).decode("gb2312")
            except UnicodeDecodeError:
                continue
            found.setdefault(lazy_pinyin(char)[0], []).append(char)
    return found


def _homophone(word: str, dice: random.Random) -> str:
    """One character in a word becomes another of its sound."""
    at = dice.randrange(len(word))
    others = [char for char in _sounds().get(lazy_pinyin(word[at])[0], []) if char != word[at]]
    return word[:at] + dice.choice(others) + word[at + 1 :] if others else word


TRICKS: dict[str, Trick] = {
    "zero width": _between(ZERO_WIDTH),
    "dots and spaces": _between(DOTS),
    "emoji": _between(EMOJI),
    "full width": _full_width,
    "other alphabets": lambda word, dice: word.translate(GREEK),
    "traditional": lambda word, dice: word.translate(TRADITIONAL),
    "pinyin": _pinyin,
    "homophones": _homophone,
    "split over messages": lambda word, dice: word[: len(word) // 2] + "\n" + word[len(word) // 2 :],
}


def variants(
    caught: Sequence[Conversation], trick: str, count: int, weights: Mapping[str, float]
) -> list[Conversation]:
    """`count` conversations whose telling words all wear one trick."""
    dice = random.Random(f"{SEED} {trick}")
    chosen = [caught[number % len(caught)] for number in range(count)] if caught else []
    return [_disguised(one, TRICKS[trick], dice, weights) for one in chosen]


def _disguised(one: Conversation, trick: Trick, dice: random.Random, weights: Mapping[str, float]) -> Conversation:
    last = max(at for at, turn in enumerate(one.turns) if turn.who == one.scammer)
    found = risk.weigh(one.upto(last), risk.Context(weights=weights))
    words = {signal.words for signal in found.found if signal.words} | {told.words() for told in found.told}
    turns: list[Turn] = []
    first = one.first_money
    for at, turn in enumerate(one.turns):
        if at == one.first_money:
            first = len(turns)
        text = _dressed(turn.text, words, trick, dice) if turn.who == one.scammer else turn.text
        turns += [Turn(turn.who, part, turn.at + timedelta(seconds=n)) for n, part in enumerate(text.split("\n"))]
    return replace(one, turns=tuple(turns), first_money=first)


def _dressed(text: str, words: set[str], trick: Trick, dice: random.Random) -> str:
    for word in sorted(words, key=lambda word: (-len(word), word)):
        if word in text:
            text = text.replace(word, trick(word, dice), 1)
    return text
