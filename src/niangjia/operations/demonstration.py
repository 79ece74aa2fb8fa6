"""`niangjia demo`: simulators, database, demo city, web and worker, all on this machine and all stopped together."""

import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from django.core.management import call_command

from niangjia.operations.failures import Failure
from niangjia.operations.processes import (
    LIVE_BESIDE,
    Group,
    announce_live,
    ensure_free,
    live_command,
    wait_for_port,
    web_command,
    worker_command,
)


@dataclass
class Demonstration:
    """Web on `port`, simulators on the next one. `setup` starts the database and loads the settings."""

    port: int
    people: int
    setup: Callable[[], None]
    group: Group = field(default_factory=Group)

    def run(self, *, load_only: bool) -> int:
        """Bring it up, say where it is, and wait for Ctrl-C."""
        os.environ["NIANGJIA_DEMO"] = "1"
        for port in (self.port, self.port + 1, self.port + LIVE_BESIDE):
            ensure_free(port)
        try:
            with _step("simulators of Alipay, WeChat and SMS"):
                self._simulators()
            with _step("database"):
                self.setup()
                call_command("migrate", interactive=False, verbosity=0)
            with _step(f"demo city of {self.people:,} people"):
                accounts = self._city()
            if load_only:
                return 0
            with _step("web, worker and open lines"):
                self._processes()
            _say_where(self.port, accounts)
            return self.group.wait()
        finally:
            self.group.end()

    def _simulators(self) -> None:
        state = _var() / "simulators"
        state.mkdir(parents=True, exist_ok=True)
        log = _logs() / "simulators.log"
        command = [sys.executable, "-m", "niangjia.providers.simulators", "--port", str(self.port + 1)]
        origin = f"http://127.0.0.1:{self.port}"
        self.group.start("simulators", [*command, "--state", str(state), "--app-origin", origin], log=log)
        wait_for_port(self.port + 1)
        os.environ["NIANGJIA_PROVIDERS"] = str(state / "config.json")

    def _city(self) -> list[tuple[str, str]]:
        from niangjia.demo.seed import Occupied, load_city  # noqa: PLC0415  # models exist only after set-up

        try:
            return load_city(people=self.people)
        except Occupied as other:
            raise Failure(str(other), "Give this city a folder of its own: NIANGJIA_VAR=var-other make demo") from other

    def _processes(self) -> None:
        call_command("check", verbosity=0)
        call_command("collectstatic", interactive=False, verbosity=0)
        live = self.port + LIVE_BESIDE
        announce_live(live)
        self.group.start("web", web_command(host="127.0.0.1", port=self.port), log=_logs() / "web.log")
        self.group.start("worker", worker_command(), log=_logs() / "worker.log")
        self.group.start("live", live_command(host="127.0.0.1", port=live), log=_logs() / "live.log")
        wait_for_port(self.port)


@contextmanager
def _step(what: str) -> Iterator[None]:
    """Progress that a newcomer can follow."""
    begun = time.monotonic()
    print(f"  … {what}", end="", flush=True)
    yield
    print(f"\r  ✓ {what} ({time.monotonic() - begun:.1f} s)", flush=True)


def _var() -> Path:
    return Path(os.environ.get("NIANGJIA_VAR", "var")).absolute()


def _logs() -> Path:
    folder = _var() / "log"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def _say_where(port: int, accounts: list[tuple[str, str]]) -> None:
    site = f"http://127.0.0.1:{port}"
    width = max(len(who) for who, _ in accounts)
    lines = "\n".join(f"    {who:<{width}}  {how}" for who, how in accounts)
    print(
        f"""
  娘家 is open.

    phone app      {site}/
    back office    {site}/console/
    cockpit        {site}/cockpit/
    text messages  http://127.0.0.1:{port + 1}/sms   (a simulator: every code arrives here)
    six digits     http://127.0.0.1:{port + 1}/authenticator   (the staff's authenticator apps)

  Demo accounts (sign in by phone; the code is among the text messages)
{lines}

  Ctrl-C stops everything.
""",
        flush=True,
    )
