"""Reads an answer of the gateway: nothing is believed before its signature over the very bytes sent has been verified.

The signature covers the text of one member of the outer object as it was sent, so the members' raw spans are kept;
parsing and writing it again would sign other bytes.
"""

import json
import re
from typing import Any

from niangjia.core.ports import ProviderUnavailable
from niangjia.providers.alipay.signature import verified

_SPACE = re.compile(r"[ \t\r\n]*")
_DECODER = json.JSONDecoder()


def read(text: str, *, method: str, public_key: str) -> dict[str, Any]:
    """The verified content of `<method>_response`, or of `error_response`."""
    try:
        members = _members(text)
    except (ValueError, IndexError, RecursionError) as error:
        raise ProviderUnavailable("alipay: the answer is garbled") from error
    key = method.replace(".", "_") + "_response"
    if key not in members:
        key = "error_response"
    if key not in members or "sign" not in members:
        raise ProviderUnavailable("alipay: the answer is unsigned or answers something else")
    (content, raw), (sign, _) = members[key], members["sign"]
    if not isinstance(sign, str) or not verified(raw.encode(), sign, public_key):
        raise ProviderUnavailable("alipay: the answer's signature is wrong")
    if not isinstance(content, dict):
        raise ProviderUnavailable("alipay: the answer is not an object")
    return content


def _members(text: str) -> dict[str, tuple[Any, str]]:
    """Members of the outer object with the text each value was sent as. A key that comes twice is a forgery."""
    found: dict[str, tuple[Any, str]] = {}
    at = _expect(text, _skip(text, 0), "{")
    while True:
        key, at = _DECODER.raw_decode(text, _skip(text, at))
        if not isinstance(key, str) or key in found:
            raise ValueError("a key is wrong or comes twice")
        start = _skip(text, _expect(text, _skip(text, at), ":"))
        value, end = _DECODER.raw_decode(text, start)
        found[key] = (value, text[start:end])
        at = _skip(text, end)
        if text[at] == "}":
            break
        at = _expect(text, at, ",")
    if _skip(text, at + 1) != len(text):
        raise ValueError("something follows the answer")
    return found


def _skip(text: str, at: int) -> int:
    match = _SPACE.match(text, at)
    return match.end() if match else at


def _expect(text: str, at: int, sign: str) -> int:
    if text[at] != sign:
        raise ValueError(f"{sign} expected")
    return at + 1
