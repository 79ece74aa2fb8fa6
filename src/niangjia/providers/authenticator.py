"""The authenticator apps of the demo's staff, whom nobody plays with a phone of their own: six digits on a page.

Only the demo writes the file with their secrets; without it the page is empty.
"""

import base64
import json
from pathlib import Path

from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.twofactor.totp import TOTP

from niangjia.kernel import clock
from niangjia.providers import pages
from niangjia.providers.simulation import Page, Reply, Request, Routes, json_reply

PATH = "/authenticator"
FILE = "authenticators.json"
STEP = 30  # seconds, as all authenticator apps have it


class Authenticator:
    def __init__(self, state: Path | None) -> None:
        self._state = state

    def routes(self) -> Routes:
        return {("GET", PATH): Page(self._show), ("GET", f"{PATH}.json"): Page(self._tell)}

    def _codes(self) -> tuple[list[dict[str, str]], int]:
        """Who, phone and code of everybody, and for how many seconds the codes will be right."""
        file = self._state / FILE if self._state else None
        kept = json.loads(file.read_text()) if file and file.exists() else []
        moment = int(clock.now().timestamp())
        return [
            {"who": one["who"], "phone": one["phone"], "code": code_at(one["secret"], moment)} for one in kept
        ], STEP - moment % STEP

    def _tell(self, _request: Request) -> Reply:
        items, left = self._codes()
        return json_reply({"items": items, "left": left})

    def _show(self, _request: Request) -> Reply:
        items, left = self._codes()
        told = '<div class="card small">演示用：工作人员登录后台时要填的六位数字。真的安装里，它只在本人手机上。</div>'
        cards = "".join(_card(item, left) for item in items) or '<div class="card">演示城市还没有装好。</div>'
        body = f"{told}{cards}<p><a href='/'>回到首页</a></p>"
        return pages.page(title="身份验证器（演示）", body=body, refresh=min(left, 5))


def code_at(secret: str, moment: int) -> str:
    """RFC 6238 with SHA-1, the one that every app speaks."""
    totp = TOTP(base64.b32decode(secret), 6, SHA1(), STEP, enforce_key_length=False)  # noqa: S303
    return totp.generate(moment).decode()


def _card(item: dict[str, str], left: int) -> str:
    who, phone, code = (pages.text(item[name]) for name in ("who", "phone", "code"))
    told = f'<div class="small">{who} · {phone} · 还有 {left} 秒</div>'
    return f'<div class="card">{told}<div class="code">{code}</div></div>'
