"""The other side of WeChat. A code is `<who>.<anything>`: the same who is the same user, and a code works once.

`bad.`, `risky.` and `busy.` are codes that WeChat refuses, distrusts, or has no time for.
"""

import hashlib
import hmac
import secrets
import threading
from typing import Any

from niangjia.providers.simulation import Api, Mode, Reply, Request, Routes, Shelf, json_reply

SIDE = "wechat"
PATH = "/wechat"
_SPECIAL = {"bad": 40029, "risky": 40226, "busy": -1}


class WeChatSimulator:
    def __init__(self, *, app_id: str, secret: str) -> None:
        self._app_id = app_id
        self._secret = secret
        self._used = Shelf()
        self._consents = Shelf()
        self._token = secrets.token_urlsafe(48)
        self._lock = threading.Lock()

    def routes(self) -> Routes:
        calls = {
            ("GET", "/sns/jscode2session"): self.sign_in,
            ("POST", "/cgi-bin/stable_token"): self.token,
            ("POST", "/wxa/business/getuserphonenumber"): self.phone,
            ("POST", "/cgi-bin/message/subscribe/send"): self.notice,
        }
        return {(method, PATH + path): Api(lambda _request: SIDE, answer) for (method, path), answer in calls.items()}

    def grant_notice(self, open_id: str, template_id: str) -> None:
        """As if the user had tapped 允许: one more notice may be sent."""
        with self._lock:
            key = f"{open_id} {template_id}"
            self._consents[key] = self._consents.get(key, 0) + 1

    def sign_in(self, request: Request, mode: Mode) -> Reply:
        wrong = self._wrong_app(request.query.get("appid", ""), request.query.get("secret", ""), mode)
        code = request.query.get("js_code", "")
        wrong = wrong or self._wrong_code(code)
        if wrong:
            return _no(wrong)
        who = hashlib.sha256(code.partition(".")[0].encode()).hexdigest()
        session = {
            "openid": f"sim-w-{who[:22]}",
            "unionid": f"sim-u-{who[22:44]}",
            "session_key": secrets.token_urlsafe(16),
        }
        return json_reply({**session, "errcode": 40226, "errmsg": "ok"} if mode is Mode.LIE else session)

    def token(self, request: Request, mode: Mode) -> Reply:
        asked = request.json()
        wrong = self._wrong_app(str(asked.get("appid", "")), str(asked.get("secret", "")), mode)
        return _no(wrong) if wrong else json_reply({"access_token": self._token, "expires_in": 7200})

    def phone(self, request: Request, mode: Mode) -> Reply:
        code = str(request.json().get("code", ""))
        wrong = self._wrong_token(request, mode) or self._wrong_code(code)
        if wrong:
            return _no(wrong)
        number = f"139{int(hashlib.sha256(code.partition('.')[0].encode()).hexdigest(), 16) % 10**8:08d}"
        return json_reply({"errcode": 0, "phone_info": {"purePhoneNumber": number, "countryCode": "86"}})

    def notice(self, request: Request, mode: Mode) -> Reply:
        asked = request.json()
        wrong = self._wrong_token(request, mode) or self._spend_consent(asked)
        return json_reply({"errcode": wrong, "errmsg": "ok" if wrong == 0 else "no"})

    def _spend_consent(self, asked: dict[str, Any]) -> int:
        key = f"{asked.get('touser')} {asked.get('template_id')}"
        with self._lock:
            if not self._consents.get(key):
                return 43101
            self._consents[key] -= 1
        return 0

    def _wrong_app(self, app_id: str, secret: str, mode: Mode) -> int:
        if app_id != self._app_id:
            return 40013
        right = hmac.compare_digest(secret.encode(), self._secret.encode())
        return 40125 if not right or mode is Mode.WRONG_SIGNATURE else 0

    def _wrong_token(self, request: Request, mode: Mode) -> int:
        if request.query.get("access_token") != self._token:
            return 40001
        return {Mode.WRONG_SIGNATURE: 40001, Mode.LIE: 43101}.get(mode, 0)

    def _wrong_code(self, code: str) -> int:
        kind = code.partition(".")[0]
        if not code or kind in _SPECIAL:
            return _SPECIAL.get(kind, 40029)
        with self._lock:
            if code in self._used:
                return 40163
            self._used[code] = True
        return 0


def _no(code: int) -> Reply:
    return json_reply({"errcode": code, "errmsg": "simulated"})
