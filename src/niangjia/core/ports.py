"""The outside world as the core sees it: protocols, two ways to fail, and doors to whatever is configured.

Every provider fails in one of two ways. Either nothing is known (`ProviderUnavailable`: slow, down, garbled or
unverifiable, so nothing may be granted), or the other side said a clear no (`ProviderRefused`).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol, cast

from django.conf import settings
from django.utils.module_loading import import_string


class ProviderUnavailable(Exception):
    """Nothing is known; try later. The text is for our log and holds no personal fact."""


class ProviderRefused(Exception):
    """The other side gave a clear no. `code` is theirs, `message` is theirs too and meant for the log."""

    def __init__(self, code: str, message: str = "") -> None:
        super().__init__(f"{code}: {message}" if message else code)
        self.code = code
        self.message = message


@dataclass(frozen=True)
class SmsReceipt:
    provider_id: str


class SmsSender(Protocol):
    def send(self, *, phone: str, template: str, params: Mapping[str, str], out_id: str) -> SmsReceipt: ...


@dataclass(frozen=True)
class OutsideIdentity:
    provider: str
    open_id: str
    union_id: str = ""


class SignInProvider(Protocol):
    def exchange(self, *, code: str) -> OutsideIdentity: ...


@dataclass(frozen=True)
class CertifyStart:
    certify_id: str
    url: str


@dataclass(frozen=True)
class CertifyResult:
    passed: bool
    certify_id: str
    reason: str = ""


class IdentityProvider(Protocol):
    def start(self, *, order_no: str, legal_name: str, id_number: str, return_url: str) -> CertifyStart: ...

    def result(self, *, certify_id: str) -> CertifyResult: ...


@dataclass(frozen=True)
class VideoSeat:
    """A place in a room of two. `kind` tells the phone how to take it: "livekit" (with `url` and `token`) or "peer"."""

    kind: str
    url: str = ""
    token: str = ""


class VideoRooms(Protocol):
    """`server` is where browsers connect to ("wss://…"); "" when they do so among themselves."""

    server: str

    def seat(self, *, room: str, identity: str, name: str, now: datetime, until: datetime) -> VideoSeat: ...


def sms() -> SmsSender:
    return cast(SmsSender, _open("sms"))


def identity() -> IdentityProvider:
    return cast(IdentityProvider, _open("identity"))


def sign_in(name: str) -> SignInProvider:
    """`name` is "alipay" or "wechat"; one that is not configured is unavailable, not an error of ours."""
    return cast(SignInProvider, _open(f"sign_in.{name}"))


def video() -> VideoRooms:
    return cast(VideoRooms, _open("video"))


def _open(name: str) -> object:
    path = settings.PROVIDERS.get(name)
    if not path:
        raise ProviderUnavailable(f"no provider is configured for {name}")
    return import_string(path)()
