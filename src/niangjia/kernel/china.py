"""Phone numbers, ID numbers, names and credit codes as people in China write them.

Each `parse_*` returns the one normal form or raises ValueError; each `mask_*` gives what a desk may show.
"""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from typing import Literal

from stdnum.cn import ric, uscc

Sex = Literal["f", "m"]

_PHONE = re.compile(r"1[3-9]\d{9}")
_DOTS = "·•・‧∙⋅．｡・."  # what keyboards offer for the dot in minority names
_INVISIBLE = {"Cf", "Cc", "Co", "Cs", "Cn"}  # zero-width, bidi and control characters


def _plain(text: str) -> str:
    """Full-width forms folded to plain ones, spaces and invisible characters dropped."""
    folded = unicodedata.normalize("NFKC", text[:200])
    return "".join(c for c in folded if unicodedata.category(c) not in _INVISIBLE and not c.isspace())


def parse_phone(text: str) -> str:
    """Eleven digits of a mainland mobile number; +86, spaces, hyphens and full-width digits are forgiven."""
    digits = _plain(text).replace("-", "")
    digits = digits.removeprefix("+86").removeprefix("0086")
    if not (digits.isascii() and _PHONE.fullmatch(digits)):
        raise ValueError("not a mainland mobile number")
    return digits


@dataclass(frozen=True)
class IdNumber:
    """A resident identity number (GB 11643) in its 18-character form, and what it says."""

    number: str
    birth: date
    sex: Sex


def parse_id_number(text: str) -> IdNumber:
    """Check digit and birth date are verified; the 15-digit form of before 1999 is refused.

    Not the region: stdnum knows nothing of 1,179 of today's counties (萧山, 余杭 ...) and wants a region to have
    existed at birth, while a number keeps the region of the day it was given.
    """
    number = _plain(text).replace("-", "").upper()
    if not (number.isascii() and len(number) == 18 and number[:17].isdigit()):
        raise ValueError("an ID number has 18 characters")
    try:
        if ric.calc_check_digit(number) != number[17]:
            raise ValueError("check digit")
        birth = ric.get_birth_date(number)
    except Exception as error:  # stdnum has a family of its own, none of them a ValueError for us
        raise ValueError("the ID number does not add up") from error
    return IdNumber(number=number, birth=birth, sex="m" if int(number[16]) % 2 else "f")


def parse_uscc(text: str) -> str:
    """A unified social credit code (GB 32100), 18 characters with its check character."""
    code = _plain(text).replace("-", "").upper()
    try:
        return str(uscc.validate(code))
    except Exception as error:  # as above
        raise ValueError("the credit code does not add up") from error


def parse_name(text: str) -> str:
    """A legal name: Han characters (rare ones too), or letters; minority names with one kind of dot."""
    raw = unicodedata.normalize("NFC", text[:200])
    name = "".join("·" if c in _DOTS else c for c in raw if unicodedata.category(c) not in _INVISIBLE)
    name = " ".join(name.split()).strip("·")
    if not 1 <= len(name) <= 40 or not all(_belongs_in_name(c) for c in name):
        raise ValueError("not a name")
    return name


def _belongs_in_name(char: str) -> bool:
    return char in "·- '" or unicodedata.category(char)[0] == "L" or char == "〇"


def name_key(name: str) -> str:
    """What two spellings of one name share: for comparing, never for showing."""
    folded = unicodedata.normalize("NFKC", parse_name(name))
    return "".join(c for c in folded if c not in "·- '").casefold()


def mask_phone(phone: str) -> str:
    """138****8000"""
    return f"{phone[:3]}****{phone[-4:]}" if phone else ""


def mask_name(name: str) -> str:
    """王**: the family name only."""
    return name[:1] + "*" * min(len(name) - 1, 2) if name else ""


def mask_id_number(number: str) -> str:
    """3301**********1234"""
    return f"{number[:4]}{'*' * 10}{number[-4:]}" if number else ""
