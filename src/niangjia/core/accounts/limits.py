"""How often may something be tried: counted in the database, so that every process counts together (check A1)."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connection
from django.utils.translation import gettext_lazy as _

from niangjia.core import prepared
from niangjia.core.crypto import blind_index
from niangjia.kernel.errors import TooMany


@dataclass(frozen=True)
class Limit:
    """At most `count` in a window of `seconds`, which begins with the first try."""

    name: str
    count: int
    seconds: int


CODE_TO_PHONE = (Limit("sms-min", 1, 60), Limit("sms-hour", 5, 3600), Limit("sms-day", 10, 86400))
CODE_TO_ADDRESS = (Limit("sms-ip", 60, 3600),)  # a factory's workers share one address
CODE_TO_ALL = (Limit("sms-all", 5000, 3600),)  # what a month's SMS budget can bear in one bad hour
TRY_PHONE = (Limit("try", 10, 3600),)
TRY_ADDRESS = (Limit("try-ip", 100, 3600),)
TRY_ALL = (Limit("try-all", 20000, 3600),)
TRY_FACTOR = (Limit("factor", 8, 900),)
TRY_TICKET = (Limit("ticket-ip", 60, 900),)

# Keys in order, so that two at once cannot wait for each other. A crash may forget the last half second of counting.
_TAKE = """
INSERT INTO accounts_bucket AS b (key, count, ends_at)
SELECT key, 1, ends_at FROM unnest(%(keys)s::text[], %(ends)s::timestamptz[]) AS asked (key, ends_at) ORDER BY key
ON CONFLICT (key) DO UPDATE SET
    count = CASE WHEN b.ends_at <= %(now)s THEN 1 ELSE b.count + 1 END,
    ends_at = CASE WHEN b.ends_at <= %(now)s THEN EXCLUDED.ends_at ELSE b.ends_at END
RETURNING key, count, ends_at, set_config('synchronous_commit', 'off', true)
"""


def take(limits: tuple[Limit, ...], *, who: str, now: datetime) -> None:
    """Count one try for `who` under each limit in turn; raises TooMany from the first that is used up.

    What the first refuses does not count under the next: an impatient finger within a minute costs nobody the hour.
    Runs in its own right: call it outside the transaction of the thing tried, so that a failure does not uncount it.
    """
    for limit in limits:
        take_all([((limit,), who)], now=now)


def take_all(asked: Sequence[tuple[tuple[Limit, ...], str]], *, now: datetime) -> None:
    """The same for several at once, in one statement."""
    limits = {_key(limit, who): limit for group, who in asked for limit in group}
    ends = [now + timedelta(seconds=limit.seconds) for limit in limits.values()]
    counted = prepared.fetch_all(_TAKE, {"keys": list(limits), "ends": ends, "now": now})
    waits = [ends_at - now for key, count, ends_at, _light in counted if count > limits[key].count]
    if waits:
        raise TooMany(
            _("That was a few too many tries."),
            retry_after=max(1, round(max(waits).total_seconds())),
            next_step=_("Take a short break and try again later. If you did not do this yourself, tell your union."),
        )


def forget(limits: tuple[Limit, ...], *, who: str) -> None:
    """A success clears what was counted against the one who succeeded."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM accounts_bucket WHERE key = ANY(%s)", [[_key(limit, who) for limit in limits]])


def _key(limit: Limit, who: str) -> str:
    digest = hashlib.sha256(blind_index(who, purpose="bucket")).hexdigest()[:40]
    return f"{limit.name}:{digest}"
