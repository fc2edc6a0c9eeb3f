"""How a page explains a date: one sentence after another, and where the law says so."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

NOTICES = gettext_lazy("State Council's yearly notices of holidays")


@dataclass(frozen=True)
class Reason:
    """One step on the way to a due date, and where the law says so."""

    text: str
    source: str = ""


def last_day(why: dict[str, Any]) -> Iterator[Reason]:
    """The day itself, and that the calendar up to it is not known, where it is not."""
    yield Reason(_("Last day: %(day)s.") % {"day": written(why["due"])})
    if why["unknown_years"]:
        text = _(
            "Provisional: the working-day calendar of %(years)s is not known yet; "
            "only weekends were left out."
        )
        years = _(", ").join(str(year) for year in why["unknown_years"])
        yield Reason(text % {"years": years}, str(NOTICES))


def written(day: date | str) -> str:
    """The day, or its ISO form, as the reader's language writes it."""
    return _written(day, get_language())


@lru_cache(maxsize=10_000)
def _written(day: date | str, language: str) -> str:
    # Django takes some 20 µs to write a date, and the public page has a dozen.
    day = date.fromisoformat(day) if isinstance(day, str) else day
    return date_format(day, "DATE_FORMAT")
