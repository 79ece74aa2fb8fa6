"""The other side of the SMS service: checks our signature, and keeps what was sent in an inbox for the demo."""

import hmac
import json
import re
import secrets
import threading
from collections import deque
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta

from niangjia.kernel import clock
from niangjia.providers import pages
from niangjia.providers.aliyun_sms import signature
from niangjia.providers.simulation import Api, Mode, Page, Reply, Request, Routes, Shelf, json_reply

SIDE = "aliyun_sms"
PATH = "/aliyun_sms/"
_AUTHORIZATION = re.compile(
    rf"{signature.ALGORITHM} Credential=([^,]+),SignedHeaders=([^,]+),Signature=([0-9a-f]{{64}})"
)
_MUST_SIGN = {"host", "x-acs-action", "x-acs-content-sha256", "x-acs-date", "x-acs-signature-nonce", "x-acs-version"}
_WINDOW = timedelta(minutes=15)


@dataclass(frozen=True)
class Sent:
    at: str
    phone: str
    template: str
    params: dict[str, str]
    out_id: str
    text: str


class SmsSimulator:
    def __init__(self, *, key_id: str, secret: str) -> None:
        self._key_id = key_id
        self._secret = secret
        self._nonces = Shelf()
        self._sent: deque[Sent] = deque(maxlen=1000)
        self._lock = threading.Lock()

    def routes(self) -> Routes:
        return {
            ("POST", PATH): Api(lambda _request: SIDE, self.answer),
            ("GET", "/sms"): Page(self.inbox),
            ("GET", "/sms.json"): Page(self.inbox_json),
        }

    def answer(self, request: Request, mode: Mode) -> Reply:
        if mode is Mode.WRONG_SIGNATURE:
            return _no("SignatureDoesNotMatch", status=403)
        wrong = self._wrong(request)
        if wrong:
            return _no(wrong, status=403)
        if request.headers["x-acs-action"] != "SendSms":
            return _no("InvalidAction.NotFound", status=404)
        return self._send_sms(request.query, mode)

    def _wrong(self, request: Request) -> str:
        """The code of what is wrong with the signature, or nothing."""
        found = _AUTHORIZATION.fullmatch(request.headers.get("authorization", ""))
        if not found:
            return "MissingAuthorization"
        key_id, signed, given = found[1], found[2].split(";"), found[3]
        if key_id != self._key_id:
            return "InvalidAccessKeyId.NotFound"
        if not set(signed) >= _MUST_SIGN or not set(signed) <= set(request.headers):
            return "IncompleteSignature"
        if request.headers["x-acs-content-sha256"] != signature.content_hash(request.body):
            return "SignatureDoesNotMatch"
        ours = signature.sign(
            method=request.method,
            path=request.path,
            params=request.query,
            headers=request.headers,
            signed=signed,
            secret=self._secret,
        )
        if not hmac.compare_digest(ours, given):
            return "SignatureDoesNotMatch"
        return self._stale(request.headers["x-acs-date"], request.headers["x-acs-signature-nonce"])

    def _stale(self, date: str, nonce: str) -> str:
        try:
            at = datetime.strptime(date, "%Y-%m-%dT%H:%M:%S%z")
        except ValueError:
            return "InvalidTimeStamp.Format"
        if abs(clock.now() - at) > _WINDOW:
            return "InvalidTimeStamp.Expired"
        with self._lock:
            if nonce in self._nonces:
                return "SignatureNonceUsed"
            self._nonces[nonce] = True
        return ""

    def _send_sms(self, params: object, mode: Mode) -> Reply:
        query = params if isinstance(params, dict) else {}
        phone = query.get("PhoneNumbers", "")
        if not re.fullmatch(r"1[3-9]\d{9}", phone):
            return _no("isv.MOBILE_NUMBER_ILLEGAL")
        if mode is Mode.LIE:  # a friendly word, and a no in the field that counts
            return json_reply({"Message": "OK", "Code": "isv.BUSINESS_LIMIT_CONTROL", "BizId": "1^0"})
        try:
            values = {str(k): str(v) for k, v in json.loads(query.get("TemplateParam", "{}")).items()}
        except (ValueError, AttributeError):
            return _no("isv.INVALID_JSON_PARAM")
        self._record(query, values)
        return json_reply(
            {
                "Message": "OK",
                "Code": "OK",
                "BizId": f"{secrets.randbelow(10**18)}^0",
                "RequestId": secrets.token_hex(16),
            }
        )

    def _record(self, query: dict[str, str], values: dict[str, str]) -> None:
        words = _words(query.get("SignName", ""), values)
        at = clock.now().astimezone(clock.SHANGHAI).strftime("%m-%d %H:%M:%S")
        sent = Sent(at, query["PhoneNumbers"], query.get("TemplateCode", ""), values, query.get("OutId", ""), words)
        self._sent.appendleft(sent)

    def inbox_json(self, request: Request) -> Reply:
        """Newest first; `?phone=` for one phone."""
        phone = request.query.get("phone", "")
        return json_reply({"items": [asdict(sent) for sent in list(self._sent) if phone in ("", sent.phone)]})

    def inbox(self, request: Request) -> Reply:
        phone = request.query.get("phone", "")
        items = [sent for sent in list(self._sent) if phone in ("", sent.phone)][:50]
        body = (
            "".join(map(_card, items))
            or '<div class="card">还没有短信。去 App 里点“获取验证码”，它就会出现在这里。</div>'
        )
        return pages.page(title="短信收件箱", body=f"{body}<p><a href='/'>回到首页</a></p>", refresh=3)


def _words(sign_name: str, values: dict[str, str]) -> str:
    if "code" in values:
        return f"【{sign_name}】您的验证码是 {values['code']}，5 分钟内有效。别告诉任何人，娘家人也不会问您要。"
    told = "，".join(values.values())
    return f"【{sign_name}】{told or '您有一条新消息，请打开娘家查看。'}"


def _card(sent: Sent) -> str:
    code = f'<div class="code">{pages.text(sent.params["code"])}</div>' if "code" in sent.params else ""
    return (
        f'<div class="card"><div class="small">{pages.text(sent.at)} · 发给 {pages.text(sent.phone)}</div>'
        f"{code}<div>{pages.text(sent.text)}</div></div>"
    )


def _no(code: str, *, status: int = 200) -> Reply:
    return json_reply({"Code": code, "Message": code, "RequestId": secrets.token_hex(16)}, status=status)
