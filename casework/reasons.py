"""How a page explains a date: one sentence after another, and where the law says so."""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from django.utils.formats import date_format
from django.utils.translation import get_language


@dataclass(frozen=True)
class Reason:
    """One step on the way to a due date, and where the law says so."""

    text: str
    source: str = ""


def written(day: date | str) -> str:
    """The day, or its ISO form, as the reader's language writes it."""
    return _written(day, get_language())


@lru_cache(maxsize=10_000)
def _written(day: date | str, language: str) -> str:
    # Django takes some 20 µs to write a date, and the public page has a dozen.
    day = date.fromisoformat(day) if isinstance(day, str) else day
    return date_format(day, "DATE_FORMAT")
