"""`python -m benchmarks.chat`: messages a second, and how long from the POST until the other's phone hears of it.

Half of all open lines belong to those written to, half to those who write; with few lines the few who write soon meet
the limit of forty messages a minute. Beside it: the same server's empty endpoint.
"""

import argparse
import asyncio
import json
import random
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from benchmarks.installation import free_port, machine, scratch, serving
from benchmarks.load import Result, closed_loop, request
from benchmarks.table import table

API = "/api/v1/"
CLIENTS = 16


@dataclass
class Heard:
    """When each message was sent and heard, in the order of sending."""

    posts: Result = field(default_factory=Result)
    waits: Result = field(default_factory=Result)
    lost: int = 0


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=12.0)
    parser.add_argument("--lines", type=int, nargs="*", default=[500])
    options = parser.parse_args()
    before = machine()
    with scratch():
        from benchmarks.chat import town  # noqa: PLC0415  # models exist only inside scratch()

        people = town.pairs(max(options.lines) // 2)
        with serving() as port, listening_process() as live_port:
            rows = list(run(port, live_port, people, options.lines, options.seconds))
    head = ("over HTTP, fsync on", "open lines", "clients", "a second", "p50 ms", "p99 ms", "most ms", "errors, lost")
    print(table(f"chat: {len(people)} pairs, texts of 12 characters", head, rows))
    print(before)
    return 0


@contextmanager
def listening_process() -> Iterator[int]:
    """As `niangjia serve` starts it."""
    from niangjia.operations.processes import Group, live_command, wait_for_port  # noqa: PLC0415  # as above

    port, group = free_port(), Group()
    group.start("live", live_command(host="127.0.0.1", port=port))
    try:
        wait_for_port(port)
        time.sleep(1)
        yield port
    finally:
        group.end()


def run(port: int, live_port: int, people: list[Any], lines: list[int], seconds: float) -> Iterator[list[str]]:
    token = people[0][0].token
    empty = [request("GET", API + "ping", token=token)]
    closed_loop(port, lambda: empty[0], clients=CLIENTS, seconds=3)
    for clients in (1, CLIENTS):
        found = closed_loop(port, lambda: empty[0], clients=clients, seconds=seconds / 2)
        yield cells("empty endpoint (GET ping)", "", clients, found, _bad(found))
    for count in lines:
        for clients in (1, min(CLIENTS, count // 2)):
            forget_limits()
            heard = asyncio.run(talk(port, live_port, people[: count // 2], clients, seconds))
            bad = f"{_bad(heard.posts)}, {heard.lost}"
            yield cells("message sent (POST until answered)", str(count), clients, heard.posts, bad)
            yield cells("  and heard (POST until the other's event)", str(count), clients, heard.waits, bad)


def forget_limits() -> None:
    """Nobody writes as fast as this; what one person may send a minute is not what is measured."""
    from django.db import connection  # noqa: PLC0415  # settings exist only inside scratch()

    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE accounts_bucket, dating_chat_message CASCADE")


def cells(name: str, lines: str, clients: int, found: Result, bad: str) -> list[str]:
    most = max(found.latencies, default=float("nan")) * 1000
    figures = [f"{found.rate:,.0f}", f"{found.ms(50):.1f}", f"{found.ms(99):.1f}", f"{most:.0f}"]
    return [name, lines, str(clients), *figures, bad]


def _bad(found: Result) -> str:
    return str(sum(n for status, n in found.statuses.items() if status >= 400))


async def talk(port: int, live_port: int, people: list[Any], clients: int, seconds: float) -> Heard:
    """`clients` write as fast as they are answered, each time in another pair, in which nothing else is on its way."""
    heard = Heard()
    waiting: dict[Any, asyncio.Future[float]] = {}
    ready = asyncio.Semaphore(0)
    ears = [asyncio.create_task(listen(live_port, side, waiting, ready)) for pair in people for side in pair]
    for _ in ears:
        await asyncio.wait_for(ready.acquire(), 30)
    free = list(people)
    random.Random(7).shuffle(free)
    begun = time.perf_counter()
    await asyncio.gather(*[write(port, free, waiting, heard, begun + seconds) for _ in range(clients)])
    heard.posts.seconds = heard.waits.seconds = time.perf_counter() - begun
    for ear in ears:
        ear.cancel()
    await asyncio.gather(*ears, return_exceptions=True)
    return heard


async def listen(port: int, side: Any, waiting: dict[Any, asyncio.Future[float]], ready: asyncio.Semaphore) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(
        f"GET /live/events HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer {side.ticket}\r\n\r\n".encode()
    )
    try:
        while line := await reader.readline():
            now = time.perf_counter()
            if line.startswith(b"data: all"):
                ready.release()
            elif line.startswith(b"data: chat ") and side.person in waiting:
                found = waiting.pop(side.person)
                if not found.done():
                    found.set_result(now)
    finally:
        writer.close()


async def write(
    port: int, free: list[Any], waiting: dict[Any, asyncio.Future[float]], heard: Heard, until: float
) -> None:
    from niangjia.kernel.ids import new_id  # noqa: PLC0415  # only inside scratch()

    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    while time.perf_counter() < until:
        pair = free.pop(0)
        me, other = pair  # always this way round: the event that tells the writer's own other phones is not counted
        event = waiting[other.person] = asyncio.get_running_loop().create_future()
        body = json.dumps({"pair": str(me.pair), "key": str(new_id()), "text": "周六一起爬宝石山看日出"}).encode()
        sent = time.perf_counter()
        writer.write(request("POST", API + "dating/chat/send", token=me.token, body=body))
        status = await answered(reader)
        heard.posts.latencies.append(time.perf_counter() - sent)
        heard.posts.statuses[status] += 1
        try:
            heard.waits.latencies.append(await asyncio.wait_for(event, 5) - sent)
        except TimeoutError:
            heard.lost += 1
        free.append(pair)
    writer.close()


async def answered(reader: asyncio.StreamReader) -> int:
    head = await reader.readuntil(b"\r\n\r\n")
    length = int(head.lower().partition(b"content-length:")[2].partition(b"\r\n")[0] or 0)
    await reader.readexactly(length)
    return int(head[9:12])


if __name__ == "__main__":
    sys.exit(main())
