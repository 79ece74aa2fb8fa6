"""Numbers and names as people write them, and as people try to smuggle them (checks C6, C7, C11)."""

import random
import unicodedata
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from niangjia.kernel.china import (
    mask_id_number,
    mask_name,
    mask_phone,
    name_key,
    parse_id_number,
    parse_name,
    parse_phone,
    parse_uscc,
    sentences,
)

WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)  # GB 11643, table 1
CHECKS = "10X98765432"
PROVINCES = (11, 12, 13, 14, 15, 21, 22, 23, 31, 32, 33, 34, 35, 36, 37, 41, 42, 43, 44, 45, 46, 50, 51, 52, 53, 54, 61)


def an_id(dice: random.Random) -> tuple[str, date, str]:
    """A number made by the book, with what it says."""
    birth = date(1930, 1, 1) + timedelta(days=dice.randrange(28_000))
    serial = dice.randrange(1, 1000)
    first = f"{dice.choice(PROVINCES)}{dice.randrange(1, 100):02}{dice.randrange(1, 100):02}{birth:%Y%m%d}{serial:03}"
    check = CHECKS[sum(w * int(d) for w, d in zip(WEIGHTS, first, strict=True)) % 11]
    return first + check, birth, "m" if serial % 2 else "f"


def accepted(text: str) -> bool:
    try:
        parse_id_number(text)
    except ValueError:
        return False
    return True


def swapped(number: str, at: int, other: int) -> str:
    digits = list(number)
    digits[at], digits[other] = digits[other], digits[at]
    return "".join(digits)


def test_a_hundred_thousand_numbers_made_by_the_book_are_read_right() -> None:
    dice = random.Random(6)
    for _ in range(100_000):
        number, birth, sex = an_id(dice)
        read = parse_id_number(number)
        assert (read.number, read.birth, read.sex) == (number, birth, sex)


def test_one_wrong_digit_in_any_of_them_is_noticed() -> None:
    dice = random.Random(7)
    for _ in range(100_000):
        number, _, _ = an_id(dice)
        at = dice.randrange(18)
        wrong = dice.choice([digit for digit in "0123456789X" if digit != number[at]])
        assert not accepted(number[:at] + wrong + number[at + 1 :])


def test_every_one_digit_and_every_swap_mutant_that_the_check_digit_can_tell_is_refused() -> None:
    dice = random.Random(8)
    for _ in range(300):
        number, _, _ = an_id(dice)
        ones = [number[:at] + d + number[at + 1 :] for at in range(18) for d in "0123456789X" if d != number[at]]
        pairs = [(at, other) for at in range(17) for other in range(at + 1, 17)]
        told = [
            swapped(number, at, other)
            for at, other in pairs
            if number[at] != number[other] and WEIGHTS[at] != WEIGHTS[other]
        ]
        assert not [mutant for mutant in ones + told if accepted(mutant)]


def test_two_neighbours_swapped_are_always_noticed() -> None:
    dice = random.Random(9)
    for _ in range(20_000):
        number, _, _ = an_id(dice)
        at = dice.randrange(17)
        if number[at] != number[at + 1]:
            assert not accepted(swapped(number, at, at + 1))


@pytest.mark.parametrize(
    ("number", "why"),
    [
        ("330106900101003", "fifteen digits of before 1999"),
        ("330106199002300034", "30 February"),
        ("330106199013010031", "month 13"),
        ("990106199001010030", "no such province begins so"),
        ("330106189901010035", "born in 1899"),
        ("33010619900101003X4", "too long"),
        ("三三〇一〇六一九九〇〇一〇一〇〇三四", "words"),
        ("٣٣٠١٠٦١٩٩٠٠١٠١٠٠٣٤", "Arabic digits"),
        ("", "nothing"),
    ],
)
def test_what_is_no_id_number_is_refused(number: str, why: str) -> None:
    assert not accepted(number), why


@pytest.mark.parametrize(
    "written",
    [
        "１１０１０１１９９００１０１００５Ｘ",
        " 110101 19900101 005x ",
        "110101-19900101-005X",
        "'11010119900101005x",
        "110101\u200b19900101005X",
    ],
)
def test_all_ways_to_write_one_number_have_one_normal_form(written: str) -> None:
    digits = "11010119900101005"
    number = digits + CHECKS[sum(w * int(d) for w, d in zip(WEIGHTS, digits, strict=True)) % 11]
    assert (
        parse_id_number(
            written.replace("X", number[-1]).replace("x", number[-1].lower()).replace("Ｘ", number[-1])
        ).number
        == number
    )


@pytest.mark.parametrize(
    "written",
    [
        "13800138000",
        "+86 138 0013 8000",
        "0086-13800138000",
        "8613800138000",
        "１３８００１３８０００",
        "(+86)138.0013.8000",
    ],
)
def test_all_ways_to_write_one_phone_number_have_one_normal_form(written: str) -> None:
    assert parse_phone(written) == "13800138000"


@pytest.mark.parametrize(
    "written", ["", "12800138000", "1380013800", "138001380001", "138O0138000", "057188888888", "٠١٢٣٤٥٦٧٨٩٠"]
)
def test_what_is_no_mobile_number_is_refused(written: str) -> None:
    with pytest.raises(ValueError, match="mobile"):
        parse_phone(written)


def test_a_credit_code_needs_its_check_character() -> None:
    code = "91330106MA27XFH06H"
    assert parse_uscc(" 91330106ma27xfh06h ") == code
    for at in range(18):
        wrong = "Y" if code[at] != "Y" else "W"
        with pytest.raises(ValueError, match="add up"):
            parse_uscc(code[:at] + wrong + code[at + 1 :])


REAL_NAMES = [
    "王伟", "欧阳娜娜", "李", "陈〇", "龘靐", "买买提·艾力", "阿卜杜热依木·买买提明", "尼格买提·热合曼",
    "𠮷野",  # Ext B
    "𪚥文",  # Ext B, end
    "𪜀", "𫝀", "𫠠", "𬺰",  # Ext C, D, E, F
    "𰀀", "\U00031350伟", "\U000323af",  # Ext G, H
    "㐀", "﨎", "O'Brien", "Jean-Luc Picard", "José María", "Nguyễn Thị Hạnh", "王C", "一" * 40,
]  # fmt: skip


@pytest.mark.parametrize("name", REAL_NAMES)
def test_real_names_are_taken_as_they_are(name: str) -> None:
    assert parse_name(name) == name


@pytest.mark.parametrize("dot", "·•‧∙⋅．｡・.。ㆍ\u0387")
def test_every_dot_of_a_keyboard_is_the_same_dot(dot: str) -> None:
    assert parse_name(f"买买提{dot}艾力") == "买买提·艾力"
    assert parse_name(f"买买提 {dot}{dot} 艾力") == "买买提·艾力"


@pytest.mark.parametrize(
    "spoof",
    [
        "王\u200b伟", "王\u200d伟", "\u202e王伟", "王\u2066伟\u2069", "王\ufeff伟", "王\u00ad伟", "王 伟", "王\u3000伟",
        "王伟\U000e0100", "王\ufe0f伟", "王\U000e0041伟", "\t王伟\n", "·王伟·",
    ],
)  # fmt: skip
def test_what_nobody_can_see_makes_no_other_name(spoof: str) -> None:
    assert parse_name(spoof) == "王伟"
    assert name_key(spoof) == name_key("王伟")


@pytest.mark.parametrize(
    ("spoof", "name"), [("⼀凡", "一凡"), ("ＷＡＮＧ", "wang"), ("金\uf90a"[1:], "金"), ("Jose Maria", "José María")]
)
def test_look_alikes_of_one_character_share_a_key(spoof: str, name: str) -> None:
    assert name_key(spoof) == name_key(name)


@pytest.mark.parametrize(
    "spoof",
    [
        "", " ", "\u200b", "·", "王ニ", "エ伟", "ﾛ天", "Аnna",  # the last begins with a Cyrillic letter
        "王\u3164伟", "王\u2800伟", "王\ue000伟", "王\U0010fffd", "王1", "王<b>", "王=1", "a\u0310\u0311\u0312",
        "王" + "\u0301" * 50, "一" * 41, "王\ud800", "محمد", "王@伟", "王%伟",
    ],
)  # fmt: skip
def test_what_only_looks_like_a_name_is_refused(spoof: str) -> None:
    with pytest.raises(ValueError, match="not a name"):
        parse_name(spoof)


@given(st.text(max_size=60))
@settings(max_examples=1_000, deadline=None)
def test_whatever_is_typed_a_name_has_one_normal_form_without_bidi_or_invisible_characters(text: str) -> None:
    try:
        name = parse_name(text)
    except ValueError:
        return
    assert parse_name(name) == name
    assert 1 <= len(name) <= 40
    assert not any(unicodedata.category(char) in ("Cf", "Cc", "Cs", "Co", "Mn", "Me") for char in name)
    assert {unicodedata.bidirectional(char) for char in name} <= {"L", "ON", "ES", "CS", "WS", ""}
    assert name_key(name) == name_key(text)


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=40))
@settings(max_examples=1_000, deadline=None)
def test_whatever_is_typed_a_number_is_read_to_one_normal_form_or_refused(text: str) -> None:
    for parse in (parse_phone, parse_uscc, lambda value: parse_id_number(value).number):
        try:
            read = parse(text)
        except ValueError:
            continue
        assert read.isascii()
        assert parse(read) == read


@pytest.mark.parametrize(
    "hostile",
    ["1" * 2_000_000, "·" * 2_000_000, "王·" * 1_000_000, " " * 2_000_000, "-'" * 1_000_000, "王" * 2_000_000],
)
def test_a_text_without_end_ends_at_once(hostile: str) -> None:
    """Were any pattern or loop quadratic, this would run for hours."""
    for parse in (parse_phone, parse_id_number, parse_uscc, parse_name, name_key):
        with pytest.raises(ValueError):  # noqa: PT011  # each says it in its own words
            parse(hostile)


def test_masks_keep_what_a_desk_may_show() -> None:
    assert (mask_phone("13800138000"), mask_phone("")) == ("138****8000", "")
    assert (mask_name("王小明"), mask_name("王伟"), mask_name("")) == ("王**", "王*", "")
    assert mask_id_number("330106199001010034") == "3301**********0034"


def test_sentences_are_joined_as_their_writing_asks() -> None:
    assert sentences("照片模糊。", " 请重拍。 ") == "照片模糊。请重拍。"
    assert sentences("It is blurred.", "", "Please try again.") == "It is blurred. Please try again."
    assert sentences("照片模糊", "请重拍") == "照片模糊 请重拍"
