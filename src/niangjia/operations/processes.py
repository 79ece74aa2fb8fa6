"""Starting the processes of an installation and stopping them together."""

import os
import signal
import socket
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType

from niangjia.operations.failures import Failure

LIVE_BESIDE = 3  # the live process is so many ports above the web server; between them are the simulators of a demo
PATIENCE = 10  # seconds a process may take to stop before it is killed


def ensure_free(port: int) -> None:
    """Granian shares a port with whoever has it and silently mixes with them: so look before."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError as error:
            raise Failure(
                f"Port {port} is taken by another program (another niangjia, perhaps).",
                f"Stop that one, or choose another: PORT={port + 10} make demo",
            ) from error


def web_command(*, host: str, port: int) -> list[str]:
    """Granian, WSGI: two processes of three threads do best on two cores (measured in docs/adr/0003)."""
    workers = max(2, os.cpu_count() or 2)
    return [
        *(sys.executable, "-m", "granian", "niangjia.config.wsgi:application", "--interface", "wsgi"),
        *("--host", host, "--port", str(port), "--workers", str(workers), "--blocking-threads", "3"),
        *("--backlog", "2048", "--workers-kill-timeout", "5", "--respawn-failed-workers", "--no-access-log"),
        *("--log-level", "warning"),
    ]


def live_command(*, host: str, port: int) -> list[str]:
    """The process of open connections: one, asynchronous; it only passes words on (docs/adr/0010)."""
    return [
        *(sys.executable, "-m", "granian", "niangjia.config.live:application", "--interface", "asgi"),
        *("--host", host, "--port", str(port), "--workers", "1", "--backlog", "2048", "--no-ws"),
        *("--workers-kill-timeout", "3", "--respawn-failed-workers", "--no-access-log", "--log-level", "warning"),
    ]


def announce_live(port: int) -> None:
    """To the processes started after this: phones reach it at this port, unless the environment says where."""
    os.environ.setdefault("NIANGJIA_LIVE", f":{port}")


def worker_command() -> list[str]:
    return [sys.executable, "-m", "niangjia.cli", "worker"]


@dataclass
class Group:
    """Processes that live and die together. Ctrl-C, a kill, or the end of one ends them all."""

    running: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)
    stopping: bool = False

    def start(self, name: str, command: list[str], *, log: Path | None = None) -> None:
        """In a session of its own, so that Ctrl-C reaches only us and we stop the others in order."""
        out = log.open("ab") if log else None
        self.running[name] = subprocess.Popen(command, stdout=out, stderr=out, start_new_session=True)  # noqa: S603  # our own

    def wait(self) -> int:
        """Until told to stop (returns 0) or until one of them ends by itself (returns 1 and says which)."""
        signal.signal(signal.SIGTERM, self._stop)
        signal.signal(signal.SIGINT, self._stop)
        while not self.stopping:
            ended = [name for name, process in self.running.items() if process.poll() is not None]
            if ended:
                self.end()
                raise Failure(f"The {ended[0]} process ended by itself.", "Its last words are above or in var/log.")
            time.sleep(0.2)
        self.end()
        return 0

    def _stop(self, _number: int, _frame: FrameType | None) -> None:
        self.stopping = True

    def end(self) -> None:
        """Last started, first stopped; kill what does not listen."""
        for process in reversed(self.running.values()):
            _signal(process, signal.SIGTERM)
        for process in reversed(self.running.values()):
            try:
                process.wait(PATIENCE)
            except subprocess.TimeoutExpired:
                _signal(process, signal.SIGKILL)
                process.wait()


def _signal(process: subprocess.Popen[bytes], number: signal.Signals) -> None:
    """To the whole session of the process: granian's workers and their children too."""
    try:
        os.killpg(process.pid, number)
    except ProcessLookupError:
        return


def wait_for_port(port: int, *, seconds: float = 30) -> None:
    """Until somebody answers on the port."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        with socket.socket() as probe:
            probe.settimeout(0.5)
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise Failure(f"Nothing answers on port {port} after {seconds:.0f} seconds.", "Look at the lines above.")
