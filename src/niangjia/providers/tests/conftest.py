"""The other side for one test: a real server on loopback, and clients of ours with short patience."""

import contextlib
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest

from niangjia.core.ports import ProviderUnavailable
from niangjia.providers import simulators
from niangjia.providers.alipay.client import Alipay, AlipayConfig
from niangjia.providers.aliyun_sms.client import AliyunSms, AliyunSmsConfig
from niangjia.providers.http import Answer, Limits, call
from niangjia.providers.simulation import Delays, Server
from niangjia.providers.simulators import Simulators
from niangjia.providers.wechat.client import WeChat, WeChatConfig

DELAYS = Delays(slow=0.05, late=60.0, hang=60.0)


@dataclass
class World:
    simulators: Simulators
    server: Server
    config: dict[str, Any]
    patience: float = 30.0  # long, so that a busy machine fails no test; short where waiting is the point

    def lose_patience(self) -> None:
        self.patience = 0.2

    @property
    def origin(self) -> str:
        return self.server.origin

    def alipay(self, **changes: Any) -> Alipay:
        return Alipay(AlipayConfig(**{**self.config["alipay"], "timeout": self.patience, **changes}))

    def wechat(self, **changes: Any) -> WeChat:
        return WeChat(WeChatConfig(**{**self.config["wechat"], "timeout": self.patience, **changes}))

    def sms(self, **changes: Any) -> AliyunSms:
        return AliyunSms(AliyunSmsConfig(**{**self.config["aliyun_sms"], "timeout": self.patience, **changes}))

    def browser(self, method: str, path: str, form: str = "") -> Answer:
        headers = {"content-type": "application/x-www-form-urlencoded"}
        url = path if path.startswith("http") else f"{self.origin}{path}"
        return call(method=method, url=url, headers=headers, content=form.encode(), limits=Limits(total=30.0))

    def choose(self, certify_id: str, choice: str) -> None:
        """What a person taps on the page of the face check; the redirect back is not followed."""
        with contextlib.suppress(ProviderUnavailable):  # our own client refuses redirects
            self.browser("POST", "/alipay/certify", f"certify_id={certify_id}&choice={choice}")


@pytest.fixture(scope="session")
def outside_secrets() -> dict[str, str]:
    return simulators.make_secrets()  # three RSA keys take a second: once


@pytest.fixture
def world(outside_secrets: dict[str, str]) -> Iterator[World]:
    others = Simulators(secrets_=outside_secrets)
    server = others.serve(host="127.0.0.1", port=0, delays=DELAYS)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    config = simulators.provider_config(secrets_=outside_secrets, origin=server.origin)
    yield World(others, server, config)
    server.shutdown()
    server.server_close()
    thread.join()
