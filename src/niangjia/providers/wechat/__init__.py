"""WeChat: sign-in, phone number and one-time notices of a mini-program."""

import functools

from niangjia.providers.configured import section
from niangjia.providers.wechat.client import WeChat, WeChatConfig


def sign_in_from_settings() -> WeChat:
    """One client per configuration, since it keeps the access token."""
    return _client(WeChatConfig(**section("wechat")))


@functools.lru_cache(maxsize=4)
def _client(config: WeChatConfig) -> WeChat:
    return WeChat(config)
