"""The ASGI application: one path to listen on, one that only answers (for health, and to measure beside)."""

import asyncio
import json
from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from niangjia.core import live
from niangjia.interfaces.live.hub import AGAIN, Hub, Stream
from niangjia.interfaces.live.listening import listen
from niangjia.kernel import clock

Scope = dict[str, Any]
Receive = Callable[[], Awaitable[dict[str, Any]]]
Send = Callable[[dict[str, Any]], Awaitable[None]]

BEAT: Final = 15.0  # seconds; proxies close a line on which nothing is said for a minute
PING: Final = "/live/ping"
# Whoever comes shows a ticket; there is no cookie that a foreign page could use, so any page may ask.
_FOR_ALL: Final = (
    (b"access-control-allow-origin", b"*"),
    (b"cross-origin-resource-policy", b"cross-origin"),
    (b"cache-control", b"no-store"),
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
    (b"content-security-policy", b"default-src 'none'; frame-ancestors 'none'"),
    (b"strict-transport-security", b"max-age=31536000; includeSubDomains"),
)
_BEFORE: Final = ((b"access-control-allow-headers", b"authorization"), (b"access-control-max-age", b"86400"))


class Live:
    """`granian --interface asgi` calls this."""

    def __init__(self) -> None:
        self.hub = Hub()
        self._ear: asyncio.Task[None] | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self._live(receive, send)
        elif scope["type"] == "http":
            await self._answer(scope, receive, send)

    async def _live(self, receive: Receive, send: Send) -> None:
        while True:
            message = await receive()
            if message["type"] == "lifespan.startup":
                self._ear = asyncio.create_task(listen(self.hub))
                await send({"type": "lifespan.startup.complete"})
            else:
                if self._ear:
                    self._ear.cancel()
                await send({"type": "lifespan.shutdown.complete"})
                return

    async def _answer(self, scope: Scope, receive: Receive, send: Send) -> None:
        method, path = scope["method"], scope["path"]
        if path == live.PATH and method == "OPTIONS":
            await _reply(send, 204, more=_BEFORE)
        elif path == live.PATH and method == "GET":
            await self._listen(scope, receive, send)
        elif path == PING and method == "GET":
            await _reply(send, 200, {})
        else:
            await _reply(send, 404, {"error": {"code": "not_found"}})

    async def _listen(self, scope: Scope, receive: Receive, send: Send) -> None:
        held = live.holder(_bearer(scope), clock.now())
        if held is None:
            await _reply(send, 401, {"error": {"code": "ticket"}})
            return
        person_id, end = held
        stream = self.hub.open(person_id)
        gone = asyncio.create_task(_hang_up(receive, stream))
        try:
            await self._tell(stream, person_id, end, send)
        finally:
            gone.cancel()
            self.hub.leave(person_id, stream)

    async def _tell(self, stream: Stream, person_id: UUID, end: datetime, send: Send) -> None:
        """Until the ticket ends or the phone hangs up."""
        head = [*_FOR_ALL, (b"content-type", b"text/event-stream"), (b"x-accel-buffering", b"no")]
        await send({"type": "http.response.start", "status": 200, "headers": head})
        await _say(send, f"data: {AGAIN}\n\n")
        while not stream.over and (left := (end - clock.now()).total_seconds()) > 0:
            words = await stream.take(patience=min(BEAT, left))
            if not stream.over:
                await _say(send, "".join(f"data: {word}\n\n" for word in words) or ":\n\n")
        await send({"type": "http.response.body", "body": b"", "more_body": False})


async def _hang_up(receive: Receive, stream: Stream) -> None:
    with suppress(Exception):
        while (await receive())["type"] != "http.disconnect":
            pass
    stream.close()


async def _say(send: Send, text: str) -> None:
    await send({"type": "http.response.body", "body": text.encode(), "more_body": True})


async def _reply(
    send: Send, status: int, body: dict[str, Any] | None = None, *, more: tuple[tuple[bytes, bytes], ...] = ()
) -> None:
    data = json.dumps(body).encode() if body is not None else b""
    headers = [*_FOR_ALL, *more, (b"content-type", b"application/json"), (b"content-length", b"%d" % len(data))]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": data, "more_body": False})


def _bearer(scope: Scope) -> str:
    given = next((value for name, value in scope["headers"] if name == b"authorization"), b"")
    return bytes(given).decode("latin-1").removeprefix("Bearer ")
