"""Settings of an installation. Everything that differs between machines comes from the environment:

DATABASE_URL       another PostgreSQL than the embedded one
NIANGJIA_VAR       folder of keys, files and the embedded database (default: var)
NIANGJIA_HOSTS     host names, comma-separated (default: this machine only)
NIANGJIA_DEMO      1: demo city, provider simulators, and a banner that says so
NIANGJIA_HTTPS     0: plain http, for this machine only (default: 1 unless demo)
NIANGJIA_PROXIES   how many reverse proxies stand before us; their X-Forwarded-For is believed (default: 0)
NIANGJIA_LIVE      where phones reach the live process: "/" when the proxy before us leads /live/ there, ":8003" for a
                   port of this host, an address, or nothing (default: the port that `niangjia serve` gave it)
NIANGJIA_PROVIDERS json file with addresses and keys of Alipay, WeChat and SMS (the simulators write one)
"""

import json
import os
from pathlib import Path

from niangjia.config.database import database
from niangjia.core.crypto import keys

PACKAGE = Path(__file__).resolve().parents[1]
ROOT = PACKAGE.parents[1]
VAR = Path(os.environ.get("NIANGJIA_VAR", ROOT / "var")).absolute()
DEMO = os.environ.get("NIANGJIA_DEMO") == "1"
HTTPS = os.environ.get("NIANGJIA_HTTPS", "0" if DEMO else "1") == "1"
TRUSTED_PROXIES = int(os.environ.get("NIANGJIA_PROXIES", "0"))

keys.install(keys.load_or_create(VAR / "keys.json"), VAR / "keys.json")
SECRET_KEY = keys.keyring().derive("django", number=1).hex()
DEBUG = False
ALLOWED_HOSTS = os.environ.get("NIANGJIA_HOSTS", "127.0.0.1,localhost").split(",")

SCENES = sorted(path.parent.name for path in (PACKAGE / "scenes").glob("*/scene.py"))
ROOMS_OF_SCENES = sorted(
    ".".join(path.parent.relative_to(PACKAGE / "scenes").parts) for path in (PACKAGE / "scenes").rglob("apps.py")
)  # a large scene has rooms with tables of their own
ENGINES = sorted(path.parent.name for path in (PACKAGE / "engines").glob("*/apps.py"))

INSTALLED_APPS = [
    "unfold",
    "niangjia.interfaces.console",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.staticfiles",
    "procrastinate.contrib.django",
    "treebeard",
    "niangjia.core.audit",
    "niangjia.core.orgs",
    "niangjia.core.access",
    "niangjia.core.accounts",
    "niangjia.core.messages",
    "niangjia.core.files",
    "niangjia.core.consent",
    "niangjia.core.rolls",
    "niangjia.core.attestations",
    *(f"niangjia.engines.{name}" for name in ENGINES),
    *(f"niangjia.scenes.{name}" for name in ROOMS_OF_SCENES),
    "niangjia.interfaces.cockpit",
    "niangjia.interfaces.boot",
]

MIDDLEWARE = [
    "niangjia.interfaces.headers.security_headers",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "niangjia.core.accounts.middleware.BearerOrCookieSessions",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "niangjia.interfaces.csrf.Csrf",
    "niangjia.core.accounts.middleware.PersonMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "niangjia.interfaces.boot.fence.fence",
    "niangjia.interfaces.errors.kind_pages",
    "niangjia.core.accounts.middleware.reading_requests_cannot_write",
]

ROOT_URLCONF = "niangjia.config.urls"
WSGI_APPLICATION = "niangjia.config.wsgi.application"
APPEND_SLASH = False
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ]
        },
    }
]

DATABASES = {"default": database(VAR)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "accounts.Person"
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}

SESSION_ENGINE = "niangjia.core.accounts.sessions"
SESSION_COOKIE_NAME = "__Host-session" if HTTPS else "session"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_NAME = "__Host-csrf" if HTTPS else "csrftoken"
# The proxy before us speaks https with the world and http with us: forms come from its address, not from ours.
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in ALLOWED_HOSTS] if HTTPS else []
CSRF_FAILURE_VIEW = "niangjia.interfaces.errors.csrf_failure"
MESSAGE_STORAGE = "django.contrib.messages.storage.cookie.CookieStorage"

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "中文"), ("en", "English")]
LOCALE_PATHS = [PACKAGE / "locale"]
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = VAR / "static"
MEDIA_ROOT = VAR / "media"
WORKER_APP = ROOT / "clients" / "worker" / "dist"
WHITENOISE_ROOT = WORKER_APP if WORKER_APP.exists() else None  # the phone app, built by `make app`
WHITENOISE_INDEX_FILE = True
DATA_UPLOAD_MAX_MEMORY_SIZE = 1_000_000
FILE_UPLOAD_MAX_MEMORY_SIZE = 12_500_000  # a photo, of an ID card say, never lies readable in a temporary file
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2_000

LIVE = os.environ.get("NIANGJIA_LIVE", "")

_providers = Path(os.environ.get("NIANGJIA_PROVIDERS", VAR / "providers.json"))
PROVIDER_CONFIG = json.loads(_providers.read_text()) if _providers.exists() else {}
PROVIDERS = {
    "sms": "niangjia.providers.aliyun_sms.from_settings",
    "identity": "niangjia.providers.alipay.identity_from_settings",
    "sign_in.alipay": "niangjia.providers.alipay.sign_in_from_settings",
    "sign_in.wechat": "niangjia.providers.wechat.sign_in_from_settings",
    "video": "niangjia.providers.video.from_settings",
}

PROCRASTINATE_AUTODISCOVER_MODULE_NAME = "jobs"

UNFOLD = {
    "SITE_TITLE": "娘家",
    "SITE_HEADER": "娘家 · 工作台",
    "SHOW_HISTORY": False,
    "SHOW_VIEW_ON_SITE": False,
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {"django.request": {"level": "ERROR"}},  # "all places are taken" is an answer, not a failure
}
