"""A scratch installation for a benchmark: a database of its own on the embedded server, and a real server before it."""

import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import django
from django.core.management import call_command

from niangjia.operations.processes import Group, wait_for_port, web_command


@contextmanager
def scratch(*, keep: Path | None = None, environment: Mapping[str, str] | None = None) -> Iterator[Path]:
    """Settings, database and keys in a folder that is thrown away afterwards (or kept, to be used again)."""
    with tempfile.TemporaryDirectory(prefix="niangjia-bench-") as folder:
        var = keep or Path(folder)
        var.mkdir(parents=True, exist_ok=True)
        os.environ.update(NIANGJIA_VAR=str(var.absolute()), NIANGJIA_DEMO="1", **(environment or {}))
        os.environ["DJANGO_SETTINGS_MODULE"] = "niangjia.config.settings"
        django.setup()
        call_command("migrate", interactive=False, verbosity=0)
        yield var


@contextmanager
def serving() -> Iterator[int]:
    """The server as `niangjia serve` starts it; yields its port."""
    from niangjia.cli import share_database  # noqa: PLC0415  # settings exist only inside scratch()

    share_database()
    call_command("collectstatic", interactive=False, verbosity=0)
    port = free_port()
    group = Group()
    group.start("web", web_command(host="127.0.0.1", port=port))
    try:
        wait_for_port(port)
        time.sleep(2)  # both workers, not only the first
        yield port
    finally:
        group.end()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def machine() -> str:
    """What the figures were measured on."""
    load = os.getloadavg()[0]
    version = subprocess.run([sys.executable, "--version"], capture_output=True, text=True, check=True).stdout.strip()
    return f"{os.cpu_count()} cores, load {load:.1f} before the run, {version}"
