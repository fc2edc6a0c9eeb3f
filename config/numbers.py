"""The number of a request: what a reader tells on the phone, and the log has too."""

import logging
import secrets
from contextvars import ContextVar

HEADER = "X-Request-ID"

_number: ContextVar[str] = ContextVar("number", default="")


def give() -> str:
    """A new number of ten digits for the request that begins.

    It stays until the next one begins: Django logs some answers when every middleware
    has done its work.
    """
    number = f"{secrets.randbelow(10**10):010}"
    _number.set(number)
    return number


def current() -> str:
    """The number of the request that is answered; nothing outside of one."""
    return _number.get()


class Numbered(logging.Filter):
    """Puts the number into each record of the log."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.number = current() or "-"
        return True
