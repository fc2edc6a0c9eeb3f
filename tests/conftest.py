"""The environment of the tests: nothing of the machine's own, nothing left on it."""

import os

import django
import hypothesis
import pytest
from django.db import connection
from django.test import override_settings

# Told here and not in pyproject.toml: pytest-django would read the settings before a
# line of this file is run. What the machine's .env says is overruled.
os.environ |= {
    "DJANGO_SETTINGS_MODULE": "config.settings",
    "DEBUG": "false",
    "SECRET_KEY": "a key of the tests, which seals nothing that anyone keeps",
    "SEALING_KEYS": "dGhlLXNlYWxpbmcta2V5LW9mLWFsbC10aGUtdGVzdHM=",
    "FINGERPRINT_KEY": "another key of the tests",
    "ALLOWED_HOSTS": "testserver,localhost,127.0.0.1",
    "CSRF_TRUSTED_ORIGINS": "",
    "TRUSTED_PROXIES": "0",
    "OFFICE_PHONE": "",
    "EMAIL_URL": "",
    "SITE_ADDRESS": "",
    # The test client and the browser of the tests speak plain HTTP.
    "SECURE_SSL_REDIRECT": "false",
}
os.environ.setdefault("DATABASE_URL", "sqlite://:memory:")
django.setup()

# The same examples at each run, however slow the machine is.
hypothesis.settings.load_profile("ci")


@pytest.fixture(autouse=True, scope="session")
def away_from_the_machine(tmp_path_factory):
    """Uploads go to a temporary folder, static files need not be collected first."""
    uploads = "django.core.files.storage.FileSystemStorage"
    static = "django.contrib.staticfiles.storage.StaticFilesStorage"
    with override_settings(
        MEDIA_ROOT=tmp_path_factory.mktemp("media"),
        STATIC_ROOT=tmp_path_factory.mktemp("static"),
        STORAGES={"default": {"BACKEND": uploads}, "staticfiles": {"BACKEND": static}},
        # A log-in takes a millisecond instead of a third of a second.
        PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"],
    ):
        yield


def pytest_collection_modifyitems(items):
    if connection.vendor == "postgresql":
        return
    for item in items:
        if item.get_closest_marker("postgresql"):
            item.add_marker(pytest.mark.skip(reason="needs PostgreSQL"))
