"""Measures the project on a database of its own.

    python -m benchmarks [--size 100000] [--only NAME …]

On the database of DATABASE_URL, which must be empty or of a benchmark, or else on
SQLite in a temporary folder.
"""

import os
import secrets
import sys
from base64 import urlsafe_b64encode
from importlib import import_module
from tempfile import TemporaryDirectory

import django

with TemporaryDirectory(prefix="gongkai-") as folder:
    # What the machine's .env says is overruled: its database is the office's.
    os.environ |= {
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "DEBUG": "false",
        "SECRET_KEY": secrets.token_urlsafe(48),
        "SEALING_KEYS": urlsafe_b64encode(bytes(32)).decode(),
        "FINGERPRINT_KEY": "the same at every run",
        "ALLOWED_HOSTS": "testserver,localhost,127.0.0.1",
        "SECURE_SSL_REDIRECT": "false",
        "STATIC_ROOT": folder,
        "MEDIA_ROOT": f"{folder}/media",
    }
    os.environ.setdefault("DATABASE_URL", f"sqlite:///{folder}/benchmark.sqlite3")
    django.setup()
    # Models can be read only now.
    sys.exit(import_module("benchmarks.report").main(sys.argv[1:]))
