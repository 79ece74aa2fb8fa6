"""Settings of the tests: the same server, a database of their own, files in a folder that is thrown away."""

import tempfile
from pathlib import Path

from niangjia.config.settings import *  # noqa: F403

VAR = Path(tempfile.mkdtemp(prefix="niangjia-test-"))
MEDIA_ROOT = VAR / "media"
STATIC_ROOT = VAR / "static"
HTTPS = False
SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "session", "csrftoken"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = False
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "testserver"]
STATIC_ROOT.mkdir()
DATABASES["default"]["CONN_MAX_AGE"] = 0  # noqa: F405  # a live server of a browser test must not keep the database busy
