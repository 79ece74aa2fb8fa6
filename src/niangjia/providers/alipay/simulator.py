"""The other side of Alipay: verifies our signatures, signs its own answers, and shows a made-up face check.

A sign-in code is `<who>.<anything>`: the same who is the same user, and a code works once; `bad.` is refused.
"""

import hashlib
import json
import secrets
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from niangjia.kernel import china
from niangjia.providers import pages
from niangjia.providers.alipay import client, return_address, signature
from niangjia.providers.simulation import Api, Mode, Modes, Page, Reply, Request, Routes, Shelf

SIGN_IN = "alipay_sign_in"
IDENTITY = "alipay_identity"
GATEWAY = "/alipay/gateway.do"
CERTIFY_PAGE = "/alipay/certify"
_FACE = (
    '<svg width="72" height="72" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="1.6" '
    'stroke-linecap="round"><circle cx="12" cy="12" r="10"/>'
    '<path d="M8 14.5c1 1.4 2.3 2 4 2s3-.6 4-2M9 9.5v.1M15 9.5v.1"/></svg>'
)
_NOT_OURS = {"code": "40002", "msg": "Invalid Arguments"}


@dataclass(frozen=True)
class AlipayKeys:
    app_id: str
    app_public_key: str  # ours: the app's requests are verified with it
    gateway_private_key: str
    forger_private_key: str  # signs in the mode wrong_signature


@dataclass
class Order:
    certify_id: str
    order_no: str
    masked_name: str
    return_url: str
    passed: bool | None = None
    claimed: bool = False


class AlipaySimulator:
    def __init__(self, *, keys: AlipayKeys, modes: Modes, app_origin: str) -> None:
        self._keys = keys
        self._modes = modes
        self._app_origin = app_origin
        self._orders = Shelf()
        self._order_numbers = Shelf()
        self._used = Shelf()
        self._lock = threading.Lock()

    def routes(self) -> Routes:
        return {
            ("POST", GATEWAY): Api(_side, self.gateway),
            ("GET", GATEWAY): Page(self.enter),
            ("GET", CERTIFY_PAGE): Page(self.show),
            ("POST", CERTIFY_PAGE): Page(self.choose),
        }

    # The gateway that servers talk to

    def gateway(self, request: Request, mode: Mode) -> Reply:
        params = request.form()
        methods = {client.TOKEN: self._token, client.INITIALIZE: self._initialize, client.QUERY: self._query}
        method = params.get("method", "")
        if not self._ours(params):
            return self._signed("error", {**_NOT_OURS, "sub_code": "isv.invalid-signature"}, mode)
        if method not in methods:
            return self._signed("error", {**_NOT_OURS, "sub_code": "isv.invalid-method"}, mode)
        content = methods[method](params, mode)
        failed_sign_in = method == client.TOKEN and "code" in content and "open_id" not in content
        return self._signed("error" if failed_sign_in else method, content, mode)

    def _ours(self, params: Mapping[str, str]) -> bool:
        data, given = signature.canonical(params), params.get("sign", "")
        return (
            params.get("app_id") == self._keys.app_id
            and params.get("sign_type") == "RSA2"
            and signature.verified(data, given, self._keys.app_public_key)
        )

    def _signed(self, method: str, content: Mapping[str, Any], mode: Mode) -> Reply:
        raw = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
        forged = mode is Mode.WRONG_SIGNATURE
        key = self._keys.forger_private_key if forged else self._keys.gateway_private_key
        sign = signature.sign(raw.encode(), key)
        name = method.replace(".", "_") + "_response"
        return Reply(f'{{"{name}":{raw},"sign":"{sign}"}}'.encode())

    def _token(self, params: Mapping[str, str], mode: Mode) -> dict[str, Any]:
        code = params.get("code", "")
        who = code.partition(".")[0]
        with self._lock:
            refused = not who or who == "bad" or code in self._used
            self._used[code] = True
        if refused:
            return {**_NOT_OURS, "sub_code": "isv.code-invalid", "sub_msg": "授权码无效"}
        digest = hashlib.sha256(who.encode()).hexdigest()
        session = {"access_token": secrets.token_hex(20), "open_id": f"sim-a-{digest[:26]}", "expires_in": 1296000}
        return {**session, **_NOT_OURS, "sub_code": "isv.code-invalid"} if mode is Mode.LIE else session

    def _initialize(self, params: Mapping[str, str], _mode: Mode) -> dict[str, Any]:
        asked = _biz(params)
        person, merchant = asked.get("identity_param"), asked.get("merchant_config")
        if not isinstance(person, dict) or not isinstance(merchant, dict):
            return {**_NOT_OURS, "sub_code": "isv.missing-parameter"}
        return_url = return_address.allowed(str(merchant.get("return_url")), app_origin=self._app_origin)
        if not return_url:
            return {**_NOT_OURS, "sub_code": "isv.invalid-return-url"}
        try:
            china.parse_id_number(str(person.get("cert_no")))
        except ValueError:
            return {"code": "40004", "msg": "Business Failed", "sub_code": "CERT_NO_INVALID", "sub_msg": "身份证号不对"}
        certify_id = self._order(str(asked.get("outer_order_no")), str(person.get("cert_name")), return_url)
        return {"code": "10000", "msg": "Success", "certify_id": certify_id}

    def _order(self, order_no: str, name: str, return_url: str) -> str:
        """The same order number is the same check: asking twice makes one."""
        with self._lock:
            certify_id = str(self._order_numbers.setdefault(order_no, secrets.token_hex(16)))
            if certify_id not in self._orders:
                self._orders[certify_id] = Order(certify_id, order_no, china.mask_name(name), return_url)
        return certify_id

    def _query(self, params: Mapping[str, str], _mode: Mode) -> dict[str, Any]:
        order = self._orders.get(str(_biz(params).get("certify_id")))
        if order is None:
            return {
                "code": "40004",
                "msg": "Business Failed",
                "sub_code": "CERTIFY_ID_INVALID",
                "sub_msg": "没有这次认证",
            }
        failed = {"fail_reason": "SIMULATED_NOT_THE_SAME_FACE"} if order.passed is False else {}
        return {"code": "10000", "msg": "Success", "passed": "T" if order.passed else "F", **failed}

    # The pages that the person sees

    def enter(self, request: Request) -> Reply:
        """The signed address our server made; a browser brings it."""
        if not self._ours(request.query) or request.query.get("method") != client.CERTIFY:
            return pages.page(title="打不开", body="<p>这个链接的签名不对，请回到 App 再来一次。</p>", status=403)
        return pages.redirect(f"{CERTIFY_PAGE}?certify_id={pages.text(_biz(request.query).get('certify_id'))}")

    def show(self, request: Request) -> Reply:
        order = self._orders.get(request.query.get("certify_id", ""))
        if order is None:
            return pages.page(title="没有这次认证", body="<p>可能是模拟器重启过。请回到 App 再来一次。</p>", status=404)
        return pages.page(title="刷脸认证（模拟）", body=_face_check(order))

    def choose(self, request: Request) -> Reply:
        form = request.form()
        order = self._orders.get(form.get("certify_id", ""))
        if order is None or form.get("choice") not in ("pass", "fail", "cancel"):
            return self.show(request)
        self._decide(order, form["choice"])
        word = {"certify_id": order.certify_id, "passed": "T" if order.claimed else "F"}
        return pages.redirect(return_address.with_word(order.return_url, word))

    def _decide(self, order: Order, choice: str) -> None:
        """The first choice stands, so a callback that comes twice says the same. A liar's browser says the reverse."""
        with self._lock:
            if choice != "cancel" and order.passed is None:
                order.claimed = choice == "pass"
                order.passed = order.claimed != (self._modes.of(IDENTITY) is Mode.LIE)


def _side(request: Request) -> str:
    return SIGN_IN if request.form().get("method") == client.TOKEN else IDENTITY


def _biz(params: Mapping[str, str]) -> dict[str, Any]:
    try:
        value = json.loads(params.get("biz_content", ""))
    except (ValueError, RecursionError):
        return {}
    return value if isinstance(value, dict) else {}


def _face_check(order: Order) -> str:
    hidden = f'<input type="hidden" name="certify_id" value="{pages.text(order.certify_id)}">'
    return (
        f'<div class="card"><div>请 <b>{pages.text(order.masked_name)}</b> 正对屏幕</div>'
        f'<div class="face" aria-hidden="true">{_FACE}</div>'
        '<div class="small">不会打开摄像头，也不会存任何照片。选一个结果，看看娘家怎么处理：</div></div>'
        f'<form method="post" action="{CERTIFY_PAGE}">{hidden}'
        '<button name="choice" value="pass">通过</button>'
        '<button class="plain" name="choice" value="fail">不通过</button>'
        '<button class="plain" name="choice" value="cancel">取消</button></form>'
    )
