"""Alipay: sign-in and the check that a person is who they say, over the open gateway (RSA2)."""

from niangjia.providers.alipay.client import Alipay, AlipayConfig
from niangjia.providers.configured import section


def sign_in_from_settings() -> Alipay:
    return Alipay(AlipayConfig(**section("alipay")))


def identity_from_settings() -> Alipay:
    return Alipay(AlipayConfig(**section("alipay")))
