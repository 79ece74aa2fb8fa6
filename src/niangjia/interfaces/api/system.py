"""What the phone app asks before anything else."""

from importlib.metadata import version
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.views.decorators.csrf import ensure_csrf_cookie
from ninja import Router, Schema
from ninja.decorators import decorate_view

from niangjia.core import access
from niangjia.core.endpoints import Empty

router = Router(tags=["system"])


class Meta(Schema):
    demo: bool
    simulators: str | None
    version: str
    languages: list[str]


@router.get("/meta", response=Meta)
@decorate_view(ensure_csrf_cookie)
@access.public(reason="the app needs it to draw its first screen; it tells nothing about anybody")
def meta(request: HttpRequest) -> Any:
    return Meta(
        demo=settings.DEMO,
        simulators=settings.PROVIDER_CONFIG.get("simulators") if settings.DEMO else None,
        version=version("niangjia"),
        languages=[code for code, _title in settings.LANGUAGES],
    )


@router.get("/ping", response=Empty)
@access.signed_in
def ping(request: HttpRequest) -> Empty:
    """The empty endpoint: all that every signed-in request pays for, and nothing else. Benchmarks compare with it."""
    return Empty()
