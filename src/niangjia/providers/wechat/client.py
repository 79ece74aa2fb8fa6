"""The real client of WeChat's mini-program server API.

WeChat signs nothing; TLS, the app secret and a short-lived access token are all there is. `session_key` is dropped
at once: nobody here needs it, and what is not kept cannot leak.
"""

import json
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from niangjia.core.ports import OutsideIdentity, ProviderRefused, ProviderUnavailable
from niangjia.providers import http

# A clear no about this person or this code. Every code not listed is ours or theirs: nothing is known.
REFUSALS = {
    40003: "this open id is not ours",
    40029: "the code is wrong or has expired",
    40163: "the code has been used",
    40226: "WeChat holds this user for risky",
    43101: "the user did not agree to this notice",
    50002: "WeChat has restricted this user",
}
STALE_TOKEN = frozenset({40001, 40014, 42001})


@dataclass(frozen=True)
class WeChatConfig:
    app_id: str
    secret: str = field(repr=False)
    gateway: str = "https://api.weixin.qq.com"
    timeout: float = 5.0


class WeChat:
    """A `SignInProvider`, and what else the mini-program shell needs."""

    def __init__(self, config: WeChatConfig) -> None:
        self._config = config
        self._lock = threading.Lock()
        self._token = ""
        self._token_until = 0.0

    def exchange(self, *, code: str) -> OutsideIdentity:
        answer = self._call(
            "GET",
            "/sns/jscode2session",
            {
                "appid": self._config.app_id,
                "secret": self._config.secret,
                "js_code": code,
                "grant_type": "authorization_code",
            },
        )
        return OutsideIdentity("wechat", _text(answer, "openid"), str(answer.get("unionid") or ""))

    def phone_number(self, *, code: str) -> str:
        """The number a user agreed to share; the code works once, for five minutes."""
        answer = self._with_token("/wxa/business/getuserphonenumber", {"code": code})
        info = answer.get("phone_info")
        if not isinstance(info, dict) or info.get("countryCode") not in ("86", None):
            raise ProviderUnavailable("wechat: no phone number of the mainland in the answer")
        return _text(info, "purePhoneNumber")

    def send_notice(self, *, open_id: str, template_id: str, values: Mapping[str, str], page: str) -> None:
        """One consent of the user pays for one notice; 43101 says that none is left."""
        data = {key: {"value": value} for key, value in values.items()}
        self._with_token(
            "/cgi-bin/message/subscribe/send",
            {"touser": open_id, "template_id": template_id, "page": page, "data": data},
        )

    def _with_token(self, path: str, body: Mapping[str, object]) -> dict[str, Any]:
        """Another process may have renewed the token, so a stale one is fetched anew, once."""
        try:
            return self._call("POST", path, {"access_token": self._access_token()}, body)
        except _StaleToken:
            self._token_until = 0.0
        try:
            return self._call("POST", path, {"access_token": self._access_token()}, body)
        except _StaleToken as error:
            raise ProviderUnavailable("wechat: a fresh access token is refused") from error

    def _access_token(self) -> str:
        with self._lock:
            if time.monotonic() < self._token_until:
                return self._token
            answer = self._call(
                "POST",
                "/cgi-bin/stable_token",
                {},
                {"grant_type": "client_credential", "appid": self._config.app_id, "secret": self._config.secret},
            )
            lifetime = answer.get("expires_in")
            self._token = _text(answer, "access_token", longest=1024)
            self._token_until = time.monotonic() + (lifetime * 0.9 if isinstance(lifetime, int) else 0)
            return self._token

    def _call(
        self, method: str, path: str, query: Mapping[str, str], body: Mapping[str, object] | None = None
    ) -> dict[str, Any]:
        answer = http.call(
            method=method,
            url=f"{self._config.gateway}{path}?{urlencode(query)}",
            headers={"content-type": "application/json"} if body is not None else {},
            content=json.dumps(body, ensure_ascii=False).encode() if body is not None else b"",
            limits=http.Limits(total=self._config.timeout),
        ).json()
        _raise_unless_ok(answer)
        return answer


class _StaleToken(ProviderUnavailable):
    pass


def _raise_unless_ok(answer: Mapping[str, Any]) -> None:
    code = answer.get("errcode", 0)
    if not isinstance(code, int) or isinstance(code, bool):
        raise ProviderUnavailable("wechat: errcode is no number")
    if code in REFUSALS:
        raise ProviderRefused(str(code), REFUSALS[code])
    if code in STALE_TOKEN:
        raise _StaleToken(f"wechat: {code}")
    if code != 0:
        raise ProviderUnavailable(f"wechat: errcode {code}")


def _text(answer: Mapping[str, Any], key: str, *, longest: int = 128) -> str:
    value = answer.get(key)
    if not isinstance(value, str) or not 0 < len(value) <= longest:
        raise ProviderUnavailable(f"wechat: the answer has no {key}")
    return value
