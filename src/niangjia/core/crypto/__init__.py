"""Ciphers for personal facts: seal a field, find it again without reading it; codes that only this house can make."""

from niangjia.core.crypto.fields import EncryptedText
from niangjia.core.crypto.keys import Keyring, keyring
from niangjia.core.crypto.seal import blind_index, current_head, seal, unseal
from niangjia.core.crypto.stamp import read_stamp, stamp

__all__ = [
    "EncryptedText",
    "Keyring",
    "blind_index",
    "current_head",
    "keyring",
    "read_stamp",
    "seal",
    "stamp",
    "unseal",
]
