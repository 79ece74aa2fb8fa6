"""The simulators as a program: one command, keys that last, pages that say what they are."""

import json
import signal
import socket
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from niangjia.providers.alipay.client import Alipay, AlipayConfig
from niangjia.providers.simulation import Mode, Shelf
from niangjia.providers.simulators import load_secrets, main
from niangjia.providers.tests.conftest import World
from niangjia.providers.tests.test_contract import ALICE


def test_the_program_says_when_it_is_ready_and_shares_its_keys(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "niangjia.providers.simulators", "--port", "0", "--state", str(tmp_path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as program:
        assert program.stdout is not None
        assert "ready at http://127.0.0.1:" in program.stdout.readline()
        config = json.loads((tmp_path / "config.json").read_text())
        assert config["simulators"].startswith("http://127.0.0.1:")
        assert Alipay(AlipayConfig(**config["alipay"])).exchange(code="alice.1").open_id
        program.send_signal(signal.SIGTERM)
        assert program.wait() == 0
    assert load_secrets(tmp_path)["app_private_key"] == config["alipay"]["private_key"]
    assert stat.S_IMODE((tmp_path / "config.json").stat().st_mode) == 0o600


def test_a_taken_port_is_a_clear_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        assert main(["--port", str(port), "--state", str(tmp_path)]) == 1
    assert str(port) in capsys.readouterr().err
    assert not (tmp_path / "config.json").exists()


def test_every_page_says_that_it_is_a_simulator(world: World) -> None:
    certify_id = world.alipay().start(order_no="a" * 32, **ALICE).certify_id
    check = f"/alipay/certify?certify_id={certify_id}"
    for path in ("/", "/sms", "/modes", "/authenticator", check, "/alipay/certify"):
        page = world.browser("GET", path).text()
        assert "这里是模拟器" in page, path
    assert "110105" not in world.browser("GET", check).text()


def test_modes_are_switched_while_it_runs(world: World) -> None:
    world.choose("", "")  # a control without effect
    got = world.browser("GET", "/modes.json").json()
    assert set(got.values()) == {"ok"}
    world.simulators.modes.switch("wechat", "hang")
    assert world.browser("GET", "/modes.json").json()["wechat"] == "hang"
    assert world.browser("POST", "/modes", "side=wechat&mode=made-up").status == 400
    assert world.browser("POST", "/modes", "side=nobody&mode=ok").status == 400
    assert world.simulators.modes.of("wechat") is Mode.HANG


def test_memory_is_bounded() -> None:
    shelf = Shelf(limit=3)
    for number in range(10):
        shelf[str(number)] = number
    assert list(shelf) == ["7", "8", "9"]
