"""Phone numbers, ID numbers, names and credit codes as people in China write them.

Each `parse_*` returns the one normal form or raises ValueError; each `mask_*` gives what a desk may show.
"""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from operator import mul
from typing import Literal

from stdnum.cn import uscc

Sex = Literal["f", "m"]

_PHONE = re.compile(r"1[3-9][0-9]{9}")
_ID_NUMBER = re.compile(r"[0-9]{17}[0-9X]")
_REGIONS = re.compile(r"1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[1-3]|9")  # provinces; 9: foreign residents
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS = "10X98765432"
_INVISIBLE = {"Cf", "Cc", "Co", "Cs", "Cn"}  # zero-width, bidi and control characters
_BETWEEN = str.maketrans("", "", "-()'.")  # what people put between digits, and spreadsheets before them


def _plain(text: str) -> str:
    """Full-width forms folded to plain ones; spaces, invisible characters and punctuation between digits dropped."""
    if text.isascii() and text.isalnum():  # nearly always, and worth it over 200,000 rows
        return text[:200]
    folded = unicodedata.normalize("NFKC", text[:200])
    seen = (c for c in folded if unicodedata.category(c) not in _INVISIBLE and not c.isspace())
    return "".join(seen).translate(_BETWEEN)


def parse_phone(text: str) -> str:
    """Eleven digits of a mainland mobile number; +86, spaces, hyphens and full-width digits are forgiven."""
    digits = _plain(text).removeprefix("+86").removeprefix("0086")
    if len(digits) == 13:
        digits = digits.removeprefix("86")
    if not _PHONE.fullmatch(digits):
        raise ValueError("not a mainland mobile number")
    return digits


@dataclass(frozen=True)
class IdNumber:
    """A resident identity number (GB 11643) in its 18-character form, and what it says."""

    number: str
    birth: date
    sex: Sex


def parse_id_number(text: str) -> IdNumber:
    """Check digit, birth date and province are verified; the 15-digit form of before 1999 is refused.

    Not the county: a number keeps the county of the day it was given, and lists of former counties have gaps.
    """
    number = _plain(text).upper()
    if not (_ID_NUMBER.fullmatch(number) and _REGIONS.match(number)):
        raise ValueError("an ID number has 18 characters and begins with a province")
    if id_check_digit(number) != number[17]:
        raise ValueError("the ID number does not add up")
    birth = date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    if birth.year < 1900:
        raise ValueError("nobody is that old")
    return IdNumber(number=number, birth=birth, sex="m" if int(number[16]) % 2 else "f")


def id_check_digit(number: str) -> str:
    """The eighteenth character, by the first seventeen (ISO 7064, MOD 11-2)."""
    return _CHECKS[sum(map(mul, _WEIGHTS, map(int, number[:17]))) % 11]


def parse_uscc(text: str) -> str:
    """A unified social credit code (GB 32100), 18 characters with its check character."""
    code = _plain(text).upper()
    try:
        return str(uscc.validate(code))
    except Exception as error:  # stdnum has a family of its own, none of them a ValueError for us
        raise ValueError("the credit code does not add up") from error


# A legal name is written in Han characters or Latin letters: other scripts would only lend look-alikes (ニ for 二).

_HAN = (  # by range, since Python's tables end before Extension H
    "〇々\u3400-\u4dbf\u4e00-\u9fff\ufa0e-\ufa29"
    "\U00020000-\U0002a6df\U0002a700-\U0002ee5d\U00030000-\U0003134a\U00031350-\U000323af"
)
_LATIN = "A-Za-zÀ-ÖØ-öø-ɏḀ-ỿ"
_NAME = re.compile(f"[{_HAN}{_LATIN}][{_HAN}{_LATIN}·' -]{{0,39}}")
_SIMPLE_NAME = re.compile("[\u4e00-\u9fff]{1,40}")
_ANY_HAN = re.compile(f"[{_HAN}]")
_SAME = str.maketrans(
    {
        **dict.fromkeys("·•‧∙⋅．｡・.。ㆍ᛫⸱⸳ꞏ", "·"),  # what keyboards offer for the dot in minority names
        **dict.fromkeys("’‘ʼ＇`", "'"),
        **dict.fromkeys("‐‑‒–—－", "-"),
        **dict.fromkeys("○◯", "〇"),
    }
)
_DOTS = re.compile(r"·+")
_DROPPED = re.compile("[\u180b-\u180f\ufe00-\ufe0f\U000e0100-\U000e01ef]")  # variation selectors: the same character


def parse_name(text: str) -> str:
    """A legal name: Han characters (rare ones too) without spaces, or letters; minority names with one kind of dot."""
    if _SIMPLE_NAME.fullmatch(text):
        return text
    folded = unicodedata.normalize("NFKC", text[:200].translate(_SAME)).translate(_SAME)
    seen = "".join(c for c in _DROPPED.sub("", folded) if unicodedata.category(c) not in ("Cf", "Cc") or c.isspace())
    words = " ".join(seen.split())
    name = _DOTS.sub("·", words.replace(" ", "") if _ANY_HAN.search(words) else words).strip("·-' ")
    if not _NAME.fullmatch(name):
        raise ValueError("not a name")
    return name


def name_key(name: str) -> str:
    """What the spellings of one name share: for comparing, never for showing."""
    bare = unicodedata.normalize("NFKD", parse_name(name))
    return "".join(c for c in bare if c not in "·- '" and not unicodedata.combining(c)).casefold()


def mask_phone(phone: str) -> str:
    """138****8000"""
    return f"{phone[:3]}****{phone[-4:]}" if phone else ""


def mask_name(name: str) -> str:
    """王**: the family name only."""
    return name[:1] + "*" * min(len(name) - 1, 2) if name else ""


def mask_id_number(number: str) -> str:
    """3301**********1234"""
    return f"{number[:4]}{'*' * 10}{number[-4:]}" if number else ""


def sentences(*parts: str) -> str:
    """One after another. Chinese writes no space after a full stop."""
    text = ""
    for part in filter(None, (part.strip() for part in parts)):
        text += part if not text or text[-1] in "。！？；：，" else f" {part}"
    return text
