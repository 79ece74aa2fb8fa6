"""Sealing: authenticated encryption in which the place of a value is part of what is authenticated.

Layout of a sealed value: version 1 byte, cipher 1 byte, key number 2 bytes, nonce 12 bytes, ciphertext, tag 16 bytes.
"""

import hashlib
import hmac
import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers import Cipher, modes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.ciphers.algorithms import SM4

from niangjia.core.crypto.keys import Algorithm, keyring, keyring_with

_VERSION = 1
_CIPHERS: dict[Algorithm, int] = {"AES": 1, "SM4": 2}
_HEAD, _NONCE, _TAG = 4, 12, 16


class Tampered(Exception):
    """The bytes are not what was sealed at this place."""


def seal(plain: bytes, *, place: str) -> bytes:
    """Encrypt `plain` for one `place` (table/pk/field, or a file's name) with the current key and cipher."""
    ring = keyring()
    head = current_head()
    nonce = os.urandom(_NONCE)
    key = ring.derive(f"seal:{ring.algorithm}", length=32 if ring.algorithm == "AES" else 16)
    return head + nonce + _encrypt(ring.algorithm, key, nonce, plain, head + place.encode())


def current_head() -> bytes:
    """The first four bytes of whatever is sealed now: version, cipher, key number."""
    ring = keyring()
    return bytes([_VERSION, _CIPHERS[ring.algorithm]]) + ring.current.to_bytes(2, "big")


def unseal(sealed: bytes, *, place: str) -> bytes:
    """The plain bytes; raises Tampered when a bit, the place or the key is not the one it was sealed with."""
    if len(sealed) < _HEAD + _NONCE + _TAG or sealed[0] != _VERSION:
        raise Tampered(place)
    algorithm = next((name for name, code in _CIPHERS.items() if code == sealed[1]), None)
    number = int.from_bytes(sealed[2:4], "big")
    ring = keyring_with(number)
    if algorithm is None or number not in ring.masters:
        raise Tampered(place)
    key = ring.derive(f"seal:{algorithm}", number=number, length=32 if algorithm == "AES" else 16)
    head, nonce, body = sealed[:_HEAD], sealed[_HEAD : _HEAD + _NONCE], sealed[_HEAD + _NONCE :]
    try:
        return _decrypt(algorithm, key, nonce, body, head + place.encode())
    except InvalidTag as error:
        raise Tampered(place) from error


def _encrypt(algorithm: Algorithm, key: bytes, nonce: bytes, plain: bytes, bound: bytes) -> bytes:
    if algorithm == "AES":
        return AESGCM(key).encrypt(nonce, plain, bound)
    encryptor = Cipher(SM4(key), modes.GCM(nonce)).encryptor()
    encryptor.authenticate_additional_data(bound)
    return encryptor.update(plain) + encryptor.finalize() + encryptor.tag


def _decrypt(algorithm: Algorithm, key: bytes, nonce: bytes, body: bytes, bound: bytes) -> bytes:
    if algorithm == "AES":
        return AESGCM(key).decrypt(nonce, body, bound)
    decryptor = Cipher(SM4(key), modes.GCM(nonce, body[-_TAG:])).decryptor()
    decryptor.authenticate_additional_data(bound)
    return decryptor.update(body[:-_TAG]) + decryptor.finalize()


def blind_index(text: str, *, purpose: str) -> bytes:
    """What an encrypted value is found by: keyed, so that a stolen index without the key tells nothing (check E4).

    Always from master number 1: an index that changed with key rotation would lose its rows.
    """
    key = keyring().derive(f"index:{purpose}", number=1)
    return hmac.digest(key, text.encode(), hashlib.sha256)
