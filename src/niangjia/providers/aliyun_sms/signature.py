"""ACS3-HMAC-SHA256, the current request signature of Alibaba Cloud."""

import hashlib
import hmac
from collections.abc import Mapping
from urllib.parse import quote

ALGORITHM = "ACS3-HMAC-SHA256"


def content_hash(body: bytes) -> str:
    return hashlib.sha256(body).hexdigest()


def canonical_query(params: Mapping[str, str]) -> str:
    return "&".join(f"{_encode(key)}={_encode(params[key])}" for key in sorted(params))


def sign(
    *, method: str, path: str, params: Mapping[str, str], headers: Mapping[str, str], signed: list[str], secret: str
) -> str:
    """The hexadecimal signature. `headers` hold lower-case names; `signed` names those covered, in order."""
    lines = [
        method,
        path,
        canonical_query(params),
        "".join(f"{name}:{headers[name].strip()}\n" for name in signed),
        ";".join(signed),
        headers["x-acs-content-sha256"],
    ]
    request = "\n".join(lines).encode()
    text = f"{ALGORITHM}\n{content_hash(request)}"
    return hmac.new(secret.encode(), text.encode(), hashlib.sha256).hexdigest()


def authorization(*, key_id: str, signed: list[str], signature: str) -> str:
    return f"{ALGORITHM} Credential={key_id},SignedHeaders={';'.join(signed)},Signature={signature}"


def _encode(text: str) -> str:
    return quote(text, safe="-_.~")
