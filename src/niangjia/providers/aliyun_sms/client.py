"""The real client of Alibaba Cloud SMS: one call, SendSms."""

import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from niangjia.core.ports import ProviderRefused, ProviderUnavailable, SmsReceipt
from niangjia.kernel import clock
from niangjia.providers import http
from niangjia.providers.aliyun_sms import signature

# A clear no about this number or this text. Anything else (balance, template, throttling, their fault) says nothing.
REFUSALS = frozenset(
    {
        "isv.MOBILE_NUMBER_ILLEGAL",
        "isv.BUSINESS_LIMIT_CONTROL",
        "isv.DAY_LIMIT_CONTROL",
        "isv.BLACK_KEY_CONTROL_LIMIT",
        "isv.DOMESTIC_NUMBER_NOT_SUPPORTED",
        "isv.PARAM_LENGTH_LIMIT",
        "isv.PARAM_NOT_SUPPORT_URL",
    }
)


@dataclass(frozen=True)
class AliyunSmsConfig:
    access_key_id: str
    access_key_secret: str = field(repr=False)
    sign_name: str
    templates: Mapping[str, str]  # our template code -> theirs; "*" stands for every other, and keeps our name in place
    gateway: str = "https://dysmsapi.aliyuncs.com"
    timeout: float = 5.0


class AliyunSms:
    """An `SmsSender`."""

    def __init__(self, config: AliyunSmsConfig) -> None:
        self._config = config

    def send(self, *, phone: str, template: str, params: Mapping[str, str], out_id: str) -> SmsReceipt:
        answer = self._call(
            "SendSms",
            {
                "PhoneNumbers": phone,
                "SignName": self._config.sign_name,
                "TemplateCode": self._template(template),
                "TemplateParam": json.dumps(dict(params), ensure_ascii=False),
                "OutId": out_id,
            },
        )
        code, receipt = str(answer.get("Code")), answer.get("BizId")
        if code in REFUSALS:
            raise ProviderRefused(code, str(answer.get("Message", "")))
        if code != "OK" or not isinstance(receipt, str) or not receipt:
            raise ProviderUnavailable(f"aliyun sms: {code}")
        return SmsReceipt(receipt)

    def _template(self, ours: str) -> str:
        theirs = self._config.templates.get(ours) or self._config.templates.get("*", "").replace("*", ours)
        if not theirs:
            raise ProviderUnavailable(f"aliyun sms: no template is configured for {ours}")
        return theirs

    def _call(self, action: str, params: Mapping[str, str]) -> dict[str, object]:
        return http.call(
            method="POST",
            url=f"{self._config.gateway}/?{signature.canonical_query(params)}",
            headers=self._signed_headers(action, params),
            limits=http.Limits(total=self._config.timeout),
        ).json()

    def _signed_headers(self, action: str, params: Mapping[str, str]) -> dict[str, str]:
        headers = {
            "host": urlsplit(self._config.gateway).netloc,
            "x-acs-action": action,
            "x-acs-content-sha256": signature.content_hash(b""),
            "x-acs-date": clock.now().strftime("%Y-%m-%dT%H:%M:%SZ"),
            "x-acs-signature-nonce": secrets.token_hex(16),
            "x-acs-version": "2017-05-25",
        }
        signed = sorted(headers)
        sign = signature.sign(
            method="POST",
            path=f"{urlsplit(self._config.gateway).path}/",
            params=params,
            headers=headers,
            signed=signed,
            secret=self._config.access_key_secret,
        )
        line = signature.authorization(key_id=self._config.access_key_id, signed=signed, signature=sign)
        return {**headers, "authorization": line}
