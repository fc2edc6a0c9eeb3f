"""What is stored so that only a key from the environment opens or recognises it."""

import hashlib
import hmac
from functools import cache

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings


def _keys() -> MultiFernet:
    return _made(tuple(settings.SEALING_KEYS))


@cache
def _made(keys: tuple[str, ...]) -> MultiFernet:
    return MultiFernet([Fernet(key) for key in keys])


def seal(text: str) -> str:
    """The text encrypted with the first of the sealing keys; nothing stays nothing."""
    return _keys().encrypt(text.encode()).decode() if text else ""


def unseal(sealed: str) -> str:
    """The text again; InvalidToken if none of the sealing keys opens it."""
    return _keys().decrypt(sealed).decode() if sealed else ""


def seal_bytes(content: bytes) -> bytes:
    """A file encrypted in the same way."""
    return _keys().encrypt(content)


def unseal_bytes(sealed: bytes) -> bytes:
    return _keys().decrypt(sealed)


def fingerprint(*parts: str) -> str:
    """A keyed hash by which the parts are recognised and from which nobody reads them.

    Fast on purpose: the key is not in the database, and a slow hash on a public page
    would be a lever to stop the service.
    """
    message = "\x1f".join(parts).encode()
    key = settings.FINGERPRINT_KEY.encode()
    return hmac.new(key, message, hashlib.sha256).hexdigest()


__all__ = [
    "InvalidToken",
    "fingerprint",
    "seal",
    "seal_bytes",
    "unseal",
    "unseal_bytes",
]
