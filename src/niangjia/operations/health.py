"""`niangjia check`: what an operator wants to know before and after a change."""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.core import checks
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from niangjia.core.audit.selectors import verify_chain
from niangjia.engines.allocation.selectors import unsound

LOW_DISK = 2 * 1024**3  # bytes


@dataclass(frozen=True)
class Finding:
    """One line of the report; `do` is empty when all is well."""

    what: str
    do: str = ""

    @property
    def well(self) -> bool:
        return not self.do


def findings() -> Iterator[Finding]:
    """Every check, in the order in which one would mend things. The log is looked at once there is a table of it."""
    steps: tuple[Callable[[], Finding], ...] = (_disk, _keys, _declarations, _phone_app, _providers)
    yield from (step() for step in steps)
    database = _database()
    yield database
    if database.well:
        yield _audit()
        yield _places()


def _disk() -> Finding:
    free = shutil.disk_usage(Path(settings.VAR).parent).free
    what = f"disk: {free / 1024**3:.1f} GiB free"
    return Finding(what, "Make room: PostgreSQL stops when its disk is full." if free < LOW_DISK else "")


def _keys() -> Finding:
    path = Path(settings.VAR) / "keys.json"
    open_to_others = path.exists() and path.stat().st_mode & 0o077
    return Finding(
        "keys: readable by their owner only" if not open_to_others else f"keys: others can read {path.name}",
        f"chmod 600 {path}" if open_to_others else "",
    )


def _database() -> Finding:
    executor = MigrationExecutor(connection)
    waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return Finding(f"database: {len(waiting)} migrations wait", "Run: niangjia migrate" if waiting else "")


def _declarations() -> Finding:
    errors = [message for message in checks.run_checks() if message.level >= checks.ERROR]
    return Finding(f"declarations: {len(errors)} errors", "; ".join(str(error.msg) for error in errors[:3]))


def _phone_app() -> Finding:
    built = (Path(settings.WORKER_APP) / "index.html").exists()
    return Finding(f"phone app: {'built' if built else 'not built'}", "" if built else "Run: make app")


def _providers() -> Finding:
    missing = [name for name in ("alipay", "wechat", "aliyun_sms") if name not in settings.PROVIDER_CONFIG]
    return Finding(
        "providers: all configured" if not missing else f"providers: not configured: {', '.join(missing)}",
        "Write the file that NIANGJIA_PROVIDERS names; docs/operations.md shows its shape." if missing else "",
    )


def _places() -> Finding:
    wrong = len(unsound())
    what = f"places: {wrong} counters do not equal what they count"
    return Finding(
        what, "Close registration there, and report this as a fault with the log of the web server." if wrong else ""
    )


def _audit() -> Finding:
    broken = next(iter(verify_chain()), None)
    if broken is None:
        return Finding("audit log: the chain holds")
    return Finding(
        f"audit log: {broken.what} at {broken.place}", "Somebody changed the log. Keep a copy and call your auditor."
    )
