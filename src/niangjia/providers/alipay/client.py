"""The real client of Alipay's open gateway. What a phone says about a check is never believed: the gateway is asked."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from niangjia.core.ports import CertifyResult, CertifyStart, OutsideIdentity, ProviderRefused, ProviderUnavailable
from niangjia.kernel import clock
from niangjia.providers import http
from niangjia.providers.alipay import answer, signature

TOKEN = "alipay.system.oauth.token"  # noqa: S105 - a method name, not a secret
INITIALIZE = "alipay.user.certify.open.initialize"
CERTIFY = "alipay.user.certify.open.certify"
QUERY = "alipay.user.certify.open.query"

# A clear no about this person or this code. Any other failure is ours or theirs, so nothing is known.
_REFUSALS = frozenset({"isv.code-invalid", "isv.code-is-reuse", "isv.refresh-token-invalid"})
_NOT_A_REFUSAL = ("isp.", "aop.", "ACQ.SYSTEM_ERROR", "SYSTEM_ERROR")
_ORDER_NO = re.compile(r"[0-9A-Za-z]{32}")


@dataclass(frozen=True)
class AlipayConfig:
    app_id: str
    private_key: str = field(repr=False)
    gateway_public_key: str
    gateway: str = "https://openapi.alipay.com/gateway.do"
    biz_code: str = "FACE"
    timeout: float = 5.0


class Alipay:
    """Both `SignInProvider` and `IdentityProvider`."""

    def __init__(self, config: AlipayConfig) -> None:
        self._config = config

    def exchange(self, *, code: str) -> OutsideIdentity:
        content = self._call(TOKEN, {"grant_type": "authorization_code", "code": code})
        return OutsideIdentity("alipay", _text(content, "open_id"), str(content.get("union_id") or ""))

    def start(self, *, order_no: str, legal_name: str, id_number: str, return_url: str) -> CertifyStart:
        if not _ORDER_NO.fullmatch(order_no):
            raise ValueError("the order number is 32 letters and digits")
        content = self._call(INITIALIZE, self._order(order_no, legal_name, id_number, return_url))
        certify_id = _text(content, "certify_id")
        return CertifyStart(certify_id, self._page(certify_id, return_url))

    def result(self, *, certify_id: str) -> CertifyResult:
        content = self._call(QUERY, _biz({"certify_id": certify_id}))
        passed = content.get("passed")
        if passed not in ("T", "F"):
            raise ProviderUnavailable("alipay: the query says neither T nor F")
        return CertifyResult(passed == "T", certify_id, str(content.get("fail_reason", "")))

    def _order(self, order_no: str, legal_name: str, id_number: str, return_url: str) -> dict[str, str]:
        person = {
            "identity_type": "CERT_INFO",
            "cert_type": "IDENTITY_CARD",
            "cert_name": legal_name,
            "cert_no": id_number,
        }
        return _biz(
            {
                "outer_order_no": order_no,
                "biz_code": self._config.biz_code,
                "identity_param": person,
                "merchant_config": {"return_url": return_url},
            }
        )

    def _page(self, certify_id: str, return_url: str) -> str:
        """The signed address that the person's own browser opens."""
        params = self._signed(CERTIFY, {**_biz({"certify_id": certify_id}), "return_url": return_url})
        return f"{http.require_safe_address(self._config.gateway)}?{urlencode(params)}"

    def _call(self, method: str, params: Mapping[str, str]) -> dict[str, Any]:
        got = http.call(
            method="POST",
            url=self._config.gateway,
            headers={"content-type": "application/x-www-form-urlencoded;charset=utf-8"},
            content=urlencode(self._signed(method, params)).encode(),
            limits=http.Limits(total=self._config.timeout),
        )
        content = answer.read(got.text(), method=method, public_key=self._config.gateway_public_key)
        _raise_unless_ok(content)
        return content

    def _signed(self, method: str, params: Mapping[str, str]) -> dict[str, str]:
        full = {
            "app_id": self._config.app_id,
            "method": method,
            "format": "JSON",
            "charset": "utf-8",
            "sign_type": "RSA2",
            "timestamp": clock.now().astimezone(clock.SHANGHAI).strftime("%Y-%m-%d %H:%M:%S"),
            "version": "1.0",
            **params,
        }
        return {**full, "sign": signature.sign(signature.canonical(full), self._config.private_key)}


def _biz(content: Mapping[str, object]) -> dict[str, str]:
    return {"biz_content": json.dumps(content, ensure_ascii=False, separators=(",", ":"))}


def _text(content: Mapping[str, Any], key: str) -> str:
    value = content.get(key)
    if not isinstance(value, str) or not 0 < len(value) <= 128:
        raise ProviderUnavailable(f"alipay: the answer has no {key}")
    return value


def _raise_unless_ok(content: Mapping[str, Any]) -> None:
    code, reason = str(content.get("code", "10000")), str(content.get("sub_code", ""))
    if code == "10000":  # the token call sends no code at all when it succeeds
        return
    if reason in _REFUSALS or (code == "40004" and reason and not reason.startswith(_NOT_A_REFUSAL)):
        raise ProviderRefused(reason, str(content.get("sub_msg", "")))
    raise ProviderUnavailable(f"alipay: {code} {reason}")
