"""What all simulators of the other side share: a small HTTP server, and the ways in which the other side misbehaves.

A simulator answers as the real one would. The server then spoils the answer on the wire as the mode of that side says.
Two modes cannot be done on the wire and are passed on to the simulator: `wrong_signature` and `lie`.
"""

import contextlib
import json
import os
import socket
import struct
import threading
from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from socketserver import TCPServer
from typing import Any, ClassVar
from urllib.parse import parse_qsl, unquote, urlsplit

MAX_BODY = 1024 * 1024


class Mode(StrEnum):
    OK = "ok"
    SLOW = "slow"  # answers late, yet in time
    HANG = "hang"  # never answers
    RESET = "reset"  # breaks the connection
    GARBAGE = "garbage"  # says 200 and sends noise
    WRONG_SIGNATURE = "wrong_signature"  # signs with another key, or says that ours is wrong
    DUPLICATE = "duplicate"  # sends the same answer or callback twice
    LATE = "late"  # does what was asked, but answers after we have given up
    LIE = "lie"  # says one thing here and another there
    ERROR_500 = "error_500"
    EMPTY = "empty"
    TRUNCATED = "truncated"  # breaks off in the middle


@dataclass(frozen=True)
class Delays:
    """Seconds. They suit a person at the demo, with clients that wait five seconds."""

    slow: float = 1.5
    late: float = 8.0
    hang: float = 60.0


@dataclass(frozen=True)
class Request:
    method: str
    path: str  # decoded
    raw_path: str
    query: Mapping[str, str]
    headers: Mapping[str, str]  # names in lower case
    body: bytes

    def form(self) -> dict[str, str]:
        return dict(parse_qsl(self.body.decode("utf-8", "replace"), keep_blank_values=True))

    def json(self) -> dict[str, Any]:
        try:
            value = json.loads(self.body)
        except (ValueError, RecursionError):
            return {}
        return value if isinstance(value, dict) else {}


@dataclass(frozen=True)
class Reply:
    body: bytes = b""
    status: int = 200
    content_type: str = "application/json; charset=utf-8"
    headers: tuple[tuple[str, str], ...] = ()

    def wire(self, *, sent: bytes | None = None) -> bytes:
        """The answer as bytes; `sent` puts other bytes in the place of the body, under the same promised length."""
        lines = [
            f"HTTP/1.1 {self.status} Simulated",
            f"Content-Type: {self.content_type}",
            f"Content-Length: {len(self.body)}",
            "Connection: close",
            *(f"{name}: {value}" for name, value in self.headers),
        ]
        return "\r\n".join(lines).encode() + b"\r\n\r\n" + (self.body if sent is None else sent)


def json_reply(value: object, *, status: int = 200) -> Reply:
    return Reply(json.dumps(value, ensure_ascii=False).encode(), status)


@dataclass(frozen=True)
class Api:
    """An address of the other side's servers; the mode of `side(request)` spoils it."""

    side: Callable[[Request], str]
    answer: Callable[[Request, Mode], Reply]


@dataclass(frozen=True)
class Page:
    """A page for a human, or a control of the simulator itself; never spoiled."""

    answer: Callable[[Request], Reply]


Routes = Mapping[tuple[str, str], Api | Page]


@dataclass
class Modes:
    sides: tuple[str, ...]
    _now: dict[str, Mode] = field(default_factory=dict)

    def of(self, side: str) -> Mode:
        return self._now.get(side, Mode.OK)

    def switch(self, side: str, mode: str) -> None:
        """Raises ValueError for a side or a mode that there is not."""
        if side not in self.sides:
            raise ValueError(f"no such side: {side}")
        self._now[side] = Mode(mode)


class Shelf(OrderedDict[str, Any]):
    """Remembers the newest `limit` things: a simulator left running for weeks stays small."""

    def __init__(self, limit: int = 10_000) -> None:
        super().__init__()
        self._limit = limit

    def __setitem__(self, key: str, value: Any) -> None:
        super().__setitem__(key, value)
        while len(self) > self._limit:
            self.popitem(last=False)


class Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128  # a rush of sign-ins at the demo
    allow_reuse_address = os.name == "posix"

    def __init__(
        self,
        address: tuple[str, int],
        answer: Callable[[Request], tuple[Reply, Mode]],
        *,
        delays: Delays | None = None,
        before_listening: Callable[[str], None] | None = None,
    ) -> None:
        self.answer = answer
        self.delays = delays or Delays()
        self.stopping = threading.Event()
        self._before_listening = before_listening
        super().__init__(address, _Handler)

    def server_bind(self) -> None:
        TCPServer.server_bind(self)  # HTTPServer would look up our own name, which can take seconds offline

    def server_activate(self) -> None:
        if self._before_listening:
            self._before_listening(self.origin)
        super().server_activate()

    def shutdown(self) -> None:
        self.stopping.set()
        super().shutdown()

    @property
    def origin(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"


def routed(routes: Routes, modes: Modes) -> Callable[[Request], tuple[Reply, Mode]]:
    def answer(request: Request) -> tuple[Reply, Mode]:
        route = routes.get((request.method, request.path))
        if route is None:
            return json_reply({"error": "not found"}, status=404), Mode.OK
        if isinstance(route, Page):
            return route.answer(request), Mode.OK
        mode = modes.of(route.side(request))
        return route.answer(request, mode), mode

    return answer


class _Handler(BaseHTTPRequestHandler):
    server: Server
    timeout = 30
    spoilers: ClassVar[dict[Mode, Callable[["_Handler", Reply], None]]] = {}

    def do_GET(self) -> None:
        self._handle()

    do_POST = do_PUT = do_PATCH = do_DELETE = do_HEAD = do_GET

    def _handle(self) -> None:
        self.close_connection = True
        length = self.headers.get("content-length", "0")
        if not length.isdigit() or int(length) > MAX_BODY * 20:
            self._send(json_reply({"error": "too long"}, status=413).wire())
            return
        reply, mode = self.server.answer(self._request(int(length)))
        self.spoilers.get(mode, _Handler._plain)(self, reply)

    def _request(self, length: int) -> Request:
        parts = urlsplit(self.path)
        return Request(
            method=self.command,
            path=unquote(parts.path),
            raw_path=self.path,
            query=dict(parse_qsl(parts.query, keep_blank_values=True)),
            headers={name.lower(): value for name, value in self.headers.items()},
            body=self.rfile.read(length),
        )

    def _send(self, data: bytes) -> None:
        with contextlib.suppress(OSError):  # the client has given up: in some modes that is the point
            self.wfile.write(data)

    def _plain(self, reply: Reply) -> None:
        self._send(reply.wire(sent=b"") if self.command == "HEAD" else reply.wire())

    def _slow(self, reply: Reply) -> None:
        self.server.stopping.wait(self.server.delays.slow)
        self._send(reply.wire())

    def _late(self, reply: Reply) -> None:
        self.server.stopping.wait(self.server.delays.late)
        self._send(reply.wire())

    def _hang(self, _reply: Reply) -> None:
        self.server.stopping.wait(self.server.delays.hang)

    def _reset(self, _reply: Reply) -> None:
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        socket.close(self.connection.detach())

    def _garbage(self, _reply: Reply) -> None:
        self._send(Reply(b"\x00\xff{]" + os.urandom(64)).wire())

    def _duplicate(self, reply: Reply) -> None:
        self._send(reply.wire() * 2)

    def _error(self, _reply: Reply) -> None:
        self._send(Reply(b"<h1>Internal Server Error</h1>", 500, "text/html").wire())

    def _empty(self, _reply: Reply) -> None:
        self._send(Reply().wire())

    def _truncated(self, reply: Reply) -> None:
        self._send(reply.wire(sent=reply.body[: len(reply.body) // 2]))

    def log_message(self, format: str, *args: Any) -> None:
        """Silent: addresses hold phone numbers."""


_Handler.spoilers = {
    Mode.SLOW: _Handler._slow,
    Mode.LATE: _Handler._late,
    Mode.HANG: _Handler._hang,
    Mode.RESET: _Handler._reset,
    Mode.GARBAGE: _Handler._garbage,
    Mode.DUPLICATE: _Handler._duplicate,
    Mode.ERROR_500: _Handler._error,
    Mode.EMPTY: _Handler._empty,
    Mode.TRUNCATED: _Handler._truncated,
}
