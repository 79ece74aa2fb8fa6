"""Hearing from PostgreSQL what has happened."""

import asyncio
import logging
from typing import Any, Final

import psycopg
from django.conf import settings

from niangjia.core.live import CHANNEL
from niangjia.interfaces.live.hub import AGAIN, Hub

log = logging.getLogger(__name__)
PAUSE: Final = 1.0  # seconds until the next try when the database is away


async def listen(hub: Hub) -> None:
    """For ever. After a break everybody is told to look again, for something may have been missed."""
    while True:
        try:
            async with await psycopg.AsyncConnection.connect(**_where(), autocommit=True) as line:
                await line.execute(f"LISTEN {CHANNEL}")
                hub.tell_all(AGAIN)
                async for notice in line.notifies():
                    hub.hear(notice.payload)
        except psycopg.OperationalError:
            log.warning("the database does not answer; trying again")
        await asyncio.sleep(PAUSE)


def _where() -> dict[str, Any]:
    base = settings.DATABASES["default"]
    names = {"dbname": "NAME", "user": "USER", "password": "PASSWORD", "host": "HOST", "port": "PORT"}
    given = {name: base[key] for name, key in names.items() if base[key]}
    inner = ("prepare_threshold", "options", "pool")
    more = {name: value for name, value in base["OPTIONS"].items() if name not in inner}
    return {**given, **more, "keepalives_idle": 10, "keepalives_interval": 5, "keepalives_count": 3}
