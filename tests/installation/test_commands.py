"""What an operator types, and what comes of it: on the embedded database and on one outside."""

import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import urllib.request
from itertools import takewhile
from pathlib import Path

import pytest

from niangjia.config.database import wait_until_settled
from tests.installation.conftest import ROOT, Installation, free_port, stop, wait_until_open, wait_until_said

VERBS = ("serve", "worker", "migrate", "demo", "import", "backup", "restore", "check")


def meta(port: int) -> dict[str, object]:
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/api/v1/meta", timeout=30) as answer:
        found: dict[str, object] = json.load(answer)
        return found


def postgres_of(var: Path) -> list[str]:
    """Command lines of PostgreSQL servers that run on this installation's folder."""
    running = []
    for process in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            line = process.read_bytes().replace(b"\0", b" ").decode(errors="replace")
        except OSError:
            continue
        if "postgres" in line and str(var) in line and "pytest" not in line:
            running.append(line)
    return running


def test_help_names_every_verb(installation: Installation) -> None:
    shown = installation.run("--help")
    assert shown.returncode == 0
    assert [verb for verb in VERBS if verb not in shown.stdout] == []


def test_the_demo_starts_says_where_it_is_and_stops_all_it_started(installation: Installation) -> None:
    port = free_port()
    installation.environment["PORT"] = str(port)
    for _ in range(2):  # a second time does no harm
        demo = installation.start("demo", "--people", "60")
        said = wait_until_said(demo, "Ctrl-C stops everything.")
        assert meta(port)["demo"] is True
        printed = said + stop(demo)
        assert demo.returncode == 0, printed
        for address in (f"http://127.0.0.1:{port}/", "/console/", f":{port + 1}/sms"):
            assert address in printed
        assert postgres_of(installation.var) == []
        for stopped in (port, port + 1):
            with socket.socket() as probe:
                assert probe.connect_ex(("127.0.0.1", stopped)) != 0


def test_a_taken_port_is_said_in_one_line(installation: Installation) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        installation.environment["PORT"] = str(other.getsockname()[1])
        refused = installation.run("demo")
    assert refused.returncode == 1
    assert "is taken" in refused.stderr
    assert "PORT=" in refused.stderr
    assert "Traceback" not in refused.stderr


@pytest.mark.parametrize("missing", ["node", "npm"])
def test_a_missing_tool_is_said_in_one_line(tmp_path: Path, missing: str) -> None:
    for tool in {"bash", "node", "npm", "df", "awk"} - {missing}:
        path = subprocess.run(["which", tool], capture_output=True, text=True, check=True).stdout.strip()
        (tmp_path / tool).symlink_to(path)
    refused = subprocess.run(
        [str(tmp_path / "bash"), "tools/machine.sh", sys.executable],
        env={"PATH": str(tmp_path)},
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    assert refused.returncode == 1
    assert missing in refused.stderr.lower()
    assert "Install" in refused.stderr or "install" in refused.stderr


def test_an_outside_database_is_used_without_any_other_change(
    installation: Installation, outside_postgres: str
) -> None:
    installation.environment |= {"DATABASE_URL": outside_postgres, "NIANGJIA_HTTPS": "0"}
    migrated = installation.run("migrate")
    assert migrated.returncode == 0, migrated.stderr
    port = free_port()
    server = installation.start("serve", "--port", str(port))
    wait_until_open(server, port)
    assert meta(port)["demo"] is False
    stop(server)
    assert not (installation.var / "postgres").exists()


def test_behind_a_proxy_forms_of_our_own_https_address_count_and_others_do_not(installation: Installation) -> None:
    installation.environment |= {"NIANGJIA_HOSTS": "home.example", "NIANGJIA_PROXIES": "1"}
    assert installation.run("migrate").returncode == 0
    port, token = free_port(), "t" * 32
    server = installation.start("serve", "--port", str(port))
    wait_until_open(server, port)
    answers = {}
    for origin in ("https://home.example", "http://home.example.evil.example", "https://evil.example"):
        line = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
        headers = {"Host": "home.example", "Origin": origin, "Cookie": f"__Host-csrf={token}", "X-CSRFToken": token}
        line.request(
            "POST", "/console/sign-in", "phone=1", {**headers, "Content-Type": "application/x-www-form-urlencoded"}
        )
        answers[origin] = line.getresponse().status
        line.close()
    stop(server)
    assert list(answers.values()) == [422, 403, 403]  # only the first was read: its phone number is wrong


def test_a_backup_brings_everything_back_and_holds_no_keys(installation: Installation, tmp_path: Path) -> None:
    installation.environment["PORT"] = str(free_port())
    loaded = installation.run("demo", "--people", "40", "--load-only")
    assert loaded.returncode == 0, loaded.stderr
    archive = tmp_path / "backup.tar"
    assert installation.run("backup", str(archive)).returncode == 0
    keys = json.loads((installation.var / "keys.json").read_text())
    assert keys["masters"]["1"].encode() not in archive.read_bytes()

    refused = installation.run("restore", str(archive))
    assert refused.returncode == 1
    assert "already holds people" in refused.stderr

    elsewhere = Installation(var=tmp_path / "elsewhere")
    elsewhere.var.mkdir()
    (elsewhere.var / "keys.json").write_text(json.dumps(keys))
    restored = elsewhere.run("restore", str(archive))
    assert restored.returncode == 0, restored.stderr
    assert "every count as it was" in restored.stdout


def test_a_damaged_backup_is_refused_before_anything_is_touched(installation: Installation, tmp_path: Path) -> None:
    assert installation.run("migrate").returncode == 0
    archive = tmp_path / "backup.tar"
    assert installation.run("backup", str(archive)).returncode == 0
    damaged = bytearray(archive.read_bytes())
    damaged[len(damaged) // 2] ^= 0xFF
    archive.write_bytes(damaged)
    refused = installation.run("restore", str(archive))
    assert refused.returncode == 1
    assert "damaged" in refused.stderr


def test_check_says_what_is_well_and_what_to_do(installation: Installation) -> None:
    report = installation.run("check")
    assert "Run: niangjia migrate" in report.stdout
    assert report.returncode == 1
    installation.run("migrate")
    again = installation.run("check")
    assert "✓ database: 0 migrations wait" in again.stdout
    assert "✓ audit log: the chain holds" in again.stdout


def test_an_ordinary_user_can_run_it_too(tmp_path: Path) -> None:
    """Where the tests run as root: the same as `nobody`; elsewhere the others have shown it already."""
    if os.geteuid() != 0:
        return
    seen = subprocess.run(["test", "-x", Path(sys.executable).resolve()], user="nobody", check=False)
    if seen.returncode:
        pytest.skip("this Python lies in root's own folder, where an ordinary user cannot come")
    var = tmp_path / "var"
    var.mkdir()
    for folder in takewhile(lambda path: path != Path(tempfile.gettempdir()), (var, tmp_path, *tmp_path.parents)):
        folder.chmod(0o777)
    done = subprocess.run(
        Installation.command("migrate"),
        user="nobody",
        group="nogroup",
        env={
            "PATH": os.environ["PATH"],
            "NIANGJIA_VAR": str(var),
            "HOME": str(tmp_path),
            "XDG_RUNTIME_DIR": str(tmp_path),
        },
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert done.returncode == 0, done.stderr


def test_a_killed_demo_leaves_nothing_that_hinders_the_next(installation: Installation) -> None:
    port = free_port()
    installation.environment["PORT"] = str(port)
    demo = installation.start("demo", "--people", "40")
    wait_until_open(demo, port)
    os.kill(demo.pid, signal.SIGTERM)
    demo.communicate(timeout=60)
    again = installation.run("demo", "--people", "40", "--load-only")
    assert again.returncode == 0, again.stderr


def test_a_server_that_is_still_stopping_is_waited_for(tmp_path: Path) -> None:
    """Else the command that comes next finds it neither running nor gone, and gives up."""
    lines = [str(os.getpid()), str(tmp_path), "0", "5432", "", "", "", "stopping"]
    gone = tmp_path / "postmaster.pid"
    gone.write_text("\n".join(lines))
    leaving = threading.Timer(0.3, gone.unlink)
    leaving.start()
    wait_until_settled(tmp_path)
    assert not gone.exists()
    leaving.join()
