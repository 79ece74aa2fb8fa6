"""The one way out of the house: HTTP with one deadline for the whole call, no redirects and a cap on the answer.

A time limit per read is not enough: a server that drips one byte a second would hold a worker for ever. So every read,
write and handshake is given only what is left of the call's own deadline. Connections are not reused, so an answer
sent twice cannot be taken for the answer to the next call.
"""

import functools
import json
import ssl
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import httpcore

from niangjia.core.ports import ProviderUnavailable

LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})


@dataclass(frozen=True)
class Limits:
    total: float = 5.0  # seconds for the whole call
    max_bytes: int = 256 * 1024


@dataclass(frozen=True)
class Answer:
    status: int
    body: bytes

    def text(self) -> str:
        try:
            return self.body.decode("utf-8")
        except UnicodeDecodeError as error:
            raise ProviderUnavailable("the answer is not UTF-8") from error

    def json(self) -> dict[str, Any]:
        try:
            value = json.loads(self.text())
        except (ValueError, RecursionError) as error:
            raise ProviderUnavailable("the answer is not JSON") from error
        if not isinstance(value, dict):
            raise ProviderUnavailable("the answer is not a JSON object")
        return value


def require_safe_address(url: str) -> str:
    """Keys and personal facts travel only over TLS; plain HTTP is for a simulator on this very machine."""
    parts = urlsplit(url)
    if parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in LOOPBACK):
        return url
    raise ProviderUnavailable(f"{parts.scheme}://{parts.hostname} is refused: use https")


def call(
    *, method: str, url: str, headers: Mapping[str, str] | None = None, content: bytes = b"", limits: Limits
) -> Answer:
    """One request, one answer below status 500. Everything else is `ProviderUnavailable`."""
    require_safe_address(url)
    try:
        answer = _exchange(method, url, headers or {}, content, limits)
    except (httpcore.TimeoutException, httpcore.NetworkError, httpcore.ProtocolError) as error:
        raise ProviderUnavailable(f"{type(error).__name__} from {urlsplit(url).hostname}") from error
    except (httpcore.UnsupportedProtocol, OSError, ValueError) as error:
        raise ProviderUnavailable(f"cannot reach {urlsplit(url).hostname}: {type(error).__name__}") from error
    if answer.status >= 500 or 300 <= answer.status < 400:
        raise ProviderUnavailable(f"status {answer.status} from {urlsplit(url).hostname}")
    return answer


def _exchange(method: str, url: str, headers: Mapping[str, str], content: bytes, limits: Limits) -> Answer:
    backend = _DeadlineBackend(time.monotonic() + limits.total)
    with (
        httpcore.ConnectionPool(ssl_context=_tls(), network_backend=backend) as pool,
        pool.stream(method, url, headers=list(headers.items()), content=content) as response,
    ):
        return Answer(response.status, _read_capped(response.iter_stream(), limits.max_bytes))


def _read_capped(chunks: Iterable[bytes], max_bytes: int) -> bytes:
    body = bytearray()
    for chunk in chunks:
        body += chunk
        if len(body) > max_bytes:
            raise ProviderUnavailable(f"the answer is longer than {max_bytes} bytes")
    return bytes(body)


@functools.cache
def _tls() -> ssl.SSLContext:
    return ssl.create_default_context()  # loading the roots takes tens of milliseconds: once


class _DeadlineStream(httpcore.NetworkStream):
    def __init__(self, stream: httpcore.NetworkStream, deadline: float) -> None:
        self._stream = stream
        self._deadline = deadline

    def _left(self, timeout: float | None) -> float:
        left = self._deadline - time.monotonic()
        if left <= 0:
            raise httpcore.ReadTimeout("the deadline of the whole call has passed")
        return left if timeout is None else min(left, timeout)

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, timeout=self._left(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, timeout=self._left(timeout))

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        stream = self._stream.start_tls(ssl_context, server_hostname, timeout=self._left(timeout))
        return _DeadlineStream(stream, self._deadline)

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)


class _DeadlineBackend(httpcore.SyncBackend):
    def __init__(self, deadline: float) -> None:
        self._deadline = deadline

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        left = max(self._deadline - time.monotonic(), 0.001)
        left = left if timeout is None else min(left, timeout)
        stream = super().connect_tcp(host, port, left, local_address, socket_options)
        return _DeadlineStream(stream, self._deadline)
