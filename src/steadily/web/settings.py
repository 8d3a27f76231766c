"""
Settings of the app. On one's own machine (`steadily open`) nothing has to be set; as a service (`steadily serve`) everything
comes from the environment, and what is missing stops the start (`steadily.web.checks`).
"""

from __future__ import annotations

import os
import secrets
from pathlib import Path
from urllib.parse import unquote, urlsplit

from platformdirs import user_data_path

from steadily.readers.zone import zone_named

HERE = Path(__file__).parent
HOSTED = os.environ.get("STEADILY_MODE") == "hosted"
DATA = Path(os.environ.get("STEADILY_DATA") or user_data_path("steadily"))
LOOPBACK = ("127.0.0.1", "localhost", "[::1]")


def _database() -> dict[str, object]:
    """SQLite in the person's data folder, or what `DATABASE_URL` names."""
    url = os.environ.get("DATABASE_URL", "")
    if not url:
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": DATA / "steadily.sqlite3",
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA secure_delete=ON;",
            },
        }
    parts = urlsplit(url)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or "",
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
    }


DEBUG = False
SECRET_GIVEN = os.environ.get("STEADILY_SECRET_KEY", "")
SECRET_KEY = (HOSTED and SECRET_GIVEN) or secrets.token_urlsafe(50)
ALLOWED_HOSTS = [host for host in os.environ.get("STEADILY_HOSTS", "").split(",") if host] if HOSTED else list(LOOPBACK)
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in ALLOWED_HOSTS] if HOSTED else []
DATABASES = {"default": _database()}
ROOT_URLCONF = "steadily.web.urls"
WSGI_APPLICATION = "steadily.web.wsgi.application"
INSTALLED_APPS = ["django.contrib.sessions", "django.contrib.staticfiles", "django_htmx", "steadily.web.accounts"]
MIDDLEWARE = [
    "steadily.web.security.Headers",
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "steadily.web.security.SameOrigin",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "steadily.web.shell.start.OneTimeToken",
    "django_htmx.middleware.HtmxMiddleware",
    "steadily.web.accounts.place.AtHand",
    "steadily.web.shell.trouble.Trouble",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [HERE / "templates"],
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "steadily.web.shell.chrome.chrome",
            ],
            "builtins": ["django.templatetags.i18n", "django.templatetags.static", "steadily.web.shell.words"],
        },
    }
]
LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English")]
LOCALE_PATHS = [HERE / "locale"]
USE_TZ = True
TIME_ZONE = "UTC" if HOSTED else zone_named(None)
"""Django sets it for the whole process: on one's own machine it must be the machine's, or every hour in the app is off."""

STATIC_URL = "/static/"
STATICFILES_DIRS = [HERE / "static"]
STATIC_ROOT = None
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False
WHITENOISE_MAX_AGE = 3600

SESSION_ENGINE = "django.contrib.sessions.backends.db"
SESSION_COOKIE_NAME = "place"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Strict"
SESSION_COOKIE_SECURE = HOSTED
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_AGE = 12 * 3600
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Strict"
CSRF_COOKIE_SECURE = HOSTED
CSRF_USE_SESSIONS = True
CSRF_FAILURE_VIEW = "steadily.web.shell.trouble.not_from_here"
X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_HSTS_SECONDS = 31_536_000 if HOSTED else 0
SECURE_SSL_REDIRECT = HOSTED
SECURE_REDIRECT_EXEMPT = [r"^health/$"]
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HOSTED else None

LARGEST_UPLOAD = 2 * 1024**3
DATA_UPLOAD_MAX_MEMORY_SIZE = 4 * 1024**2
DATA_UPLOAD_MAX_NUMBER_FILES = 200
FILE_UPLOAD_HANDLERS = ["steadily.web.look.uploads.PrivateUpload"]
IDLE_LOCK_S = 15 * 60
IDLE_GUEST_S = 45 * 60
"""What is in memory only waits longer: a draft can be put away for twenty minutes."""

LOGGING = {
    "version": 1,
    "disable_existing_loggers": True,
    "formatters": {"plain": {"()": "steadily.web.logs.Plain"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {"steadily": {"level": "INFO"}, "django.server": {"level": "ERROR"}},
}

MODEL_SERVER = (
    ("", "") if HOSTED else (os.environ.get("STEADILY_MODEL_SERVER", ""), os.environ.get("STEADILY_MODEL", ""))
)
"""Address and model of a model server that the person runs; never for others, who would reach the host's own network with it."""
