"""All simulators of the outside world in one small server: `python -m niangjia.providers.simulators --port 8001`.

It keeps its keys in `--state` and writes there `config.json`: all that `settings.PROVIDER_CONFIG` needs to reach it.
"""

import argparse
import json
import os
import secrets
import signal
import sys
import threading
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

from niangjia.providers import pages
from niangjia.providers.alipay import simulator as alipay
from niangjia.providers.aliyun_sms import simulator as aliyun_sms
from niangjia.providers.authenticator import Authenticator
from niangjia.providers.shell import ShellPage
from niangjia.providers.simulation import Delays, Mode, Modes, Page, Reply, Request, Routes, Server, json_reply, routed
from niangjia.providers.wechat import simulator as wechat

SIDES = {
    alipay.SIGN_IN: "支付宝登录",
    alipay.IDENTITY: "支付宝刷脸认证",
    wechat.SIDE: "微信",
    aliyun_sms.SIDE: "短信",
}
_MODES = {
    Mode.OK: "一切正常",
    Mode.SLOW: "慢，但来得及",
    Mode.HANG: "一直不回",
    Mode.RESET: "断线",
    Mode.GARBAGE: "回一堆乱码",
    Mode.WRONG_SIGNATURE: "签名不对",
    Mode.DUPLICATE: "同一个回答来两遍",
    Mode.LATE: "办了，但回得太晚",
    Mode.LIE: "说一套做一套",
    Mode.ERROR_500: "对方服务器出错",
    Mode.EMPTY: "回一个空",
    Mode.TRUNCATED: "话说一半",
}


class Simulators:
    """The other sides together, with the keys and secrets in `secrets_`."""

    def __init__(
        self, *, secrets_: dict[str, str], app_origin: str = "http://127.0.0.1:8000", state: Path | None = None
    ) -> None:
        self.modes = Modes(tuple(SIDES))
        keys = alipay.AlipayKeys(
            app_id=secrets_["alipay_app_id"],
            app_public_key=_public(secrets_["app_private_key"]),
            gateway_private_key=secrets_["gateway_private_key"],
            forger_private_key=secrets_["forger_private_key"],
        )
        self.alipay = alipay.AlipaySimulator(keys=keys, modes=self.modes, app_origin=app_origin)
        self.wechat = wechat.WeChatSimulator(app_id=secrets_["wechat_app_id"], secret=secrets_["wechat_secret"])
        self.shell = ShellPage(app_origin=app_origin)
        self.authenticator = Authenticator(state)
        self.sms = aliyun_sms.SmsSimulator(key_id=secrets_["sms_key_id"], secret=secrets_["sms_secret"])

    def routes(self) -> Routes:
        own: Routes = {
            ("GET", "/"): Page(_index),
            ("GET", "/modes"): Page(self._show_modes),
            ("GET", "/modes.json"): Page(lambda _request: json_reply({side: self.modes.of(side) for side in SIDES})),
            ("POST", "/modes"): Page(self._switch),
        }
        shown: Routes = {**self.shell.routes(), **self.authenticator.routes()}
        return {**own, **self.alipay.routes(), **self.wechat.routes(), **self.sms.routes(), **shown}

    def serve(
        self,
        *,
        host: str,
        port: int,
        delays: Delays | None = None,
        before_listening: Callable[[str], None] | None = None,
    ) -> Server:
        answer = routed(self.routes(), self.modes)
        return Server((host, port), answer, delays=delays, before_listening=before_listening)

    def _switch(self, request: Request) -> Reply:
        """A form from the page, or JSON from a test: {"side": …, "mode": …}."""
        is_json = request.headers.get("content-type", "").startswith("application/json")
        asked = request.json() if is_json else request.form()
        try:
            self.modes.switch(str(asked.get("side")), str(asked.get("mode")))
        except ValueError as error:
            return json_reply({"error": str(error)}, status=400)
        return json_reply({}) if is_json else pages.redirect("/modes")

    def _show_modes(self, _request: Request) -> Reply:
        body = "".join(_mode_form(side, title, self.modes.of(side)) for side, title in SIDES.items())
        return pages.page(title="让对方出点状况", body=f"{body}<p><a href='/'>回到首页</a></p>")


def load_secrets(state: Path) -> dict[str, str]:
    """Keys made once and kept, so that web server and simulators still agree after a restart."""
    path = state / "secrets.json"
    if path.exists():
        kept: dict[str, str] = json.loads(path.read_text())
        return kept
    made = make_secrets()
    _write(path, made)
    return made


def make_secrets() -> dict[str, str]:
    keys = {name: _private_key() for name in ("app_private_key", "gateway_private_key", "forger_private_key")}
    return {
        **keys,
        "alipay_app_id": "2021000000000000",
        "wechat_app_id": "wx-simulated",
        "wechat_secret": secrets.token_hex(16),
        "sms_key_id": "simulated",
        "sms_secret": secrets.token_hex(16),
    }


def provider_config(*, secrets_: dict[str, str], origin: str, timeout: float = 5.0) -> dict[str, Any]:
    """What `settings.PROVIDER_CONFIG` needs to talk to simulators at `origin`."""
    return {
        "simulators": f"{origin}/",  # the app shows the way to them, and that they are none of the real ones
        "alipay": {
            "app_id": secrets_["alipay_app_id"],
            "private_key": secrets_["app_private_key"],
            "gateway_public_key": _public(secrets_["gateway_private_key"]),
            "gateway": f"{origin}{alipay.GATEWAY}",
            "timeout": timeout,
        },
        "wechat": {
            "app_id": secrets_["wechat_app_id"],
            "secret": secrets_["wechat_secret"],
            "gateway": f"{origin}{wechat.PATH}",
            "timeout": timeout,
        },
        "aliyun_sms": {
            "access_key_id": secrets_["sms_key_id"],
            "access_key_secret": secrets_["sms_secret"],
            "sign_name": "娘家",
            "templates": {"*": "SMS_*"},
            "gateway": f"{origin}{aliyun_sms.PATH.rstrip('/')}",
            "timeout": timeout,
        },
    }


def main(argv: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="niangjia.providers.simulators", description=__doc__)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8001)
    parser.add_argument("--state", type=Path, required=True, help="folder for keys and config.json")
    parser.add_argument("--app-origin", default="http://127.0.0.1:8000", help="where the app is, for ways back to it")
    options = parser.parse_args(argv)
    options.state.mkdir(parents=True, exist_ok=True)
    secrets_ = load_secrets(options.state)
    others = Simulators(secrets_=secrets_, app_origin=options.app_origin, state=options.state)

    def tell(origin: str) -> None:
        """Before the port opens: whoever finds it open finds the configuration too."""
        _write(options.state / "config.json", provider_config(secrets_=secrets_, origin=origin))

    try:
        server = others.serve(host=options.host, port=options.port, before_listening=tell)
    except OSError as error:
        print(f"simulators: port {options.port}: {error.strerror}", file=sys.stderr)  # noqa: T201 - a command line
        return 1
    print(f"simulators: ready at {server.origin}", flush=True)  # noqa: T201 - a command line
    serve_until_stopped(server)
    return 0


def serve_until_stopped(server: Server) -> None:
    def stop(*_args: object) -> None:
        threading.Thread(target=server.shutdown).start()

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    server.serve_forever(poll_interval=0.1)
    server.server_close()


def _index(_request: Request) -> Reply:
    cards = (
        '<div class="card">没有真的手机和支付宝，也能把娘家走一遍。</div>'
        '<a class="button" href="/sms">短信收件箱</a>'
        '<a class="button plain" href="/shell">从小程序进娘家</a>'
        '<a class="button plain" href="/authenticator">工作人员的身份验证器</a>'
        '<a class="button plain" href="/modes">让对方出点状况</a>'
        '<div class="card small">登录时收的验证码都在收件箱里；刷脸认证的页面会从 App 里自己打开。</div>'
    )
    return pages.page(title="娘家 · 外面的世界", body=cards)


def _mode_form(side: str, title: str, now: Mode) -> str:
    options = "".join(
        f'<option value="{mode}"{" selected" if mode is now else ""}>{pages.text(told)}</option>'
        for mode, told in _MODES.items()
    )
    return (
        f'<form class="card" method="post" action="/modes"><input type="hidden" name="side" value="{side}">'
        f'<label><b>{pages.text(title)}</b><select name="mode">{options}</select></label>'
        "<button>换成这样</button></form>"
    )


def _private_key() -> str:
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    return key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    ).decode()


def _public(private_key: str) -> str:
    key = serialization.load_pem_private_key(private_key.encode(), password=None).public_key()
    return key.public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo).decode()


def _write(path: Path, value: object) -> None:
    """Whole or not at all, and readable by its owner only."""
    part = path.with_name(f".{path.name}.{os.getpid()}")
    descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w") as file:
        json.dump(value, file, ensure_ascii=False, indent=1)
    part.replace(path)


if __name__ == "__main__":
    sys.exit(main())
