"""The X-BG-HMAC signature of Zhejiang's IRS gateway: who calls, when, and what, within ninety seconds."""

import base64
import hashlib
import hmac
from collections.abc import Mapping
from datetime import datetime, timedelta
from email.utils import format_datetime, parsedate_to_datetime
from urllib.parse import parse_qsl, urlencode

ALGORITHM = "hmac-sha256"
WINDOW = timedelta(seconds=90)


def headers(*, method: str, uri: str, query: str, access_key: str, secret: str, now: datetime) -> dict[str, str]:
    date = format_datetime(now, usegmt=True)
    return {
        "X-BG-HMAC-SIGNATURE": _sign(method, uri, query, access_key, date, secret),
        "X-BG-HMAC-ALGORITHM": ALGORITHM,
        "X-BG-HMAC-ACCESS-KEY": access_key,
        "X-BG-DATE-TIME": date,
    }


def is_right(
    *, method: str, uri: str, query: str, sent: Mapping[str, str], access_key: str, secret: str, now: datetime
) -> bool:
    """`sent` holds header names in lower case."""
    date = sent.get("x-bg-date-time", "")
    right = _sign(method, uri, query, access_key, date, secret)
    return (
        sent.get("x-bg-hmac-algorithm") == ALGORITHM
        and sent.get("x-bg-hmac-access-key") == access_key
        and hmac.compare_digest(sent.get("x-bg-hmac-signature", "").encode(), right.encode())
        and _is_fresh(date, now)
    )


def _is_fresh(date: str, now: datetime) -> bool:
    try:
        return abs(parsedate_to_datetime(date) - now) <= WINDOW
    except (ValueError, TypeError):  # no date, or one without a zone
        return False


def _sign(method: str, uri: str, query: str, access_key: str, date: str, secret: str) -> str:
    in_order = urlencode(sorted(parse_qsl(query, keep_blank_values=True)))
    text = "\n".join([method, uri, in_order, access_key, date, ""])
    return base64.b64encode(hmac.new(secret.encode(), text.encode(), hashlib.sha256).digest()).decode()
