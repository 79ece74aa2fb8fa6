"""RSA2 as Alipay's open gateway defines it: SHA256withRSA over sorted parameters, keys of 2048 bits or more."""

import base64
import binascii
import functools
from collections.abc import Mapping

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa

MIN_KEY_BITS = 2048


def canonical(params: Mapping[str, str]) -> bytes:
    """`k=v` joined with &, sorted by ASCII, without `sign` and without empty values."""
    kept = sorted((key, value) for key, value in params.items() if key != "sign" and value != "")
    return "&".join(f"{key}={value}" for key, value in kept).encode()


def sign(data: bytes, private_key: str) -> str:
    signature = load_private_key(private_key).sign(data, padding.PKCS1v15(), hashes.SHA256())
    return base64.b64encode(signature).decode()


def verified(data: bytes, signature: str, public_key: str) -> bool:
    try:
        raw = base64.b64decode(signature, validate=True)
        load_public_key(public_key).verify(raw, data, padding.PKCS1v15(), hashes.SHA256())
    except (binascii.Error, InvalidSignature, UnicodeError):
        return False
    return True


@functools.lru_cache(maxsize=16)
def load_private_key(text: str) -> rsa.RSAPrivateKey:
    """PEM, or the bare base64 that Alipay's key tool hands out."""
    if "-----BEGIN" in text:
        key = serialization.load_pem_private_key(text.encode(), password=None)
    else:
        key = serialization.load_der_private_key(base64.b64decode(text), password=None)
    if not isinstance(key, rsa.RSAPrivateKey):
        raise ValueError("RSA2 needs an RSA key")
    _require_strength(key.key_size)
    return key


@functools.lru_cache(maxsize=16)
def load_public_key(text: str) -> rsa.RSAPublicKey:
    if "-----BEGIN" in text:
        key = serialization.load_pem_public_key(text.encode())
    else:
        key = serialization.load_der_public_key(base64.b64decode(text))
    if not isinstance(key, rsa.RSAPublicKey):
        raise ValueError("RSA2 needs an RSA key")
    _require_strength(key.key_size)
    return key


def _require_strength(bits: int) -> None:
    if bits < MIN_KEY_BITS:
        raise ValueError(f"RSA2 needs a key of at least {MIN_KEY_BITS} bits, this one has {bits}")
