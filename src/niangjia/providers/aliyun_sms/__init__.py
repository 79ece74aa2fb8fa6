"""Alibaba Cloud SMS (dysmsapi 2017-05-25), signed with ACS3-HMAC-SHA256."""

from niangjia.providers.aliyun_sms.client import AliyunSms, AliyunSmsConfig
from niangjia.providers.configured import section


def from_settings() -> AliyunSms:
    return AliyunSms(AliyunSmsConfig(**section("aliyun_sms")))
