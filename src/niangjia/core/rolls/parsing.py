"""A row of a table, as a member or as a reason why not."""

import re
from collections.abc import Sequence
from datetime import date, timedelta

from niangjia.core.rolls.types import BadRow, Member
from niangjia.kernel.china import parse_id_number, parse_name, parse_phone

_CUT = re.compile(
    r"\d(\.\d{1,17})?[eE]\+?1[4-8]|\d{15}000"
)  # what a spreadsheet makes of an ID number it takes for a number
_DAY = re.compile(r"(\d{4})[-/.年]?(\d{1,2})(?:[-/.月]?(\d{1,2})日?|月)?(?:[ T].*)?", re.ASCII)
_SERIAL = re.compile(r"\d{5}(\.0)?", re.ASCII)
_EPOCH = date(1899, 12, 30)  # day 0 of spreadsheets
_EARLIEST = date(1921, 1, 1)


def id_number(text: str) -> str:
    """The ID number in its normal form; "" when there is none."""
    if not text:
        return ""
    try:
        return parse_id_number(text).number
    except ValueError:
        raise BadRow("id_cut" if _CUT.fullmatch(text) else "id_number") from None


def phone(text: str) -> str:
    if not text:
        return ""
    try:
        return parse_phone(text)
    except ValueError:
        raise BadRow("phone") from None


def day(text: str, *, reason: str) -> date | None:
    """2020-01-02, 2020/1/2, 2020年1月, 20200102, or the day number of a spreadsheet."""
    if not text:
        return None
    if _SERIAL.fullmatch(text):
        return _EPOCH + timedelta(days=int(text[:5]))
    found = _DAY.fullmatch(text)
    try:
        read = date(int(found[1]), int(found[2]), int(found[3] or 1)) if found else _EARLIEST
    except ValueError:
        read = _EARLIEST
    if read <= _EARLIEST:
        raise BadRow(reason)
    return read


def name(text: str) -> str:
    try:
        return parse_name(text)
    except ValueError:
        raise BadRow("name") from None


def member(cells: Sequence[str], *, today: date) -> Member:
    """What a row says; raises BadRow. `cells` are in the order of headers.COLUMNS."""
    legal_name, number, mobile, _employer, _uscc, joined, left = cells
    if any("\ufffd" in cell for cell in cells):
        raise BadRow("letters")
    parsed = Member(
        legal_name=name(legal_name),
        id_number=id_number(number),
        phone=phone(mobile),
        joined_on=day(joined, reason="joined_on"),
        gone=(day(left, reason="left_on") or date.max) <= today,
    )
    if not (parsed.id_number or parsed.phone):
        raise BadRow("no_key")
    if parsed.joined_on and parsed.joined_on > today:
        raise BadRow("joined_on")
    return parsed
