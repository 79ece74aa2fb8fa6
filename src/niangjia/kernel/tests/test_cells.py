"""No cell that we write comes alive in a spreadsheet (check C5)."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from niangjia.kernel.cells import harmless

STARTERS = "=+-@\t\r\n＝＋－＠|%"


@pytest.mark.parametrize("start", STARTERS)
@pytest.mark.parametrize("before", ["", '"', "'\"", "“", " ", "\u3000", "\u200b", "＂"])
def test_whatever_begins_a_formula_is_only_text(start: str, before: str) -> None:
    assert harmless(f"{before}{start}cmd|'/c calc'!A0").startswith("'")


@pytest.mark.parametrize("text", ["", "王伟", "第 3 行", "2026-01-01", "a=b", "No. 5"])
def test_plain_text_stays_as_it_is(text: str) -> None:
    assert harmless(text) == text


@given(st.text(max_size=20))
def test_nothing_that_begins_like_a_formula_gets_through(text: str) -> None:
    written = harmless(text)
    assert written.removeprefix("'") == text.removeprefix("'") or written == text
    assert not written or unicodedata.normalize("NFKC", written[0])[0] not in "=+-@\t\r\n"
