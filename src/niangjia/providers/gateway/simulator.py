"""A government app's gateway, as strict as the real ones, so that the phone app can be tried under its rules.

- The static build runs under a foreign prefix (`/uc/12345/`); what does not use relative paths breaks here.
- Only registered APIs pass: exact paths, read from our OpenAPI description. A path with an argument cannot register.
- Cookies pass in neither direction; of the request's headers only three arrive, and Host.

`python -m niangjia.providers.gateway.simulator --port 8002 --upstream http://127.0.0.1:8000 --static DIST`
"""

import argparse
import functools
import http.client
import json
import mimetypes
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from niangjia.kernel import clock
from niangjia.providers import pages
from niangjia.providers.gateway import signature
from niangjia.providers.simulation import Mode, Reply, Request, Server, json_reply
from niangjia.providers.simulators import serve_until_stopped

DESCRIPTION = "/api/v1/openapi.json"
FORWARDED = ("host", "authorization", "content-type", "accept-language")
RETURNED = ("content-type", "content-disposition", "cache-control", "retry-after", "content-language")
_HOST_APP = """<script>
window.NIANGJIA={{api:'/api/v1/',auth:'bearer'}};
window.ZWJSBridge={{getUiStyle:function(){{return Promise.resolve({{uiStyle:'{style}'}})}}}};
</script>"""


@dataclass(frozen=True)
class GatewayConfig:
    upstream: str
    static: Path
    prefix: str = "/uc/12345/"
    access_key: str = "simulated"
    secret: str = "simulated"  # noqa: S105 - signs nothing but the hop between two programs of a demo


class Gateway:
    def __init__(self, config: GatewayConfig) -> None:
        self._config = config
        self._root = config.static.resolve()

    def answer(self, request: Request) -> tuple[Reply, Mode]:
        return self._route(request), Mode.OK

    def _route(self, request: Request) -> Reply:
        if request.path == "/":
            return self._home()
        if request.path + "/" == self._config.prefix:
            return pages.redirect(self._config.prefix)
        if request.path.startswith(self._config.prefix):
            return self._file(request)
        if request.path.startswith("/api/"):
            return self._api(request)
        return _no("not_found", "这里什么也没有。", 404)

    # The static build

    def _file(self, request: Request) -> Reply:
        name = request.path.removeprefix(self._config.prefix) or "index.html"
        path = (self._root / name).resolve()
        if request.method not in ("GET", "HEAD"):
            return _no("method_not_allowed", "只能读取。", 405)
        if not path.is_relative_to(self._root) or not path.is_file():
            return _no("not_found", "没有这个文件。", 404)
        body = path.read_bytes()
        if path.name == "index.html":
            body = _inside_the_host_app(body, elder=request.query.get("elder") == "1")
        kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
        return Reply(body, content_type=kind, headers=(("Cache-Control", "no-cache"),))

    # The registered APIs

    def _api(self, request: Request) -> Reply:
        try:
            methods = self._registered.get(request.path)
        except (OSError, ValueError, http.client.HTTPException):
            return _no("upstream_unavailable", "后面的服务没有应答，请稍后再试。", 502)
        if methods is None:
            return _no("api_not_registered", "网关上没有登记这个接口。", 404)
        if request.method not in methods:
            return _no("method_not_allowed", "接口没有登记这种方法。", 405)
        try:
            return self._forward(request)
        except (OSError, http.client.HTTPException):
            return _no("upstream_unavailable", "后面的服务没有应答，请稍后再试。", 502)

    @functools.cached_property
    def _registered(self) -> Mapping[str, frozenset[str]]:
        """Exact path to methods. Not remembered if the server does not answer yet."""
        status, _, body = self._fetch("GET", DESCRIPTION, {}, b"")
        if status != 200:
            raise ValueError(f"{DESCRIPTION} answers {status}")
        paths = json.loads(body)["paths"]
        return {
            path: frozenset(method.upper() for method in operations)
            for path, operations in paths.items()
            if "{" not in path
        }

    def _forward(self, request: Request) -> Reply:
        query = urlsplit(request.raw_path).query
        kept = {name: value for name, value in request.headers.items() if name in FORWARDED}
        signed = signature.headers(
            method=request.method,
            uri=request.path,
            query=query,
            access_key=self._config.access_key,
            secret=self._config.secret,
            now=clock.now(),
        )
        address = f"{request.path}?{query}" if query else request.path
        status, headers, body = self._fetch(request.method, address, {**kept, **signed}, request.body)
        returned = tuple((name, headers[name]) for name in RETURNED[1:] if name in headers)
        return Reply(body, status, headers.get("content-type", "application/octet-stream"), returned)

    def _fetch(
        self, method: str, address: str, headers: Mapping[str, str], body: bytes
    ) -> tuple[int, dict[str, str], bytes]:
        connection = http.client.HTTPConnection(urlsplit(self._config.upstream).netloc, timeout=60)
        try:
            connection.request(method, address, body or None, dict(headers))
            got = connection.getresponse()
            return got.status, {name.lower(): value for name, value in got.getheaders()}, got.read()
        finally:
            connection.close()

    def _home(self) -> Reply:
        prefix = pages.text(self._config.prefix)
        return pages.page(
            title="浙里办（模拟）",
            body=(
                '<div class="card">从政务 App 里打开娘家：没有 Cookie，只放行登记过的接口。</div>'
                f'<a class="button" href="{prefix}">打开娘家</a>'
                f'<a class="button plain" href="{prefix}?elder=1">长辈版（大字）打开娘家</a>'
            ),
        )


def _inside_the_host_app(html: bytes, *, elder: bool) -> bytes:
    """What the host app's own script gives to every page it opens."""
    given = _HOST_APP.format(style="elder" if elder else "normal").encode()
    return html.replace(b"<head>", b"<head>" + given, 1)


def _no(code: str, message: str, status: int) -> Reply:
    """In the shape of our own errors, so that the app can show it."""
    return json_reply({"error": {"code": code, "message": message, "next": ""}}, status=status)


def serve(config: GatewayConfig, *, port: int) -> Server:
    return Server(("127.0.0.1", port), Gateway(config).answer)


def main(argv: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="niangjia.providers.gateway.simulator")
    parser.add_argument("--port", type=int, default=8002)
    parser.add_argument("--upstream", default="http://127.0.0.1:8000")
    parser.add_argument("--static", type=Path, default=Path("clients/worker/dist"))
    parser.add_argument("--prefix", default="/uc/12345/")
    options = parser.parse_args(argv)
    config = GatewayConfig(options.upstream, options.static, f"/{options.prefix.strip('/')}/")
    try:
        server = serve(config, port=options.port)
    except OSError as error:
        print(f"gateway: port {options.port}: {error.strerror}", file=sys.stderr)  # noqa: T201 - a command line
        return 1
    print(f"gateway: ready at {server.origin}{config.prefix}", flush=True)  # noqa: T201 - a command line
    serve_until_stopped(server)
    return 0


if __name__ == "__main__":
    sys.exit(main())
