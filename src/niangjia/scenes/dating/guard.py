"""What does not belong into a profile's text: ways to be reached, links, money. Marked, and held until somebody looked.

A contact is given when both want it, not to everybody who reads; and most swindles begin by leading people elsewhere.
Nobody is punished for what this finds. Tricks of spelling are undone by the reading that the scam guard uses.
"""

import re
import unicodedata
from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from niangjia.kernel.errors import Invalid
from niangjia.scenes.dating.scam.kernels.normalise import compiled, digits
from niangjia.scenes.dating.scam.kernels.normalise import plain as meant
from niangjia.scenes.dating.scam.kernels.signals import ELSEWHERE

_DIGIT_WORDS = str.maketrans("〇零一二两三四五六七八九壹贰叁肆伍陆柒捌玖幺", "0012234567891234567891")
_SPACED = r"[\s\-_.,·、，。*~—]*"
_ELSEWHERE = r"""
    微\s*信 | 威\s*信 | 薇\s*信 | v\s*信 | we\s*chat | wei\s*xin | (?<![a-z])(?:vx|wx|qq)(?![a-z])
  | 加\s*v(?![a-z]) | 扣扣 | 企鹅号
"""
_LINK = r"(?:https?://|www\.)\S+ | \b[a-z0-9-]+\.(?:com|cn|net|top|xyz|cc|vip|me|org|link)\b\S*"
_MONEY = r"转\s*账 | 打\s*款 | 收款码 | 支付宝 | 理财产品 | 博\s*彩 | 刷\s*单 | 稳\s*赚 | 返\s*利 | 虚拟币 | usdt"
_NUMBER = re.compile(rf"(?:\d{_SPACED}){{7,}}")
_WORDS = tuple(re.compile(words, re.IGNORECASE | re.VERBOSE) for words in (_ELSEWHERE, _LINK, _MONEY))
_EDGES = " \t\r\n-,.·、，。~—"  # between the digits of a number, not after its last
_INVISIBLE = {"Cf", "Cc", "Mn"}
_MEANT = (
    compiled(ELSEWHERE),
    compiled(r"<转账>|<收款码>|<支付宝>|<虚拟币>|<刷单>|<稳赚>|<博彩>|<充值>|usdt|<邀请码>|telegram|whatsapp|<扫码>"),
)
_MEANT_NUMBER = re.compile(r"\d{7,}")


def marked(text: str) -> list[str]:
    """The pieces of `text` that do not belong there, as they were written."""
    shown = [(at, char) for at, char in enumerate(text) if unicodedata.category(char) not in _INVISIBLE]
    plain, places = _folded(shown)
    matches = [*_NUMBER.finditer(plain.translate(_DIGIT_WORDS))]
    matches += [match for pattern in _WORDS for match in pattern.finditer(plain)]
    found = [text[places[match.start()] : places[match.end() - 1] + 1].strip(_EDGES) for match in matches]
    return list(
        dict.fromkeys([*found, *(words for words in _disguised(text) if not any(words in one for one in found))])
    )


def _disguised(text: str) -> list[str]:
    """The same in look-alike letters, in pinyin, in other characters of the same sound, in pieces."""
    read = meant(text)
    matches = [match for pattern in _MEANT for match in pattern.finditer(read.text)]
    matches += [*_MEANT_NUMBER.finditer(digits(read.text))]
    return [read.shown(text, *match.span()) for match in matches]


def _folded(shown: list[tuple[int, str]]) -> tuple[str, list[int]]:
    """Full-width and decorated letters as plain ones, and for each the place it came from."""
    plain, places = [], []
    for at, char in shown:
        for letter in unicodedata.normalize("NFKC", char):
            plain.append(letter)
            places.append(at)
    return "".join(plain), places


def found(texts: Mapping[str, str]) -> dict[str, list[str]]:
    """Of each text that holds such words, the words."""
    return {name: words for name, text in texts.items() if (words := marked(text))}


def check(texts: Mapping[str, str]) -> None:
    """Raise Invalid with the words of every text that must change."""
    faults = found(texts)
    if faults:
        hints = {name: _("Please leave out: {words}").format(words=" / ".join(w)) for name, w in faults.items()}
        raise Invalid(
            _("A few words do not belong into a profile."),
            code="not_in_profiles",
            next_step=_("Contacts can be exchanged safely once you have both said yes."),
            fields=hints,
        )
