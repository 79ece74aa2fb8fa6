"""Where the simulated check may send a browser back to: this machine or the app, and nowhere else."""

import re
from urllib.parse import urlencode, urlsplit

from niangjia.providers.http import LOOPBACK

_PLAIN = re.compile(r"[!#-\[\]^-~]{1,2000}")  # printable ASCII without space, quotes and backslash


def allowed(address: str, *, app_origin: str) -> str:
    """The full address, or nothing if a browser might end up elsewhere."""
    if not _PLAIN.fullmatch(address):
        return ""
    if address.startswith("/"):
        return "" if address.startswith("//") else f"{app_origin}{address}"
    try:
        parts = urlsplit(address)
        port_is_right = parts.port is None or parts.port > 0
    except ValueError:
        return ""
    if parts.scheme not in ("http", "https") or not port_is_right or "@" in parts.netloc:
        return ""
    at_home = parts.hostname in LOOPBACK or f"{parts.scheme}://{parts.netloc}" == app_origin
    return address if at_home else ""


def with_word(address: str, word: dict[str, str]) -> str:
    """Adds what the browser claims; behind the hash if the app routes there."""
    base, hash_sign, fragment = address.partition("#")
    if hash_sign:
        return f"{base}#{_joined(fragment, word)}"
    return _joined(base, word)


def _joined(text: str, word: dict[str, str]) -> str:
    return f"{text}{'&' if '?' in text else '?'}{urlencode(word)}"
