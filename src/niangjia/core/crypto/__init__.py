"""Ciphers for personal facts: seal a field, find it again without reading it."""

from niangjia.core.crypto.fields import EncryptedText
from niangjia.core.crypto.keys import Keyring, keyring
from niangjia.core.crypto.seal import blind_index, current_head, seal, unseal

__all__ = ["EncryptedText", "Keyring", "blind_index", "current_head", "keyring", "seal", "unseal"]
