from datetime import date

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from stdnum.cn import uscc

from niangjia.demo.numbers import NAMED_PHONES, PHONE_BLOCK, credit_code, id_numbers, org_code, phones
from niangjia.demo.places import places
from niangjia.kernel.china import parse_id_number, parse_phone, parse_uscc

COUNTIES = [place.code for place in places().values() if place.level == "county"]


@given(
    region=st.sampled_from(COUNTIES),
    birth=st.dates(date(1950, 1, 1), date(2010, 12, 31)),
    male=st.booleans(),
    turn=st.integers(0, 1),
)
def test_every_id_number_says_the_birth_date_and_sex_it_was_made_for(
    region: str, birth: date, male: bool, turn: int
) -> None:
    [number] = id_numbers(
        region=np.array([int(region)]),
        birth_date=np.array([birth], dtype="datetime64[D]"),
        male=np.array([int(male)]),
        turn=np.array([turn]),
    )
    parsed = parse_id_number(number)
    assert (parsed.birth, parsed.sex) == (birth, "m" if male else "f")
    assert number.startswith(region)
    assert 996 <= int(number[14:17]) <= 999, "a sequence code that a living person could have"


@given(kind=st.sampled_from(["91", "12", "52", "81"]), region=st.sampled_from(COUNTIES), serial=st.integers(0, 29**6))
def test_every_credit_code_adds_up(kind: str, region: str, serial: int) -> None:
    code = credit_code(kind=kind, region=region, serial=serial)
    assert parse_uscc(code) == uscc.validate(code) == code


def test_an_organisation_code_has_the_check_character_of_the_standard() -> None:
    # MY000000: M=22*3 + Y=34*7 = 304; 304 mod 11 = 7; 11 - 7 = 4
    assert org_code(0) == "MY0000004"


@given(st.integers(0, 89_999_999), st.integers(0, 89_999_999))
def test_phones_differ_and_stay_in_the_block_that_nobody_has(one: int, other: int) -> None:
    first, second = phones(np.array([one, other]))
    assert (first == second) == (one == other)
    assert parse_phone(first) == first
    assert PHONE_BLOCK + NAMED_PHONES <= int(first) < PHONE_BLOCK + 1_0000_0000
