"""Video rooms of two: LiveKit on a server of one's own, or none at all, when two browsers talk to each other directly.

Section "livekit" of PROVIDER_CONFIG: {"url": "wss://…", "api_key": "…", "api_secret": "…"}. Without it calls go from
browser to browser, which needs no server but fails between some mobile networks.
"""

from django.conf import settings

from niangjia.core.ports import VideoRooms
from niangjia.providers.configured import section
from niangjia.providers.video.livekit import LiveKit, LiveKitConfig
from niangjia.providers.video.peer import BrowserToBrowser


def from_settings() -> VideoRooms:
    if settings.PROVIDER_CONFIG.get("livekit"):
        return LiveKit(LiveKitConfig(**section("livekit")))
    return BrowserToBrowser()
