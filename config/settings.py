"""Settings. Every difference between machines is an environment variable, read here.

Safe by default: without a word in the environment the application does not start.
"""

from datetime import date, timedelta
from pathlib import Path

from csp.constants import NONE, SELF
from django.utils.translation import pgettext_lazy
from environs import Env

BASE_DIR = Path(__file__).resolve().parent.parent

env = Env()
env.read_env(BASE_DIR / ".env", recurse=False)

DEBUG = env.bool("DEBUG", False)
SECRET_KEY = env.str("SECRET_KEY")
# The keys of the sealed columns: the first seals, each of them opens (comma-separated).
SEALING_KEYS = env.list("SEALING_KEYS")
# The key of the fingerprints by which a sealed value or a query code is recognised.
FINGERPRINT_KEY = env.str("FINGERPRINT_KEY")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", ["127.0.0.1", "localhost"])
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", [])
# How many proxies of our own stand in front: so many hops of X-Forwarded-For are true.
TRUSTED_PROXIES = env.int("TRUSTED_PROXIES", 0)
OFFICE_PHONE = env.str("OFFICE_PHONE", "")
OFFICE_HOURS = env.str("OFFICE_HOURS", "")
# Reminders: `send_reminders` does not start without these two.
EMAIL_URL = env.str("EMAIL_URL", "console:" if DEBUG else "")
SITE_ADDRESS = env.str("SITE_ADDRESS", "http://127.0.0.1:8000" if DEBUG else "")
# By which day of the year after bodies send their yearly figures, as month and day.
RETURNS_DUE = date.fromisoformat(f"2001-{env.str('RETURNS_DUE', '01-20')}")
if EMAIL_URL:
    vars().update(env.dj_email_url("EMAIL_URL", EMAIL_URL))
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", "gongkai@localhost")

INSTALLED_APPS = [
    "config.apps.GongkaiAdmin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "axes",
    "csp",
    "django_filters",
    "import_export",
    "casework",
    "disclosure",
    "proposals",
    "reports",
    "config.apps.Config",
]
MIDDLEWARE = [
    "config.middleware.RequestNumber",
    "config.middleware.ClientAddress",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "config.middleware.ContentSecurityPolicy",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "config.middleware.ChosenLanguage",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "config.logins.StaffPages",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "config.middleware.PrivatePages",
    "config.middleware.Conflicts",
    "axes.middleware.AxesMiddleware",
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
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ]
        },
    },
    {
        # Plain text, in which nothing is markup and nothing is escaped.
        "NAME": "text",
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates" / "mail"],
        "OPTIONS": {"autoescape": False},
    },
]

DATABASES = {
    "default": env.dj_db_url(
        "DATABASE_URL", f"sqlite:///{BASE_DIR / 'db.sqlite3'}", conn_health_checks=True
    )
}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["OPTIONS"] = {
        "init_command": "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL",
        "timeout": 20,
        "transaction_mode": "IMMEDIATE",
    }
else:
    # A process that answers one request at a time keeps its one connection; a pool is
    # for a server with many threads.
    pool = env.bool("DATABASE_POOL", False)
    DATABASES["default"]["CONN_MAX_AGE"] = 0 if pool else 600
    DATABASES["default"]["OPTIONS"] = {
        "options": "-c lock_timeout=3s -c statement_timeout=60s"
        " -c idle_in_transaction_session_timeout=30s"
        # The map of a common word's rows in a million stays exact: casework.search.
        " -c work_mem=16MB",
        "pool": pool,
    }
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "casework.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
_VALIDATION = "django.contrib.auth.password_validation"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"{_VALIDATION}.UserAttributeSimilarityValidator"},
    {"NAME": f"{_VALIDATION}.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": f"{_VALIDATION}.CommonPasswordValidator"},
    {"NAME": f"{_VALIDATION}.NumericPasswordValidator"},
    {"NAME": "config.logins.AnotherPassword"},
]
# How long a password is used, and an initial one waits; 0 is for ever.
PASSWORD_DAYS = env.int("PASSWORD_DAYS", 90)
INITIAL_PASSWORD_HOURS = env.int("INITIAL_PASSWORD_HOURS", 72)
LOGIN_URL, LOGIN_REDIRECT_URL = "admin:login", "reports:today"
# A building shares one address: the pair of name and address is locked, for a while.
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=30)
AXES_RESET_ON_SUCCESS = True
AXES_LOCKOUT_TEMPLATE = "429.html"
AXES_HTTP_RESPONSE_CODE = 429
AXES_ENABLE_ADMIN = False
AXES_CLIENT_IP_CALLABLE = "config.middleware.address_of"

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "简体中文"), ("en", "English")]
LOCALE_PATHS = [BASE_DIR / "config" / "locale"]
FILTERS_EMPTY_CHOICE_LABEL = pgettext_lazy("filter", "any")
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True

STATIC_URL = "static/"
STATIC_ROOT = env.path("STATIC_ROOT", BASE_DIR / "static")
STATICFILES_DIRS = [BASE_DIR / "config" / "assets"]
# No MEDIA_URL: a file leaves only through a view that checks the reader's rights.
MEDIA_ROOT = env.path("MEDIA_ROOT", BASE_DIR / "media")
FILE_UPLOAD_PERMISSIONS = 0o640
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}

SECURE_SSL_REDIRECT = env.bool("SECURE_SSL_REDIRECT", not DEBUG)
SECURE_PROXY_SSL_HEADER = (
    ("HTTP_X_FORWARDED_PROTO", "https") if TRUSTED_PROXIES else None
)
SECURE_HSTS_SECONDS = 0 if DEBUG else 365 * 24 * 3600
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = True
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = not DEBUG
SESSION_COOKIE_AGE = 10 * 3600
IDLE_MINUTES = env.int("IDLE_MINUTES", 30)
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
CSRF_COOKIE_HTTPONLY = True
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"numbered": {"()": "config.numbers.Numbered"}},
    "formatters": {
        "line": {
            "format": "{asctime} {levelname} {name} {number} {message}",
            "style": "{",
        }
    },
    "handlers": {
        "stderr": {
            "class": "logging.StreamHandler",
            "filters": ["numbered"],
            "formatter": "line",
        }
    },
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    # In the place of Django's own handlers, which speak to a developer or send letters.
    "loggers": {
        "django": {"handlers": ["stderr"], "level": "INFO", "propagate": False}
    },
}
