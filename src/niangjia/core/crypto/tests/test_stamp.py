"""A stamped code is taken in the one spelling it was made in, and only with its own key."""

import string

from hypothesis import example, given
from hypothesis import strategies as st

from niangjia.core.crypto import read_stamp, stamp

KEY, OTHER = b"k" * 32, b"o" * 32
LETTERS = string.ascii_letters + string.digits + "-_"


@given(body=st.binary(min_size=0, max_size=40))
def test_what_was_stamped_is_read_again_but_not_by_another_key_or_head(body: bytes) -> None:
    code = stamp(body, head="NJT", key=KEY)
    assert read_stamp(f" {code}\n", head="NJT", key=KEY) == body
    assert read_stamp(code, head="NJT", key=OTHER) is None
    assert read_stamp(code, head="NJP", key=KEY) is None


@given(body=st.binary(min_size=20, max_size=21), place=st.integers(0, 42), letter=st.sampled_from(LETTERS))
@example(body=b"\0" * 20, place=42, letter="B")
def test_no_other_letter_anywhere_is_taken(body: bytes, place: int, letter: str) -> None:
    """The last letter has bits that say nothing; it must be the right one all the same."""
    coded = stamp(body, head="", key=KEY)
    forged = coded[:place] + letter + coded[place + 1 :]
    assert (read_stamp(forged, head="", key=KEY) is None) == (forged != coded)


@given(text=st.text(max_size=120))
def test_anything_else_is_no_code(text: str) -> None:
    assert read_stamp(text, head="", key=KEY) is None
    assert read_stamp("NJT" + text, head="NJT", key=KEY) is None


def test_every_spelling_of_the_last_letter_is_tried() -> None:
    """All 64, so that the guard against second spellings cannot pass by luck: 20 bytes leave two bits unused."""
    coded = stamp(b"b" * 20, head="", key=KEY)
    taken = [letter for letter in LETTERS if read_stamp(coded[:-1] + letter, head="", key=KEY) is not None]
    assert taken == [coded[-1]]
