"""The doors in `core.ports` open what the settings name."""

from typing import Any

import pytest
from django.test import override_settings

from niangjia.core import ports
from niangjia.providers.tests.conftest import World

PROVIDERS = {
    "sms": "niangjia.providers.aliyun_sms.from_settings",
    "identity": "niangjia.providers.alipay.identity_from_settings",
    "sign_in.alipay": "niangjia.providers.alipay.sign_in_from_settings",
    "sign_in.wechat": "niangjia.providers.wechat.sign_in_from_settings",
}


def test_each_door_opens_what_is_configured(world: World) -> None:
    with override_settings(PROVIDERS=PROVIDERS, PROVIDER_CONFIG=world.config):
        assert ports.sign_in("alipay").exchange(code="alice.1").provider == "alipay"
        assert ports.sign_in("wechat").exchange(code="alice.1").provider == "wechat"
        assert ports.sms().send(phone="13800138000", template="t", params={}, out_id="1").provider_id
        with pytest.raises(ports.ProviderRefused):
            ports.identity().result(certify_id="made-up")


@pytest.mark.parametrize("config", [{}, {"alipay": {}}])
@pytest.mark.parametrize("providers", [{}, PROVIDERS])
def test_what_is_not_configured_is_unavailable(config: dict[str, Any], providers: dict[str, str]) -> None:
    with override_settings(PROVIDERS=providers, PROVIDER_CONFIG=config), pytest.raises(ports.ProviderUnavailable):
        ports.sign_in("alipay").exchange(code="alice.1")
