"""The checks at start. `niangjia serve` refuses to start when one of them finds an error."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.core.checks import CheckMessage, Error
from django.urls import URLPattern, URLResolver, get_resolver
from ninja.operation import PathView

from niangjia.core.access import roles
from niangjia.core.access.declare import Access, declaration_of


@dataclass(frozen=True)
class Endpoint:
    """One view under one route; `method` is "*" for pages, which decide by themselves."""

    method: str
    route: str
    access: Access | None


def endpoints() -> Iterator[Endpoint]:
    """Everything the server answers to."""
    return _walk(get_resolver().url_patterns, "/")


def _walk(patterns: list[Any], prefix: str) -> Iterator[Endpoint]:
    for pattern in patterns:
        route = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from _walk(pattern.url_patterns, route)
        elif isinstance(pattern, URLPattern):
            yield from _views(pattern, route)


def _views(pattern: URLPattern, route: str) -> Iterator[Endpoint]:
    path_view = _ninja_view(pattern.callback)
    if path_view is None:
        yield Endpoint("*", route, declaration_of(pattern.callback))
        return
    for operation in path_view.operations:
        for method in operation.methods:
            yield Endpoint(method, route, declaration_of(operation.view_func))


def _ninja_view(callback: Any) -> PathView | None:
    """The operations behind a django-ninja route: its view closes over them."""
    cells = [cell.cell_contents for cell in getattr(callback, "__closure__", None) or ()]
    return next((content for content in cells if isinstance(content, PathView)), None)


def access_of(callback: Any, method: str) -> Access | None:
    """What the view declares for this method; methods it does not know are answered with 405 by the view itself."""
    path_view = _ninja_view(callback)
    if path_view is None:
        return declaration_of(callback)
    views = [operation.view_func for operation in path_view.operations if method in operation.methods]
    return declaration_of(views[0]) if views else Access(public=True, reason="answered with: not allowed")


def every_view_declares_its_access(**_: object) -> list[CheckMessage]:
    return [
        Error(f"{end.method} {end.route} declares no access", hint="Put @access.… above it.", id="niangjia.E001")
        for end in endpoints()
        if end.access is None
    ]


def every_permission_is_declared(**_: object) -> list[CheckMessage]:
    used = {end.access.permission for end in endpoints() if end.access and end.access.permission}
    unknown = roles.undeclared() | (used - roles.PERMISSIONS.keys())
    return [Error(f"the permission {code!r} is declared nowhere", id="niangjia.E002") for code in sorted(unknown)]
