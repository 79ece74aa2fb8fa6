"""Whatever JSON comes back, a client says yes on sound grounds, no, or that nothing is known; it never breaks."""

import json
from contextlib import suppress
from typing import Any
from unittest.mock import patch

from hypothesis import given, settings
from hypothesis import strategies as st

from niangjia.core.ports import OutsideIdentity, ProviderRefused, ProviderUnavailable, SmsReceipt
from niangjia.providers import http
from niangjia.providers.alipay.client import Alipay, AlipayConfig
from niangjia.providers.aliyun_sms.client import AliyunSms, AliyunSmsConfig
from niangjia.providers.simulators import make_secrets, provider_config
from niangjia.providers.wechat.client import WeChat, WeChatConfig

CONFIG = provider_config(secrets_=make_secrets(), origin="http://127.0.0.1:1")
LEAVES = (
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8) | st.sampled_from(["OK", "T", "F"])
)
VALUES = st.recursive(LEAVES, lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(), inner, max_size=2))
LIKELY = st.sampled_from(["OK", "T", "F", "x", "", "10000", "40004", 0, 40226])


def answers(*words: str) -> st.SearchStrategy[dict[str, Any]]:
    """Objects with some of these members, often with a value that means something."""
    return st.fixed_dictionaries({}, optional=dict.fromkeys(words, LIKELY | VALUES))


def hears(content: dict[str, Any]) -> Any:
    """Our client hears this whatever it asks."""
    return patch.object(http, "call", return_value=http.Answer(200, json.dumps(content).encode()))


@settings(max_examples=300, deadline=None)
@given(answers("errcode", "openid", "unionid"))
def test_wechat_takes_only_a_text_without_an_error_for_an_identity(content: dict[str, Any]) -> None:
    with hears(content), suppress(ProviderRefused, ProviderUnavailable):
        identity = WeChat(WeChatConfig(**CONFIG["wechat"])).exchange(code="x")
        assert identity == OutsideIdentity("wechat", content["openid"], identity.union_id)
        assert content.get("errcode", 0) == 0
        assert identity.union_id == "" or content["unionid"]


@settings(max_examples=300, deadline=None)
@given(answers("Code", "BizId", "Message"))
def test_the_sms_service_takes_only_ok_with_a_number_for_a_receipt(content: dict[str, Any]) -> None:
    with hears(content), suppress(ProviderRefused, ProviderUnavailable):
        sms = AliyunSms(AliyunSmsConfig(**CONFIG["aliyun_sms"]))
        assert sms.send(phone="1", template="t", params={}, out_id="1") == SmsReceipt(content["BizId"])
        assert content["Code"] == "OK"


@settings(max_examples=300, deadline=None)
@given(answers("code", "sub_code", "passed", "fail_reason"))
def test_alipay_takes_only_a_signed_t_for_a_pass(content: dict[str, Any]) -> None:
    alipay = Alipay(AlipayConfig(**CONFIG["alipay"]))
    with (
        hears({}),
        patch("niangjia.providers.alipay.answer.read", return_value=content),
        suppress(ProviderRefused, ProviderUnavailable),
    ):
        assert alipay.result(certify_id="x").passed is (content["passed"] == "T")
        assert content.get("code", "10000") in ("10000", 10000)
