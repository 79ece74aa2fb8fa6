"""Plays a mini-program shell at the demo: signs in as somebody, then opens the app with a ticket."""

import json
import re
import secrets
from typing import Any
from urllib.parse import urlencode

from niangjia.core.ports import ProviderUnavailable
from niangjia.providers import http, pages
from niangjia.providers.simulation import Page, Reply, Request, Routes

PATH = "/shell"
_TITLES = {"wechat": "微信", "alipay": "支付宝"}


class ShellPage:
    def __init__(self, *, app_origin: str) -> None:
        self._app = app_origin

    def routes(self) -> Routes:
        return {("GET", PATH): Page(self.show), ("POST", PATH): Page(self.enter)}

    def show(self, _request: Request) -> Reply:
        return pages.page(title="从小程序进娘家", body=_form())

    def enter(self, request: Request) -> Reply:
        form = request.form()
        platform, who = form.get("platform", ""), form.get("who", "")
        if platform not in _TITLES or not re.fullmatch(r"[a-z0-9]{1,20}", who):
            return pages.page(title="从小程序进娘家", body=f"<p>账号用小写字母和数字。</p>{_form()}", status=400)
        try:
            return pages.redirect(self._address(platform, f"{who}.{secrets.token_hex(4)}"))
        except ProviderUnavailable as error:
            body = f"<p>App 没有应答，请稍后再试。</p><p class='small'>{pages.text(error)}</p>{_form()}"
            return pages.page(title="进不去", body=body, status=502)

    def _address(self, platform: str, code: str) -> str:
        answer = self._post(f"sign-in/{platform}", {"code": code})
        if answer.get("state") == "phone_needed":
            return self._page("bind", answer.get("bind_ticket"))
        token = answer.get("token")
        return self._page("bridge", self._post("bridge/ticket", {}, token=str(token)).get("ticket"))

    def _page(self, name: str, ticket: object) -> str:
        if not isinstance(ticket, str):
            raise ProviderUnavailable("the app gave no ticket")
        return f"{self._app}/#/{name}?{urlencode({'ticket': ticket})}"

    def _post(self, path: str, body: dict[str, str], *, token: str = "") -> dict[str, Any]:
        bearer = {"authorization": f"Bearer {token}"} if token else {}
        return http.call(
            method="POST",
            url=f"{self._app}/api/v1/{path}",
            headers={"content-type": "application/json", **bearer},
            content=json.dumps(body).encode(),
            limits=http.Limits(),
        ).json()


def _form() -> str:
    buttons = "".join(
        f'<button name="platform" value="{platform}">用{title}打开</button>' for platform, title in _TITLES.items()
    )
    return (
        f'<form class="card" method="post" action="{PATH}"><label>账号（随便起，下次用同一个就还是同一个人）'
        f'<input name="who" value="demo" maxlength="20" pattern="[a-z0-9]+"></label>{buttons}</form>'
        "<p><a href='/'>回到首页</a></p>"
    )
