"""The one way out: a deadline for the whole call, a cap, no redirects, no plain HTTP to strangers."""

import socket
import threading
from collections.abc import Callable, Iterator

import pytest

from niangjia.core.ports import ProviderUnavailable
from niangjia.providers.http import Answer, Limits, call

Talk = Callable[[socket.socket, threading.Event], None]


@pytest.fixture
def other_side() -> Iterator[Callable[[Talk], str]]:
    """Gives the address of a server that says exactly what `talk` says, once per connection."""
    stopping = threading.Event()
    listener = socket.create_server(("127.0.0.1", 0))
    threads: list[threading.Thread] = []

    def serve(talk: Talk) -> None:
        while not stopping.is_set():
            try:
                connection, _ = listener.accept()
            except OSError:
                return
            with connection:
                try:
                    connection.recv(65536)
                    talk(connection, stopping)
                except OSError:
                    pass

    def start(talk: Talk) -> str:
        threads.append(threading.Thread(target=serve, args=(talk,)))
        threads[-1].start()
        return f"http://127.0.0.1:{listener.getsockname()[1]}/"

    yield start
    stopping.set()
    listener.shutdown(socket.SHUT_RDWR)
    listener.close()
    for thread in threads:
        thread.join()


def get(url: str, *, total: float = 30.0, max_bytes: int = 1000) -> Answer:
    return call(method="GET", url=url, limits=Limits(total, max_bytes))


def says(data: bytes) -> Talk:
    return lambda connection, _stopping: connection.sendall(data)


def drips(start: bytes, drop: bytes) -> Talk:
    """Never silent for long, so no limit on a single read would ever end it."""

    def talk(connection: socket.socket, stopping: threading.Event) -> None:
        connection.sendall(start)
        while not stopping.wait(0.02):
            connection.sendall(drop)

    return talk


def test_a_plain_answer_arrives(other_side: Callable[[Talk], str]) -> None:
    url = other_side(says(b"HTTP/1.1 404 No\r\nContent-Length: 2\r\n\r\n{}"))
    assert get(url) == Answer(404, b"{}")


def test_a_body_that_drips_for_ever_is_given_up(other_side: Callable[[Talk], str]) -> None:
    url = other_side(drips(b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n", b"x"))
    with pytest.raises(ProviderUnavailable, match="ReadTimeout"):
        get(url, total=0.3, max_bytes=200_000)


def test_headers_that_drip_for_ever_are_given_up(other_side: Callable[[Talk], str]) -> None:
    url = other_side(drips(b"HTTP/1.1 200 OK\r\nX-Long: ", b"x"))
    with pytest.raises(ProviderUnavailable, match="ReadTimeout"):
        get(url, total=0.3)


@pytest.mark.parametrize("promised", [b"Content-Length: 2000\r\n\r\n", b"\r\n"], ids=["with length", "without"])
def test_an_answer_that_is_too_long_is_dropped(other_side: Callable[[Talk], str], promised: bytes) -> None:
    url = other_side(says(b"HTTP/1.1 200 OK\r\n" + promised + b"x" * 2000))
    with pytest.raises(ProviderUnavailable, match="longer than 1000"):
        get(url, max_bytes=1000)


def test_a_redirect_is_not_followed(other_side: Callable[[Talk], str]) -> None:
    visits: list[int] = []

    def talk(connection: socket.socket, _stopping: threading.Event) -> None:
        visits.append(1)
        connection.sendall(b"HTTP/1.1 302 Go\r\nLocation: /again\r\nContent-Length: 0\r\n\r\n")

    with pytest.raises(ProviderUnavailable, match="302"):
        get(other_side(talk))
    assert visits == [1]


@pytest.mark.parametrize(
    "noise", [b"", b"\x16\x03\x01", b"hello\r\n\r\n", b"HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\n"]
)
def test_what_is_not_http_is_unavailable(other_side: Callable[[Talk], str], noise: bytes) -> None:
    url = other_side(says(noise))
    with pytest.raises(ProviderUnavailable):
        get(url)


@pytest.mark.parametrize(
    "url",
    [
        "http://example.com/",
        "http://10.0.0.1/",
        "ftp://127.0.0.1/",
        "http://127.0.0.1.example.com/",
        "//x/",
        "",
        "https://",
    ],
)
def test_keys_never_leave_in_the_clear(url: str) -> None:
    with pytest.raises(ProviderUnavailable):
        get(url, total=0.2)


@pytest.mark.parametrize("body", [b"[]", b"1", b"{", b"\xff", b"[" * 100_000, b'{"a":' * 50_000])
def test_json_that_is_no_object_is_unavailable(body: bytes) -> None:
    with pytest.raises(ProviderUnavailable):
        Answer(200, body).json()
