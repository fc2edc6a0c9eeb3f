"""How a page explains a date: one sentence after another, and where the law says so."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from itertools import groupby
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import get_language, gettext_lazy, pgettext_lazy
from django.utils.translation import gettext as _

from casework.clocks import Stretch
from casework.models import CalendarDay

NOTICES = gettext_lazy("State Council's yearly notices of holidays")
KINDS = {
    "start": gettext_lazy("not counted: the day from which the limit counts"),
    "before": gettext_lazy("not counted: the limit started anew later"),
    "counted": gettext_lazy("counted"),
    "make_up": gettext_lazy("counted: make-up working day"),
    "weekend": gettext_lazy("not counted: weekend"),
    "holiday": gettext_lazy("not counted: holiday"),
}
"""What becomes of a day; a kind of case adds what stops its clock."""
MARKS = {
    "start": pgettext_lazy("day", "start"),
    "before": pgettext_lazy("day", "before"),
    "make_up": pgettext_lazy("day", "work"),
    "weekend": pgettext_lazy("day", "rest"),
    "holiday": pgettext_lazy("day", "holiday"),
    "stopped": pgettext_lazy("day", "stop"),
}
"""The same in a word, where there is room for no more."""


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


def told(stretch: Stretch) -> str:
    """What becomes of these days, and for which festival."""
    text = str(KINDS[stretch.kind])
    if not stretch.detail:
        return text
    return with_names(text, [CalendarDay.Festival(stretch.detail).label])


def with_names(text: str, names: Iterable[str]) -> str:
    names = _("; ").join(str(name) for name in names)
    return _("%(text)s (%(names)s)") % {"text": text, "names": names}


@dataclass(frozen=True)
class Day:
    """A day of a limit, as a calendar shows it."""

    day: date
    kind: str
    number: int | None
    """Which day of the limit it is, if the limit counts days."""
    mark: str
    """In a word what becomes of it, besides the number."""
    text: str
    last: bool = False


@dataclass(frozen=True)
class Month:
    """The days of a limit that lie in one month."""

    first: date
    days: tuple[Day, ...]


def months(
    stretches: Iterable[Stretch], due: date, words: Callable[[Stretch], str] = told
) -> list[Month]:
    """The days of a limit one by one, month by month, up to the last one."""
    days = [day for stretch in stretches for day in _days(stretch, due, words)]
    by_month = groupby(days, lambda day: day.day.replace(day=1))
    return [Month(first, tuple(found)) for first, found in by_month]


def _days(stretch: Stretch, due: date, words) -> Iterator[Day]:
    text, mark = words(stretch), MARKS.get(stretch.kind, "")
    if stretch.kind == "holiday":
        mark = CalendarDay.Festival(stretch.detail).label
    for place in range((stretch.last - stretch.first).days + 1):
        day = stretch.first + timedelta(days=place)
        number = stretch.numbers and stretch.numbers[0] + place
        yield Day(day, stretch.kind, number, mark, text, last=day == due)
