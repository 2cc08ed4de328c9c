"""The installation's settings, read top to bottom. The environment is read here only."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import quote, urlsplit
from zoneinfo import available_timezones

import dj_database_url
import django_stubs_ext
from django.utils.csp import CSP
from environs import validate

from config.datadir import keep_secret_key, queue_url, remembered_port
from config.environment import address, env, mail_server, queue_server, site, site_or_none

django_stubs_ext.monkeypatch()

# --- where things are -------------------------------------------------------------------------

BASE_DIR = Path(__file__).resolve().parent.parent
MAILBOX_STEP = 25  # the local mailbox listens so many ports above the site
DATA_DIR = Path(env.str("DATA_DIR", str(BASE_DIR / "var"))).resolve()
PORT = env.int("PORT", remembered_port(DATA_DIR), validate=validate.Range(1, 65535 - MAILBOX_STEP))
BASE_URL = address("BASE_URL", f"http://127.0.0.1:{PORT}", ["http", "https"], site)
HTTPS = BASE_URL.startswith("https://")

# --- who may come in --------------------------------------------------------------------------

DEBUG = env.bool("DEBUG", False)
SECRET_KEY = env.str("SECRET_KEY", "") or keep_secret_key(DATA_DIR)
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", [])
ALLOWED_HOSTS += [str(urlsplit(BASE_URL).hostname), "127.0.0.1", "localhost", "[::1]"]
CSRF_TRUSTED_ORIGINS = [BASE_URL]

# --- what it is made of -----------------------------------------------------------------------

INSTALLED_APPS = [
    "config.apps.ConfigConfig",
    "config.apps.EditorAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.sessions",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django_htmx",
    "django_rq",
    "threads",
    "newsletter",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]
ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]

# --- data -------------------------------------------------------------------------------------

DATABASE = address(
    "DATABASE_URL",
    f"sqlite:///{quote(str(DATA_DIR / 'unspool.sqlite3'))}",
    ["sqlite", "postgres", "postgresql"],
    dj_database_url.parse,
)
if DATABASE["ENGINE"].endswith("sqlite3"):
    DATABASE["OPTIONS"] = {
        # IMMEDIATE: a transaction that reads first and writes later must not fail half-way.
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": (
            "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA cache_size=-16000;"
        ),
    }
else:
    DATABASE["OPTIONS"] = {"connect_timeout": 5, **DATABASE.get("OPTIONS", {})}
DATABASES = {"default": DATABASE}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

REDIS_URL = address("REDIS_URL", "", ["redis", "rediss", "unix"], queue_server)
QUEUE_IS_EMBEDDED = not REDIS_URL
RQ_QUEUES = {
    name: {"URL": REDIS_URL or queue_url(DATA_DIR), "DEFAULT_TIMEOUT": 600}
    for name in ("default", "mail")
}
RQ = {"COMMIT_MODE": "on_db_commit"}
RQ_SHOW_ADMIN_LINK = False  # its pages need inline scripts, which our policy forbids

# --- mail -------------------------------------------------------------------------------------

# Without MAIL_URL every mail goes to the local mailbox, which `up` runs beside the site.
MAILBOX_PORT = PORT + MAILBOX_STEP
MAILBOX_DIR = DATA_DIR / "mail"
MAIL_IS_LOCAL = not env.str("MAIL_URL", "")
MAIL = address(
    "MAIL_URL", f"smtp://127.0.0.1:{MAILBOX_PORT}", ["smtp", "smtps", "submission"], mail_server
)
MAILERS = {
    "default": {
        "BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "OPTIONS": {
            "host": MAIL["EMAIL_HOST"],
            "port": MAIL["EMAIL_PORT"],
            "username": MAIL["EMAIL_HOST_USER"],
            "password": MAIL["EMAIL_HOST_PASSWORD"],
            "use_tls": MAIL["EMAIL_USE_TLS"],
            "use_ssl": MAIL["EMAIL_USE_SSL"],
            "timeout": 30,
        },
    },
}
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", "Unspool <unspool@localhost>")
HAND_OVER_WINDOW = 50
DELIVERY_LEASE_SECONDS = 15 * 60

# --- the network ------------------------------------------------------------------------------

# Nothing private is ever fetched, but for what is named here: networks such as 10.0.0.0/8.
NETWORK_ALLOWED: list[str] = env.list("NETWORK_ALLOWED", [])
BLUESKY_URL = address("BLUESKY_URL", "https://public.api.bsky.app", ["http", "https"], site)
X_URL = address("X_URL", "https://api.x.com", ["http", "https"], site)
X_TOKEN = env.str("X_TOKEN", "")
X_ASK_ABOVE = env.float("X_ASK_ABOVE", 1.0)  # dollars: what costs more waits for a yes
MASTODON_TOKENS: dict[str, str] = env.dict("MASTODON_TOKENS", {})

# The bot that unrolls a thread when somebody names it there; it runs where it has an account.
BOT_MASTODON_URL = address("BOT_MASTODON_URL", "", ["http", "https"], site_or_none)
BOT_MASTODON_TOKEN = env.str("BOT_MASTODON_TOKEN", "")
BOT_BLUESKY_URL = address("BOT_BLUESKY_URL", "https://bsky.social", ["http", "https"], site)
BOT_BLUESKY_HANDLE = env.str("BOT_BLUESKY_HANDLE", "")
BOT_BLUESKY_PASSWORD = env.str("BOT_BLUESKY_PASSWORD", "")
UNROLL_POLICY = env.str(
    "UNROLL_POLICY",
    "anyone",
    validate=validate.OneOf(
        ["anyone", "followers", "claimed"], error="One of anyone, followers, claimed."
    ),
)

# --- files ------------------------------------------------------------------------------------

STATIC_URL = "/static/"
MEDIA_URL = "/media/"
MEDIA_ROOT = DATA_DIR / "media"
UPLOAD_DIR = DATA_DIR / "uploads"
UPLOAD_LIMIT = env.int("UPLOAD_LIMIT", 2 * 1024**3)
# How much may lie in the store before no more is fetched from elsewhere; 0 for as much as comes.
MEDIA_QUOTA = env.int("MEDIA_QUOTA", 10 * 1024**3)
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
# Static files are served where they lie: nothing to collect before the first start.
WHITENOISE_USE_FINDERS = True

# --- safety -----------------------------------------------------------------------------------

SECURE_CSP = {
    "default-src": [CSP.NONE],
    "script-src": [CSP.SELF],
    "style-src": [CSP.SELF],
    "font-src": [CSP.SELF],
    "img-src": [CSP.SELF, "data:"],
    "media-src": [CSP.SELF],
    "connect-src": [CSP.SELF],
    "frame-src": [CSP.SELF],
    "form-action": [CSP.SELF],
    "base-uri": [CSP.NONE],
    "frame-ancestors": [CSP.NONE],
}
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = HTTPS
SESSION_COOKIE_HTTPONLY = True
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"  # what is shown in a frame of ours says so by its own policy
PASSWORD_RESET_TIMEOUT = 24 * 3600
LOGIN_URL = "admin:login"
LOGIN_REDIRECT_URL = "admin:index"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
    )
]

# --- the rest ---------------------------------------------------------------------------------

LANGUAGE_CODE = "en"
FORMAT_MODULE_PATH = ["config.formats"]
TIME_ZONE = env.str(
    "TIME_ZONE",
    "UTC",
    validate=validate.OneOf(available_timezones(), error="Not a zone such as Europe/Berlin."),
)
USE_TZ = True
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "%(levelname)s %(name)s: %(message)s"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {"django.server": {"level": "WARNING"}, "threads": {"level": "INFO"}},
}
