"""Many at once, for tests of races: each on a connection of its own."""

import threading
import time
from collections.abc import Callable, Sequence
from typing import TypeVar

from django.db import connection

T = TypeVar("T")


def at_once(calls: Sequence[Callable[[], T]]) -> list[T | Exception]:
    """What each call gave, or raised, in the order of the calls."""
    answers: list[T | Exception | None] = [None] * len(calls)
    threads = [threading.Thread(target=_run, args=(call, answers, place)) for place, call in enumerate(calls)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return [answer for answer in answers if answer is not None]


def _run(call: Callable[[], T], answers: list[T | Exception | None], place: int) -> None:
    try:
        answers[place] = call()
    except Exception as error:
        answers[place] = error
    finally:
        connection.close()


def wait_until_blocked(number: int) -> None:
    """Until so many others of this database wait for a lock."""
    for _patience in range(1000):
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_stat_clear_snapshot()")  # a transaction sees the activity of its first look
            cursor.execute(
                "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
            )
            if cursor.fetchone()[0] >= number:
                return
        time.sleep(0.01)
    raise AssertionError("they never met")
