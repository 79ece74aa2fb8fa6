"""Ciphers for personal facts: seal a field, find it again without reading it."""

from niangjia.core.crypto.fields import EncryptedText
from niangjia.core.crypto.keys import Keyring, keyring
from niangjia.core.crypto.seal import blind_index, seal, unseal

__all__ = ["EncryptedText", "Keyring", "blind_index", "keyring", "seal", "unseal"]
