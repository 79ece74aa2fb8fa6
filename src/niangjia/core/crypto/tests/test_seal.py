"""What is sealed can be opened only at its own place, unchanged (checks E1, E4)."""

import dataclasses

import pytest
from hypothesis import given
from hypothesis import strategies as st

from niangjia.core.crypto import blind_index, keys, seal, unseal
from niangjia.core.crypto.seal import Tampered


@pytest.fixture(params=["AES", "SM4"])
def cipher(request: pytest.FixtureRequest) -> object:
    before = keys.keyring()
    keys.install(dataclasses.replace(before, algorithm=request.param))
    yield request.param
    keys.install(before)


def test_what_is_sealed_opens_at_its_place(cipher: str) -> None:
    sealed = seal("王小明".encode(), place="person/1/name")
    assert unseal(sealed, place="person/1/name").decode() == "王小明"
    assert "王小明".encode() not in sealed


def test_a_value_moved_to_another_row_does_not_open(cipher: str) -> None:
    sealed = seal(b"alice", place="person/alice/phone")
    with pytest.raises(Tampered):
        unseal(sealed, place="person/bob/phone")


@given(position=st.integers(0, 60), bit=st.integers(0, 7))
def test_one_flipped_bit_anywhere_is_noticed(position: int, bit: int) -> None:
    sealed = bytearray(seal(b"330106199001011234", place="p/1/id"))
    sealed[position % len(sealed)] ^= 1 << bit
    with pytest.raises(Tampered):
        unseal(bytes(sealed), place="p/1/id")


def test_values_of_before_a_change_of_cipher_and_key_stay_readable() -> None:
    before = keys.keyring()
    old = seal(b"secret", place="p/1/x")
    keys.install(dataclasses.replace(before, masters={**before.masters, 2: b"k" * 32}, current=2, algorithm="SM4"))
    try:
        new = seal(b"secret", place="p/1/x")
        assert unseal(old, place="p/1/x") == unseal(new, place="p/1/x") == b"secret"
        assert (old[1], new[1]) == (1, 2)
        index_after = blind_index("13800138000", purpose="phone")
    finally:
        keys.install(before)
    assert blind_index("13800138000", purpose="phone") == index_after


def test_no_nonce_is_used_twice() -> None:
    assert len({seal(b"x", place="p")[4:16] for _ in range(2000)}) == 2000


def test_indexes_of_two_purposes_cannot_be_joined() -> None:
    assert blind_index("13800138000", purpose="phone") != blind_index("13800138000", purpose="roll_phone")
