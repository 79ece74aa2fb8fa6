"""A closed loop of HTTP clients, lean enough to leave the two cores to the server it measures.

Each client keeps its connection open, unless the server says that it closes it, and sends its next request when the
answer to the last has come.
"""

import selectors
import socket
import time
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import numpy as np

Request = bytes
Source = Callable[[], Request | None]  # the next request; None when there are no more
Heard = Callable[[Request, int, bytes, float], None]  # a request, its status, body and seconds


@dataclass
class Result:
    """Latencies in seconds, in the order of the answers."""

    seconds: float = 0.0
    latencies: list[float] = field(default_factory=list)
    statuses: Counter[int] = field(default_factory=Counter)

    @property
    def rate(self) -> float:
        """Answers a second."""
        return len(self.latencies) / self.seconds if self.seconds else 0.0

    def ms(self, percent: float) -> float:
        return float(np.percentile(self.latencies, percent)) * 1000 if self.latencies else float("nan")


def request(
    method: str, path: str, *, token: str = "", body: bytes = b"", headers: Mapping[str, str] | None = None
) -> Request:
    """The bytes of one request to our API."""
    lines = [f"{method} {path} HTTP/1.1", "Host: 127.0.0.1", "Accept-Language: zh-hans"]
    lines += [f"{name}: {value}" for name, value in (headers or {}).items()]
    if token:
        lines.append(f"Authorization: Bearer {token}")
    if method != "GET":
        lines += ["Content-Type: application/json", f"Content-Length: {len(body)}"]
    return ("\r\n".join(lines) + "\r\n\r\n").encode() + body


class _Client:
    def __init__(self, port: int) -> None:
        self.port = port
        self.connect()
        self.request = self.buffer = self.body = b""
        self.sent_at = 0.0
        self.closed = False  # by the server, after its last answer

    def connect(self) -> None:
        self.socket = socket.create_connection(("127.0.0.1", self.port))
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def send(self, data: Request) -> None:
        self.request, self.buffer, self.sent_at = data, b"", time.perf_counter()
        self.socket.sendall(data)

    def receive(self) -> int | None:
        """The status when the answer is whole, None while it is not."""
        piece = self.socket.recv(262144)
        if not piece:
            raise ConnectionResetError("the server hung up in the middle of an answer")
        self.buffer += piece
        head, found, body = self.buffer.partition(b"\r\n\r\n")
        if not found:
            return None
        length = int(head.lower().partition(b"content-length:")[2].partition(b"\r\n")[0] or 0)
        self.body, self.closed = body, b"connection: close" in head.lower()
        return int(head[9:12]) if len(body) >= length else None


def closed_loop(
    port: int, source: Source, *, clients: int = 16, seconds: float = 60.0, heard: Heard | None = None
) -> Result:
    """Run until `source` is dry or `seconds` have passed. `heard` gets every answer."""
    result, selector = Result(), selectors.DefaultSelector()
    begun = time.perf_counter()
    for _ in range(clients):
        data = source()
        if data is None:
            break
        client = _Client(port)
        client.send(data)
        selector.register(client.socket, selectors.EVENT_READ, client)
    while selector.get_map() and time.perf_counter() - begun < seconds * 2 + 30:
        for key, _ in selector.select(timeout=5):
            over = time.perf_counter() - begun >= seconds
            _answered(key.data, source, result, selector, over=over, heard=heard)
    result.seconds = time.perf_counter() - begun
    return result


def _answered(
    client: _Client,
    source: Source,
    result: Result,
    selector: selectors.BaseSelector,
    *,
    over: bool,
    heard: Heard | None,
) -> None:
    status = client.receive()
    if status is None:
        return
    result.latencies.append(time.perf_counter() - client.sent_at)
    result.statuses[status] += 1
    if heard is not None:
        heard(client.request, status, client.body, result.latencies[-1])
    data = None if over else source()
    if data is None:
        selector.unregister(client.socket)
        client.socket.close()
        return
    if client.closed:
        selector.unregister(client.socket)
        client.connect()
        selector.register(client.socket, selectors.EVENT_READ, client)
    client.send(data)
