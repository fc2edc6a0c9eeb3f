"""Several dated things in one cell: `third_party 2024-04-22/2024-05-14; agency …`."""

import re
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import NamedTuple

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from import_export.widgets import Widget

from casework.sheets.values import Choice, Day

BETWEEN = re.compile(r"[;；\n]+")
"""Between the things of a cell."""
BETWEEN_DAYS = re.compile(r"[/～~]|至")
"""Between the days of one thing."""


class Entry(NamedTuple):
    """One thing: of which kind, its days in order (None for one not known), and what
    else is said of it."""

    kind: str
    days: tuple[date | None, ...]
    more: tuple[str, ...] = ()

    @property
    def last(self) -> date | None:
        """The day on which it ended, if it has."""
        return self.days[-1] if len(self.days) > 1 else None

    @property
    def between(self) -> date | None:
        """The day in the middle, of three."""
        return self.days[1] if len(self.days) == 3 else None

    def same(self, other: "Entry") -> bool:
        """Whether both tell of one thing; what one leaves unsaid is no matter."""
        mine, theirs = ((e.kind, e.days[0], e.last) for e in (self, other))
        if mine != theirs or (
            self.between and other.between and self.between != other.between
        ):
            return False
        said = zip(map(_value, self.more), map(_value, other.more), strict=False)
        return all(a == b for a, b in said)


def _value(text: str) -> Decimal | str:
    try:
        return Decimal(text)
    except InvalidOperation:
        return text


class Entries(Widget):
    """Entries parted by semicolons, the days of each by slashes.

    After the days stand words: one of the given, or so many of any kind.
    """

    def __init__(self, kinds, most_days: int = 2, *, words=(), most_words: int = 1):
        super().__init__()
        self.kind, self.day, self.most_days = Choice(kinds), Day(), most_days
        self.word, self.most_words = Choice(words) if words else None, most_words

    def clean(self, value, row=None, **kwargs) -> tuple[Entry, ...]:
        texts = BETWEEN.split(str(value or ""))
        return tuple(self._entry(text) for text in texts if text.strip())

    def _entry(self, text: str) -> Entry:
        kind, *others = text.split()
        days = BETWEEN_DAYS.split(others[0]) if others else [""]
        if not days[0]:
            message = _(
                "“%(value)s” has no day: write it as third_party 2024-04-22/2024-05-14."
            )
            raise ValidationError(message, "no_day", {"value": text})
        days = tuple(self.day.clean(part or None) for part in days)
        if len(days) > self.most_days:
            message = _("“%(value)s” has too many days.")
            raise ValidationError(message, "days", {"value": text})
        if any(day and day < days[0] for day in days):
            message = _("“%(value)s” has a day before its first.")
            raise ValidationError(message, "days_order", {"value": text})
        more = others[1:]
        if len(more) > self.most_words:
            message = _("“%(value)s” says more than there is place for.")
            raise ValidationError(message, "words", {"value": text})
        if self.word:
            more = map(self.word.clean, more)
        return Entry(self.kind.clean(kind), days, tuple(more))

    def render(self, value, obj=None, **kwargs) -> str:
        return "; ".join(
            " ".join(
                (
                    entry.kind,
                    "/".join(day.isoformat() if day else "" for day in entry.days),
                    *entry.more,
                )
            )
            for entry in value or ()
        )
