"""LiveKit (docs.livekit.io, access tokens): a JSON Web Token, HS256, signed with the secret that goes with the key."""

import base64
import hashlib
import hmac
import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from niangjia.core.ports import VideoSeat

_EARLY = timedelta(seconds=30)  # the video server's clock may be slow


@dataclass(frozen=True)
class LiveKitConfig:
    url: str
    api_key: str
    api_secret: str


class LiveKit:
    def __init__(self, config: LiveKitConfig) -> None:
        self.config = config
        self.server = config.url

    def seat(self, *, room: str, identity: str, name: str, now: datetime, until: datetime) -> VideoSeat:
        """Into this one room, to see and be seen, until then; nothing else may be done with it."""
        grant = {"room": room, "roomJoin": True, "canPublish": True, "canSubscribe": True, "canPublishData": False}
        claims = {
            "iss": self.config.api_key,
            "sub": identity,
            "name": name,
            "nbf": int((now - _EARLY).timestamp()),
            "exp": int(until.timestamp()),
            "video": grant,
        }
        return VideoSeat("livekit", self.config.url, self._signed(claims))

    def _signed(self, claims: dict[str, Any]) -> str:
        head = f"{_part({'alg': 'HS256', 'typ': 'JWT'})}.{_part(claims)}"
        mac = hmac.digest(self.config.api_secret.encode(), head.encode(), hashlib.sha256)
        return f"{head}.{_plain(mac)}"


def _part(value: dict[str, Any]) -> str:
    return _plain(json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode())


def _plain(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()
